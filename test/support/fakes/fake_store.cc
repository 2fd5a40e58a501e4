#include "support/fakes/fake_store.h"

#include <gtest/gtest.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>

#include "support/result_matchers.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::test {

using store::Store;

namespace {

Status RemoveFileIfThere(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return SystemError(errno, "remove " + Quote(path));
  }
  return OkStatus();
}

Status Rename(const std::string& from, const std::string& to) {
  return ::rename(from.c_str(), to.c_str()) == 0
             ? OkStatus()
             : Status(SystemError(errno, "rename " + Quote(from)));
}

std::string LineOf(const char* what, const Store::Entry& entry) {
  std::string line = what + (" " + entry.id) + " config " + json::Serialize(entry.config);
  if (entry.state) {
    line.append(" state ").append(json::Serialize(*entry.state));
  }
  return line.append(entry.state_lost ? " state lost\n" : "\n");
}

}  // namespace

FakeStore::FakeStore(const std::string& directory, Steps* steps)
    : directory_(directory),
      containers_(directory + "/containers"),
      spare_(directory + "/exits"),
      steps_(steps) {
  EXPECT_OK(os::MakeDirectories(containers_, 0700));
  EXPECT_OK(os::MakeDirectories(spare_, 0700));
}

Status FakeStore::Take(const char* method) const {
  return steps_ == nullptr ? OkStatus() : steps_->Take(std::string("store ") + method);
}

void FakeStore::LoseState(const std::string& id) {
  MutexLock lock(mutex_);
  if (const Result<Entry*> entry = Find(id); entry) {
    (*entry)->state.reset();
    (*entry)->state_lost = true;
  }
}

std::optional<json::Value> FakeStore::ConfigOf(const std::string& id) const {
  MutexLock lock(mutex_);
  const auto found = entries_.find(id);
  return found == entries_.end() ? std::nullopt : std::optional(found->second.config);
}

std::optional<json::Value> FakeStore::StateOf(const std::string& id) const {
  MutexLock lock(mutex_);
  const auto found = entries_.find(id);
  return found == entries_.end() ? std::nullopt : found->second.state;
}

std::string FakeStore::Dump() const {
  MutexLock lock(mutex_);
  std::string text;
  for (const auto& [id, entry] : entries_) {
    text.append(LineOf("container", entry));
  }
  for (const auto& [id, entry] : gone_) {
    text.append(LineOf("retired", entry));
  }
  for (const std::string& id : damaged_) {
    text.append("damaged ").append(id).append("\n");
  }
  for (const std::string& id : os::ListDirectory(spare_).value_or(std::vector<std::string>())) {
    text.append("spare exit record ").append(id).append("\n");
  }
  return text;
}

Status FakeStore::MakeDirectory(const std::string& id, const std::vector<File>& files) const {
  const std::string fresh = containers_ + "/.new-" + id;
  Status status = os::MakeDirectories(fresh, 0711);
  for (const File& file : files) {
    if (status) {
      status = os::WriteFileAtomic(fresh + "/" + file.name, file.text, 0644, os::Sync::kNone);
    }
  }
  if (status) {
    status = Rename(fresh, DirectoryOf(id));
  }
  if (!status) {
    EXPECT_OK(os::RemoveTree(fresh));
  }
  return status;
}

Result<Store::Entry*> FakeStore::Find(const std::string& id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) {
    return NotFound(Quote(DirectoryOf(id)) + " does not exist");
  }
  return &found->second;
}

Status FakeStore::Create(const std::string& id, const json::Value& config,
                         const std::vector<File>& files, os::Sync /*sync*/) {
  RETURN_IF_ERROR(Take("Create"));
  MutexLock lock(mutex_);
  if (entries_.contains(id)) {
    return SystemError(ENOTEMPTY, "make " + Quote(DirectoryOf(id)));
  }
  RETURN_IF_ERROR(MakeDirectory(id, files));
  entries_[id] = {id, config, std::nullopt, false};
  return OkStatus();
}

Status FakeStore::ReplaceConfig(const std::string& id, const json::Value& config,
                                os::Sync /*sync*/) {
  RETURN_IF_ERROR(Take("ReplaceConfig"));
  MutexLock lock(mutex_);
  ASSIGN_OR_RETURN(Entry* const entry, Find(id));
  entry->config = config;
  return OkStatus();
}

