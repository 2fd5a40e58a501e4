#include "cmd/isulad-shim/config_intake.h"

#include <optional>
#include <string_view>
#include <utility>

#include "utils/os/nonblocking_io.h"

namespace isulad::monitor {
namespace {

constexpr size_t kFrameReadBytes = 4096;

Result<shim::Frame> ReceiveFrame(int socket, shim::FrameDecoder* decoder) {
  for (;;) {
    ASSIGN_OR_RETURN(std::optional<shim::Frame> frame, decoder->Next());
    if (frame) {
      return *std::move(frame);
    }
    char buffer[kFrameReadBytes];
    ASSIGN_OR_RETURN(const std::optional<size_t> count,
                     os::ReadSome(socket, buffer, sizeof(buffer)));
    if (count.value_or(0) == 0) {
      return Unavailable("the daemon left before it had sent the configuration");
    }
    decoder->Append(std::string_view(buffer, *count));
  }
}

}  // namespace

Result<Intake> ReceiveConfig(int socket) {
  Intake intake;
  ASSIGN_OR_RETURN(const shim::Frame frame, ReceiveFrame(socket, &intake.rest));
  if (frame.type != shim::FrameType::kConfigure) {
    return Error(Code::kDataLoss, "the first frame is no configuration");
  }
  ASSIGN_OR_RETURN(intake.config, shim::Decode<shim::Config>(frame.payload));
  return intake;
}

}  // namespace isulad::monitor
