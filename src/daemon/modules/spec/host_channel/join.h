// Decides whether an owner may join a channel that others already have. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_JOIN_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_JOIN_H_

#include "daemon/modules/spec/host_channel/host_channel.h"
#include "daemon/modules/spec/host_channel/record.h"
#include "utils/base/result.h"

namespace isulad::host_channel {

// `asked` has the record's host path. Both sides must ask to share the channel, with the same size
// and the same options; if not, kAlreadyExists, naming the first owner and the difference.
// kFailedPrecondition if the channel is being removed, kAborted if it is being resized.
Status CheckJoin(const Record& record, const HostChannel& asked);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_JOIN_H_
