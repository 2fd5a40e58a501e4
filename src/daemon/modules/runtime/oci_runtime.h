// An OCI runtime as a set of command lines. The monitor runs those that start something; the others
// are short and run in the daemon.
//
// Thread-safe: implementations have no state but their configuration.
#ifndef ISULAD_DAEMON_MODULES_RUNTIME_OCI_RUNTIME_H_
#define ISULAD_DAEMON_MODULES_RUNTIME_OCI_RUNTIME_H_

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::runtime {

struct StartRequest {
  std::string id;        // container id
  std::string bundle;    // directory with config.json
  std::string pid_file;  // where the runtime writes the pid of the process
  std::string log_file;  // where the runtime writes its errors, as JSON lines
  // Empty: no terminal. A name relative to the monitor's directory, in which the runtime is
  // started: the path of a socket holds 107 bytes, and runc fails on a longer one.
  std::string console_socket;
};

struct ExecRequest {
  std::string id;
  std::string process_file;  // OCI process object, JSON
  std::string pid_file;
  std::string log_file;
  std::string console_socket;
  std::string cgroup{};  // existing, below the container's ("/isula.exec"); empty: the init's
};

class OciRuntime {
 public:
  virtual ~OciRuntime() = default;
  virtual const std::string& name() const = 0;  // "crun"
  virtual const std::string& path() const = 0;  // "/usr/bin/crun"
  // Whether it takes a compiled seccomp program in the annotation run.oci.seccomp_bpf_data.
  virtual bool TakesSeccompProgram() const = 0;
  // Whether a tmpfs gets the mode in its options, and not the mode of the directory beneath it.
  virtual bool GivesTmpfsItsMode() const = 0;
  // Whether its start command needs /sys/fs/cgroup/unified hidden on this host.
  virtual bool NeedsUnifiedCgroupHidden() const = 0;
  // Command lines that start a process and leave it running (run --detach, exec --detach).
  virtual std::vector<std::string> StartCommand(const StartRequest& request) const = 0;
  virtual std::vector<std::string> ExecCommand(const ExecRequest& request) const = 0;
  // Environment of these commands.
  virtual std::vector<std::string> Environment() const = 0;
  // delete --force: kills what is left, and removes the cgroup and the runtime's own state.
  // Succeeds if the runtime knows no such container. Blocks until done.
  virtual Status Delete(const std::string& id) const = 0;
};

struct RuntimeConfig {
  std::string name;
  std::string path;
  std::vector<std::string>
      extra_arguments;          // before the subcommand, from runtimes{} in daemon.json
  std::string state_directory;  // --root, made if missing
  // How long the runtime may take to delete a container before it is killed.
  std::chrono::milliseconds timeout = std::chrono::seconds(30);
};

// The path of the program `name` in the system's usual directories, regardless of PATH; "" if there
// is none.
std::string FindRuntime(const std::string& name);

// `name` (or the base name of `path`) selects the adapter: "crun" or "runc". kInvalidArgument for
// others; kNotFound if `path` is not an executable.
Result<std::unique_ptr<OciRuntime>> CreateRuntime(const RuntimeConfig& config, bool hybrid_cgroups);

// The runtime's own reason from its log (JSON lines with "msg"), and the exit code that it amounts
// to by the shell's convention: 127 if the command was not found in the container, 126 if it cannot
// be executed, 0 for anything else.
struct RuntimeFailure {
  std::string reason;
  int exit_code = 0;
};
RuntimeFailure ExplainFailure(const std::string& log_text);

}  // namespace isulad::runtime

#endif  // ISULAD_DAEMON_MODULES_RUNTIME_OCI_RUNTIME_H_
