#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/output/template.h"
#include "utils/json/value.h"

namespace isulad::commands {
namespace {

class InspectCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddValue({"format", 'f'}, [this](std::string_view text) { return SetFormat(text); },
                   {"FORMAT", "json, or a template: '{{.State.Pid}}' or '{{json .Mounts}}'"});
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    containers_ = arguments;
    return cli::RequireAtLeast(kInspectCommand.name, arguments, 1);
  }

  // Prints the containers found before it reports those that were not.
  Result<int> Run(Context& context) override {
    json::Array found;
    std::vector<Error> errors;
    for (const std::string& container : containers_) {
      Result<json::Value> value = Fetch(context, container);
      if (value) {
        found.push_back(std::move(*value));
      } else if (value.error().code() == Code::kUnavailable) {
        return std::move(value).error();
      } else {
        errors.push_back(std::move(value).error());
      }
    }
    if (Status printed = Print(found, context.output); !printed) {
      errors.push_back(std::move(printed).error());
    }
    for (const Error& error : errors) {
      context.output.Failure(error.message());
    }
    return errors.empty() ? cli::kExitOk : cli::kExitFailure;
  }

 private:
  Status SetFormat(std::string_view text) {
    ASSIGN_OR_RETURN(format_, output::Template::ParseFormat(text));
    return OkStatus();
  }

  static Result<json::Value> Fetch(Context& context, const std::string& container) {
    ASSIGN_OR_RETURN(const std::string text, context.containers.Inspect(container));
    Result<json::Value> value = json::Parse(text);
    if (!value) {
      return std::move(value).error().AddContext("Error: the daemon's answer");
    }
    return value;
  }

  Status Print(const json::Array& found, output::Output& output) const {
    if (!format_) {
      return output.Out(json::Serialize(found, json::Style::kIndented));
    }
    for (const json::Value& container : found) {
      ASSIGN_OR_RETURN(const std::string text, format_->Render(container));
      RETURN_IF_ERROR(output.Out(text + "\n"));
    }
    return OkStatus();
  }

  std::optional<output::Template> format_;
  std::vector<std::string> containers_;
};

}  // namespace

const CommandInfo kInspectCommand = {
    .name = "inspect",
    .arguments = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Print all that is known of containers as JSON",
    .make = Make<InspectCommand>,
};

}  // namespace isulad::commands
