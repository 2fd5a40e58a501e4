#include "cmd/isula/options/limit_options.h"

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "utils/base/byte_size.h"
#include "utils/base/limit_text.h"
#include "utils/base/strings.h"

namespace isulad::options {
namespace {

constexpr int64_t kUnlimited = -1;

std::function<void(int64_t)> Into(int64_t* target) {
  return [target](int64_t number) { *target = number; };
}

std::function<void(std::string_view)> Into(std::string* target) {
  return [target](std::string_view text) { *target = text; };
}

cli::FlagSet::Setter Rates(DeviceRateKind kind, std::vector<std::string>* list) {
  return [kind, list](std::string_view text) -> Status {
    RETURN_IF_ERROR(ParseDeviceRate(kind, text));
    list->emplace_back(text);
    return OkStatus();
  };
}

void AddMemoryFlags(cli::FlagSet& flags, client::ResourceLimits* limits) {
  flags.AddValue({"memory-reservation"}, Bytes(Into(&limits->memory_reservation)),
                 {"BYTES", "Memory that it keeps when the host is short of it"});
  flags.AddValue({"memory-swappiness"},
                 WholeNumber(0, [limits](int64_t n) { limits->memory_swappiness = n; }),
                 {"NUMBER", "How readily it is swapped out, 0 to 100 (cgroup version 1)"});
  flags.AddSwitch({"oom-kill-disable"}, &limits->oom_kill_disable,
                  "Let it wait for memory instead of being killed (cgroup version 1; needs -m)");
  flags.AddValue(
      {"oom-score-adj"},
      [limits](std::string_view text) -> Status {
        limits->oom_score_adj = ParseInt64(text);
        return limits->oom_score_adj ? OkStatus()
                                     : Status(InvalidArgument("must be a whole number"));
      },
      {"NUMBER", "How readily it is killed where memory is short, -1000 to 1000 (default: 0)"});
  flags.AddValues({"hugetlb-limit"},
                  [limits](std::string_view text) -> Status {
                    RETURN_IF_ERROR(ParseHugetlbLimit(text));
                    limits->hugetlb_limits.emplace_back(text);
                    return OkStatus();
                  },
                  {"[PAGE_SIZE:]BYTES", "Huge pages at most (repeatable)"});
}

void AddCpuFlags(cli::FlagSet& flags, client::ResourceLimits* limits) {
  flags.AddValue({"cpu-shares"}, WholeNumber(0, Into(&limits->cpu_shares)),
                 {"NUMBER", "Weight where processors are short, 2 to 262144 (default: 1024)"});
  flags.AddValue({"cpu-period"}, WholeNumber(0, Into(&limits->cpu_period)),
                 {"MICROSECONDS", "Period of the quota, 1000 to 1000000 (default: 100000)"});
  flags.AddValue({"cpu-quota"}, WholeNumber(kUnlimited, Into(&limits->cpu_quota)),
                 {"MICROSECONDS", "Processor time in a period; -1: no limit"});
  flags.AddValue({"cpuset-cpus"}, NumberList(Into(&limits->cpuset_cpus)),
                 {"LIST", "Processors that it may use, such as 0-2,4 (default: all)"});
  flags.AddValue({"cpuset-mems"}, NumberList(Into(&limits->cpuset_mems)),
                 {"LIST", "Memory nodes that it may use (default: all)"});
}

void AddDeviceFlags(cli::FlagSet& flags, client::ResourceLimits* limits) {
  flags.AddValue({"blkio-weight"}, WholeNumber(0, Into(&limits->blkio_weight)),
                 {"NUMBER", "Weight where block devices are busy, 10 to 1000"});
  flags.AddValues({"device-read-bps"}, Rates(DeviceRateKind::kReadBytes, &limits->device_read_bps),
                  {"PATH:BYTES", "Bytes a second read from a block device (repeatable)"});
  flags.AddValues({"device-write-bps"},
                  Rates(DeviceRateKind::kWriteBytes, &limits->device_write_bps),
                  {"PATH:BYTES", "Bytes a second written to one (repeatable)"});
  flags.AddValues({"device-read-iops"},
                  Rates(DeviceRateKind::kReadOperations, &limits->device_read_iops),
                  {"PATH:NUMBER", "Reads a second from one (repeatable)"});
  flags.AddValues({"device-write-iops"},
                  Rates(DeviceRateKind::kWriteOperations, &limits->device_write_iops),
                  {"PATH:NUMBER", "Writes a second to one (repeatable)"});
}

}  // namespace

cli::FlagSet::Setter WholeNumber(int64_t lowest, std::function<void(int64_t)> set) {
  return [lowest, set = std::move(set)](std::string_view text) -> Status {
    const std::optional<int64_t> number = ParseInt64(text);
    if (!number || *number < lowest) {
      return InvalidArgument("must be a whole number" +
                             std::string(lowest == kUnlimited ? ", or -1 for no limit" : ""));
    }
    set(*number);
    return OkStatus();
  };
}

cli::FlagSet::Setter Bytes(std::function<void(int64_t)> set) {
  return [set = std::move(set)](std::string_view text) -> Status {
    ASSIGN_OR_RETURN(const uint64_t bytes, ParseByteSize(text));
    if (bytes > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
      return InvalidArgument("too large");
    }
    set(static_cast<int64_t>(bytes));
    return OkStatus();
  };
}

cli::FlagSet::Setter NumberList(std::function<void(std::string_view)> set) {
  return [set = std::move(set)](std::string_view text) -> Status {
    RETURN_IF_ERROR(ParseNumberList(text));
    set(text);
    return OkStatus();
  };
}

void AddLimitFlags(cli::FlagSet& flags, client::ResourceLimits* limits) {
  AddMemoryFlags(flags, limits);
  AddCpuFlags(flags, limits);
  AddDeviceFlags(flags, limits);
  flags.AddValue({"files-limit"}, WholeNumber(kUnlimited, Into(&limits->files_limit)),
                 {"NUMBER", "Open files of all together: -1, no limit, is all that kernels can"});
}

}  // namespace isulad::options
