// The record of a channel on disk, and its format. Pure, thread-safe.
//
//   {"Version": 2, "Id": "9f...", "PathOnHost": "/srv/data", "Size": 33554432,
//    "Options": ["share"], "Identities": [],
//    "Owners": [{"Id": "3b...", "Name": "web", "PathInContainer": "/data", "Permissions": "rw",
//                "Position": 0}]}
//
// Version 1, in which a channel had one owner whose path and access were stored at the top level,
// can be read as well.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_RECORD_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_RECORD_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/modules/spec/host_channel/host_channel.h"
#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "daemon/modules/spec/host_channel/owner.h"
#include "utils/base/result.h"

namespace isulad::host_channel {

struct Record {
  std::string id;         // 64 hex digits
  std::string host_path;  // canonical
  uint64_t size = 0;      // bytes, whole pages
  Options options;
  std::vector<OwnerEntry> owners;       // in the order in which they joined; never empty
  std::vector<std::string> identities;  // as in HostDirectory
  // The previous size while the size is being changed; otherwise 0.
  uint64_t previous_size = 0;

  // Kept outside the text, because they change at moments when nothing may wait for a disk; see
  // record_store.h.
  bool started = false;   // a start has begun to make the directory
  bool removing = false;  // a removal has begun and can only be finished

  friend bool operator==(const Record&, const Record&) = default;
};

// nullptr if `owner` does not have the channel.
const OwnerEntry* FindOwner(const Record& record, std::string_view owner);
// The channel as the owner of `entry` has it.
HostChannel ChannelOf(const Record& record, const OwnerEntry& entry);
HostDirectory DirectoryOf(const Record& record);

std::string SerializeRecord(const Record& record);
// kInvalidArgument with the reason if `text` is not what SerializeRecord writes for a channel with
// this `id`, now or in version 1.
Result<Record> ParseRecord(std::string_view text, std::string_view id);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_RECORD_H_
