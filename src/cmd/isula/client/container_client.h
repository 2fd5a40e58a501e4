// The daemon's containers, as the commands use them. Errors are described in client/errors.h.
#ifndef ISULAD_CMD_ISULA_CLIENT_CONTAINER_CLIENT_H_
#define ISULAD_CMD_ISULA_CLIENT_CONTAINER_CLIENT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/isula/client/container_types.h"
#include "cmd/isula/client/stream_session.h"
#include "utils/base/result.h"

namespace isulad::client {

struct LogChunk {
  std::string_view out;
  std::string_view err;
};
// An error ends the reading and is returned by Logs().
using LogSink = std::function<Status(LogChunk chunk)>;

// `container` is a name, an id or a unique prefix of an id. Every call waits for its answer.
class ContainerClient {
 public:
  virtual ~ContainerClient() = default;

  virtual Result<Created> Create(const ContainerOptions& options) = 0;
  // Returns warnings.
  virtual Result<std::vector<std::string>> Start(const std::string& container) = 0;
  // Seconds until it is killed; 0: at once, -1: never.
  virtual Status Stop(const std::string& container, int timeout_seconds, bool force) = 0;
  virtual Status Kill(const std::string& container, const std::string& signal) = 0;
  virtual Result<Removed> Remove(const std::string& container, bool force) = 0;
  // Newest first. Each filter is "key=value", key one of id, name, status.
  virtual Result<std::vector<ContainerSummary>> List(bool all,
                                                     const std::vector<std::string>& filters) = 0;
  // One JSON object.
  virtual Result<std::string> Inspect(const std::string& container) = 0;
  // Waits for the container's end; returns its exit status.
  virtual Result<int> Wait(const std::string& container) = 0;
  // The last `tail` lines, -1: all.
  virtual Status Logs(const std::string& container, int64_t tail, const LogSink& sink) = 0;
  virtual std::unique_ptr<StreamSession> Attach(const AttachOptions& options) = 0;
  virtual std::unique_ptr<StreamSession> Exec(const ExecOptions& options) = 0;
};

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_CONTAINER_CLIENT_H_
