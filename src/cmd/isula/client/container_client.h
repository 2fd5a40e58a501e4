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

// Takes bytes of a copy (docs/copy-stream.md). An error ends the call, which returns that error.
using ByteSink = std::function<Status(std::string_view bytes)>;
// Passes the bytes of a copy to `sink`. An error ends the call, which returns that error.
using ByteSource = std::function<Status(const ByteSink& sink)>;

// `container` is a name, an id or a unique prefix of an id. Every call waits for its answer.
class ContainerClient {
 public:
  virtual ~ContainerClient() = default;

  virtual Result<Created> Create(const ContainerOptions& options) = 0;
  // Returns warnings.
  virtual Result<std::vector<std::string>> Start(const std::string& container) = 0;
  // `timeout_seconds`: until the container is killed; 0: at once, -1: never.
  virtual Status Stop(const std::string& container, int timeout_seconds, bool force) = 0;
  virtual Status Kill(const std::string& container, const std::string& signal) = 0;
  // `timeout_seconds` as for Stop(). Returns warnings.
  virtual Result<std::vector<std::string>> Restart(const std::string& container,
                                                   int timeout_seconds) = 0;
  // Returns warnings.
  virtual Result<std::vector<std::string>> Update(const std::string& container,
                                                  const UpdateOptions& options) = 0;
  virtual Status Pause(const std::string& container) = 0;
  virtual Status Unpause(const std::string& container) = 0;
  virtual Status Rename(const std::string& container, const std::string& name) = 0;
  virtual Result<Removed> Remove(const std::string& container, bool force) = 0;
  // Newest first. Each filter is "key=value" with a key of id, name, label, status, health.
  virtual Result<std::vector<ContainerSummary>> List(bool all,
                                                     const std::vector<std::string>& filters) = 0;
  // The output lines of ps(1), the titles first.
  virtual Result<std::vector<std::string>> Top(const std::string& container,
                                               const std::vector<std::string>& ps_arguments) = 0;
  // A single reading: of `containers`, or if that is empty of all running ones, with `all` of all.
  virtual Result<std::vector<ContainerStats>> Stats(const std::vector<std::string>& containers,
                                                    bool all) = 0;
  // One JSON object.
  virtual Result<std::string> Inspect(const std::string& container) = 0;
  // Waits until the container exits; returns its exit status.
  virtual Result<int> Wait(const std::string& container) = 0;
  // If the connection is lost, it is made again and the output continues at the same place.
  // kUnavailable only if no daemon answers for kReconnectTime.
  virtual Status Logs(const LogsOptions& options, const LogSink& sink) = 0;
  virtual Status CopyFrom(const CopyFromOptions& options, const ByteSink& sink) = 0;
  // Returns the outcome, as bytes. An error of `source` that does not come from its sink cuts the
  // copy short.
  virtual Result<std::string> CopyTo(const CopyToOptions& options, const ByteSource& source) = 0;
  virtual Status Export(const std::string& container, const ByteSink& sink) = 0;
  virtual std::unique_ptr<StreamSession> Attach(const AttachOptions& options) = 0;
  virtual std::unique_ptr<StreamSession> Exec(const ExecOptions& options) = 0;
};

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_CONTAINER_CLIENT_H_
