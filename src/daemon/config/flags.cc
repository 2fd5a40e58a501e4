#include "daemon/config/flags.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "utils/base/strings.h"
#include "utils/json/value.h"
#include "utils/os/file.h"

namespace isulad::config {
namespace {

constexpr char kDefaultFile[] = "/etc/isulad/daemon.json";

using Flag = FlagDescription;

constexpr Flag kFlags[] = {
    {'g', "graph", "DIR", "data directory (default /var/lib/isulad)"},
    {'S', "state", "DIR", "run-time state directory (default /var/run/isulad)"},
    {'H', "host", "URL", "socket to listen on, repeatable (default unix:///var/run/isulad.sock)"},
    {'G', "group", "NAME", "group of the socket (default isula)"},
    {'p', "pidfile", "FILE", "file for the process id (default /var/run/isulad.pid)"},
    {'l', "log-level", "LEVEL", "FATAL, ERROR, WARN, INFO, DEBUG or TRACE (default INFO)"},
    {0, "log-driver", "NAME", "stderr, or file: <graph>/isulad.log (default stderr)"},
    {0, "config", "FILE", "configuration file (default /etc/isulad/daemon.json)"},
    {0, "default-runtime", "NAME", "crun or runc, or one of the file's runtimes (default crun)"},
    {0, "cgroup-parent", "PATH", "cgroup beneath which containers' are made (default /isulad)"},
    {0, "default-ulimit", "NAME=SOFT[:HARD]",
     "limit of each process where a container asks for none, repeatable"},
    {0, "native.umask", "NAME",
     "umask of containers: normal (0022) or secure (0027; default normal)"},
    {0, "hook-spec", "FILE", "programs to run with every container, as of isula create"},
    {0, "start-timeout", "TIME", "how long a start may take, like 120s or 2m (default 2m)"},
    {0, "help", nullptr, "print this help"},
    {'v', "version", nullptr, "print the version"},
};

// One flag as given.
struct Given {
  std::string name;
  std::string value;
};

const Flag* FindFlag(std::string_view name) {
  for (const Flag& flag : kFlags) {
    if (name == flag.name || (name.size() == 1 && name[0] == flag.letter)) {
      return &flag;
    }
  }
  return nullptr;
}

// Splits "--name=value", "--name", "-x" and "-xVALUE"; nullopt if the text is not a flag.
struct Token {
  std::string_view name;
  std::optional<std::string> value;
};
std::optional<Token> ParseToken(std::string_view text) {
  if (text.size() > 2 && text.substr(0, 2) == "--") {
    text.remove_prefix(2);
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos) {
      return Token{text, std::nullopt};
    }
    return Token{text.substr(0, equals), std::string(text.substr(equals + 1))};
  }
  if (text.size() >= 2 && text[0] == '-' && text[1] != '-') {
    Token token{text.substr(1, 1), std::nullopt};
    if (text.size() > 2) {
      token.value = std::string(text.substr(text[2] == '=' ? 3 : 2));
    }
    return token;
  }
  return std::nullopt;
}

Result<std::vector<Given>> Tokenise(const std::vector<std::string>& arguments) {
  std::vector<Given> given;
  std::set<std::string> seen;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::optional<Token> token = ParseToken(arguments[i]);
    if (!token) {
      return InvalidArgument("unexpected argument " + Quote(arguments[i]));
    }
    const Flag* flag = FindFlag(token->name);
    if (flag == nullptr) {
      return InvalidArgument("Unknown flag found: '" + arguments[i] + "'");
    }
    const std::string name = flag->name;
    if (!seen.insert(name).second && name != "host" && name != "default-ulimit") {
      return InvalidArgument("flag --" + name + " is given more than once");
    }
    if (flag->value == nullptr) {
      if (token->value) {
        return InvalidArgument("flag --" + name + " takes no value");
      }
      given.push_back({name, ""});
      continue;
    }
    if (!token->value && i + 1 == arguments.size()) {
      return InvalidArgument("flag --" + name + " needs a value");
    }
    given.push_back({name, token->value ? *token->value : arguments[++i]});
  }
  return given;
}

Status ApplyFileOf(const std::vector<Given>& given, DaemonConfig& config) {
  std::string path = kDefaultFile;
  bool asked = false;
  for (const Given& flag : given) {
    if (flag.name == "config") {
      path = flag.value;
      asked = true;
    }
  }
  Result<std::string> text = os::ReadFile(path);
  if (!text && text.error().code() == Code::kNotFound && !asked) {
    return OkStatus();
  }
  if (!text) {
    return std::move(text).error();
  }
  return ApplyFile(*text, config);
}

// Applies a flag as if the file had a key of its name, so that flags go through the same checks.
Status ApplyFlag(const Given& flag, DaemonConfig& config) {
  if (flag.name == "config" || flag.name == "help" || flag.name == "version" ||
      flag.name == "host") {
    return OkStatus();
  }
  json::Object object;
  object.Set(flag.name, flag.value);
  DaemonConfig changed = config;
  const Status status = ApplyFile(json::Serialize(object), changed);
  if (!status) {
    return InvalidArgument(
        "Invalid value " + Quote(flag.value) + " for flag --" + flag.name + ": " +
        status.error().message().substr(std::string_view("daemon.json: ").size()));
  }
  config = std::move(changed);
  return OkStatus();
}

}  // namespace

Result<CommandLine> ReadCommandLine(const std::vector<std::string>& arguments) {
  ASSIGN_OR_RETURN(const std::vector<Given> given, Tokenise(arguments));
  CommandLine line;
  std::vector<std::string> hosts;
  for (const Given& flag : given) {
    line.help = line.help || flag.name == "help";
    line.version = line.version || flag.name == "version";
    if (flag.name == "host") {
      hosts.push_back(flag.value);
    }
  }
  if (line.help || line.version) {
    return line;
  }
  RETURN_IF_ERROR(ApplyFileOf(given, line.config));
  for (const Given& flag : given) {
    RETURN_IF_ERROR(ApplyFlag(flag, line.config));
  }
  if (!hosts.empty()) {
    line.config.hosts = std::move(hosts);
  }
  RETURN_IF_ERROR(Validate(line.config));
  return line;
}

std::span<const FlagDescription> Flags() { return kFlags; }

std::string HelpText() {
  std::string text = "Usage: isulad [FLAGS]\n\nThe container engine's daemon.\n\nFlags:\n";
  for (const Flag& flag : kFlags) {
    std::string left = flag.letter != 0 ? std::string("  -") + flag.letter + ", --" : "      --";
    left += flag.name;
    left += flag.value != nullptr ? std::string(" ") + flag.value : "";
    left.resize(std::max<size_t>(left.size() + 2, 30), ' ');
    text += left + flag.text + "\n";
  }
  return text;
}

}  // namespace isulad::config
