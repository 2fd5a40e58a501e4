#include "daemon/modules/store/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>
#include <utility>

#include "utils/base/ids.h"
#include "utils/base/strings.h"
#include "utils/os/unique_fd.h"

namespace isulad::store {
namespace {

constexpr char kConfigName[] = "config.json";
constexpr char kStateName[] = "state.json";
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

Status RemoveFile(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return SystemError(errno, "remove " + Quote(path));
  }
  return OkStatus();
}

// No state beside the files.
class DirectoryStore final : public Store {
 public:
  DirectoryStore(const std::string& graph, std::string spare, os::UniqueFd directory)
      : graph_(graph),
        containers_(graph + "/containers"),
        spare_(std::move(spare)),
        directory_(std::move(directory)) {}

  Status Create(const std::string& id, const json::Value& config, const std::vector<File>& files,
                os::Sync sync) override;
  Status ReplaceConfig(const std::string& id, const json::Value& config, os::Sync sync) override;
  Status WriteState(const std::string& id, const json::Value& state, os::Sync sync) override;
  std::string ExitRecordPath(const std::string& id) const override {
    return DirectoryOf(id) + "/exit";
  }
  std::string SpareExitRecordPath(const std::string& id) const override {
    return spare_ + "/" + id;
  }
  Result<std::string> ReadExitRecord(const std::string& id) const override;
  Status RemoveExitRecord(const std::string& id) override;
  Status KeepUnsavedEnd(const std::string& id, const std::string& record) override;
  bool HasUnsavedEnd(const std::string& id) const override;
  Status ForgetUnsavedEnd(const std::string& id) override;
  Status Retire(const std::string& id, os::Sync sync) override;
  Status Clear(const std::string& id) override;
  Result<Found> Scan(const std::function<Status(const Entry&)>& check) override;
  const std::string& Directory() const override { return containers_; }
  std::string DirectoryOf(const std::string& id) const override { return containers_ + "/" + id; }

 private:
  Status FillNew(const std::string& name, const json::Value& config, const std::vector<File>& files,
                 os::Sync sync);
  Result<Entry> Load(const std::string& name, const std::string& id) const;
  Entry LoadGone(const std::string& name) const;
  std::string SetAside(const std::string& id, const Error& reason);
  void ClearSpare(const Found& found);

