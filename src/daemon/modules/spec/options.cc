#include "daemon/modules/spec/options.h"

#include <string_view>

#include "daemon/modules/spec/file_options.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

Status ParseMode(std::string_view text, BindMount* mount) {
  bool has_access = false;
  for (std::string_view word : Split(text, ',')) {
    if (word == "ro" || word == "rw") {
      if (has_access) {
        return InvalidArgument("mode " + Quote(text) + " has more than one of ro and rw");
      }
      has_access = true;
      mount->read_only = word == "ro";
    } else if (IsPropagation(word)) {
      if (!mount->propagation.empty()) {
        return InvalidArgument("mode " + Quote(text) + " has more than one propagation");
      }
      mount->propagation = word;
    } else {
      return InvalidArgument("mode " + Quote(word) +
                             " is not one of ro, rw, [r]private, [r]slave, [r]shared");
    }
  }
  return OkStatus();
}

Result<std::string> CleanField(std::string_view field, std::string_view text) {
  Result<std::string> path = CleanAbsolutePath(text);
  if (!path) {
    return InvalidArgument(std::string(field) + " " + Quote(text) + " " + path.error().message());
  }
  return path;
}

}  // namespace

Result<BindMount> ParseVolume(std::string_view text) {
  const std::vector<std::string_view> fields = Split(text, ':');
  if (fields.size() < 2 || fields.size() > 3) {
    return InvalidArgument("must be SOURCE:TARGET[:MODE]");
  }
  BindMount mount;
  ASSIGN_OR_RETURN(mount.source, CleanField("source", fields[0]));
  ASSIGN_OR_RETURN(mount.target, CleanTarget(fields[1]));
  if (fields.size() == 3) {
    RETURN_IF_ERROR(ParseMode(fields[2], &mount));
  }
  if (mount.propagation.empty()) {
    mount.propagation = kDefaultPropagation;
  }
  return mount;
}

Status ValidateProcess(const ProcessOptions& options) {
  if (options.args.empty() || options.args.front().empty()) {
    return InvalidArgument("no command specified");
  }
  for (const std::string& entry : options.env) {
    const size_t equals = entry.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return InvalidArgument("--env " + Quote(entry) + " must be NAME=VALUE");
    }
  }
  for (const std::vector<std::string>* list : {&options.args, &options.env}) {
    for (const std::string& entry : *list) {
      // What execve(2) takes ends at a zero byte, and the configuration is JSON, which is UTF-8.
      if (entry.find('\0') != std::string::npos || !IsValidUtf8(entry)) {
        return InvalidArgument((list == &options.args ? "the argument " : "--env ") + Quote(entry) +
                               " must be UTF-8 without zero bytes");
      }
    }
  }
  for (const std::string& group : options.group_add) {
    if (group.empty() || group.find_first_of(":,") != std::string::npos ||
        HasControlCharacter(group) || !IsValidUtf8(group)) {
      return InvalidArgument("--group-add " + Quote(group) +
                             " must be the name of a group or a number");
    }
  }
  if (!options.workdir.empty()) {
    RETURN_IF_ERROR(CleanField("--workdir", options.workdir));
  }
  return OkStatus();
}

}  // namespace isulad::spec