Status FakeStore::WriteState(const std::string& id, const json::Value& state, os::Sync /*sync*/) {
  RETURN_IF_ERROR(Take("WriteState"));
  MutexLock lock(mutex_);
  ASSIGN_OR_RETURN(Entry* const entry, Find(id));
  entry->state = state;
  entry->state_lost = false;
  return OkStatus();
}

std::string FakeStore::ExitRecordPath(const std::string& id) const {
  return DirectoryOf(id) + "/exit";
}

std::string FakeStore::SpareExitRecordPath(const std::string& id) const {
  return spare_ + "/" + id;
}

Result<std::string> FakeStore::ReadExitRecord(const std::string& id) const {
  RETURN_IF_ERROR(Take("ReadExitRecord"));
  Result<std::string> record = os::ReadFile(ExitRecordPath(id));
  return record ? record : os::ReadFile(SpareExitRecordPath(id));
}

Status FakeStore::RemoveExitRecord(const std::string& id) {
  RETURN_IF_ERROR(Take("RemoveExitRecord"));
  RETURN_IF_ERROR(RemoveFileIfThere(ExitRecordPath(id)));
  return RemoveFileIfThere(SpareExitRecordPath(id));
}

Status FakeStore::KeepUnsavedEnd(const std::string& id, const std::string& record) {
  RETURN_IF_ERROR(Take("KeepUnsavedEnd"));
  if (os::PathExists(ExitRecordPath(id)) || HasUnsavedEnd(id)) {
    return OkStatus();
  }
  RETURN_IF_ERROR(os::MakeDirectories(spare_, 0700));
  return os::WriteFileAtomic(SpareExitRecordPath(id), record, 0600, os::Sync::kNone);
}

bool FakeStore::HasUnsavedEnd(const std::string& id) const {
  return os::PathExists(SpareExitRecordPath(id));
}

Status FakeStore::ForgetUnsavedEnd(const std::string& id) {
  RETURN_IF_ERROR(Take("ForgetUnsavedEnd"));
  return RemoveFileIfThere(SpareExitRecordPath(id));
}

Status FakeStore::Retire(const std::string& id, os::Sync /*sync*/) {
  RETURN_IF_ERROR(Take("Retire"));
  MutexLock lock(mutex_);
  if (entries_.contains(id)) {
    RETURN_IF_ERROR(Rename(DirectoryOf(id), GoneDirectoryOf(id)));
    gone_.insert_or_assign(id, entries_.extract(id).mapped());
  }
  return RemoveFileIfThere(SpareExitRecordPath(id));
}

Status FakeStore::Clear(const std::string& id) {
  RETURN_IF_ERROR(Take("Clear"));
  MutexLock lock(mutex_);
  RETURN_IF_ERROR(os::RemoveTree(GoneDirectoryOf(id)));
  gone_.erase(id);
  return OkStatus();
}

std::string FakeStore::SetAside(const std::string& id, const Error& reason) {
  const std::string damaged = directory_ + "/damaged";
  EXPECT_OK(os::MakeDirectories(damaged, 0700));
  EXPECT_OK(Rename(DirectoryOf(id), damaged + "/" + id));
  entries_.erase(id);
  damaged_.insert(id);
  return "container " + Quote(id) + " cannot be read: " + reason.message() + "; set aside";
}

void FakeStore::ClearSpare() {
  for (const std::string& id : os::ListDirectory(spare_).value_or(std::vector<std::string>())) {
    if (!entries_.contains(id)) {
      EXPECT_OK(RemoveFileIfThere(SpareExitRecordPath(id)));
    }
  }
}

Result<Store::Found> FakeStore::Scan(const std::function<Status(const Entry&)>& check) {
  RETURN_IF_ERROR(Take("Scan"));
  MutexLock lock(mutex_);
  Found found;
  const std::map<std::string, Entry> all = entries_;
  for (const auto& [id, entry] : all) {
    if (const Status readable = check(entry); readable) {
      found.entries.push_back(entry);
    } else {
      found.notices.push_back(SetAside(id, readable.error()));
    }
  }
  for (const auto& [id, entry] : gone_) {
    found.gone.push_back(entry);
  }
  found.damaged.assign(damaged_.begin(), damaged_.end());
  ClearSpare();
  return found;
}

}  // namespace isulad::test
