// An OCI runtime as a set of command lines. The monitor runs the ones that start something; the
// rest are short and run here.
//
// Thread-safe: implementations hold only their configuration.
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
  std::string log_file;  // where it writes its own complaints, as JSON lines
  // Empty: no terminal. A name in the monitor's directory, which the runtime is started in: the
  // path of a socket holds 107 bytes, and runc gives up on a longer one.
  std::string console_socket;
};

struct ExecRequest {
  std::string id;
  std::string process_file;  // OCI process object, JSON
  std::string pid_file;
  std::string log_file;
  std::string console_socket;
  std::string cgroup{};  // existing, below the container's ("/isula.exec"); empty: that of the init
};

class OciRuntime {
 public:
  virtual ~OciRuntime() = default;
  virtual const std::string& name() const = 0;  // "crun"
  virtual const std::string& path() const = 0;  // "/usr/bin/crun"
  // Whether it takes a ready seccomp program in the annotation run.oci.seccomp_bpf_data.
  virtual bool TakesSeccompProgram() const = 0;
  // Whether a tmpfs has the mode that its options say, and not that of the directory beneath it.
  virtual bool GivesTmpfsItsMode() const = 0;
  // Whether its start command needs /sys/fs/cgroup/unified out of sight on this host.
  virtual bool NeedsUnifiedCgroupHidden() const = 0;
  // Command lines that start and leave running (run --detach, exec --detach).
  virtual std::vector<std::string> StartCommand(const StartRequest& request) const = 0;
  virtual std::vector<std::string> ExecCommand(const ExecRequest& request) const = 0;
  // Environment of these commands.
  virtual std::vector<std::string> Environment() const = 0;
  // delete --force: kills what is left, removes the cgroup and the runtime's own state. Success
  // where the runtime knows no such container. Blocks until done.
  virtual Status Delete(const std::string& id) const = 0;
};

struct RuntimeConfig {
  std::string name;
  std::string path;
  std::vector<std::string>
      extra_arguments;          // before the subcommand, from runtimes{} in daemon.json
  std::string state_directory;  // --root, made where missing
  // How long the runtime may take to delete a container; it is killed then.
  std::chrono::milliseconds timeout = std::chrono::seconds(30);
};

// The program called `name` in the system's usual directories, whatever PATH says; "" where there
// is none.
std::string FindRuntime(const std::string& name);

// `name` (or the base name of `path`) tells which adapter: "crun" or "runc". kInvalidArgument for
// others; kNotFound where `path` is not an executable.
Result<std::unique_ptr<OciRuntime>> CreateRuntime(const RuntimeConfig& config, bool hybrid_cgroups);

// The runtime's own reason out of its log (JSON lines with "msg"), and the exit code by the shell's
// convention that it amounts to: 127 where the command was not found in the container, 126 where it
// cannot be executed, 0 for all else.
struct RuntimeFailure {
  std::string reason;
  int exit_code = 0;
};
RuntimeFailure ExplainFailure(const std::string& log_text);

}  // namespace isulad::runtime

#endif  // ISULAD_DAEMON_MODULES_RUNTIME_OCI_RUNTIME_H_
