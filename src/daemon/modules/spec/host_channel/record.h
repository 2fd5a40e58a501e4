// What is kept of a channel on disk, and its form there. Pure, thread-safe.
//
//   {"Version": 1, "Id": "9f...", "Owners": [{"Id": "3b...", "Name": "web"}], "Position": 0,
//    "PathOnHost": "/srv/data", "PathInContainer": "/data", "Permissions": "rw", "Size": 33554432,
//    "Options": ["symlinks"], "Identities": []}
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
  std::string id;  // 64 hex digits
  std::vector<Owner> owners;
  uint64_t position =
      0;  // among the channels of its owner, in the order in which they were asked for
  HostChannel channel;                  // host_path is the canonical one
  std::vector<std::string> identities;  // of HostDirectory

  // Kept beside the text, because they change at moments when nothing may wait for a disk; see
  // record_store.h.
  bool started = false;   // a start has begun to make the directory
  bool removing = false;  // a removal has begun: it can only be finished

  friend bool operator==(const Record&, const Record&) = default;
};

bool IsOwnedBy(const Record& record, std::string_view owner);
HostDirectory DirectoryOf(const Record& record);

std::string SerializeRecord(const Record& record);
// kInvalidArgument with the reason where `text` is not what SerializeRecord writes for a channel
// with this `id`.
Result<Record> ParseRecord(std::string_view text, std::string_view id);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_RECORD_H_
