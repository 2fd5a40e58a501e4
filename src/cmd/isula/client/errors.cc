#include "cmd/isula/client/errors.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <cerrno>
#include <chrono>
#include <string>

namespace isulad::client {
namespace {

// How long the end of a connection may take from a call's status to the channel's state.
constexpr std::chrono::milliseconds kSettleTime(100);

// Whether the connection outlived the call: then an UNAVAILABLE is the daemon's own word. The
// status does not tell it from what the library makes up for a broken connection.
bool StillConnected(grpc::ChannelInterface& channel) {
  return channel.GetState(false) == GRPC_CHANNEL_READY &&
         !channel.WaitForStateChange(GRPC_CHANNEL_READY,
                                     std::chrono::system_clock::now() + kSettleTime);
}

int ExecErrno(const grpc::ClientContext& context) {
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto found = trailers.find("isula-exit-status");
  if (found == trailers.end()) {
    return 0;
  }
  if (found->second == "127") {
    return ENOENT;
  }
  return found->second == "126" ? EACCES : 0;
}

Code ToCode(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::UNAVAILABLE:
      return Code::kFailedPrecondition;
    case grpc::StatusCode::OUT_OF_RANGE:
      return Code::kInvalidArgument;
    case grpc::StatusCode::UNAUTHENTICATED:
      return Code::kPermissionDenied;
    default:
      return static_cast<Code>(code);  // Code carries gRPC's numbers
  }
}

// The daemon's reason is shown on one line whatever stands in it.
std::string OneLine(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (c == '\n' || c == '\r') {
      c = ' ';
    }
  }
  return line;
}

}  // namespace

Error DaemonRefusal(Code code, std::string_view reason, int system_errno) {
  constexpr std::string_view kLowerCase = "no such container";
  std::string message = OneLine(reason);
  if (code == Code::kNotFound && message.starts_with(kLowerCase)) {
    message.front() = 'N';
  }
  return {code, system_errno, "Error response from daemon: " + message};
}

Status ToStatus(const grpc::Status& status, const grpc::ClientContext& context,
                grpc::ChannelInterface& channel) {
  if (status.ok()) {
    return OkStatus();
  }
  const bool unavailable = status.error_code() == grpc::StatusCode::UNAVAILABLE;
  if (unavailable && channel.GetState(false) == GRPC_CHANNEL_TRANSIENT_FAILURE) {
    return Unavailable(std::string(kCannotConnect));
  }
  // A daemon that shuts down cancels the calls it still serves.
  if (status.error_code() == grpc::StatusCode::CANCELLED ||
      (unavailable && !StillConnected(channel))) {
    return Unavailable(std::string(kConnectionLost));
  }
  return DaemonRefusal(ToCode(status.error_code()), status.error_message(), ExecErrno(context));
}

}  // namespace isulad::client
