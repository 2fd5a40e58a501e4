// The operations on containers, as the daemon's entry points see them: values in, values out. The
// only type of the wire format that is taken is the specification of a container, which is the
// domain's own type.
//
// Thread-safe. Calls may block for as long as system calls take; a call that may wait longer, for a
// container or a runtime, is a task. Observers are called on other threads and must not block. In
// every call `reference` is a name, an id or a unique prefix of an id; an unknown one is kNotFound
// with `No such container: X`.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_SERVICE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_SERVICE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/modules/cgroup/cgroup.h"
#include "daemon/modules/container/health.h"
#include "daemon/modules/container/state.h"
#include "daemon/modules/logs/log_reader.h"
#include "daemon/modules/logs/log_stream.h"
#include "daemon/modules/spec/container_spec.h"
#include "shim_protocol/copy_job.h"
#include "shim_protocol/messages.h"
#include "utils/base/clock.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

// The settings to change; the others stay as they are.
struct UpdateRequest {
  spec::ResourceLimits limits;  // only the fields that are set
  std::optional<std::string> restart_policy;
};

struct CreateReply {
  std::string id;
  std::vector<std::string> warnings;
};

struct RemoveReply {
  std::string id;
  std::vector<std::string> notices;
};

struct Summary {
  std::string id;
  std::string name;
  std::string image;
  std::vector<std::string> command;
  Timestamp created;
  std::string runtime;
  State state;
  HealthStatus health = HealthStatus::kNone;  // kNone also if it is not up
};

struct Counts {
  uint32_t all = 0;
  uint32_t running = 0;  // and not paused
  uint32_t paused = 0;
  uint32_t stopped = 0;
};

struct SessionOpened {
  bool terminal = false;
  bool open_stdin = false;
  std::vector<std::string> warnings;
  std::string exec_id;  // of an exec
  int32_t pid = 0;      // of an exec
};

struct SessionEnd {
  int exit_code = 0;
  std::vector<std::string> notices;
};

// Receives the streams of an attached client. After a call of OnOutput() no other follows before
// Session::ReadMore(). OnFinished() is the last call, and is made even if the session was opened in
// vain.
class SessionObserver {
 public:
  virtual ~SessionObserver() = default;
  virtual void OnOpened(const SessionOpened& opened) = 0;
  virtual void OnOutput(bool error, std::string bytes) = 0;
  virtual void OnFinished(const Result<SessionEnd>& end) = 0;
};

// A client's attachment to streams. Destroying it detaches the client; the process it was attached
// to goes on, and the observer may still get calls that were in progress.
class Session {
 public:
  virtual ~Session() = default;
  virtual void ReadMore() = 0;
  virtual void WriteStdin(std::string bytes, std::function<void()> taken) = 0;
  virtual void CloseStdin() = 0;
  virtual void Resize(shim::WindowSize size) = 0;
  virtual void Signal(int signal) = 0;
};

struct AttachRequest {
  std::string reference;
  shim::Attach streams;
  bool start = false;  // start the container; the streams are connected before it runs
  shim::WindowSize window;
};

struct ExecRequest {
  std::string reference;
  spec::ProcessConfig process;
  bool detach = false;  // OnFinished() is called when it runs
  shim::WindowSize window;
};

struct LogsRequest {
  std::string reference;
  bool follow = false;  // until the container has ended or is removed
  logs::ReadOptions options;
};

struct ContainerStats {
  std::string id;
  std::string name;
  Timestamp read_at;
  cgroup::Usage usage;  // nothing is set if it does not run
  uint64_t channels = 0;
  uint64_t channels_size = 0;  // bytes, of all its channels
  uint64_t channels_used = 0;
};

struct CopyRequest {
  shim::CopyVerb verb = shim::CopyVerb::kFrom;
  std::string reference;
  std::string path;          // in the container; empty for an export
  bool follow_link = false;  // for kFrom
  bool archive = false;      // for kTo: keep owners and what gives rights
};

