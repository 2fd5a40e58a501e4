#include "utils/os/system_info.h"

#include <linux/capability.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

utsname SystemName() {
  utsname name = {};
  // Fails only for a bad address.
  static_cast<void>(::uname(&name));
  return name;
}

std::string_view WithoutQuotes(std::string_view text) {
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
      text.back() == text.front()) {
    return text.substr(1, text.size() - 2);
  }
  return text;
}

std::string ReadListOr(const char* file, const char* fallback) {
  const Result<std::string> text = ReadFile(file);
  return text ? std::string(Trim(*text)) : fallback;
}

}  // namespace

uint64_t PageSize() { return static_cast<uint64_t>(::sysconf(_SC_PAGESIZE)); }

Result<uint64_t> PhysicalMemory() {
  struct sysinfo info = {};
  if (::sysinfo(&info) != 0) {
    return SystemError(errno, "sysinfo");
  }
  return uint64_t{info.totalram} * info.mem_unit;
}

Result<std::string> BootId() {
  ASSIGN_OR_RETURN(const std::string text, ReadFile("/proc/sys/kernel/random/boot_id"));
  return std::string(Trim(text));
}

std::string KernelRelease() { return SystemName().release; }

std::string Machine() { return SystemName().machine; }

std::string HostName() { return SystemName().nodename; }

std::string OperatingSystem() {
  constexpr std::string_view kKey = "PRETTY_NAME=";
  const Result<std::string> text = ReadFile("/etc/os-release");
  if (!text) {
    return "";
  }
  for (const std::string_view line : Split(*text, '\n')) {
    if (line.substr(0, kKey.size()) == kKey) {
      return std::string(WithoutQuotes(Trim(line.substr(kKey.size()))));
    }
  }
  return "";
}

int ProcessorCount() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (::sched_getaffinity(0, sizeof(allowed), &allowed) == 0) {
    return CPU_COUNT(&allowed);
  }
  // There are more processors than cpu_set_t has bits.
  return static_cast<int>(std::max(::sysconf(_SC_NPROCESSORS_ONLN), 1L));
}

std::string OnlineProcessors() { return ReadListOr("/sys/devices/system/cpu/online", "0"); }

// A kernel without NUMA lacks this file and has one node.
std::string OnlineMemoryNodes() { return ReadListOr("/sys/devices/system/node/online", "0"); }

Result<uint64_t> HugePageSize() {
  constexpr std::string_view kKey = "Hugepagesize:";
  ASSIGN_OR_RETURN(const std::string text, ReadFile("/proc/meminfo"));
  for (const std::string_view line : Split(text, '\n')) {
    if (line.substr(0, kKey.size()) == kKey) {
      const std::string_view value = Trim(line.substr(kKey.size()));
      if (const auto kilobytes = ParseUint64(value.substr(0, value.find(' ')))) {
        return *kilobytes << 10;
      }
    }
  }
  return FailedPrecondition("this machine has no huge pages");
}

Result<uint64_t> EffectiveCapabilities() {
  __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {};
  if (::syscall(SYS_capget, &header, data) != 0) {
    return SystemError(errno, "capget");
  }
  return uint64_t{data[1].effective} << 32 | data[0].effective;
}

Result<int64_t> OomScoreAdj() {
  constexpr char kFile[] = "/proc/self/oom_score_adj";
  ASSIGN_OR_RETURN(const std::string text, ReadFile(kFile));
  const std::optional<int64_t> score = ParseInt64(Trim(text));
  if (!score) {
    return Error(Code::kInternal, std::string(kFile) + " holds no number");
  }
  return *score;
}

Result<uint64_t> RaiseDescriptorLimit() {
  struct rlimit limit = {};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
    return SystemError(errno, "read the limit of descriptors");
  }
  const uint64_t before = limit.rlim_cur;
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) {
    return SystemError(errno, "raise the limit of descriptors");
  }
  return before;
}

}  // namespace isulad::os
