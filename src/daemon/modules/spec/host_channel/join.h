// Whether an owner may have a channel that others have already. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_JOIN_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_JOIN_H_

#include "daemon/modules/spec/host_channel/host_channel.h"
#include "daemon/modules/spec/host_channel/record.h"
#include "utils/base/result.h"

namespace isulad::host_channel {

// `asked` has the record's host path. It has to be shared on both sides, with the same size and the
// same options: kAlreadyExists, naming the first owner and what differs. kFailedPrecondition or
// kAborted where the channel is being removed or resized.
Status CheckJoin(const Record& record, const HostChannel& asked);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_JOIN_H_
