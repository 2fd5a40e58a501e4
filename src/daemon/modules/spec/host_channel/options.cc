#include "daemon/modules/spec/host_channel/options.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

#include "daemon/modules/spec/host_channel/channel_path.h"
#include "daemon/modules/spec/host_channel/memory_policy.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

constexpr std::string_view kKnown =
    "share, clear, symlinks, exec, noswap, huge=WHEN, mpol=MODE[:NODES], nr_inodes=N, mode=OCTAL, "
    "uid=N and gid=N are";

struct Flag {
  std::string_view name;
  bool Options::*member;
};
// In the order in which they are written; options with a value follow.
constexpr std::array<Flag, 5> kFlags = {{{"share", &Options::share},
                                         {"clear", &Options::clear},
                                         {"symlinks", &Options::symlinks},
                                         {"exec", &Options::exec},
                                         {"noswap", &Options::noswap}}};

constexpr std::array<std::string_view, 4> kHugeNames = {"never", "always", "within_size", "advise"};

constexpr uint64_t kFewestInodes = 2;  // the channel's directory and one file
constexpr uint64_t kMostInodes = uint64_t{1} << 30;
constexpr mode_t kAllModeBits = 07777;
constexpr uint64_t kMostId = 4294967294;  // the next one means "no change" to the kernel

Result<mode_t> ParseMode(std::string_view text) {
  mode_t mode = 0;
  for (const char c : text) {
    if (c < '0' || c > '7' || mode > kAllModeBits) {
      return InvalidArgument("an octal number from 0 to 7777");
    }
    mode = mode * 8 + static_cast<mode_t>(c - '0');
  }
  if (text.empty() || mode > kAllModeBits) {
    return InvalidArgument("an octal number from 0 to 7777");
  }
  return mode;
}

Result<uint64_t> ParseNumber(std::string_view text, uint64_t least, uint64_t most) {
  const std::optional<uint64_t> number = ParseUint64(text);
  if (!number || *number < least || *number > most) {
    return InvalidArgument("a number from " + std::to_string(least) + " to " +
                           std::to_string(most));
  }
  return *number;
}

Status TakeHuge(std::string_view value, Options& options) {
  if (std::find(kHugeNames.begin(), kHugeNames.end(), value) == kHugeNames.end()) {
    return InvalidArgument("never, always, within_size or advise");
  }
  options.huge = std::string(value);
  return OkStatus();
}

Status TakeMemoryPolicy(std::string_view value, Options& options) {
  ASSIGN_OR_RETURN(options.memory_policy, ParseMemoryPolicy(value));
  return OkStatus();
}

Status TakeInodes(std::string_view value, Options& options) {
  ASSIGN_OR_RETURN(options.inodes, ParseNumber(value, kFewestInodes, kMostInodes));
  return OkStatus();
}

Status TakeMode(std::string_view value, Options& options) {
  ASSIGN_OR_RETURN(options.mode, ParseMode(value));
  return OkStatus();
}

Status TakeUid(std::string_view value, Options& options) {
  ASSIGN_OR_RETURN(const uint64_t uid, ParseNumber(value, 0, kMostId));
  options.uid = static_cast<uid_t>(uid);
  return OkStatus();
}

Status TakeGid(std::string_view value, Options& options) {
  ASSIGN_OR_RETURN(const uint64_t gid, ParseNumber(value, 0, kMostId));
  options.gid = static_cast<gid_t>(gid);
  return OkStatus();
}

struct Setting {
  std::string_view name;
  Status (*take)(std::string_view value, Options& options);
};
constexpr std::array<Setting, 6> kSettings = {{{"huge", TakeHuge},
                                               {"mpol", TakeMemoryPolicy},
                                               {"nr_inodes", TakeInodes},
                                               {"mode", TakeMode},
                                               {"uid", TakeUid},
                                               {"gid", TakeGid}}};

Error UnknownError(std::string_view item) {
  return FieldError("option", item, "is not known: " + std::string(kKnown));
}

Status TakeSetting(std::string_view item, std::string_view name, std::string_view value,
                   Options& options) {
  for (const Setting& setting : kSettings) {
    if (setting.name == name) {
      const Status taken = setting.take(value, options);
      return taken ? taken
                   : Status(FieldError("option", item, "is not valid: " + taken.error().message()));
    }
  }
  return UnknownError(item);
}

Status TakeFlag(std::string_view item, Options& options) {
  for (const Flag& flag : kFlags) {
    if (flag.name == item) {
      options.*flag.member = true;
      return OkStatus();
    }
  }
  return UnknownError(item);
}

Status TakeItem(std::string_view item, std::set<std::string_view>& seen, Options& options) {
  const size_t equals = item.find('=');
  const std::string_view name = item.substr(0, equals);
  RETURN_IF_ERROR(equals == std::string_view::npos
                      ? TakeFlag(item, options)
                      : TakeSetting(item, name, item.substr(equals + 1), options));
  if (!seen.insert(name).second) {
    return FieldError("option", item, "is given twice");
  }
  return OkStatus();
}

std::string OctalMode(mode_t mode) {
  char text[8];
  std::snprintf(text, sizeof(text), "%04o", static_cast<unsigned>(mode));
  return text;
}

}  // namespace

Result<Options> ParseOptions(std::string_view text) {
  Options options;
  if (text.empty()) {
    return options;
  }
  std::set<std::string_view> seen;
  for (const std::string_view item : Split(text, ',')) {
    RETURN_IF_ERROR(TakeItem(item, seen, options));
  }
  if (options.share && options.clear) {
    return FieldError("option", "clear",
                      "excludes \"share\": one container would empty what others use");
  }
  return options;
}

std::vector<std::string> FormatOptions(const Options& options) {
  std::vector<std::string> items;
  for (const Flag& flag : kFlags) {
    if (options.*flag.member) {
      items.emplace_back(flag.name);
    }
  }
  const auto add = [&](bool differs, std::string_view name, const std::string& value) {
    if (differs) {
      items.push_back(std::string(name) + "=" + value);
    }
  };
  add(!options.huge.empty(), "huge", options.huge);
  add(!options.memory_policy.empty(), "mpol", options.memory_policy);
  add(options.inodes != 0, "nr_inodes", std::to_string(options.inodes));
  add(options.mode != Options::kDefaultMode, "mode", OctalMode(options.mode));
  add(options.uid != 0, "uid", std::to_string(options.uid));
  add(options.gid != 0, "gid", std::to_string(options.gid));
  return items;
}

}  // namespace isulad::host_channel
