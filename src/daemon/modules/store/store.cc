#include "daemon/modules/store/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "utils/base/ids.h"
#include "utils/base/strings.h"

namespace isulad::store {
namespace {

constexpr char kConfigName[] = "config.json";
constexpr char kStateName[] = "state.json";
constexpr char kExitName[] = "exit";
constexpr char kNewPrefix[] = ".new-";
constexpr char kGonePrefix[] = ".gone-";
constexpr mode_t kFileMode = 0600;

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

Result<json::Value> ReadJson(int directory, const std::string& name) {
  ASSIGN_OR_RETURN(const std::string text, os::ReadFileAt(directory, name));
  return json::Parse(text);
}

}  // namespace

Store::Store(std::string graph, os::UniqueFd directory)
    : graph_(std::move(graph)),
      containers_(graph_ + "/containers"),
      directory_(std::move(directory)) {}

Result<std::unique_ptr<Store>> Store::Open(const std::string& graph) {
  const std::string containers = graph + "/containers";
  RETURN_IF_ERROR(os::MakeDirectories(containers, 0700));
  ASSIGN_OR_RETURN(os::UniqueFd directory, os::Open(containers, O_RDONLY | O_DIRECTORY));
  return std::unique_ptr<Store>(new Store(graph, std::move(directory)));
}

Status Store::FillNew(const std::string& name, const json::Value& config,
                      const std::vector<File>& files, os::Sync sync) {
  ASSIGN_OR_RETURN(const os::UniqueFd fresh,
                   os::OpenAt(directory_.get(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
  for (const File& file : files) {
    // Not synced one by one: they are made again from config.json where a power cut takes them.
    RETURN_IF_ERROR(
        os::WriteFileAtomicAt(fresh.get(), file.name, file.text, 0644, os::Sync::kNone));
  }
  return os::WriteFileAtomicAt(fresh.get(), kConfigName,
                               json::Serialize(config, json::Style::kIndented), kFileMode, sync);
}

Status Store::Create(const std::string& id, const json::Value& config,
                     const std::vector<File>& files, os::Sync sync) {
  const std::string fresh = kNewPrefix + id;
  if (::mkdirat(directory_.get(), fresh.c_str(), 0711) != 0) {
    return SystemError(errno, "make directory " + Quote(containers_ + "/" + fresh));
  }
  Status status = FillNew(fresh, config, files, sync);
  if (status && ::renameat(directory_.get(), fresh.c_str(), directory_.get(), id.c_str()) != 0) {
    status = SystemError(errno, "rename " + Quote(containers_ + "/" + fresh));
  }
  if (!status) {
    // The first error is the one to report; what cannot be removed now goes at the next start.
    IgnoreError(os::RemoveTreeAt(directory_.get(), fresh));
    return status;
  }
  if (sync == os::Sync::kDurable) {
    status = os::SyncDirectory(directory_.get());
  }
  if (!status) {
    IgnoreError(Remove(id));
  }
  return status;
}

Status Store::WriteState(const std::string& id, const json::Value& state, os::Sync sync) {
  return os::WriteFileAtomic(DirectoryOf(id) + "/" + kStateName,
                             json::Serialize(state, json::Style::kIndented), kFileMode, sync);
}

Result<std::string> Store::ReadExitRecord(const std::string& id) const {
  return os::ReadFile(DirectoryOf(id) + "/" + kExitName);
}

Status Store::RemoveExitRecord(const std::string& id) {
  const std::string path = DirectoryOf(id) + "/" + kExitName;
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return SystemError(errno, "remove " + Quote(path));
  }
  return OkStatus();
}

Status Store::Remove(const std::string& id) {
  const std::string gone = kGonePrefix + id;
  // One rename decides: whatever happens after it, the container is not found again.
  if (::renameat(directory_.get(), id.c_str(), directory_.get(), gone.c_str()) != 0 &&
      errno != ENOENT) {
    return SystemError(errno, "rename " + Quote(DirectoryOf(id)));
  }
  return os::RemoveTreeAt(directory_.get(), gone);
}

Result<Store::Entry> Store::Load(const std::string& id) const {
  ASSIGN_OR_RETURN(const os::UniqueFd directory,
                   os::OpenAt(directory_.get(), id, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
  Entry entry;
  entry.id = id;
  ASSIGN_OR_RETURN(entry.config, ReadJson(directory.get(), kConfigName));
  Result<json::Value> state = ReadJson(directory.get(), kStateName);
  if (state) {
    entry.state = *std::move(state);
  } else {
    entry.state_lost = state.error().code() != Code::kNotFound;
  }
  return entry;
}

std::string Store::SetAside(const std::string& id, const Error& reason) {
  const std::string damaged = graph_ + "/damaged";
  const std::string target = damaged + "/" + id;
  std::string notice = "container " + Quote(id) + " cannot be read: " + reason.message();
  if (Status made = os::MakeDirectories(damaged, 0700); !made) {
    return notice + "; it stays where it is: " + made.error().message();
  }
  if (::renameat(directory_.get(), id.c_str(), AT_FDCWD, target.c_str()) != 0) {
    return notice + "; it stays where it is: " + SystemError(errno, "rename").message();
  }
  return notice + "; set aside as " + Quote(target);
}

Result<Store::Found> Store::Scan(const std::function<Status(const Entry&)>& check) {
  Found found;
  ASSIGN_OR_RETURN(const std::vector<std::string> names, os::ListDirectory(containers_));
  for (const std::string& name : names) {
    if (StartsWith(name, kNewPrefix) || StartsWith(name, kGonePrefix)) {
      const Status removed = os::RemoveTreeAt(directory_.get(), name);
      found.notices.push_back((removed ? "cleared away " : "cannot clear away ") +
                              Quote(containers_ + "/" + name) +
                              (removed ? "" : ": " + removed.error().message()));
      continue;
    }
    if (!IsValidId(name)) {
      continue;
    }
    Result<Entry> entry = Load(name);
    const Status readable = entry ? check(*entry) : Status(entry.error());
    if (readable) {
      found.entries.push_back(*std::move(entry));
    } else {
      found.notices.push_back(SetAside(name, readable.error()));
    }
  }
  if (const auto damaged = os::ListDirectory(graph_ + "/damaged"); damaged) {
    found.damaged = *damaged;
  }
  return found;
}

}  // namespace isulad::store
