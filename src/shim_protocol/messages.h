// What the frames of frame.h carry, and the file that a monitor leaves behind. Pure, no system
// calls.
//
// Encoding: integers little endian; strings and lists with a u32 count before them. A decoder
// refuses (kDataLoss) what is cut short or has bytes left over.
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
    "console.sock";                                 // where the runtime hands over the terminal
inline constexpr char kPidFileName[] = "init.pid";  // written by the runtime
inline constexpr char kRuntimeLogName[] = "runtime.log";  // written by the runtime
inline constexpr char kMonitorLogName[] = "monitor.log";  // its own complaints, if it has any

// What a monitor inherits, besides /dev/null as 0, 1 and 2.
inline constexpr int kDaemonDescriptor = 3;  // connection to the daemon; kConfigure comes first
// Listening on kControlSocketName: connections that come before the monitor is ready wait in the
// backlog.
inline constexpr int kListenerDescriptor = 4;
// The mount namespace of Config::namespace_trees, where that names any.
inline constexpr int kNamespaceDescriptor = 5;

struct WindowSize {
  uint16_t rows = 0;
  uint16_t columns = 0;
  friend bool operator==(const WindowSize&, const WindowSize&) = default;
};

// Everything a monitor needs. It knows nothing of crun or runc: the daemon's runtime adapter gives
// whole command lines.
struct Config {
  uint32_t version = kProtocolVersion;
  std::string id;         // of the container, for messages and the process title
  std::string directory;  // the monitor's own, exists, mode 0700
  // The command that starts the container (or the process of an exec) and then ends, leaving it
  // running; its pid is then in kPidFileName.
  std::vector<std::string> start_command;
  std::vector<std::string> environment;  // of that command
  int32_t oom_score_adj = 0;             // of that command, which passes it on
  uint32_t umask = 0022;                 // of that command, which passes it on, too
  bool hide_unified_cgroup = false;      // see os::SpawnOptions
  // That command runs in a copy of the mount namespace of kNamespaceDescriptor, with these mounted
  // in it (see os::SpawnNamespace). No trees: where the monitor runs.
  std::vector<std::string> namespace_mounts;
  std::vector<std::string> namespace_trees;
  // cgroup directories that the monitor moves itself into before it does anything else; missing
  // ones are made.
  std::vector<std::string> own_cgroups;
  bool v1_tasks = false;  // they are cgroup v1: write to `tasks` instead of `cgroup.procs`
  bool terminal = false;
  WindowSize window;        // of the terminal at the start; 0 rows: the kernel's default
  bool open_stdin = false;  // without it, standard input is /dev/null
  bool stdin_once =
      false;  // close it when the first connection that attached to it closes its side or leaves
  // A kAttach is awaited before the start command runs, so that not a byte of output is missed.
  bool wait_for_attach = false;
  std::string log_path;          // json-file log; empty: none
  uint64_t log_max_bytes = 0;    // rotate at this size; 0: never
  uint32_t log_max_files = 1;    // log_path, log_path.1, ...
  std::string exit_record_path;  // where ExitRecord goes; empty (an exec): nowhere
  // Whether the record has to outlive a power cut: not where the container goes with its end.
  bool exit_record_durable = true;
  // Where it goes instead, not synced, where exit_record_path cannot be written: on another file
  // system than that one, whose directory exists. Empty: nowhere.
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
  // The shell's convention: 126 cannot be executed, 127 not found; 0 where the failure is not the
  // command's.
  int32_t exit_code = 0;
  std::string reason;  // the runtime's own words where it had any
};

struct Exited {
  int32_t code = 0;    // exit status where signal is 0
  int32_t signal = 0;  // the signal that ended it
  int64_t time = 0;    // ns since the epoch
  int32_t ShellStatus() const { return isulad::ShellStatus(code, signal); }
};

struct Signal {
  int32_t number = 0;
};

struct SignalResult {
  int32_t system_errno = 0;  // 0: sent; ESRCH: it has ended
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
