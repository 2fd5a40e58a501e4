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

// The strings of execve(2) end at a zero byte, and the configuration is JSON, which is UTF-8.
Status CheckText(const char* what, const std::string& text) {
  if (text.find('\0') != std::string::npos || !IsValidUtf8(text)) {
    return InvalidArgument(what + Quote(text) + " must be UTF-8 without zero bytes");
  }
  return OkStatus();
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

std::vector<std::string> CommandOf(const ProcessConfig& process) {
  std::vector<std::string> command;
  if (!process.entrypoint().empty()) {
    command.push_back(process.entrypoint());
  }
  command.insert(command.end(), process.args().begin(), process.args().end());
  return command;
}

Status ValidateProcess(const ProcessConfig& process) {
  const std::vector<std::string> command = CommandOf(process);
  if (command.empty() || command.front().empty()) {
    return InvalidArgument("no command specified");
  }
  for (const std::string& word : command) {
    RETURN_IF_ERROR(CheckText("the argument ", word));
  }
  for (const std::string& entry : process.env()) {
    const size_t equals = entry.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return InvalidArgument("--env " + Quote(entry) + " must be NAME=VALUE");
    }
    RETURN_IF_ERROR(CheckText("--env ", entry));
  }
  for (const std::string& group : process.group_add()) {
    if (group.empty() || group.find_first_of(":,") != std::string::npos ||
        HasControlCharacter(group) || !IsValidUtf8(group)) {
      return InvalidArgument("--group-add " + Quote(group) +
                             " must be the name of a group or a number");
    }
  }
  if (!process.workdir().empty()) {
    RETURN_IF_ERROR(CleanField("--workdir", process.workdir()));
  }
  return OkStatus();
}

}  // namespace isulad::spec
