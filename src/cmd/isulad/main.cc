// isulad: the container engine's daemon.
#include <cstdio>
#include <string>
#include <vector>

#include "cmd/isulad/daemon.h"
#include "cmd/isulad/version.h"
#include "daemon/config/flags.h"
#include "utils/log/log.h"

int main(int argc, char** argv) {
  using namespace isulad;  // NOLINT: main() only
  Result<config::CommandLine> line =
      config::ReadCommandLine(std::vector<std::string>(argv + 1, argv + argc));
  if (!line) {
    std::fprintf(stderr, "isulad: %s\n", line.error().message().c_str());
    return 125;
  }
  if (line->help) {
    std::fputs(config::HelpText().c_str(), stdout);
    return 0;
  }
  if (line->version) {
    std::printf("isulad version %s, commit %s\n", kVersion, kGitCommit);
    return 0;
  }
  if (const Status opened = log::Open(line->config.log_level, line->config.log_file); !opened) {
    std::fprintf(stderr, "isulad: %s\n", opened.error().message().c_str());
    return 1;
  }
  for (const std::string& warning : line->config.warnings) {
    log::Warn(warning);
  }
  if (const Status ran = RunDaemon(line->config); !ran) {
    log::Fatal(ran.error().message());
    return 1;
  }
  return 0;
}
