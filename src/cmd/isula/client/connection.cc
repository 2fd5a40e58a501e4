#include "cmd/isula/client/connection.h"

#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <cctype>
#include <cstdio>
#include <utility>

#include "cmd/isula/client/errors.h"
#include "utils/base/ids.h"

namespace isulad::client {
namespace {

// Turns off features for long-lived clients of remote services: this program makes one call and
// exits.
grpc::ChannelArguments LeanArguments() {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_MINIMAL_STACK, 1);
  // A daemon on the same host is back soon if it comes back at all, and trying its socket costs
  // nothing. GRPC_ARG_MIN_RECONNECT_BACKOFF_MS keeps its default: it bounds the time of one
  // attempt, and a daemon on a busy host needs longer than these values for its first answer.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 500);
  return arguments;
}

}  // namespace

std::string TargetOf(std::string_view socket) {
  std::string target = "unix://";
  for (const char c : socket) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' || c == '.' || c == '-' ||
        c == '_') {
      target.push_back(c);
    } else {
      target.append("%").append(HexEncode(std::string_view(&c, 1)));
    }
  }
  return target;
}

Connection::Connection(const std::string& socket, Trace trace)
    : trace_(std::move(trace)),
      channel_(grpc::CreateCustomChannel(TargetOf(socket), grpc::InsecureChannelCredentials(),
                                         LeanArguments())) {}

Connection::~Connection() = default;

Status Connection::Finish(std::string_view call, Time begin, const grpc::Status& status,
                          const grpc::ClientContext& context) const {
  Status result = ToStatus(status, context, *channel_);
  if (trace_) {
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    char milliseconds[32];
    std::snprintf(milliseconds, sizeof(milliseconds), "%.1f ms", took.count());
    std::string line(call);
    line.append(": ").append(result ? "ok" : result.error().message());
    trace_(line.append(", ").append(milliseconds));
  }
  return result;
}

}  // namespace isulad::client
