#include "cmd/isula/output/stats_view.h"

#include <algorithm>
#include <optional>
#include <string>

#include "cmd/isula/output/human_size.h"
#include "utils/base/ids.h"

namespace isulad::output {
namespace {

constexpr char kNoFigure[] = "--";

// "12.34%" of 1234 hundredths.
std::string Percent(uint64_t hundredths) {
  const std::string fraction = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + (fraction.size() < 2 ? ".0" : ".") + fraction + "%";
}

std::string Share(uint64_t part, uint64_t whole) {
  // In floating point: part * 10000 overflows for many terabytes.
  return Percent(whole == 0 ? 0
                            : static_cast<uint64_t>(static_cast<long double>(part) * 10000 /
                                                    static_cast<long double>(whole)));
}

std::string Pair(uint64_t first, uint64_t second) {
  return HumanSize(first) + " / " + HumanSize(second);
}

std::string CpuText(const client::ContainerStats& before, const client::ContainerStats& now) {
  if (!before.cpu_time || !now.cpu_time || now.read_at <= before.read_at) {
    return kNoFigure;
  }
  // If it was started again in the meantime, it counts from 0 again.
  const uint64_t used = *now.cpu_time - std::min(*now.cpu_time, *before.cpu_time);
  return Share(used, static_cast<uint64_t>(now.read_at - before.read_at));
}

std::string SizePair(const std::optional<uint64_t>& first, const std::optional<uint64_t>& second) {
  return first && second ? Pair(*first, *second) : kNoFigure;
}

}  // namespace

json::Object StatsFields(const client::ContainerStats& before, const client::ContainerStats& now,
                         uint64_t host_memory, bool shorten) {
  const uint64_t limit = std::min(now.memory_limit.value_or(host_memory), host_memory);
  json::Object fields;
  fields.Set("ID", shorten ? ShortId(now.id) : now.id);
  fields.Set("Container", shorten ? ShortId(now.id) : now.id);
  fields.Set("Name", now.name);
  fields.Set("CPUPerc", CpuText(before, now));
  fields.Set("MemUsage", SizePair(now.memory, limit));
  fields.Set("MemPerc", now.memory ? Share(*now.memory, limit) : kNoFigure);
  fields.Set("Channels",
             now.channels == 0 ? kNoFigure : Pair(now.channels_used, now.channels_size));
  fields.Set("BlockIO", SizePair(now.device_read, now.device_written));
  fields.Set("PIDs", now.pids ? std::to_string(*now.pids) : kNoFigure);
  return fields;
}

json::Object StatsTitles() {
  json::Object titles;
  titles.Set("ID", "CONTAINER ID");
  titles.Set("Container", "CONTAINER");
  titles.Set("Name", "NAME");
  titles.Set("CPUPerc", "CPU %");
  titles.Set("MemUsage", "MEM USAGE / LIMIT");
  titles.Set("MemPerc", "MEM %");
  titles.Set("Channels", "CHANNELS USED / SIZE");
  titles.Set("BlockIO", "BLOCK I/O");
  titles.Set("PIDs", "PIDS");
  return titles;
}

}  // namespace isulad::output
