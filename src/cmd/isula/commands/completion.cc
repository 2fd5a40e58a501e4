#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/command_table.h"
#include "cmd/isula/commands/commands.h"
#include "utils/base/strings.h"

namespace isulad::commands {
namespace {

// The line is split at spaces, as the shell's own words also end at "=" and ":". If there are no
// candidates, the shell offers files.
constexpr char kBash[] = R"script(# isula: completion for bash, "source <(isula completion bash)"
_isula() {
  local line=${COMP_LINE:0:COMP_POINT} host=() words i
  read -ra words <<<"$line"
  [[ $line != *[[:space:]] ]] || words+=("")
  for ((i = 1; i < ${#words[@]} - 1; i++)); do
    case ${words[i]} in
      -H | --host) host=(-H "${words[i + 1]}") ;;
      -H?* | --host=*) host=("${words[i]}") ;;
    esac
  done
  mapfile -t COMPREPLY < <("${words[0]}" "${host[@]}" __complete -- "${words[@]:1}" 2>/dev/null)
  [[ ${COMPREPLY[0]} != *: ]] || compopt -o nospace
}
complete -o default -F _isula isula
)script";

constexpr char kZsh[] = R"script(#compdef isula
# isula: completion for zsh, "source <(isula completion zsh)" after compinit
_isula() {
  local -a host candidates
  local i
  for ((i = 2; i < CURRENT; i++)); do
    case ${words[i]} in
      -H | --host) host=(-H "${words[i + 1]}") ;;
      -H?* | --host=*) host=("${words[i]}") ;;
    esac
  done
  candidates=("${(@f)$("${words[1]}" "${host[@]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  candidates=("${(@)candidates:#}")
  if [[ ${candidates[1]} = *: ]]; then compadd -S '' -a candidates
  elif ((${#candidates})); then compadd -a candidates; else _files; fi
}
compdef _isula isula
)script";

class CompletionCommand final : public Command {
 public:
  void Declare(cli::FlagSet& /*flags*/) override {}

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireExactly(kCompletionCommand.name, arguments, 1));
    shell_ = arguments.front();
    if (shell_ != "bash" && shell_ != "zsh") {
      return InvalidArgument("Invalid value " + Quote(shell_) + " for SHELL: must be bash or zsh");
    }
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    RETURN_IF_ERROR(context.output.Out(shell_ == "bash" ? kBash : kZsh));
    return cli::kExitOk;
  }

 private:
  std::string shell_;
};

// What the words before the one to complete say about it.
struct Line {
  enum class Next { kCommand, kVerb, kOperand, kValue, kUnknown };
  Next next = Next::kCommand;
  const CommandGroup* group = nullptr;
  const CommandInfo* info = nullptr;  // set once known
  std::vector<std::string> operands;  // of the command
};

// Skips the flags at `next`. The result is beyond the end if the last flag lacks its value.
size_t SkipFlags(cli::FlagSet& flags, const cli::Arguments& words, size_t next) {
  while (next < words.size() && words[next].size() > 1 && words[next].front() == '-') {
    next += flags.TakesNext(words[next]) ? 2 : 1;
  }
  return next;
}

// A command with its flags, which write into it: both live together.
class DeclaredFlags {
 public:
  explicit DeclaredFlags(const CommandInfo* info) {
    if (info != nullptr) {
      command_ = info->make();
      command_->Declare(flags_);
    }
    cli::AddGlobalFlags(flags_, info != nullptr ? info->help_letter : cli::HelpLetter::kFree,
                        &globals_);
  }
  cli::FlagSet& operator*() { return flags_; }

 private:
  cli::GlobalOptions globals_;
  std::unique_ptr<Command> command_;
  cli::FlagSet flags_;
};

Line::Next NextAtEnd(size_t next, const cli::Arguments& words, Line::Next otherwise) {
  return next > words.size() ? Line::Next::kValue : otherwise;
}

void ReadOperands(const cli::Arguments& words, size_t next, Line& line) {
  DeclaredFlags flags(line.info);
  while ((next = SkipFlags(*flags, words, next)) < words.size()) {
    line.operands.push_back(words[next++]);
    if (line.info->stop == cli::FlagSet::Stop::kAtFirstArgument) {
      line.operands.insert(line.operands.end(), words.begin() + static_cast<ptrdiff_t>(next),
                           words.end());
      next = words.size();
    }
  }
  line.next = NextAtEnd(next, words, Line::Next::kOperand);
}

Line ReadLine(const cli::Arguments& words) {
  Line line;
  DeclaredFlags flags(nullptr);
  size_t next = SkipFlags(*flags, words, 0);
  if (next >= words.size()) {
    line.next = NextAtEnd(next, words, Line::Next::kCommand);
    return line;
  }
  std::string name = words[next++];
  line.group = FindGroup(name);
  if (line.group != nullptr) {
    next = SkipFlags(*flags, words, next);
    if (next >= words.size()) {
      line.next = NextAtEnd(next, words, Line::Next::kVerb);
      return line;
    }
    name.append(" ").append(words[next++]);
  }
  line.info = FindCommand(name);
  line.next = Line::Next::kUnknown;
  if (line.info != nullptr) {
    ReadOperands(words, next, line);
  }
  return line;
}

// "CONTAINER" of "[OPTIONS] CONTAINER [CONTAINER...]": the usage line's name of an operand.
std::string OperandName(std::string_view usage, size_t index) {
  std::vector<std::string_view> names = Split(usage, ' ');
  std::erase(names, "[OPTIONS]");
  if (names.empty()) {
    return "";
  }
  const bool repeats = names.back().ends_with("...]");
  if (index >= names.size() && !repeats) {
    return "";
  }
  std::string name(names[std::min(index, names.size() - 1)]);
  std::erase_if(name, [](char c) { return c == '[' || c == ']' || c == '.'; });
  return name;
}

class CompleteCommand final : public Command {
 public:
  void Declare(cli::FlagSet& /*flags*/) override {}

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireAtLeast(kCompleteCommand.name, arguments, 1));
    words_ = arguments;
    last_ = words_.back();
    words_.pop_back();
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    ASSIGN_OR_RETURN(std::vector<std::string> candidates, Candidates(context, ReadLine(words_)));
    std::sort(candidates.begin(), candidates.end());
    for (const std::string& candidate : candidates) {
      if (candidate.starts_with(last_)) {
        context.output.OutLine(candidate);
      }
    }
    return cli::kExitOk;
  }

