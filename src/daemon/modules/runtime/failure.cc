// Reads the logs of crun 1.8 and runc 1.1 after a failure.
#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include "daemon/modules/runtime/oci_runtime.h"
#include "utils/base/strings.h"
#include "utils/json/reader.h"
#include "utils/json/value.h"

namespace isulad::runtime {
namespace {

constexpr int kNotFound = 127;
constexpr int kNotExecutable = 126;

// Prefixes that runc puts before the reason; they only say that the container did not start.
constexpr std::string_view kNoise[] = {
    "runc run failed: ",
    "runc create failed: ",
    "exec failed: ",
    "runc exec failed: ",
    "unable to start container process: ",
    "error during container init: ",
};

// The message of one line; "" if the line is a warning or less.
std::string MessageOf(std::string_view line) {
  const Result<json::Value> value = json::Parse(line);
  if (!value) {
    return std::string(line);  // written before the runtime had read --log-format
  }
  const json::Reader reader(*value, "log");
  const std::string level = reader.StringOr("level", "error").value_or("error");
  if (level != "error" && level != "fatal" && level != "panic") {
    return "";
  }
  return reader.StringOr("msg", "").value_or("");
}

// The last error is the one that ended the runtime.
std::string LastMessage(std::string_view log_text) {
  std::string last;
  for (std::string_view line : Split(log_text, '\n')) {
    line = Trim(line);
    if (line.empty()) {
      continue;
    }
    if (std::string message = MessageOf(line); !message.empty()) {
      last = std::move(message);
    }
  }
  return last;
}

std::string_view StripNoise(std::string_view message) {
  for (bool found = true; found;) {
    found = false;
    for (std::string_view noise : kNoise) {
      if (message.substr(0, noise.size()) == noise) {
        message.remove_prefix(noise.size());
        found = true;
      }
    }
  }
  return message;
}

// crun appends strerror()'s capitalised text, and quotes with backticks.
std::string Tidy(std::string_view message) {
  std::string text(Trim(message));
  std::replace(text.begin(), text.end(), '`', '"');
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  if (const size_t colon = text.rfind(": ");
      colon != std::string::npos && colon + 2 < text.size()) {
    char& first = text[colon + 2];
    first = static_cast<char>(std::tolower(static_cast<unsigned char>(first)));
  }
  return text;
}

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Only errors about the command itself have their own exit code. Both runtimes begin them alike:
//   crun: executable file "x" not found in $PATH: ... | open executable: ... | exec: ...
//   runc: exec: "x": executable file not found in $PATH | exec: "/x": stat /x: no such ... | exec:
//   "/x": permission ... | eaccess /x: permission ... (on a noexec mount)
int ExitCodeOf(std::string_view reason) {
  const bool about_command =
      StartsWith(reason, "exec: ") || StartsWith(reason, "executable file ") ||
      StartsWith(reason, "open executable: ") || StartsWith(reason, "eaccess ") ||
      StartsWith(reason, "exec container process ");
  if (!about_command) {
    return 0;
  }
  const bool missing =
      Contains(reason, "not found in $PATH") || Contains(reason, "no such file or directory");
  return missing ? kNotFound : kNotExecutable;
}

}  // namespace

RuntimeFailure ExplainFailure(const std::string& log_text) {
  RuntimeFailure failure;
  failure.reason = Tidy(StripNoise(LastMessage(log_text)));
  failure.exit_code = ExitCodeOf(failure.reason);
  if (failure.reason.empty()) {
    failure.reason = "the runtime gave no reason";
  }
  return failure;
}

}  // namespace isulad::runtime
