#include "cmd/isula/options/limit_options.h"

#include <optional>
#include <string>

#include "cmd/isula/options/setters.h"
#include "utils/base/limit_text.h"
#include "utils/base/strings.h"

namespace isulad::options {
namespace {

using client::containers_v1::ResourceLimits;

constexpr int64_t kNanoPerCpu = 1'000'000'000;
constexpr size_t kFractionDigits = 9;
constexpr uint64_t kMaxCpus = 1'000'000;

cli::FlagSet::Setter Rates(DeviceRateKind kind, client::Strings* list) {
  return Append(list, [kind](std::string_view text) { return ParseDeviceRate(kind, text); });
}

void AddMemoryFlags(cli::FlagSet& flags, const LimitSetters& set, ResourceLimits* limits) {
  flags.AddValue({"memory-reservation"}, set.memory_reservation,
                 {"BYTES", "Memory that it keeps when the host is short of it"});
  flags.AddValue({"memory-swappiness"},
                 WholeNumber(0, Into(limits, &ResourceLimits::set_memory_swappiness)),
                 {"NUMBER", "How readily it is swapped out, 0 to 100 (cgroup version 1)"});
  flags.AddSwitch({"oom-kill-disable"}, Into(limits, &ResourceLimits::set_oom_kill_disable),
                  "Let it wait for memory instead of being killed (cgroup version 1; needs -m)");
  flags.AddValue(
      {"oom-score-adj"}, WholeNumber(kAnyNumber, Into(limits, &ResourceLimits::set_oom_score_adj)),
      {"NUMBER", "How readily it is killed where memory is short, -1000 to 1000 (default: 0)"});
  flags.AddValues({"hugetlb-limit"}, Append(limits->mutable_hugetlb_limits(), ParseHugetlbLimit),
                  {"[PAGE_SIZE:]BYTES", "Huge pages at most (repeatable)"});
}

void AddCpuFlags(cli::FlagSet& flags, const LimitSetters& set) {
  flags.AddValue({"cpu-shares"}, set.cpu_shares,
                 {"NUMBER", "Weight where processors are short, 2 to 262144 (default: 1024)"});
  flags.AddValue({"cpu-period"}, set.cpu_period,
                 {"MICROSECONDS", "Period of the quota, 1000 to 1000000 (default: 100000)"});
  flags.AddValue({"cpu-quota"}, set.cpu_quota,
                 {"MICROSECONDS", "Processor time in a period; -1: no limit"});
  flags.AddValue({"cpuset-cpus"}, set.cpuset_cpus,
                 {"LIST", "Processors that it may use, such as 0-2,4 (default: all)"});
  flags.AddValue({"cpuset-mems"}, set.cpuset_mems,
                 {"LIST", "Memory nodes that it may use (default: all)"});
}

void AddDeviceFlags(cli::FlagSet& flags, ResourceLimits* limits) {
  flags.AddValue({"blkio-weight"}, WholeNumber(0, Into(limits, &ResourceLimits::set_blkio_weight)),
                 {"NUMBER", "Weight where block devices are busy, 10 to 1000"});
  flags.AddValues({"device-read-bps"},
                  Rates(DeviceRateKind::kReadBytes, limits->mutable_device_read_bps()),
                  {"PATH:BYTES", "Bytes a second read from a block device (repeatable)"});
  flags.AddValues({"device-write-bps"},
                  Rates(DeviceRateKind::kWriteBytes, limits->mutable_device_write_bps()),
                  {"PATH:BYTES", "Bytes a second written to one (repeatable)"});
  flags.AddValues({"device-read-iops"},
                  Rates(DeviceRateKind::kReadOperations, limits->mutable_device_read_iops()),
                  {"PATH:NUMBER", "Reads a second from one (repeatable)"});
  flags.AddValues({"device-write-iops"},
                  Rates(DeviceRateKind::kWriteOperations, limits->mutable_device_write_iops()),
                  {"PATH:NUMBER", "Writes a second to one (repeatable)"});
}

}  // namespace

Result<int64_t> ParseCpus(std::string_view text) {
  const size_t point = text.find('.');
  const std::optional<uint64_t> whole = ParseUint64(text.substr(0, point));
  std::string fraction(point == std::string_view::npos ? "0" : text.substr(point + 1));
  if (!whole || fraction.empty() || fraction.size() > kFractionDigits) {
    return InvalidArgument("must be a number of processors, such as 1.5");
  }
  fraction.resize(kFractionDigits, '0');
  const std::optional<uint64_t> nano = ParseUint64(fraction);
  if (!nano || *whole > kMaxCpus) {
    return InvalidArgument("must be a number of processors, such as 1.5");
  }
  return static_cast<int64_t>(*whole) * kNanoPerCpu + static_cast<int64_t>(*nano);
}

LimitSetters::LimitSetters(ResourceLimits* limits)
    : memory(Bytes(Into(limits, &ResourceLimits::set_memory))),
      memory_swap([limits](std::string_view text) -> Status {
        if (text == "-1") {
          limits->set_memory_swap(kUnlimited);
          return OkStatus();
        }
        return Bytes(Into(limits, &ResourceLimits::set_memory_swap))(text);
      }),
      memory_reservation(Bytes(Into(limits, &ResourceLimits::set_memory_reservation))),
      cpus([limits](std::string_view text) -> Status {
        ASSIGN_OR_RETURN(const int64_t nano_cpus, ParseCpus(text));
        limits->set_nano_cpus(nano_cpus);
        return OkStatus();
      }),
      cpu_shares(WholeNumber(0, Into(limits, &ResourceLimits::set_cpu_shares))),
      cpu_period(WholeNumber(0, Into(limits, &ResourceLimits::set_cpu_period))),
      cpu_quota(WholeNumber(kUnlimited, Into(limits, &ResourceLimits::set_cpu_quota))),
      cpuset_cpus(Checked(ParseNumberList, Into(limits, &ResourceLimits::mutable_cpuset_cpus))),
      cpuset_mems(Checked(ParseNumberList, Into(limits, &ResourceLimits::mutable_cpuset_mems))) {}

void AddLimitFlags(cli::FlagSet& flags, ResourceLimits* limits) {
  const LimitSetters set(limits);
  flags.AddValue({"memory", 'm'}, set.memory,
                 {"BYTES", "Memory limit, with a unit k, m, g (default: none)"});
  flags.AddValue({"memory-swap"}, set.memory_swap,
                 {"BYTES", "Limit of memory and swap together; -1: no limit"});
  flags.AddValue({"cpus"}, set.cpus,
                 {"NUMBER", "Processors to use at most, such as 1.5 (default: no limit)"});
  flags.AddValue({"pids-limit"},
                 WholeNumber(kUnlimited, Into(limits, &ResourceLimits::set_pids_limit)),
                 {"NUMBER", "Processes and threads at most; -1: no limit"});
  AddMemoryFlags(flags, set, limits);
  AddCpuFlags(flags, set);
  AddDeviceFlags(flags, limits);
  flags.AddValue({"files-limit"},
                 WholeNumber(kUnlimited, Into(limits, &ResourceLimits::set_files_limit)),
                 {"NUMBER", "Open files of all together: -1, no limit, is all that kernels can"});
}

}  // namespace isulad::options
