#include "daemon/modules/spec/host_channel/mount_ops.h"

#include "utils/base/byte_size.h"
#include "utils/base/strings.h"

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

Status CheckInUse(const std::string& path, uint64_t used, uint64_t size) {
  if (used <= size) {
    return OkStatus();
  }
  return Error(Code::kResourceExhausted, "host channel " + Quote(path) + " holds " +
                                             FormatByteSize(used) + " (" + std::to_string(used) +
                                             " bytes): it cannot be made smaller than that");
}

}  // namespace isulad::host_channel
