// The records of all channels on disk:
//
//   <record_directory>/
//     <channel id>/
//       channel.json   the record (record.h), replaced as a whole
//       started        empty; a start has begun
//       removing       empty; a removal has begun
//     <channel id>.damaged/   set aside by Load
//
// The two empty files are made without a sync: they have to outlive the engine, not the machine.
// After a power cut no channel is mounted, and without them only the wording of a notice differs.
//
// Works relative to a descriptor, so that it does not matter in which mount namespace it is called.
// Thread-safe for calls with different ids.
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
    std::vector<std::string>
        notices;  // one line for each record that was set aside or could not be read
  };

  // Makes `directory` where it is missing, 0700.
  static Result<RecordStore> Open(const std::string& directory);

  // Writes new records, whose ids are new: all of them are on disk when it returns, or none is
  // left.
  Status Create(const std::vector<Record>& records);
  // Replaces the record, which exists.
  Status Replace(const Record& record, os::Sync sync);
  Status Raise(const std::string& id, Flag flag);
  Status Lower(const std::string& id, Flag flag);
  // Not there: success.
  Status Delete(const std::string& id);
  // The file system that they lie on; 0 where it cannot be told.
  dev_t Device() const;
  // Reads all records and deletes what is left of interrupted calls of Create and Delete.
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
