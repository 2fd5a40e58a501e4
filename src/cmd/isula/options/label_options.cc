#include "cmd/isula/options/label_options.h"

#include <string>
#include <string_view>

#include "cmd/isula/options/setters.h"
#include "utils/base/key_value.h"
#include "utils/os/file.h"

namespace isulad::options {
namespace {

Status CheckAnnotationText(std::string_view text) {
  ASSIGN_OR_RETURN(const auto pair, ParseKeyValue(text));
  return CheckAnnotation(pair.first);
}

}  // namespace

void AddLabelFlags(cli::FlagSet& flags, client::containers_v1::HostConfig* host) {
  const cli::FlagSet::Setter add_label = Append(host->mutable_labels(), ParseKeyValue);
  flags.AddValues({"label", 'l'}, add_label,
                  {"KEY[=VALUE]", "A label, for ps --filter and inspect (repeatable)"});
  flags.AddValues({"label-file"},
                  [add_label](std::string_view file) -> Status {
                    ASSIGN_OR_RETURN(const std::string content, os::ReadFile(std::string(file)));
                    for (const std::string_view line : KeyValueLines(content)) {
                      RETURN_IF_ERROR(add_label(line));
                    }
                    return OkStatus();
                  },
                  {"FILE", "Labels of a file, KEY[=VALUE] a line (repeatable)"});
  flags.AddValues({"annotation"}, Append(host->mutable_annotations(), CheckAnnotationText),
                  {"KEY[=VALUE]", "An annotation, passed on to the runtime (repeatable)"});
}

}  // namespace isulad::options
