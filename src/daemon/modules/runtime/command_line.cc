#include "daemon/modules/runtime/command_line.h"

#include <utility>

#include "utils/base/strings.h"

namespace isulad::runtime {
namespace {

constexpr size_t kMaxOutputBytes = 64u << 10;

void AppendConsole(const std::string& console_socket, std::vector<std::string>* command) {
  if (!console_socket.empty()) {
    command->insert(command->end(), {"--console-socket", console_socket});
  }
}

}  // namespace

CommandLineRuntime::CommandLineRuntime(std::string name, RuntimeConfig config)
    : name_(std::move(name)), config_(std::move(config)) {}

std::vector<std::string> CommandLineRuntime::Prefix(const std::string& log_file) const {
  std::vector<std::string> command = {config_.path, "--root", config_.state_directory};
  if (!log_file.empty()) {
    command.insert(command.end(), {"--log", log_file, "--log-format", "json"});
  }
  command.insert(command.end(), config_.extra_arguments.begin(), config_.extra_arguments.end());
  return command;
}

std::vector<std::string> CommandLineRuntime::StartCommand(const StartRequest& request) const {
  std::vector<std::string> command = Prefix(request.log_file);
  command.insert(command.end(),
                 {"run", "--detach", "--bundle", request.bundle, "--pid-file", request.pid_file});
  AppendConsole(request.console_socket, &command);
  command.push_back(request.id);
  return command;
}

std::vector<std::string> CommandLineRuntime::ExecCommand(const ExecRequest& request) const {
  std::vector<std::string> command = Prefix(request.log_file);
  command.insert(command.end(), {"exec", "--detach", "--process", request.process_file,
                                 "--pid-file", request.pid_file});
  AppendConsole(request.console_socket, &command);
  if (!request.cgroup.empty()) {
    command.insert(command.end(), {"--cgroup", request.cgroup});
  }
  command.push_back(request.id);
  return command;
}

std::vector<std::string> CommandLineRuntime::Environment() const {
  // Nothing from the daemon's own environment: XDG_RUNTIME_DIR, LISTEN_FDS, NOTIFY_SOCKET and
  // others change the behaviour of a runtime.
  return {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
}

Result<os::Output> CommandLineRuntime::Run(const std::vector<std::string>& words) const {
  os::SpawnOptions options;
  options.program = config_.path;
  options.argv = Prefix("");
  options.argv.insert(options.argv.end(), words.begin(), words.end());
  options.env = Environment();
  Result<os::Output> output = os::RunAndCapture(options, kMaxOutputBytes, config_.timeout);
  if (!output) {
    return std::move(output).error().AddContext(name_ + " " + words.front());
  }
  return output;
}

// Called only after a failure: for a container that exists `state` succeeds, whatever is wrong with
// it.
Result<bool> CommandLineRuntime::Knows(const std::string& id) const {
  ASSIGN_OR_RETURN(const os::Output output, Run({"state", id}));
  return output.status.ShellStatus() == 0;
}

Status CommandLineRuntime::Delete(const std::string& id) const {
  ASSIGN_OR_RETURN(const os::Output output, Run({"delete", "--force", id}));
  if (output.status.ShellStatus() == 0) {
    return OkStatus();
  }
  ASSIGN_OR_RETURN(const bool known, Knows(id));
  if (!known) {
    return OkStatus();
  }
  const std::string_view said = Trim(output.error);
  return Internal(name_ + " cannot delete the container: " +
                  (said.empty() ? "exit status " + std::to_string(output.status.ShellStatus())
                                : std::string(said)));
}

}  // namespace isulad::runtime
