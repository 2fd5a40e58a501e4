#include <optional>
#include <string>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/client/errors.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/output/event_view.h"
#include "cmd/isula/output/template.h"
#include "utils/base/moment.h"
#include "utils/os/local_time.h"

namespace isulad::commands {
namespace {

class EventsCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddStrings({"name", 'n'}, &query_.containers,
                     {"CONTAINER", "Only those of this container, by name or id (repeatable)"});
    flags.AddValue({"since", 'S'}, [this](std::string_view text) { return Set(text, since_); },
                   {"TIME", "From this time on, out of what is kept (default: from now on)"});
    flags.AddValue({"until", 'U'}, [this](std::string_view text) { return Set(text, until_); },
                   {"TIME", "Up to this time (default: until interrupted)"});
    flags.AddValue({"format"}, [this](std::string_view text) { return SetFormat(text); },
                   {"FORMAT", "json, or a template: '{{.Action}} {{.Actor.ID}}'"});
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    return cli::RequireExactly(kEventsCommand.name, arguments, 0);
  }

  Result<int> Run(Context& context) override {
    const Timestamp now = context.clock.Now();
    if (until_) {
      query_.since = 0;  // past events up to the end are wanted, unless --since says otherwise
      query_.until = until_->At(now).nanoseconds;
    }
    if (since_) {
      query_.since = since_->At(now).nanoseconds;
    }
    const Status status = context.events.Subscribe(
        query_,
        [this, &context](const client::EventBatch& batch) { return Print(context, batch); });
    if (!status && status.error().message() == client::kConnectionLost) {
      // The daemon was reached, so the exit status must not be that of an unreachable one.
      return Error(Code::kAborted, status.error().message());
    }
    RETURN_IF_ERROR(status);
    return cli::kExitOk;
  }

 private:
  static Status Set(std::string_view text, std::optional<Moment>& moment) {
    ASSIGN_OR_RETURN(moment, ParseMoment(text, os::UtcOfLocal));
    return OkStatus();
  }

  Status SetFormat(std::string_view text) {
    ASSIGN_OR_RETURN(format_, output::Template::ParseFormat(text));
    return OkStatus();
  }

  Status Print(Context& context, const client::EventBatch& batch) const {
    if (batch.missed > 0) {
      context.output.Warn(std::to_string(batch.missed) + " events are lost");
    }
    std::string lines;
    for (const client::ContainerEvent& event : batch.events) {
      ASSIGN_OR_RETURN(const std::string line, Format(event));
      lines.append(line).append("\n");
    }
    return context.output.Out(lines);
  }

  Result<std::string> Format(const client::ContainerEvent& event) const {
    if (!format_) {
      return output::EventText(event);
    }
    return format_->Render(output::EventFields(event), output::Template::Missing::kNoValue);
  }

  client::EventQuery query_;
  std::optional<Moment> since_;
  std::optional<Moment> until_;
  std::optional<output::Template> format_;
};

}  // namespace

const CommandInfo kEventsCommand = {
    .name = "events",
    .arguments = "[OPTIONS]",
    .summary = "Print what happens to containers",
    .make = Make<EventsCommand>,
};

}  // namespace isulad::commands
