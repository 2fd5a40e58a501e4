// What containers can be asked for, as the entries of the daemon see it. Domain types only: no
// entry's wire types come in, and no module's types but values go out.
//
// Thread-safe. Calls may block for as long as the operation takes; observers are called on other
// threads and must not block. In every call `reference` is a name, an id or a unique prefix of an
// id; an unknown one is kNotFound with `No such container: X`.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_SERVICE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_SERVICE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/container/state.h"
#include "daemon/modules/logs/log_reader.h"
#include "daemon/modules/spec/options.h"
#include "shim_protocol/messages.h"
#include "utils/base/clock.h"
#include "utils/base/result.h"

namespace isulad::container {

struct CreateRequest {
  std::string name;   // empty: the id
  std::string image;  // "none"
  spec::ProcessOptions process;
  std::string hostname;  // empty: the first 12 digits of the id
  bool open_stdin = false;
  bool stdin_once = false;
  std::string stop_signal;  // empty: SIGTERM
  bool system_container = false;
  std::string external_rootfs;
  std::vector<std::string> host_channels;  // as the user wrote them
  bool host_channel_add_memory = false;
  bool auto_remove = false;
  std::string runtime;  // empty: the default
  spec::ResourceOptions resources;
  std::vector<std::string> volumes;  // as the user wrote them
  bool read_only_rootfs = false;
  std::string log_driver;                // empty: json-file
  std::vector<std::string> log_options;  // as the user wrote them
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
};

struct Counts {
  uint32_t all = 0;
  uint32_t running = 0;
  uint32_t stopped = 0;
};

struct SessionOpened {
  bool terminal = false;
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
  spec::ProcessOptions process;
  bool open_stdin = false;
  bool detach = false;  // OnFinished comes when it runs
  shim::WindowSize window;
};

class Service {
 public:
  virtual ~Service() = default;

  virtual Result<CreateReply> Create(const CreateRequest& request) = 0;
  // Returns warnings. An error of the container's command carries Error::exit_code().
  virtual Result<std::vector<std::string>> Start(const std::string& reference) = 0;
  // `timeout_seconds`: until it is killed; negative: never.
  virtual Status Stop(const std::string& reference, int timeout_seconds, bool force) = 0;
  // `signal`: name or number; empty: SIGKILL.
  virtual Status Kill(const std::string& reference, const std::string& signal) = 0;
  virtual Result<RemoveReply> Remove(const std::string& reference, bool force) = 0;
  // `filters`: "id=...", "name=...", "status=...".
  virtual Result<std::vector<Summary>> List(bool all, const std::vector<std::string>& filters) = 0;
  virtual Counts Count() = 0;
  // The text of one JSON object.
  virtual Result<std::string> Inspect(const std::string& reference) = 0;
  // Calls `done` when the container is not running (any more); the returned function takes the wish
  // back.
  virtual Result<std::function<void()>> Wait(const std::string& reference,
                                             std::function<void(int exit_code)> done) = 0;
  virtual Result<std::unique_ptr<logs::LogReader>> Logs(const std::string& reference,
                                                        int64_t tail) = 0;

  // On an error the observer has not been called and is not called any more.
  virtual Result<std::unique_ptr<Session>> Attach(const AttachRequest& request,
                                                  std::shared_ptr<SessionObserver> observer) = 0;
  virtual Result<std::unique_ptr<Session>> Exec(const ExecRequest& request,
                                                std::shared_ptr<SessionObserver> observer) = 0;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_SERVICE_H_
