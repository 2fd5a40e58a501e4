#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/copy/transfer.h"
#include "utils/base/strings.h"

namespace isulad::commands {
namespace {

struct Place {
  std::optional<std::string> container;
  std::string path;
};

// Parses "CONTAINER:PATH" or a path on the client. A path that begins with "/" or "." is always one
// on the client, even with a colon in it.
Result<Place> ParsePlace(const std::string& text) {
  const size_t colon = text.find(':');
  if (colon == std::string::npos || text.starts_with('/') || text.starts_with('.')) {
    if (text.empty()) {
      return InvalidArgument("Invalid path \"\": must not be empty");
    }
    return Place{{}, text};
  }
  Place place{text.substr(0, colon), text.substr(colon + 1)};
  if (place.container->empty() || place.path.empty()) {
    return InvalidArgument("Invalid path " + Quote(text) +
                           ": must be CONTAINER:PATH, or a path here that begins with ./ or /");
  }
  return place;
}

class CpCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddSwitch({"archive", 'a'}, &archive_,
                    "Keep owners, set-id bits, capabilities and devices (default: what is made "
                    "belongs to who copies, in a container to its root)");
    flags.AddSwitch({"follow-link", 'L'}, &follow_link_,
                    "Copy what a symbolic link at the end of SRC leads to");
    flags.AddSwitch({"quiet", 'q'}, &quiet_, "Show no progress on a terminal");
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireExactly(kCpCommand.name, arguments, 2));
    ASSIGN_OR_RETURN(from_, ParsePlace(arguments[0]));
    ASSIGN_OR_RETURN(to_, ParsePlace(arguments[1]));
    if (from_.container.has_value() == to_.container.has_value()) {
      return InvalidArgument(from_.container
                                 ? "\"cp\" copies between a container and the host: one of SRC and "
                                   "DEST must be a path here, or -"
                                 : "\"cp\" copies between a container and the host: one of SRC and "
                                   "DEST must be CONTAINER:PATH");
    }
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    if (to_.container) {
      RETURN_IF_ERROR(copy::Send(context.containers,
                                 {from_.path, follow_link_, {*to_.container, to_.path, archive_}},
                                 context.output, !quiet_));
      return cli::kExitOk;
    }
    if (to_.path == "-" && context.output.IsTerminal()) {
      return FailedPrecondition("Error: a tar archive is not written to a terminal: redirect it");
    }
    RETURN_IF_ERROR(copy::Fetch(context.containers,
                                {to_.path, archive_, {*from_.container, from_.path, follow_link_}},
                                context.output, !quiet_));
    return cli::kExitOk;
  }

 private:
  bool archive_ = false;
  bool follow_link_ = false;
  bool quiet_ = false;
  Place from_;
  Place to_;
};

}  // namespace

const CommandInfo kCpCommand = {
    .name = "cp",
    .arguments = "[OPTIONS] CONTAINER:SRC|SRC|- DEST|-|CONTAINER:DEST",
    .summary = "Copy files between a container and the host",
    .make = Make<CpCommand>,
};

}  // namespace isulad::commands
