#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <utility>

#include "daemon/modules/spec/file_options.h"
#include "daemon/modules/spec/tmpfs_values.h"
#include "utils/base/byte_size.h"
#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

constexpr uint64_t kMinSize = 4096;
constexpr uint32_t kMaxMode = 07777;
constexpr uint64_t kMaxId = std::numeric_limits<uint32_t>::max() - 1;

struct Switch {
  std::string_view name;
  std::string_view subject;  // two words with the same subject contradict or repeat one another
  bool Tmpfs::*member;
  bool value;
};

constexpr Switch kSwitches[] = {
    {"ro", "ro or rw", &Tmpfs::read_only, true},
    {"rw", "ro or rw", &Tmpfs::read_only, false},
    {"exec", "exec or noexec", &Tmpfs::exec, true},
    {"noexec", "exec or noexec", &Tmpfs::exec, false},
    {"suid", "suid or nosuid", &Tmpfs::suid, true},
    {"nosuid", "suid or nosuid", &Tmpfs::suid, false},
    {"dev", "dev or nodev", &Tmpfs::dev, true},
    {"nodev", "dev or nodev", &Tmpfs::dev, false},
};

Result<uint32_t> ParseId(std::string_view name, std::string_view text) {
  const std::optional<uint64_t> number = ParseUint64(text);
  if (!number || *number > kMaxId) {
    return InvalidArgument(std::string(name) + " " + Quote(text) + " must be a number from 0 to " +
                           std::to_string(kMaxId));
  }
  return static_cast<uint32_t>(*number);
}

Status SetOption(std::string_view name, std::string_view value, Tmpfs& tmpfs) {
  if (name == "size") {
    ASSIGN_OR_RETURN(tmpfs.size, ParseTmpfsSize("size", value));
  } else if (name == "mode") {
    ASSIGN_OR_RETURN(tmpfs.mode, ParseTmpfsMode("mode", value));
  } else if (name == "uid") {
    ASSIGN_OR_RETURN(tmpfs.uid, ParseId("uid", value));
  } else if (name == "gid") {
    ASSIGN_OR_RETURN(tmpfs.gid, ParseId("gid", value));
  } else {
    return InvalidArgument("option " + Quote(name) +
                           " is not one of size=, mode=, uid=, gid=, ro, rw, exec, noexec, suid, "
                           "nosuid, dev, nodev");
  }
  return OkStatus();
}

const Switch* FindSwitch(std::string_view word) {
  const auto* found = std::find_if(std::begin(kSwitches), std::end(kSwitches),
                                   [word](const Switch& known) { return known.name == word; });
  return found == std::end(kSwitches) ? nullptr : found;
}

Status ParseOptions(std::string_view text, Tmpfs& tmpfs) {
  std::vector<std::string_view> seen;
  for (const std::string_view word : Split(text, ',')) {
    const Switch* known = FindSwitch(word);
    const size_t equals = word.find('=');
    const std::string_view subject = known != nullptr ? known->subject : word.substr(0, equals);
    if (std::find(seen.begin(), seen.end(), subject) != seen.end()) {
      return InvalidArgument("options " + Quote(text) + " have more than one of " +
                             std::string(subject));
    }
    seen.push_back(subject);
    if (known != nullptr) {
      tmpfs.*known->member = known->value;
      continue;
    }
    RETURN_IF_ERROR(SetOption(
        subject, equals == std::string_view::npos ? std::string_view() : word.substr(equals + 1),
        tmpfs));
  }
  return OkStatus();
}

}  // namespace

Result<uint64_t> ParseTmpfsSize(std::string_view name, std::string_view text) {
  Result<uint64_t> size = ParseByteSize(text);
  if (!size) {
    return InvalidArgument(std::string(name) + " " + Quote(text) + ": " + size.error().message());
  }
  if (*size < kMinSize || *size > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
    return InvalidArgument(std::string(name) + " " + Quote(text) + " must be " +
                           std::to_string(kMinSize) + " (a page) to " +
                           std::to_string(std::numeric_limits<int64_t>::max()) + " bytes");
  }
  return size;
}

Result<uint32_t> ParseTmpfsMode(std::string_view name, std::string_view text) {
  uint32_t mode = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  if (text.empty() || end.ec != std::errc() || end.ptr != text.data() + text.size() ||
      mode > kMaxMode) {
    return InvalidArgument(std::string(name) + " " + Quote(text) +
                           " must be an octal number from 0 to 7777");
  }
  return mode;
}

Result<Tmpfs> ParseTmpfs(std::string_view text) {
  const size_t colon = text.find(':');
  Tmpfs tmpfs;
  ASSIGN_OR_RETURN(tmpfs.target, CleanTmpfsTarget(text.substr(0, colon)));
  if (colon != std::string_view::npos && colon + 1 != text.size()) {
    RETURN_IF_ERROR(ParseOptions(text.substr(colon + 1), tmpfs));
  }
  return tmpfs;
}

std::string OctalMode(uint32_t mode) {
  char digits[16];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), mode, 8);
  return std::string(std::begin(digits), end.ptr);
}

std::vector<std::string> TmpfsOptions(const Tmpfs& tmpfs) {
  std::vector<std::string> options = {tmpfs.suid ? "suid" : "nosuid", tmpfs.dev ? "dev" : "nodev",
                                      tmpfs.exec ? "exec" : "noexec", tmpfs.read_only ? "ro" : "rw",
                                      "mode=" + OctalMode(tmpfs.mode)};
  if (tmpfs.size != 0) {
    options.push_back("size=" + std::to_string(tmpfs.size));
  }
  if (tmpfs.uid) {
    options.push_back("uid=" + std::to_string(*tmpfs.uid));
  }
  if (tmpfs.gid) {
    options.push_back("gid=" + std::to_string(*tmpfs.gid));
  }
  return options;
}

}  // namespace isulad::spec
