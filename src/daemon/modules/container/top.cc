#include "daemon/modules/container/top.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad::container {
namespace {

constexpr const char* kPrograms[] = {"/usr/bin/ps", "/bin/ps"};
constexpr char kPidTitle[] = "PID";

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words = Split(line, ' ');
  std::erase(words, "");
  return words;
}

Result<std::string> FindPs() {
  for (const char* program : kPrograms) {
    if (os::PathExists(program)) {
      return std::string(program);
    }
  }
  return FailedPrecondition("there is no ps(1) on the host: install procps");
}

Result<std::string> RunPs(const std::vector<std::string>& arguments) {
  os::SpawnOptions options;
  ASSIGN_OR_RETURN(options.program, FindPs());
  options.argv = {"ps"};
  options.argv.insert(options.argv.end(), arguments.begin(), arguments.end());
  options.env = {"LC_ALL=C.UTF-8"};
  ASSIGN_OR_RETURN(os::Output output, os::RunAndCapture(options, /*limit=*/8u << 20));
  if (output.status.ShellStatus() != 0) {
    const std::string_view said = Trim(output.error);
    return InvalidArgument("ps: " + std::string(said.substr(0, said.find('\n'))));
  }
  return std::move(output.text);
}

}  // namespace

Result<std::vector<std::string>> SelectProcesses(std::string_view text,
                                                 const std::set<pid_t>& pids) {
  const std::vector<std::string_view> lines = Split(text, '\n');
  const std::vector<std::string_view> titles = Words(lines.front());
  const auto title = std::find(titles.begin(), titles.end(), kPidTitle);
  if (title == titles.end()) {
    return FailedPrecondition("ps shows no column PID: it must be among what is asked for");
  }
  const auto column = static_cast<size_t>(title - titles.begin());
  std::vector<std::string> selected = {std::string(lines.front())};
  for (const std::string_view line : lines) {
    const std::vector<std::string_view> words = Words(line);
    const std::optional<uint64_t> pid =
        column < words.size() ? ParseUint64(words[column]) : std::optional<uint64_t>();
    if (pid && pids.contains(static_cast<pid_t>(*pid))) {
      selected.emplace_back(line);
    }
  }
  return selected;
}

Result<std::vector<std::string>> Top(const Context& context, const Container& container,
                                     const std::vector<std::string>& arguments) {
  if (!IsUp(container.state().phase)) {
    return FailedPrecondition(Named(container) + " is not running");
  }
  const std::vector<std::string> usual = {"-ef"};
  ASSIGN_OR_RETURN(const std::string text, RunPs(arguments.empty() ? usual : arguments));
  // Read after ps has run: a process that has ended meanwhile is not shown, and one that has been
  // started meanwhile was not there to be shown.
  ASSIGN_OR_RETURN(const std::set<pid_t> pids,
                   context.modules.cgroups->Processes(context.CgroupPath(container.config())));
  return SelectProcesses(text, pids);
}

}  // namespace isulad::container
