#include "daemon/modules/runtime/command_line.h"

#include <utility>

#include "utils/base/strings.h"
#include "utils/os/process.h"

namespace isulad::runtime {
namespace {

void AppendConsole(const std::string& console_socket, std::vector<std::string>* command) {
  if (!console_socket.empty()) {
    command->insert(command->end(), {"--console-socket", console_socket});
  }
}

// crun reports the missing state directory, runc says it in words.
bool SaysUnknownContainer(std::string_view text, const std::string& id) {
  return text.find("does not exist") != std::string_view::npos ||
         (text.find("No such file or directory") != std::string_view::npos &&
          text.find("/" + id) != std::string_view::npos);
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
  // Nothing of the daemon's own environment: XDG_RUNTIME_DIR, LISTEN_FDS, NOTIFY_SOCKET and others
  // change what a runtime does.
  return {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
}

Status CommandLineRuntime::Delete(const std::string& id) const {
  os::SpawnOptions options;
  options.program = config_.path;
  options.argv = Prefix("");
  options.argv.insert(options.argv.end(), {"delete", "--force", id});
  options.env = Environment();
  ASSIGN_OR_RETURN(const os::Output output, os::RunAndCapture(options));
  if (output.status.ShellCode() == 0 || SaysUnknownContainer(output.error, id)) {
    return OkStatus();
  }
  const std::string_view said = Trim(output.error);
  return Internal(name_ + " cannot delete the container: " +
                  (said.empty() ? "exit status " + std::to_string(output.status.ShellCode())
                                : std::string(said)));
}

}  // namespace isulad::runtime
