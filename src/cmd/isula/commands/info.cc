#include "cmd/isula/commands/info.h"

#include <string>
#include <string_view>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/output/human_size.h"
#include "utils/base/strings.h"

namespace isulad::commands {
namespace {

void Append(std::string& text, std::string_view key, std::string_view value) {
  text.append(key).append(": ").append(value).append("\n");
}

std::string YesNo(bool value) { return value ? "yes" : "no"; }

void AppendContainers(std::string& text, const client::SystemInfo& info) {
  Append(text, "Containers", std::to_string(info.containers));
  Append(text, " Running", std::to_string(info.running));
  Append(text, " Paused", std::to_string(info.paused));
  Append(text, " Stopped", std::to_string(info.stopped));
}

void AppendDaemon(std::string& text, const client::SystemInfo& info) {
  Append(text, "Server Version", info.server_version);
  Append(text, "Logging Driver", info.log_driver);
  Append(text, "Cgroup Layout", info.cgroup_layout);
  Append(text, "Swap Accounting", YesNo(info.swap_accounting));
  Append(text, "Seccomp", YesNo(info.seccomp));
  Append(text, "Runtimes", Join(info.runtimes, " "));
  Append(text, "Default Runtime", info.default_runtime);
  Append(text, "iSulad Root Dir", info.root_directory);
  Append(text, "iSulad State Dir", info.state_directory);
  Append(text, "Host Channels Reserved", output::HumanSize(info.host_channel_reserved));
  Append(text, "Host Channels Max", output::HumanSize(info.host_channel_max));
  Append(text, "Host Mount Namespace", YesNo(info.host_mount_namespace));
}

void AppendMachine(std::string& text, const client::SystemInfo& info) {
  Append(text, "Name", info.name);
  Append(text, "Kernel Version", info.kernel_version);
  Append(text, "Operating System", info.operating_system);
  Append(text, "Architecture", info.architecture);
  Append(text, "CPUs", std::to_string(info.cpus));
  Append(text, "Total Memory", output::HumanSize(info.memory_total));
}

class InfoCommand final : public Command {
 public:
  void Declare(cli::FlagSet& /*flags*/) override {}

  Status TakeArguments(const cli::Arguments& arguments) override {
    return cli::RequireExactly(kInfoCommand.name, arguments, 0);
  }

  Result<int> Run(Context& context) override {
    ASSIGN_OR_RETURN(const client::SystemInfo info, context.system.Info());
    std::string text;
    AppendContainers(text, info);
    AppendDaemon(text, info);
    AppendMachine(text, info);
    RETURN_IF_ERROR(context.output.Out(text));
    return cli::kExitOk;
  }
};

}  // namespace

const CommandInfo kInfoCommand = {
    .name = "info",
    .arguments = "",
    .summary = "Show the daemon and its machine",
    .make = Make<InfoCommand>,
};

}  // namespace isulad::commands
