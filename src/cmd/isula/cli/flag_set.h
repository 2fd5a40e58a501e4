// The flags of one command: declared, then read from the command line.
//
// The grammar is the one users know from similar tools: `--flag value`, `--flag=value` (also with
// an empty value), `--bool=false`, `-f value`, `-fvalue`, `-f=value`, clusters (`-itd`), `--` as
// the end of the flags. A value is taken as written, even if it begins with a dash. Errors are
// kInvalidArgument and have the whole line for the user as their message. Not thread-safe.
#ifndef ISULAD_CMD_ISULA_CLI_FLAG_SET_H_
#define ISULAD_CMD_ISULA_CLI_FLAG_SET_H_

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"

namespace isulad::cli {

using Arguments = std::vector<std::string>;

struct FlagName {
  std::string_view name;  // without dashes; must outlive the FlagSet: a literal
  char letter = '\0';     // '\0': none
};

// The help text of a flag. It must outlive the FlagSet: literals.
struct FlagHelp {
  std::string_view value;  // "BYTES"; empty for a switch
  std::string_view text;   // one line, with the unit and the default
};

// One flag as declared.
struct FlagEntry {
  FlagName name;
  FlagHelp help;
};

// `-m, --memory BYTES`; four spaces in place of a missing letter.
std::string FlagHead(const FlagEntry& flag);

class FlagSet {
 public:
  enum class Stop {
    kAtFirstArgument,  // the rest belongs to a command: `run none ls -la`
    kNever,            // flags and arguments may be mixed: `rm NAME -f`
  };
  // Takes the value as given. The message of its error is only the reason, without the flag and the
  // value.
  using Setter = std::function<Status(std::string_view value)>;

  explicit FlagSet(Stop stop = Stop::kNever) : stop_(stop) {}

  // The targets are borrowed. Parse() writes them; a flag that is not given leaves its target
  // unchanged. A switch may be repeated, but not contradicted.
  void AddSwitch(FlagName name, bool* target, std::string_view help);
  void AddSwitch(FlagName name, std::function<void(bool)> set, std::string_view help);
  // May be given at most once.
  void AddString(FlagName name, std::string* target, FlagHelp help);
  void AddValue(FlagName name, Setter setter, FlagHelp help);
  // May be given any number of times.
  void AddStrings(FlagName name, std::vector<std::string>* target, FlagHelp help);
  void AddValues(FlagName name, Setter setter, FlagHelp help);

  // Reads `arguments` (without the program and the command) and returns those that are not flags.
  Result<Arguments> Parse(const Arguments& arguments);

  // In the order of declaration.
  std::vector<FlagEntry> Entries() const;
  // Like Entries(), but only the names, without dashes.
  std::vector<std::string_view> Names() const;
  // Whether `word`, a flag as typed, takes the next word as its value.
  bool TakesNext(std::string_view word);

  // One line for each flag, in the order of declaration.
  std::string Help() const;

 private:
  struct Flag {
    FlagName name;
    FlagHelp help;
    bool is_switch = false;
    bool repeatable = false;
    Setter setter;
    int times_given = 0;
    std::string last_value;
  };
  // A position in the arguments.
  struct Cursor {
    const Arguments& arguments;
    size_t next = 0;
  };

  Flag& Add(FlagName name, FlagHelp help, Setter setter);
  Flag* Find(std::string_view name);
  Flag* Find(char letter);
  Status ParseLong(std::string_view word, Cursor& cursor);
  Status ParseLetters(std::string_view word, Cursor& cursor);
  static Status SetFromNext(Flag& flag, Cursor& cursor);
  static Status Set(Flag& flag, std::string_view value);

  Stop stop_;
  std::deque<Flag> flags_;
};

// `Invalid value "v" for flag --f: REASON`. Control characters in the value are escaped, so that
// the message stays one line.
Error InvalidValue(std::string_view flag, std::string_view value, std::string_view reason);

}  // namespace isulad::cli

#endif  // ISULAD_CMD_ISULA_CLI_FLAG_SET_H_