 private:
  Result<std::vector<std::string>> Candidates(Context& context, const Line& line) const {
    switch (line.next) {
      case Line::Next::kValue:
      case Line::Next::kUnknown:
        return std::vector<std::string>();
      case Line::Next::kCommand:
      case Line::Next::kVerb:
        return last_.starts_with('-') ? Flags(line) : Verbs(line);
      case Line::Next::kOperand:
        return last_.starts_with('-') ? Flags(line) : Operands(context, line);
    }
    return std::vector<std::string>();
  }

  static std::vector<std::string> Verbs(const Line& line) {
    const std::vector<std::string_view> words = Words(line.group);
    return {words.begin(), words.end()};
  }

  static std::vector<std::string> Flags(const Line& line) {
    if (line.info != nullptr && line.info->stop == cli::FlagSet::Stop::kAtFirstArgument &&
        !line.operands.empty()) {
      return {};  // the container's command has its own flags
    }
    DeclaredFlags flags(line.info);
    std::vector<std::string> names;
    for (const std::string_view name : (*flags).Names()) {
      names.push_back("--" + std::string(name));
    }
    return names;
  }

  // For "cp": the other path is one of the host, which the shell completes.
  static bool NamesContainer(const std::vector<std::string>& operands) {
    return !operands.empty() && operands.front().find(':') != std::string::npos;
  }

  static Result<std::vector<std::string>> Operands(Context& context, const Line& line) {
    const std::string name = OperandName(line.info->arguments, line.operands.size());
    std::vector<std::string> operands;
    const bool with_path = name.find("CONTAINER:") != std::string::npos;
    if (name == "CONTAINER" || (with_path && !NamesContainer(line.operands))) {
      ASSIGN_OR_RETURN(const auto containers, context.containers.List(true, {}));
      for (const client::ContainerSummary& container : containers) {
        operands.push_back(container.name + (with_path ? ":" : ""));
      }
    } else if (name == "HOST_PATH") {
      ASSIGN_OR_RETURN(const auto channels, context.channels.List(line.operands.front()));
      for (const client::Channel& channel : channels) {
        operands.push_back(channel.path_on_host);
      }
    } else if (name == "none" || name == "SHELL") {
      operands =
          name == "none" ? std::vector<std::string>{name} : std::vector<std::string>{"bash", "zsh"};
    }
    return operands;
  }

  cli::Arguments words_;  // the words before `last_`
  std::string last_;
};

}  // namespace

const CommandInfo kCompletionCommand = {
    .name = "completion",
    .arguments = "SHELL",
    .summary = "Print what bash or zsh needs to complete command lines",
    .make = Make<CompletionCommand>,
};

const CommandInfo kCompleteCommand = {
    .name = "__complete",
    .arguments = "-- WORD...",
    .summary = "Print what the last word could become",
    .make = Make<CompleteCommand>,
};

}  // namespace isulad::commands
