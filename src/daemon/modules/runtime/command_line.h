// The common part of the OCI runtime adapters: crun took over runc's command line, so they differ
// in traits only.
#ifndef ISULAD_DAEMON_MODULES_RUNTIME_COMMAND_LINE_H_
#define ISULAD_DAEMON_MODULES_RUNTIME_COMMAND_LINE_H_

#include <string>
#include <vector>

#include "daemon/modules/runtime/oci_runtime.h"
#include "utils/base/result.h"
#include "utils/os/process.h"

namespace isulad::runtime {

class CommandLineRuntime : public OciRuntime {
 public:
  CommandLineRuntime(std::string name, RuntimeConfig config);

  const std::string& name() const override { return name_; }
  const std::string& path() const override { return config_.path; }
  std::vector<std::string> StartCommand(const StartRequest& request) const override;
  std::vector<std::string> ExecCommand(const ExecRequest& request) const override;
  std::vector<std::string> Environment() const override;
  Status Delete(const std::string& id) const override;

 private:
  // The program and its options up to the subcommand. `log_file` empty: errors go to stderr.
  std::vector<std::string> Prefix(const std::string& log_file) const;

  // Runs the runtime with the subcommand and arguments `words` and waits for its end.
  Result<os::Output> Run(const std::vector<std::string>& words) const;
  Result<bool> Knows(const std::string& id) const;

  std::string name_;
  RuntimeConfig config_;
};

}  // namespace isulad::runtime

#endif  // ISULAD_DAEMON_MODULES_RUNTIME_COMMAND_LINE_H_
