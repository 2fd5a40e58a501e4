#include "daemon/modules/spec/host_channel/record_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "utils/base/ids.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

constexpr const char* kRecordFile = "channel.json";
constexpr const char* kStartedFile = "started";
constexpr const char* kRemovingFile = "removing";
constexpr mode_t kRecordDirectoryMode = 0700;
constexpr mode_t kFileMode = 0600;

const char* FileOf(RecordStore::Flag flag) {
  return flag == RecordStore::Flag::kStarted ? kStartedFile : kRemovingFile;
}

bool Exists(int directory, const char* name) {
  struct stat status;
  return ::fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

Status Unlink(int directory, const char* name, int flags) {
  if (::unlinkat(directory, name, flags) != 0 && errno != ENOENT) {
    return SystemError(errno, "remove " + Quote(name));
  }
  return OkStatus();
}

}  // namespace

Result<RecordStore> RecordStore::Open(const std::string& directory) {
  RETURN_IF_ERROR(os::MakeDirectories(directory, kRecordDirectoryMode));
  ASSIGN_OR_RETURN(os::UniqueFd fd, os::Open(directory, O_RDONLY | O_DIRECTORY));
  return RecordStore(std::move(fd));
}

Result<os::UniqueFd> RecordStore::OpenRecord(const std::string& id) const {
  return os::OpenAt(directory_.get(), id, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

// One sync for each record. The file systems that an engine's data lies on (ext4, xfs, btrfs, f2fs)
// keep their metadata in order, so that once a new file is synced, its name and its directory are
// on disk too; syncing those as well would double the time that a create takes. A power cut in
// between leaves at worst an empty file, which Load treats as no record.
Status RecordStore::CreateOne(const Record& record) {
  if (::mkdirat(directory_.get(), record.id.c_str(), kRecordDirectoryMode) != 0) {
    return SystemError(errno, "make directory " + Quote(record.id));
  }
  ASSIGN_OR_RETURN(const os::UniqueFd fd, OpenRecord(record.id));
  ASSIGN_OR_RETURN(const os::UniqueFd file,
                   os::OpenAt(fd.get(), kRecordFile, O_WRONLY | O_CREAT | O_EXCL, kFileMode));
  RETURN_IF_ERROR(os::WriteAll(file.get(), SerializeRecord(record)));
  if (::fsync(file.get()) != 0) {
    return SystemError(errno, "write a record to disk");
  }
  return OkStatus();
}

Status RecordStore::Create(const std::vector<Record>& records) {
  for (size_t i = 0; i < records.size(); ++i) {
    Status created = CreateOne(records[i]);
    if (!created) {
      for (size_t made = 0; made <= i; ++made) {
        // A record that cannot be deleted has no known owner: Recover removes it.
        IgnoreError(Delete(records[made].id));
      }
      return std::move(created).error().AddContext("record a host channel");
    }
  }
  return OkStatus();
}

Status RecordStore::Replace(const Record& record, os::Sync sync) {
  ASSIGN_OR_RETURN(const os::UniqueFd fd, OpenRecord(record.id));
  return os::WriteFileAtomicAt(fd.get(), kRecordFile, SerializeRecord(record), kFileMode, sync);
}

Status RecordStore::Raise(const std::string& id, Flag flag) {
  ASSIGN_OR_RETURN(const os::UniqueFd fd, OpenRecord(id));
  ASSIGN_OR_RETURN(const os::UniqueFd file,
                   os::OpenAt(fd.get(), FileOf(flag), O_WRONLY | O_CREAT, kFileMode));
  return OkStatus();
}

Status RecordStore::Lower(const std::string& id, Flag flag) {
  ASSIGN_OR_RETURN(const os::UniqueFd fd, OpenRecord(id));
  return Unlink(fd.get(), FileOf(flag), 0);
}

Status RecordStore::Delete(const std::string& id) {
  const Result<os::UniqueFd> fd = OpenRecord(id);
  if (!fd) {
    return fd.error().code() == Code::kNotFound ? OkStatus() : Status(fd.error());
  }
  // The record is removed first: without it the rest has no meaning, and Load clears it away.
  for (const char* name : {kRecordFile, kStartedFile, kRemovingFile}) {
    RETURN_IF_ERROR(Unlink(fd->get(), name, 0));
  }
  // An interrupted write leaves a temporary file.
  return os::RemoveTreeAt(directory_.get(), id);
}

dev_t RecordStore::Device() const {
  struct stat status;
  return ::fstat(directory_.get(), &status) == 0 ? status.st_dev : 0;
}

Result<Record> RecordStore::LoadOne(const std::string& id) const {
  ASSIGN_OR_RETURN(const os::UniqueFd fd, OpenRecord(id));
  ASSIGN_OR_RETURN(const std::string text, os::ReadFileAt(fd.get(), kRecordFile));
  if (text.empty()) {
    return NotFound("the record was never written");
  }
  ASSIGN_OR_RETURN(Record record, ParseRecord(text, id));
  record.started = Exists(fd.get(), kStartedFile);
  record.removing = Exists(fd.get(), kRemovingFile);
  return record;
}

std::string RecordStore::SetAside(const std::string& id, const Error& error) {
  const std::string aside = id + ".damaged";
  std::string notice =
      "the record of host channel " + id + " is damaged (" + error.message() + ") and ";
  if (::renameat2(directory_.get(), id.c_str(), directory_.get(), aside.c_str(),
                  RENAME_NOREPLACE) != 0) {
    return notice + SystemError(errno, "could not be set aside").message();
  }
  return notice + "has been set aside as " + Quote(aside);
}

Result<RecordStore::Loaded> RecordStore::Load() {
  ASSIGN_OR_RETURN(const std::vector<std::string> names,
                   os::ListDirectoryAt(directory_.get(), "."));
  Loaded loaded;
  for (const std::string& name : names) {
    if (!IsValidId(name)) {
      continue;
    }
    Result<Record> record = LoadOne(name);
    if (record) {
      loaded.records.push_back(*std::move(record));
    } else if (record.error().code() == Code::kNotFound) {
      // It contains no record: Create had not returned yet, or Delete had begun.
      IgnoreError(Delete(name));
    } else {
      loaded.notices.push_back(SetAside(name, record.error()));
    }
  }
  return loaded;
}

}  // namespace isulad::host_channel
