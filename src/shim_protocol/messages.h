// The payloads of the frames in frame.h, and the file that a monitor leaves behind. Pure, no system
// calls.
//
// Encoding: integers are little endian; strings and lists are preceded by a u32 count. A decoder
// rejects (kDataLoss) payloads that are truncated or have bytes left over.
#ifndef ISULAD_SHIM_PROTOCOL_MESSAGES_H_
#define ISULAD_SHIM_PROTOCOL_MESSAGES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"
#include "utils/base/signals.h"

namespace isulad::shim {

// Raised whenever an encoding changes; a monitor refuses a Config of another version.
inline constexpr uint32_t kProtocolVersion = 6;

// In the monitor's directory (Config::directory):
inline constexpr char kControlSocketName[] = "shim.sock";  // listening; any number of connections
inline constexpr char kConsoleSocketName[] =
    "console.sock";                                       // on which the runtime sends the terminal
inline constexpr char kPidFileName[] = "init.pid";        // written by the runtime
inline constexpr char kRuntimeLogName[] = "runtime.log";  // written by the runtime
inline constexpr char kMonitorLogName[] = "monitor.log";  // the monitor's own errors, if any

// Descriptors that a monitor inherits, besides /dev/null as 0, 1 and 2.
inline constexpr int kDaemonDescriptor = 3;  // connection to the daemon; kConfigure comes first
// Listens on kControlSocketName; connections made before the monitor is ready wait in the backlog.
inline constexpr int kListenerDescriptor = 4;
// The mount namespace for Config::namespace_trees, if that is not empty.
inline constexpr int kNamespaceDescriptor = 5;

struct WindowSize {
  uint16_t rows = 0;
  uint16_t columns = 0;
  friend bool operator==(const WindowSize&, const WindowSize&) = default;
};

// Everything a monitor needs. A monitor knows nothing of crun or runc: the daemon's runtime adapter
// supplies complete command lines.
struct Config {
  uint32_t version = kProtocolVersion;
  std::string id;         // the container's, for messages and the process title
  std::string directory;  // the monitor's own; exists, mode 0700
  // The command that starts the container (or the process of an exec) and then exits, leaving it
  // running; its pid is then in kPidFileName.
  std::vector<std::string> start_command;
  std::vector<std::string> environment;  // of that command
  int32_t oom_score_adj = 0;             // of that command, which passes it on
  uint32_t umask = 0022;                 // of that command, which passes it on
  bool hide_unified_cgroup = false;      // see os::SpawnOptions
  // That command runs in a copy of the mount namespace kNamespaceDescriptor in which these are
  // mounted (see os::SpawnNamespace). Without trees it runs in the monitor's namespace.
  std::vector<std::string> namespace_mounts;
  std::vector<std::string> namespace_trees;
  // cgroup directories that the monitor moves itself into before it does anything else; missing
  // ones are created.
  std::vector<std::string> own_cgroups;
  bool v1_tasks = false;  // own_cgroups are cgroup v1: write to `tasks` instead of `cgroup.procs`
  bool terminal = false;
  WindowSize window;        // of the terminal at the start; 0 rows: the kernel's default
  bool open_stdin = false;  // without it, standard input is /dev/null
  bool stdin_once =
      false;  // close it when the first connection attached to it closes its side or disconnects
  // Wait for a kAttach before running the start command, so that not a byte of output is missed.
  bool wait_for_attach = false;
  std::string log_path;          // json-file log; empty: none
  uint64_t log_max_bytes = 0;    // rotate at this size; 0: never
  uint32_t log_max_files = 1;    // log_path, log_path.1, ...
  std::string exit_record_path;  // path of the exit record; empty (an exec): none is written
  // Whether the record must survive a power cut; not needed if the container is removed when it
  // exits.
  bool exit_record_durable = true;
  // Path that is used, without sync, if exit_record_path cannot be written. It is on another file
  // system, and its directory exists. Empty: none.
  std::string exit_record_spare_path;
};

struct Attach {
  bool standard_input = false;
  bool standard_output = false;
  bool standard_error = false;
};

struct Started {
  int32_t pid = 0;
  uint64_t start_time = 0;  // proc(5), stat field 22
};

struct StartFailed {
  // By the shell's convention: 126 cannot be executed, 127 not found; 0 if the failure is not that
  // of the command.
  int32_t exit_code = 0;
  std::string reason;  // the runtime's own message, if it had one
};

struct Exited {
  int32_t code = 0;    // exit status if signal is 0
  int32_t signal = 0;  // the signal that killed the process, or 0
  int64_t time = 0;    // ns since the epoch
  int32_t ShellStatus() const { return isulad::ShellStatus(code, signal); }
};

struct Signal {
  int32_t number = 0;
};

struct SignalResult {
  int32_t system_errno = 0;  // 0: sent; ESRCH: the process has exited
};

std::string Encode(const Config& message);
std::string Encode(const Attach& message);
std::string Encode(const WindowSize& message);
std::string Encode(const Started& message);
std::string Encode(const StartFailed& message);
std::string Encode(const Exited& message);
std::string Encode(const Signal& message);
std::string Encode(const SignalResult& message);

// Decode<Config>(payload) and so on, for each type above.
template <typename Message>
Result<Message> Decode(std::string_view payload);

// The exit record is one line of text, written atomically:
//   isulad-exit 1 CODE SIGNAL TIME_NS\n
std::string EncodeExitRecord(const Exited& exited);
Result<Exited> DecodeExitRecord(std::string_view text);

}  // namespace isulad::shim

#endif  // ISULAD_SHIM_PROTOCOL_MESSAGES_H_
