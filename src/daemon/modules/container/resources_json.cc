#include "daemon/modules/container/resources_json.h"

#include <string>
#include <utility>
#include <vector>

namespace isulad::container {
namespace {

constexpr char kHugetlbs[] = "Hugetlbs";
constexpr char kSwappiness[] = "MemorySwappiness";

const char* RateKey(DeviceRateKind kind) {
  switch (kind) {
    case DeviceRateKind::kReadBytes:
      return "BlkioDeviceReadBps";
    case DeviceRateKind::kWriteBytes:
      return "BlkioDeviceWriteBps";
    case DeviceRateKind::kReadOperations:
      return "BlkioDeviceReadIOps";
    case DeviceRateKind::kWriteOperations:
      return "BlkioDeviceWriteIOps";
  }
  return "";
}

json::Value RatesToJson(DeviceRateKind kind, const std::vector<DeviceRate>& rates) {
  json::Array array;
  for (const DeviceRate& rate : rates) {
    if (rate.kind == kind) {
      json::Object object;
      object.Set("Path", rate.path);
      object.Set("Rate", rate.rate);
      array.emplace_back(std::move(object));
    }
  }
  return array;
}

Status ReadRates(const json::Reader& reader, DeviceRateKind kind, std::vector<DeviceRate>& rates) {
  ASSIGN_OR_RETURN(const std::vector<json::Reader> children, reader.Children(RateKey(kind)));
  for (const json::Reader& child : children) {
    ASSIGN_OR_RETURN(const std::string path, child.String("Path"));
    ASSIGN_OR_RETURN(const uint64_t number, child.Uint64("Rate"));
    Result<DeviceRate> rate = ParseDeviceRate(kind, path + ":" + std::to_string(number));
    if (!rate) {
      return child.Fault("Path", rate.error().message());
    }
    rates.push_back(*std::move(rate));
  }
  return OkStatus();
}

json::Value HugetlbToJson(const std::vector<HugetlbLimit>& limits) {
  json::Array array;
  for (const HugetlbLimit& limit : limits) {
    json::Object object;
    object.Set("PageSize", HugePageName(limit.page_size));
    object.Set("Limit", limit.limit);
    array.emplace_back(std::move(object));
  }
  return array;
}

Result<std::vector<HugetlbLimit>> HugetlbFromJson(const json::Reader& reader) {
  std::vector<HugetlbLimit> limits;
  ASSIGN_OR_RETURN(const std::vector<json::Reader> children, reader.Children(kHugetlbs));
  for (const json::Reader& child : children) {
    ASSIGN_OR_RETURN(const std::string size, child.String("PageSize"));
    ASSIGN_OR_RETURN(const uint64_t bytes, child.Uint64("Limit"));
    const Result<HugetlbLimit> limit = ParseHugetlbLimit(size + ":" + std::to_string(bytes));
    if (!limit) {
      return child.Fault("PageSize", limit.error().message());
    }
    limits.push_back(*limit);
  }
  return limits;
}

}  // namespace

void AddResourcesToJson(const spec::ResourceOptions& options, json::Object& object) {
  object.Set("Memory", options.memory);
  object.Set("MemorySwap", options.memory_swap);
  object.Set("MemoryReservation", options.memory_reservation);
  object.Set(kSwappiness, options.memory_swappiness);
  object.Set("OomKillDisable", options.oom_kill_disable);
  object.Set("NanoCpus", options.nano_cpus);
  object.Set("CpuShares", options.cpu_shares);
  object.Set("CpuPeriod", options.cpu_period);
  object.Set("CpuQuota", options.cpu_quota);
  object.Set("CpusetCpus", options.cpuset_cpus);
  object.Set("CpusetMems", options.cpuset_mems);
  object.Set("PidsLimit", options.pids_limit);
  object.Set("BlkioWeight", options.blkio_weight);
  for (const DeviceRateKind kind : kDeviceRateKinds) {
    object.Set(RateKey(kind), RatesToJson(kind, options.device_rates));
  }
  object.Set(kHugetlbs, HugetlbToJson(options.hugetlb));
  object.Set("OomScoreAdj",
             options.oom_score_adj ? json::Value(*options.oom_score_adj) : json::Value());
}

Result<spec::ResourceOptions> ResourcesFromJson(const json::Reader& reader) {
  spec::ResourceOptions options;
  ASSIGN_OR_RETURN(options.memory, reader.Int64("Memory"));
  ASSIGN_OR_RETURN(options.memory_swap, reader.Int64("MemorySwap"));
  ASSIGN_OR_RETURN(options.memory_reservation, reader.Int64Or("MemoryReservation", 0));
  ASSIGN_OR_RETURN(options.memory_swappiness,
                   reader.Int64Or(kSwappiness, spec::kSwappinessNotGiven));
  ASSIGN_OR_RETURN(options.oom_kill_disable, reader.BoolOr("OomKillDisable", false));
  ASSIGN_OR_RETURN(options.nano_cpus, reader.Int64("NanoCpus"));
  ASSIGN_OR_RETURN(options.cpu_shares, reader.Int64Or("CpuShares", 0));
  ASSIGN_OR_RETURN(options.cpu_period, reader.Int64Or("CpuPeriod", 0));
  ASSIGN_OR_RETURN(options.cpu_quota, reader.Int64Or("CpuQuota", 0));
  ASSIGN_OR_RETURN(options.cpuset_cpus, reader.StringOr("CpusetCpus", ""));
  ASSIGN_OR_RETURN(options.cpuset_mems, reader.StringOr("CpusetMems", ""));
  ASSIGN_OR_RETURN(options.pids_limit, reader.Int64("PidsLimit"));
  ASSIGN_OR_RETURN(options.blkio_weight, reader.Int64Or("BlkioWeight", 0));
  for (const DeviceRateKind kind : kDeviceRateKinds) {
    RETURN_IF_ERROR(ReadRates(reader, kind, options.device_rates));
  }
  ASSIGN_OR_RETURN(options.hugetlb, HugetlbFromJson(reader));
  if (reader.Has("OomScoreAdj")) {
    ASSIGN_OR_RETURN(
        options.oom_score_adj,
        reader.Int32("OomScoreAdj", static_cast<int32_t>(spec::kLowestOomScoreAdj), 1000));
  }
  return options;
}

}  // namespace isulad::container
