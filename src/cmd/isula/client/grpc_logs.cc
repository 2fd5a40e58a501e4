#include "cmd/isula/client/grpc_logs.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <string>
#include <utility>

#include "cmd/isula/client/convert.h"

namespace isulad::client {
namespace {

using std::chrono::steady_clock;
using std::chrono::system_clock;

// The pause between two calls on a connection that still looks sound although its daemon is ending.
constexpr std::chrono::milliseconds kPause(100);

// Makes one call. The request's cursor follows what the sink has taken.
Status ReadOn(containers_v1::ContainerService::Stub& stub, Connection& connection,
              containers_v1::LogsRequest& request, const LogSink& sink) {
  const Connection::Time begin = steady_clock::now();
  grpc::ClientContext context;
  const auto reader = stub.Logs(&context, request);
  containers_v1::LogsResponse response;
  while (reader->Read(&response)) {
    const Status taken = sink({response.stdout(), response.stderr(), response.notice()});
    if (!taken) {
      context.TryCancel();
      // Cancelled here: the sink's error is the one to report.
      static_cast<void>(reader->Finish());
      return taken;
    }
    request.set_cursor(std::move(*response.mutable_cursor()));
  }
  return connection.Finish("Logs", begin, reader->Finish(), context);
}

// Waits until a daemon answers; false if none has by `deadline`.
bool WaitForDaemon(grpc::Channel& channel, system_clock::time_point deadline) {
  if (channel.GetState(true) == GRPC_CHANNEL_READY) {
    channel.WaitForStateChange(GRPC_CHANNEL_READY, system_clock::now() + kPause);
  }
  return system_clock::now() < deadline && channel.WaitForConnected(deadline);
}

}  // namespace

Status ReadLogs(containers_v1::ContainerService::Stub& stub, Connection& connection,
                const LogsOptions& options, const LogSink& sink,
                std::chrono::milliseconds patience) {
  containers_v1::LogsRequest request;
  ToProto(options, &request);
  system_clock::time_point deadline;
  std::string reached;
  for (;;) {
    Status status = ReadOn(stub, connection, request, sink);
    // Without a cursor the daemon was never reached.
    if (status || status.error().code() != Code::kUnavailable || request.cursor().empty()) {
      return status;
    }
    if (request.cursor() != reached || deadline == system_clock::time_point()) {
      reached = request.cursor();
      deadline = system_clock::now() + patience;
    }
    if (!WaitForDaemon(*connection.channel(), deadline)) {
      return Unavailable(std::string(kDaemonStayedAway));
    }
  }
}

}  // namespace isulad::client
