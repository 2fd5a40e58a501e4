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
  std::string_view notice;  // a line about the log, at this place in it
};
// An error ends the reading and is returned by Logs().
using LogSink = std::function<Status(LogChunk chunk)>;

// Takes bytes of a copy (docs/copy-stream.md). An error ends the call, which returns it.
using ByteSink = std::function<Status(std::string_view bytes)>;
// Gives bytes of a copy to `sink`; the same.
using ByteSource = std::function<Status(const ByteSink& sink)>;

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
  // Seconds as for Stop(). Returns warnings.
  virtual Result<std::vector<std::string>> Restart(const std::string& container,
                                                   int timeout_seconds) = 0;
  // Returns warnings.
  virtual Result<std::vector<std::string>> Update(const std::string& container,
                                                  const UpdateOptions& options) = 0;
  virtual Status Pause(const std::string& container) = 0;
  virtual Status Unpause(const std::string& container) = 0;
  virtual Status Rename(const std::string& container, const std::string& name) = 0;
  virtual Result<Removed> Remove(const std::string& container, bool force) = 0;
  // Newest first. Each filter is "key=value", key one of id, name, label, status.
  virtual Result<std::vector<ContainerSummary>> List(bool all,
                                                     const std::vector<std::string>& filters) = 0;
  // Lines of ps(1), the titles first.
  virtual Result<std::vector<std::string>> Top(const std::string& container,
                                               const std::vector<std::string>& ps_arguments) = 0;
  // One look. Of `containers`, or of all that run, or with `all` of all.
  virtual Result<std::vector<ContainerStats>> Stats(const std::vector<std::string>& containers,
                                                    bool all) = 0;
  // One JSON object.
  virtual Result<std::string> Inspect(const std::string& container) = 0;
  // Waits for the container's end; returns its exit status.
  virtual Result<int> Wait(const std::string& container) = 0;
  // Where the connection is lost in the middle it is taken up again, and the output goes on where
  // it was: kUnavailable only where no daemon answers for kReconnectTime.
  virtual Status Logs(const LogsOptions& options, const LogSink& sink) = 0;
  virtual Status CopyFrom(const CopyFromOptions& options, const ByteSink& sink) = 0;
  // Returns the outcome, as bytes. An error of `source` that is not its sink's cuts the copy short.
  virtual Result<std::string> CopyTo(const CopyToOptions& options, const ByteSource& source) = 0;
  virtual Status Export(const std::string& container, const ByteSink& sink) = 0;
  virtual std::unique_ptr<StreamSession> Attach(const AttachOptions& options) = 0;
  virtual std::unique_ptr<StreamSession> Exec(const ExecOptions& options) = 0;
};

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_CONTAINER_CLIENT_H_
