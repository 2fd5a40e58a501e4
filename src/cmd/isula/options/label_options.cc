#include "cmd/isula/options/label_options.h"

#include <string>
#include <string_view>

#include "utils/base/key_value.h"
#include "utils/os/file.h"

namespace isulad::options {
namespace {

Status AddLabel(std::string_view text, client::HostOptions& host) {
  RETURN_IF_ERROR(ParseKeyValue(text));
  host.labels.emplace_back(text);
  return OkStatus();
}

Status AddLabelsOf(std::string_view file, client::HostOptions& host) {
  ASSIGN_OR_RETURN(const std::string content, os::ReadFile(std::string(file)));
  for (const std::string_view line : KeyValueLines(content)) {
    RETURN_IF_ERROR(AddLabel(line, host));
  }
  return OkStatus();
}

Status AddAnnotation(std::string_view text, client::HostOptions& host) {
  ASSIGN_OR_RETURN(const auto pair, ParseKeyValue(text));
  RETURN_IF_ERROR(CheckAnnotation(pair.first));
  host.annotations.emplace_back(text);
  return OkStatus();
}

}  // namespace

void AddLabelFlags(cli::FlagSet& flags, client::HostOptions* host) {
  flags.AddValues({"label", 'l'}, [host](std::string_view text) { return AddLabel(text, *host); },
                  {"KEY[=VALUE]", "A label, for ps --filter and inspect (repeatable)"});
  flags.AddValues({"label-file"},
                  [host](std::string_view text) { return AddLabelsOf(text, *host); },
                  {"FILE", "Labels of a file, KEY[=VALUE] a line (repeatable)"});
  flags.AddValues({"annotation"},
                  [host](std::string_view text) { return AddAnnotation(text, *host); },
                  {"KEY[=VALUE]", "An annotation, passed on to the runtime (repeatable)"});
}

}  // namespace isulad::options
