#include "daemon/modules/spec/host_channel/memory_policy.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <optional>

#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

constexpr size_t kMostNodes = 1024;  // the most that a kernel can be built for

enum class Nodes { kNone, kOne, kSome, kMaySome };
struct Mode {
  std::string_view name;
  Nodes nodes;
};
// As accepted by the kernel's mpol_parse_str().
constexpr std::array<Mode, 5> kModes = {{{"default", Nodes::kNone},
                                         {"local", Nodes::kNone},
                                         {"prefer", Nodes::kOne},
                                         {"bind", Nodes::kSome},
                                         {"interleave", Nodes::kMaySome}}};
constexpr std::string_view kModeList =
    "default, local, prefer:NODE, bind:NODES or interleave[:NODES]";
constexpr std::string_view kNodeList =
    "nodes are numbers from 0 to 1023 and ranges of them, joined by \"+\": \"0-1+3\"";

using NodeSet = std::bitset<kMostNodes>;

std::optional<size_t> ParseNode(std::string_view text) {
  const std::optional<uint64_t> node = ParseUint64(text);
  return node && *node < kMostNodes ? std::optional<size_t>(*node) : std::nullopt;
}

// False if `text` is neither a node nor a range of nodes.
bool AddRange(std::string_view text, NodeSet& set) {
  const size_t dash = text.find('-');
  const std::optional<size_t> first = ParseNode(text.substr(0, dash));
  const std::optional<size_t> last =
      dash == std::string_view::npos ? first : ParseNode(text.substr(dash + 1));
  if (!first || !last || *first > *last) {
    return false;
  }
  for (size_t node = *first; node <= *last; ++node) {
    set.set(node);
  }
  return true;
}

std::string FormatNodes(const NodeSet& set) {
  std::vector<std::string> ranges;
  for (size_t first = 0; first < kMostNodes; ++first) {
    if (!set.test(first)) {
      continue;
    }
    size_t last = first;
    while (last + 1 < kMostNodes && set.test(last + 1)) {
      ++last;
    }
    ranges.push_back(std::to_string(first) + (last > first ? "-" + std::to_string(last) : ""));
    first = last;
  }
  return Join(ranges, "+");
}

Status CheckCount(const Mode& mode, size_t count) {
  const std::string name(mode.name);
  switch (mode.nodes) {
    case Nodes::kNone:
      return count == 0 ? OkStatus() : Status(InvalidArgument(name + " takes no nodes"));
    case Nodes::kOne:
      return count == 1 ? OkStatus() : Status(InvalidArgument(name + " takes exactly one node"));
    case Nodes::kSome:
      return count > 0 ? OkStatus() : Status(InvalidArgument(name + " needs nodes"));
    case Nodes::kMaySome:
      break;
  }
  return OkStatus();
}

}  // namespace

Result<std::string> ParseMemoryPolicy(std::string_view text) {
  const size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  const auto mode = std::find_if(kModes.begin(), kModes.end(),
                                 [&](const Mode& candidate) { return candidate.name == name; });
  if (mode == kModes.end()) {
    return InvalidArgument(std::string(kModeList));
  }
  NodeSet set;
  if (colon != std::string_view::npos) {
    for (const std::string_view range : Split(text.substr(colon + 1), '+')) {
      if (!AddRange(range, set)) {
        return InvalidArgument(std::string(kNodeList));
      }
    }
  }
  RETURN_IF_ERROR(CheckCount(*mode, set.count()));
  if (mode->name == "default") {
    return std::string();
  }
  return std::string(mode->name) + (set.any() ? ":" + FormatNodes(set) : "");
}

std::string KernelMemoryPolicy(std::string policy) {
  std::replace(policy.begin(), policy.end(), '+', ',');
  return policy;
}

}  // namespace isulad::host_channel
