#include "utils/os/host_shutdown.h"

#include <utmpx.h>

#include <cstring>
#include <string_view>

#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad::os {
namespace {

constexpr std::string_view kStopping = "stopping";
constexpr char kHalt = '0';
constexpr char kReboot = '6';

bool SystemdIsStopping(const std::string& systemctl) {
  SpawnOptions options;
  options.program = systemctl;
  options.argv = {"systemctl", "is-system-running"};
  const Result<Output> output = RunAndCapture(options);
  return output && Trim(output->text) == kStopping;
}

// Reads the records itself, because getutxent(3) keeps its position in a global.
bool RunLevelEnds(const std::string& utmp) {
  const std::string records = ReadFile(utmp).value_or(std::string());
  bool ends = false;
  for (size_t at = 0; at + sizeof(utmpx) <= records.size(); at += sizeof(utmpx)) {
    utmpx record;
    std::memcpy(&record, records.data() + at, sizeof(record));
    if (record.ut_type == RUN_LVL) {
      const auto level = static_cast<char>(record.ut_pid & 0xff);
      ends = level == kHalt || level == kReboot;
    }
  }
  return ends;
}

}  // namespace

bool HostIsGoingDown(const InitSystem& init) {
  return PathExists(init.systemd_directory) ? SystemdIsStopping(init.systemctl)
                                            : RunLevelEnds(init.utmp);
}

}  // namespace isulad::os
