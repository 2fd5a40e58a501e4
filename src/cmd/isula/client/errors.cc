#include "cmd/isula/client/errors.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <cerrno>
#include <string>

namespace isulad::client {
namespace {

// A status that arrived from the daemon, in contrast to one that the library made up for a broken
// connection. The codes do not tell them apart; the library's description does.
bool CameFromDaemon(const grpc::ClientContext& context) {
  return context.debug_error_string().find("Error received from peer") != std::string::npos;
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
  if (CameFromDaemon(context)) {
    return DaemonRefusal(ToCode(status.error_code()), status.error_message(), ExecErrno(context));
  }
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE) {
    const bool never_connected = channel.GetState(false) == GRPC_CHANNEL_TRANSIENT_FAILURE;
    return Unavailable(std::string(never_connected ? kCannotConnect : kConnectionLost));
  }
  return Error(ToCode(status.error_code()), "Error: " + OneLine(status.error_message()));
}

}  // namespace isulad::client
