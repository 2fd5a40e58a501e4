#include "cmd/isula/client/errors.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <chrono>
#include <string>

namespace isulad::client {
namespace {

// How long it may take from the status of a call until the channel's state shows the end of the
// connection.
constexpr std::chrono::milliseconds kSettleTime(100);

// Whether the connection outlived the call: then an UNAVAILABLE comes from the daemon itself. The
// status alone does not distinguish that from the one the library reports for a broken connection.
bool StillConnected(grpc::ChannelInterface& channel) {
  return channel.GetState(false) == GRPC_CHANNEL_READY &&
         !channel.WaitForStateChange(GRPC_CHANNEL_READY,
                                     std::chrono::system_clock::now() + kSettleTime);
}

// The exit code for a container's command that could not be run; 0 for other errors.
int CommandExitCode(const grpc::ClientContext& context) {
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto found = trailers.find("isula-exit-status");
  if (found == trailers.end()) {
    return 0;
  }
  if (found->second == "126") {
    return 126;
  }
  return found->second == "127" ? 127 : 0;
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
      return static_cast<Code>(code);  // Code has gRPC's numbers
  }
}

// Puts the daemon's reason on one line, whatever characters it has.
std::string OneLine(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (c == '\n' || c == '\r') {
      c = ' ';
    }
  }
  return line;
}

// The message for a missing container is spelt as elsewhere.
std::string RefusalText(Code code, std::string_view reason) {
  std::string message = OneLine(reason);
  if (code == Code::kNotFound && message.starts_with("no such container")) {
    message.front() = 'N';
  }
  return "Error response from daemon: " + message;
}

}  // namespace

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
  const Code code = ToCode(status.error_code());
  return Error(code, RefusalText(code, status.error_message()))
      .WithExitCode(CommandExitCode(context));
}

}  // namespace isulad::client
