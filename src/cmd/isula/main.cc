// `isula`: reads the command line, makes the connection that the command needs, and runs it.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "cmd/isula/cli/exit_status.h"
#include "cmd/isula/cli/global_options.h"
#include "cmd/isula/client/connection.h"
#include "cmd/isula/client/grpc_clients.h"
#include "cmd/isula/commands/invocation.h"
#include "cmd/isula/output/colours.h"
#include "cmd/isula/output/output.h"
#include "utils/base/clock.h"

namespace isulad {
namespace {

// Otherwise the first socket would get the number of a standard stream that was closed at the
// start, and the container's output would be written to it.
void OpenStandardStreams() {
  int fd = 0;
  do {
    fd = ::open("/dev/null", O_RDWR);
  } while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd >= 0) {
    ::close(fd);
  }
}

int Report(const Error& error, cli::Refusal refusal, output::Output& output) {
  if (error.system_errno() == EPIPE) {
    return cli::kExitBrokenPipe;  // the reader has gone: exit as quietly as other tools
  }
  output.Failure(error.message());
  return cli::ExitStatusOf(error, refusal);
}

Result<int> RunCommand(commands::Invocation& invocation, const std::string& socket,
                       output::Output& output) {
  client::Connection::Trace trace;
  if (invocation.globals.debug) {
    trace = [&output](std::string_view line) { output.ErrLine("DEBUG: " + std::string(line)); };
  }
  client::Connection connection(socket, std::move(trace));
  const std::unique_ptr<client::ContainerClient> containers =
      client::NewContainerClient(connection);
  const std::unique_ptr<client::ChannelClient> channels = client::NewChannelClient(connection);
  const std::unique_ptr<client::EventClient> events = client::NewEventClient(connection);
  const std::unique_ptr<client::SystemClient> system = client::NewSystemClient(connection);
  const SystemClock clock;
  commands::Context context{*containers, *channels, *events, *system, output, clock};
  ASSIGN_OR_RETURN(const int exit_status, invocation.command->Run(context));
  RETURN_IF_ERROR(output.OutStatus());
  return exit_status;
}

int Main(const cli::Arguments& arguments, output::Output& output) {
  Result<commands::Invocation> invocation = commands::ParseInvocation(arguments);
  if (!invocation) {
    const bool unknown_command = invocation.error().code() == Code::kNotFound;
    return Report(invocation.error(),
                  unknown_command ? cli::Refusal::kFailure : cli::Refusal::kUsage, output);
  }
  if (invocation->command == nullptr) {
    const Status written = output.Out(invocation->text);
    return written ? cli::kExitOk : Report(written.error(), cli::Refusal::kFailure, output);
  }
  const Result<std::string> socket =
      cli::SocketPath(invocation->globals, std::getenv(cli::kHostVariable));
  if (!socket) {
    return Report(socket.error(), cli::Refusal::kUsage, output);
  }
  const Result<int> exit_status = RunCommand(*invocation, *socket, output);
  return exit_status ? *exit_status
                     : Report(exit_status.error(), invocation->info->refusal, output);
}

}  // namespace
}  // namespace isulad

int main(int argc, char** argv) {
  isulad::OpenStandardStreams();
  const bool colours = isulad::output::WantsColours(std::getenv("NO_COLOR"), std::getenv("TERM"));
  isulad::output::FdOutput output(STDOUT_FILENO, STDERR_FILENO, colours);
  return isulad::Main({argv + (argc > 0 ? 1 : 0), argv + argc}, output);
}