// A copy as a stream of bytes, in the format of docs/copy-stream.md. Destroying it ends the copy.
// Callbacks must not block, and after the destruction none is called, except one that is in
// progress.
class CopyStream {
 public:
  using Chunk = std::function<void(Result<std::string> bytes)>;

  virtual ~CopyStream() = default;
  // One call at a time; empty bytes: the end of the stream.
  virtual void Read(Chunk done) = 0;
  // For kTo, one call at a time.
  virtual void Write(std::string bytes, std::function<void()> taken) = 0;
  virtual void CloseInput() = 0;
};

class Service {
 public:
  virtual ~Service() = default;

  // `name`: if empty, the id.
  virtual Result<CreateReply> Create(const std::string& name, const spec::ContainerSpec& spec) = 0;
  // Returns warnings. An error caused by the container's command carries Error::exit_code().
  virtual Task<Result<std::vector<std::string>>> Start(std::string reference) = 0;
  // `timeout_seconds`: the time until the container is killed; negative: never.
  virtual Task<Status> Stop(std::string reference, int timeout_seconds, bool force) = 0;
  // `signal`: name or number; empty: SIGKILL.
  virtual Task<Status> Kill(std::string reference, std::string signal) = 0;
  // A container that does not run is only started. `timeout_seconds` as for Stop(). Returns
  // warnings.
  virtual Task<Result<std::vector<std::string>>> Restart(std::string reference,
                                                         int timeout_seconds) = 0;
  // Changes limits and restart policy. Returns warnings. kResourceExhausted if more memory is in
  // use than the new limit allows; then, as with every error, nothing is changed.
  virtual Task<Result<std::vector<std::string>>> Update(std::string reference,
                                                        UpdateRequest request) = 0;
  virtual Task<Status> Pause(std::string reference) = 0;
  virtual Task<Status> Unpause(std::string reference) = 0;
  virtual Task<Status> Rename(std::string reference, std::string name) = 0;
  virtual Task<Result<RemoveReply>> Remove(std::string reference, bool force) = 0;
  // `filters`: "id=...", "name=...", "label=KEY[=VALUE]", "status=...", "health=...".
  virtual Result<std::vector<Summary>> List(bool all, const std::vector<std::string>& filters) = 0;
  virtual Counts Count() = 0;
  // The statistics of `references`, in their order; if `references` is empty, of all running
  // containers, or with `all` of all containers.
  virtual Result<std::vector<ContainerStats>> Stats(const std::vector<std::string>& references,
                                                    bool all) = 0;
  // The lines of ps(1), titles first; `ps_arguments`: if empty, "-ef".
  virtual Result<std::vector<std::string>> Top(const std::string& reference,
                                               const std::vector<std::string>& ps_arguments) = 0;
  // The text of one JSON object.
  virtual Result<std::string> Inspect(const std::string& reference) = 0;
  // Calls `done` when the container is not, or no longer, running; the returned function cancels
  // the wait.
  virtual Result<std::function<void()>> Wait(const std::string& reference,
                                             std::function<void(int exit_code)> done) = 0;
  virtual Result<std::unique_ptr<logs::LogStream>> Logs(const LogsRequest& request) = 0;
  // kFailedPrecondition for a path in something that is mounted only while the container runs, if
  // the container does not run. What a copy finds, or cannot do, is reported in its bytes.
  virtual Task<Result<std::unique_ptr<CopyStream>>> Copy(CopyRequest request) = 0;

  // On an error the observer has not been called and will not be called.
  virtual Task<Result<std::unique_ptr<Session>>> Attach(
      AttachRequest request, std::shared_ptr<SessionObserver> observer) = 0;
  virtual Task<Result<std::unique_ptr<Session>>> Exec(
      ExecRequest request, std::shared_ptr<SessionObserver> observer) = 0;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_SERVICE_H_