  const std::string graph_;
  const std::string containers_;
  const std::string spare_;
  const os::UniqueFd directory_;
};

Status DirectoryStore::FillNew(const std::string& name, const json::Value& config,
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

Status DirectoryStore::Create(const std::string& id, const json::Value& config,
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
    IgnoreError(Retire(id, os::Sync::kNone));
    IgnoreError(Clear(id));
  }
  return status;
}

Status DirectoryStore::ReplaceConfig(const std::string& id, const json::Value& config,
                                     os::Sync sync) {
  return os::WriteFileAtomic(DirectoryOf(id) + "/" + kConfigName,
                             json::Serialize(config, json::Style::kIndented), kFileMode, sync);
}

Status DirectoryStore::WriteState(const std::string& id, const json::Value& state, os::Sync sync) {
  return os::WriteFileAtomic(DirectoryOf(id) + "/" + kStateName,
                             json::Serialize(state, json::Style::kIndented), kFileMode, sync);
}

Result<std::string> DirectoryStore::ReadExitRecord(const std::string& id) const {
  Result<std::string> record = os::ReadFile(ExitRecordPath(id));
  if (!record && record.error().code() == Code::kNotFound) {
    return os::ReadFile(SpareExitRecordPath(id));
  }
  return record;
}

Status DirectoryStore::RemoveExitRecord(const std::string& id) {
  RETURN_IF_ERROR(RemoveFile(ExitRecordPath(id)));
  return ForgetUnsavedEnd(id);
}

Status DirectoryStore::KeepUnsavedEnd(const std::string& id, const std::string& record) {
  if (ReadExitRecord(id)) {
    return OkStatus();
  }
  RETURN_IF_ERROR(os::MakeDirectories(spare_, 0700));  // somebody may have cleared <state>
  return os::WriteFileAtomic(SpareExitRecordPath(id), record, kFileMode, os::Sync::kNone);
}

bool DirectoryStore::HasUnsavedEnd(const std::string& id) const {
  return os::PathExists(SpareExitRecordPath(id));
}

Status DirectoryStore::ForgetUnsavedEnd(const std::string& id) {
  return RemoveFile(SpareExitRecordPath(id));
}

Status DirectoryStore::Retire(const std::string& id, os::Sync sync) {
  const std::string gone = kGonePrefix + id;
  // One rename decides: whatever happens after it, the container is not found again.
  if (::renameat(directory_.get(), id.c_str(), directory_.get(), gone.c_str()) != 0 &&
      errno != ENOENT) {
    return SystemError(errno, "rename " + Quote(DirectoryOf(id)));
  }
  IgnoreError(ForgetUnsavedEnd(id));  // means nothing any more; the next scan clears it away
  return sync == os::Sync::kDurable ? os::SyncDirectory(directory_.get()) : OkStatus();
}

Status DirectoryStore::Clear(const std::string& id) {
  return os::RemoveTreeAt(directory_.get(), kGonePrefix + id);
}

Result<Store::Entry> DirectoryStore::Load(const std::string& name, const std::string& id) const {
  ASSIGN_OR_RETURN(const os::UniqueFd directory,
                   os::OpenAt(directory_.get(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
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

Store::Entry DirectoryStore::LoadGone(const std::string& name) const {
  const std::string id = name.substr(std::string_view(kGonePrefix).size());
  Result<Entry> entry = Load(name, id);
  if (entry) {
    return *std::move(entry);
  }
  Entry unreadable;
  unreadable.id = id;
  return unreadable;
}

std::string DirectoryStore::SetAside(const std::string& id, const Error& reason) {
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

// Records of containers that are no more.
void DirectoryStore::ClearSpare(const Found& found) {
  std::set<std::string> known;
  for (const Entry& entry : found.entries) {
    known.insert(entry.id);
  }
  for (const std::string& name : os::ListDirectory(spare_).value_or(std::vector<std::string>())) {
    if (known.count(name) == 0) {
      IgnoreError(RemoveFile(spare_ + "/" + name));  // harmless where it stays
    }
  }
}

Result<Store::Found> DirectoryStore::Scan(const std::function<Status(const Entry&)>& check) {
  Found found;
  ASSIGN_OR_RETURN(const std::vector<std::string> names, os::ListDirectory(containers_));
  for (const std::string& name : names) {
    if (StartsWith(name, kGonePrefix)) {
      found.gone.push_back(LoadGone(name));
      continue;
    }
    if (StartsWith(name, kNewPrefix)) {
      const Status removed = os::RemoveTreeAt(directory_.get(), name);
      found.notices.push_back((removed ? "cleared away " : "cannot clear away ") +
                              Quote(containers_ + "/" + name) +
                              (removed ? "" : ": " + removed.error().message()));
      continue;
    }
    if (!IsValidId(name)) {
      continue;
    }
    Result<Entry> entry = Load(name, name);
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
  ClearSpare(found);
  return found;
}

}  // namespace

Result<std::unique_ptr<Store>> OpenStore(const std::string& graph, const std::string& spare) {
  const std::string containers = graph + "/containers";
  RETURN_IF_ERROR(os::MakeDirectories(containers, 0700));
  RETURN_IF_ERROR(os::MakeDirectories(spare, 0700));
  ASSIGN_OR_RETURN(os::UniqueFd directory, os::Open(containers, O_RDONLY | O_DIRECTORY));
  return std::unique_ptr<Store>(
      std::make_unique<DirectoryStore>(graph, spare, std::move(directory)));
}

}  // namespace isulad::store
