#include "daemon/modules/cgroup/usage.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "daemon/modules/cgroup/kernel_files.h"
#include "daemon/modules/cgroup/linux_cgroupfs.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::cgroup {
namespace {

constexpr uint64_t kNanosecondsPerMicrosecond = 1000;

std::optional<uint64_t> Optional(const Result<uint64_t>& number) {
  return number ? std::optional<uint64_t>(*number) : std::nullopt;
}

// File pages that were not used lately are reclaimed as soon as memory is needed: they do not press
// on the limit, and users would take them for a leak.
std::optional<uint64_t> WithoutCache(const Result<uint64_t>& usage, const Result<uint64_t>& cache) {
  if (!usage) {
    return std::nullopt;
  }
  return *usage - std::min(*usage, cache.value_or(0));
}

// Adds the bytes that a line of version 1 states for one device: "8:0 Read 4096".
void AddDeviceV1(std::string_view line, Transferred& sum) {
  const std::vector<std::string_view> words = Split(line, ' ');
  if (words.size() != 3) {
    return;
  }
  const uint64_t bytes = ParseUint64(words[2]).value_or(0);
  if (words[1] == "Read") {
    sum.read += bytes;
  } else if (words[1] == "Write") {
    sum.written += bytes;
  }
}

// Like AddDeviceV1(), but for version 2: "8:0 rbytes=4096 wbytes=0 rios=1 ...".
void AddDeviceV2(std::string_view line, Transferred& sum) {
  constexpr std::string_view kRead = "rbytes=";
  constexpr std::string_view kWritten = "wbytes=";
  for (const std::string_view word : Split(line, ' ')) {
    if (word.starts_with(kRead)) {
      sum.read += ParseUint64(word.substr(kRead.size())).value_or(0);
    } else if (word.starts_with(kWritten)) {
      sum.written += ParseUint64(word.substr(kWritten.size())).value_or(0);
    }
  }
}

template <typename Add>
std::optional<Transferred> ReadDevices(const std::string& file, const Add& add) {
  const Result<std::string> text = os::ReadFile(file);
  if (!text) {
    return std::nullopt;
  }
  Transferred sum;
  for (const std::string_view line : Split(*text, '\n')) {
    add(line, sum);
  }
  return sum;
}

void ReadPidsUsage(const std::string& directory, Usage& usage) {
  usage.pids = Optional(ReadNumber(directory + "/" + kPidsCurrent));
  usage.pids_limit = Optional(ReadNumber(directory + "/" + kPidsMax));
}

}  // namespace

Result<Usage> ReadUsageV1(const std::map<std::string, std::string>& directories) {
  const auto directory = [&](const char* controller) {
    const auto found = directories.find(controller);
    return found == directories.end() ? std::string() : found->second;
  };
  if (std::none_of(directories.begin(), directories.end(),
                   [](const auto& entry) { return os::PathExists(entry.second); })) {
    return NotFound("the cgroup does not exist");
  }
  Usage usage;
  const std::string memory = directory("memory");
  usage.memory = WithoutCache(ReadNumber(memory + "/" + kMemoryUsage),
                              ReadKey(memory + "/" + kMemoryStat, "total_inactive_file"));
  usage.memory_limit = Optional(ReadNumber(memory + "/" + kMemoryLimit));
  usage.cpu_time = Optional(ReadNumber(directory("cpuacct") + "/" + kCpuUsage));
  ReadPidsUsage(directory("pids"), usage);
  usage.devices = ReadDevices(directory("blkio") + "/" + kDeviceBytes, AddDeviceV1);
  return usage;
}

Result<Usage> ReadUsageV2(const std::string& directory) {
  if (!os::PathExists(directory)) {
    return NotFound("the cgroup does not exist");
  }
  Usage usage;
  usage.memory = WithoutCache(ReadNumber(directory + "/" + kMemoryCurrent),
                              ReadKey(directory + "/" + kMemoryStat, "inactive_file"));
  usage.memory_limit = Optional(ReadNumber(directory + "/" + kMemoryMax));
  const Result<uint64_t> microseconds = ReadKey(directory + "/" + kCpuStat, "usage_usec");
  if (microseconds) {
    usage.cpu_time = *microseconds * kNanosecondsPerMicrosecond;
  }
  ReadPidsUsage(directory, usage);
  usage.devices = ReadDevices(directory + "/" + kIoStat, AddDeviceV2);
  return usage;
}

}  // namespace isulad::cgroup
