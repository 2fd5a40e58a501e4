// What containers can be asked for, as the entries of the daemon see it: values in, values out. Of
// the wire's types the specification of a container comes in, which is the domain's own.
//
// Thread-safe. Calls may block for as long as system calls take; what may wait longer, for a
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

// What is to be changed; the rest stays.
struct UpdateRequest {
  spec::ResourceLimits limits;  // what is set in it
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
  HealthStatus health = HealthStatus::kNone;  // none where it is not up, too
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

// Hears of an attached client's streams. After each OnOutput no further one comes before
// Session::ReadMore(). OnFinished is the last call, and comes even where the session was opened in
// vain.
class SessionObserver {
 public:
  virtual ~SessionObserver() = default;
  virtual void OnOpened(const SessionOpened& opened) = 0;
  virtual void OnOutput(bool error, std::string bytes) = 0;
  virtual void OnFinished(const Result<SessionEnd>& end) = 0;
};

// A client's hold on streams. Destroying it detaches; what it was attached to goes on, and its
// observer may still get calls that were under way.
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
  bool detach = false;  // OnFinished comes when it runs
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
  cgroup::Usage usage;  // nothing is set where it does not run
  uint64_t channels = 0;
  uint64_t channels_size = 0;  // bytes, of all its channels
  uint64_t channels_used = 0;
};

struct CopyRequest {
  shim::CopyVerb verb = shim::CopyVerb::kFrom;
  std::string reference;
  std::string path;          // in the container; none for an export
  bool follow_link = false;  // kFrom
  bool archive = false;      // kTo: owners and what gives rights as they are
};

// A copy as bytes, in the form of docs/copy-stream.md. Destroying it ends the copy. Callbacks must
// not block, and none is called after that but for one that is under way.
class CopyStream {
 public:
  using Chunk = std::function<void(Result<std::string> bytes)>;

  virtual ~CopyStream() = default;
  // One at a time; empty: all has been said.
  virtual void Read(Chunk done) = 0;
  // For kTo, one at a time.
  virtual void Write(std::string bytes, std::function<void()> taken) = 0;
  virtual void CloseInput() = 0;
};

class Service {
 public:
  virtual ~Service() = default;

  // `name`: empty for the id.
  virtual Result<CreateReply> Create(const std::string& name, const spec::ContainerSpec& spec) = 0;
  // Returns warnings. An error of the container's command carries Error::exit_code().
  virtual Task<Result<std::vector<std::string>>> Start(std::string reference) = 0;
  // `timeout_seconds`: until it is killed; negative: never.
  virtual Task<Status> Stop(std::string reference, int timeout_seconds, bool force) = 0;
  // `signal`: name or number; empty: SIGKILL.
  virtual Task<Status> Kill(std::string reference, std::string signal) = 0;
  // A container that does not run is only started. `timeout_seconds` as for Stop(). Returns
  // warnings.
  virtual Task<Result<std::vector<std::string>>> Restart(std::string reference,
                                                         int timeout_seconds) = 0;
  // Changes limits and restart policy. Returns warnings. kResourceExhausted where more memory is in
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
  // Of `references`, in their order; where there are none of all that run, and with `all` of all.
  virtual Result<std::vector<ContainerStats>> Stats(const std::vector<std::string>& references,
                                                    bool all) = 0;
  // Lines of ps(1), the titles first; `ps_arguments`: none for "-ef".
  virtual Result<std::vector<std::string>> Top(const std::string& reference,
                                               const std::vector<std::string>& ps_arguments) = 0;
  // The text of one JSON object.
  virtual Result<std::string> Inspect(const std::string& reference) = 0;
  // Calls `done` when the container is not running (any more); the returned function takes the wish
  // back.
  virtual Result<std::function<void()>> Wait(const std::string& reference,
                                             std::function<void(int exit_code)> done) = 0;
  virtual Result<std::unique_ptr<logs::LogStream>> Logs(const LogsRequest& request) = 0;
  // kFailedPrecondition for what is mounted only while the container runs, and it does not. What a
  // copy finds, or cannot do, is said in its bytes.
  virtual Task<Result<std::unique_ptr<CopyStream>>> Copy(CopyRequest request) = 0;

  // On an error the observer has not been called and is not called any more.
  virtual Task<Result<std::unique_ptr<Session>>> Attach(
      AttachRequest request, std::shared_ptr<SessionObserver> observer) = 0;
  virtual Task<Result<std::unique_ptr<Session>>> Exec(
      ExecRequest request, std::shared_ptr<SessionObserver> observer) = 0;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_SERVICE_H_
