#include "daemon/modules/spec/host_channel/mount_ops.h"

namespace isulad::host_channel {

Status CheckUnobstructed(const Inspection& inspection) {
  switch (inspection.state) {
    case PathState::kMissing:
    case PathState::kOurs:
    case PathState::kMounted:
      return OkStatus();
    case PathState::kCovered:
    case PathState::kForeign:
    case PathState::kElsewhere:
      break;
  }
  return FailedPrecondition(inspection.detail);
}

}  // namespace isulad::host_channel
