#include "utils/os/process_image.h"

#include <limits.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

constexpr std::string_view kDeleted = " (deleted)";

std::string FileOf(pid_t pid, std::string_view name) {
  return "/proc/" + std::to_string(pid) + "/" + std::string(name);
}

// The set of signals in `status` (proc(5)) after `key`; empty if the key is missing.
uint64_t SignalSet(std::string_view status, std::string_view key) {
  uint64_t set = 0;
  for (const std::string_view line : Split(status, '\n')) {
    if (line.substr(0, key.size()) == key) {
      const std::string_view digits = Trim(line.substr(key.size()));
      std::from_chars(digits.data(), digits.data() + digits.size(), set, 16);
    }
  }
  return set;
}

}  // namespace

Result<std::string> ProgramName(pid_t pid) {
  const std::string path = FileOf(pid, "exe");
  std::string program(PATH_MAX, '\0');
  const ssize_t size = ::readlink(path.c_str(), program.data(), program.size());
  if (size < 0) {
    return SystemError(errno, "read link " + Quote(path));
  }
  program.resize(static_cast<size_t>(size));
  if (program.size() > kDeleted.size() &&
      program.compare(program.size() - kDeleted.size(), kDeleted.size(), kDeleted) == 0) {
    program.resize(program.size() - kDeleted.size());
  }
  return program.substr(program.rfind('/') + 1);
}

Result<std::string> FirstArgument(pid_t pid) {
  ASSIGN_OR_RETURN(const std::string arguments, ReadFile(FileOf(pid, "cmdline")));
  return arguments.substr(0, arguments.find('\0'));
}

Result<Hearing> HearingOf(pid_t pid, int signal) {
  ASSIGN_OR_RETURN(const std::string status, ReadFile(FileOf(pid, "status")));
  const uint64_t bit = uint64_t{1} << (signal - 1);
  if ((SignalSet(status, "SigCgt:") & bit) != 0) {
    return Hearing::kCaught;
  }
  return (SignalSet(status, "SigBlk:") & bit) != 0 ? Hearing::kBlocked : Hearing::kLost;
}

}  // namespace isulad::os
