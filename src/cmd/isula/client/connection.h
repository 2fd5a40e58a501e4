// The connection to the daemon, shared by the clients of its services. Nothing is sent before the
// first call.
#ifndef ISULAD_CMD_ISULA_CLIENT_CONNECTION_H_
#define ISULAD_CMD_ISULA_CLIENT_CONNECTION_H_

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace grpc {
class Channel;
class ClientContext;
class Status;
}  // namespace grpc

namespace isulad::client {

class Connection {
 public:
  // Receives a line for each call: "Create: ok, 3.1 ms".
  using Trace = std::function<void(std::string_view line)>;

  // `socket` is an absolute path; `trace` may be empty.
  Connection(const std::string& socket, Trace trace);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

  using Time = std::chrono::steady_clock::time_point;
  // Translates the outcome of a call (client/errors.h) and traces its end.
  Status Finish(std::string_view call, Time begin, const grpc::Status& status,
                const grpc::ClientContext& context) const;

 private:
  Trace trace_;
  std::shared_ptr<grpc::Channel> channel_;
};

// `socket` in gRPC's target syntax, a URI.
std::string TargetOf(std::string_view socket);

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_CONNECTION_H_
