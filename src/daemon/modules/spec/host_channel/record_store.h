// The records of all channels on disk:
//
//   <record_directory>/
//     <channel id>/
//       channel.json   the record (record.h), replaced as a whole
//       started        empty; a start has begun
//       removing       empty; a removal has begun
//     <channel id>.damaged/   set aside by Load
//
// The two empty files are made without a sync: they have to survive the engine, not the machine.
// After a power cut no channel is mounted, and without the files only the wording of a notice
// differs.
//
// Works relative to a descriptor, so that it can be called in any mount namespace. Thread-safe for
// calls with different ids.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_RECORD_STORE_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_RECORD_STORE_H_

#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/spec/host_channel/record.h"
#include "utils/base/result.h"
#include "utils/os/file.h"
#include "utils/os/unique_fd.h"

namespace isulad::host_channel {

class RecordStore {
 public:
  enum class Flag { kStarted, kRemoving };

  struct Loaded {
    std::vector<Record> records;
    // One line for each record that was set aside or could not be read.
    std::vector<std::string> notices;
  };

  // Makes `directory` if it is missing, mode 0700.
  static Result<RecordStore> Open(const std::string& directory);

  // Writes new records, whose ids are new. On success all of them are on disk; on error none is
  // left.
  Status Create(const std::vector<Record>& records);
  // Replaces an existing record.
  Status Replace(const Record& record, os::Sync sync);
  Status Raise(const std::string& id, Flag flag);
  Status Lower(const std::string& id, Flag flag);
  // Succeeds if there is no such record.
  Status Delete(const std::string& id);
  // The device of the file system that the records lie on; 0 if it cannot be determined.
  dev_t Device() const;
  // Reads all records and deletes what interrupted calls of Create and Delete left behind.
  Result<Loaded> Load();

 private:
  explicit RecordStore(os::UniqueFd directory) : directory_(std::move(directory)) {}

  Status CreateOne(const Record& record);
  Result<os::UniqueFd> OpenRecord(const std::string& id) const;
  Result<Record> LoadOne(const std::string& id) const;
  std::string SetAside(const std::string& id, const Error& error);

  os::UniqueFd directory_;
};

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_RECORD_STORE_H_
