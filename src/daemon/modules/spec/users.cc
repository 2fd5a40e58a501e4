#include "daemon/modules/spec/users.h"

#include <fcntl.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>

#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/safe_open.h"

namespace isulad::spec {
namespace {

constexpr char kPasswdFile[] = "etc/passwd";
constexpr char kGroupFile[] = "etc/group";
// The container's root owns these files; they must not fill the daemon's memory.
constexpr size_t kMaxFileBytes = 4u << 20;

// (uint32_t)-1 means "do not change" to setuid(2) and related calls.
constexpr uint64_t kMaxUserId = std::numeric_limits<uint32_t>::max() - 1;

struct PasswdEntry {
  std::string name;
  uint32_t uid = 0;
  uint32_t gid = 0;
  std::string home;
};

struct GroupEntry {
  std::string name;
  uint32_t gid = 0;
  std::vector<std::string> members;
};

std::optional<uint32_t> ParseUserId(std::string_view text) {
  const auto number = ParseUint64(text);
  if (!number || *number > kMaxUserId) {
    return std::nullopt;
  }
  return static_cast<uint32_t>(*number);
}

// passwd(5). nullopt for a comment, a NIS line or a damaged line, which are skipped, as in libc.
std::optional<PasswdEntry> ParsePasswdLine(std::string_view line) {
  const std::vector<std::string_view> fields = Split(line, ':');
  if (fields.size() < 7 || fields[0].empty()) {
    return std::nullopt;
  }
  const auto uid = ParseUserId(fields[2]);
  const auto gid = ParseUserId(fields[3]);
  if (!uid || !gid) {
    return std::nullopt;
  }
  return PasswdEntry{std::string(fields[0]), *uid, *gid, std::string(fields[5])};
}

// group(5)
std::optional<GroupEntry> ParseGroupLine(std::string_view line) {
  const std::vector<std::string_view> fields = Split(line, ':');
  if (fields.size() < 4 || fields[0].empty()) {
    return std::nullopt;
  }
  const auto gid = ParseUserId(fields[2]);
  if (!gid) {
    return std::nullopt;
  }
  GroupEntry entry{std::string(fields[0]), *gid, {}};
  for (std::string_view member : Split(fields[3], ',')) {
    entry.members.emplace_back(Trim(member));
  }
  return entry;
}

// A missing file counts as empty: numeric ids work without it. So does anything that is not a
// regular file.
Result<std::string> ReadInRoot(int rootfs, const char* path) {
  // O_NONBLOCK: a FIFO in its place must not hang the daemon.
  const Result<os::UniqueFd> fd = os::OpenInRoot(rootfs, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!fd) {
    return fd.error().code() == Code::kNotFound ? Result<std::string>(std::string())
                                                : Result<std::string>(fd.error());
  }
  return os::ReadAll(fd->get(), kMaxFileBytes);
}

template <typename Entry>
Result<std::vector<Entry>> ReadEntries(int rootfs, const char* path,
                                       std::optional<Entry> (*parse)(std::string_view)) {
  Result<std::string> text = ReadInRoot(rootfs, path);
  if (!text) {
    return std::move(text).error().AddContext("read /" + std::string(path) + " of the rootfs");
  }
  std::vector<Entry> entries;
  for (std::string_view line : Split(*text, '\n')) {
    if (std::optional<Entry> entry = parse(line)) {
      entries.push_back(*std::move(entry));
    }
  }
  return entries;
}

// The first entry for which `matches` is true, or nullptr.
template <typename Entry, typename Predicate>
const Entry* FindEntry(const std::vector<Entry>& entries, Predicate matches) {
  const auto found = std::find_if(entries.begin(), entries.end(), matches);
  return found == entries.end() ? nullptr : &*found;
}

Error NoMatch(std::string_view kind, std::string_view text, std::string_view file) {
  return InvalidArgument("unable to find " + std::string(kind) + " " + Quote(text) +
                         ": no matching entries in " + std::string(file) + " file");
}

// Fills uid, gid, home; returns the user's name if it is in passwd.
Result<std::string> ApplyUser(const std::vector<PasswdEntry>& passwd, std::string_view text,
                              Identity* identity) {
  const std::optional<uint32_t> uid = ParseUserId(text);
  const PasswdEntry* entry = FindEntry(passwd, [&](const PasswdEntry& candidate) {
    return uid ? candidate.uid == *uid : candidate.name == text;
  });
  if (entry == nullptr) {
    if (!uid) {
      return NoMatch("user", text, "passwd");
    }
    identity->uid = *uid;
    identity->home = *uid == 0 ? "/root" : "/";
    return std::string();
  }
  identity->uid = entry->uid;
  identity->gid = entry->gid;
  identity->home = entry->home.empty() ? "/" : entry->home;
  return entry->name;
}

Result<uint32_t> GroupId(const std::vector<GroupEntry>& groups, std::string_view text) {
  if (const std::optional<uint32_t> gid = ParseUserId(text)) {
    return *gid;
  }
  const GroupEntry* entry =
      FindEntry(groups, [&](const GroupEntry& candidate) { return candidate.name == text; });
  if (entry == nullptr) {
    return NoMatch("group", text, "group");
  }
  return entry->gid;
}

void AddGroup(uint32_t gid, Identity* identity) {
  std::vector<uint32_t>& gids = identity->additional_gids;
  if (gid != identity->gid && std::find(gids.begin(), gids.end(), gid) == gids.end()) {
    gids.push_back(gid);
  }
}

void AddSupplementaryGroups(const std::vector<GroupEntry>& groups, const std::string& name,
                            Identity* identity) {
  for (const GroupEntry& group : groups) {
    const bool member =
        std::find(group.members.begin(), group.members.end(), name) != group.members.end();
    if (member) {
      AddGroup(group.gid, identity);
    }
  }
}

}  // namespace

Result<Identity> LookUpUser(int rootfs, const std::string& user,
                            const std::vector<std::string>& group_add) {
  const size_t colon = user.find(':');
  const std::string_view view = user;
  const std::string_view user_part = view.substr(0, colon);
  ASSIGN_OR_RETURN(const std::vector<PasswdEntry> passwd,
                   ReadEntries<PasswdEntry>(rootfs, kPasswdFile, ParsePasswdLine));
  ASSIGN_OR_RETURN(const std::vector<GroupEntry> groups,
                   ReadEntries<GroupEntry>(rootfs, kGroupFile, ParseGroupLine));
  Identity identity;
  ASSIGN_OR_RETURN(const std::string name,
                   ApplyUser(passwd, user_part.empty() ? "0" : user_part, &identity));
  if (colon != std::string::npos) {
    // A group that was asked for is the only one: this is how the user gives up the others.
    ASSIGN_OR_RETURN(identity.gid, GroupId(groups, view.substr(colon + 1)));
  } else if (!name.empty()) {
    AddSupplementaryGroups(groups, name, &identity);
  }
  for (const std::string& group : group_add) {
    ASSIGN_OR_RETURN(const uint32_t gid, GroupId(groups, group));
    AddGroup(gid, &identity);
  }
  return identity;
}

}  // namespace isulad::spec
