#include "cmd/isula/cli/flag_set.h"

#include <algorithm>
#include <utility>

#include "cmd/isula/cli/suggestion.h"
#include "utils/base/strings.h"

namespace isulad::cli {
namespace {

Error UnknownFlag(std::string_view flag, std::string_view meant) {
  std::string shown = Quote(flag);
  shown = shown.substr(1, shown.size() - 2);
  const std::string found = "Unknown flag found: '" + shown + "'";
  return InvalidArgument(meant.empty() ? found
                                       : found + "." + DidYouMean("--" + std::string(meant)));
}

bool IsFlag(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

}  // namespace

Error InvalidValue(std::string_view flag, std::string_view value, std::string_view reason) {
  std::string message = "Invalid value " + Quote(value) + " for flag --";
  message.append(flag).append(": ").append(reason);
  return InvalidArgument(std::move(message));
}

std::string FlagHead(const FlagEntry& flag) {
  std::string head = "    ";
  if (flag.name.letter != '\0') {
    head = {'-', flag.name.letter, ',', ' '};
  }
  head.append("--").append(flag.name.name);
  return flag.help.value.empty() ? head : head.append(" ").append(flag.help.value);
}

FlagSet::Flag& FlagSet::Add(FlagName name, FlagHelp help, Setter setter) {
  Flag& flag = flags_.emplace_back();
  flag.name = name;
  flag.help = help;
  flag.setter = std::move(setter);
  return flag;
}

void FlagSet::AddSwitch(FlagName name, bool* target, std::string_view help) {
  AddSwitch(
      name, [target](bool value) { *target = value; }, help);
}

void FlagSet::AddSwitch(FlagName name, std::function<void(bool)> set, std::string_view help) {
  Add(name, {"", help}, [set = std::move(set)](std::string_view value) -> Status {
    if (value != "true" && value != "false") {
      return InvalidArgument("must be true or false");
    }
    set(value == "true");
    return OkStatus();
  }).is_switch = true;
}

void FlagSet::AddString(FlagName name, std::string* target, FlagHelp help) {
  Add(name, help, [target](std::string_view value) {
    *target = value;
    return OkStatus();
  });
}

void FlagSet::AddValue(FlagName name, Setter setter, FlagHelp help) {
  Add(name, help, std::move(setter));
}

void FlagSet::AddStrings(FlagName name, std::vector<std::string>* target, FlagHelp help) {
  AddValues(
      name,
      [target](std::string_view value) {
        target->emplace_back(value);
        return OkStatus();
      },
      help);
}

void FlagSet::AddValues(FlagName name, Setter setter, FlagHelp help) {
  Add(name, help, std::move(setter)).repeatable = true;
}

FlagSet::Flag* FlagSet::Find(std::string_view name) {
  const auto found = std::find_if(flags_.begin(), flags_.end(),
                                  [name](const Flag& flag) { return flag.name.name == name; });
  return found == flags_.end() ? nullptr : &*found;
}

std::vector<FlagEntry> FlagSet::Entries() const {
  std::vector<FlagEntry> entries;
  for (const Flag& flag : flags_) {
    entries.push_back({flag.name, flag.help});
  }
  return entries;
}

std::vector<std::string_view> FlagSet::Names() const {
  std::vector<std::string_view> names;
  for (const Flag& flag : flags_) {
    names.push_back(flag.name.name);
  }
  return names;
}

FlagSet::Flag* FlagSet::Find(char letter) {
  const auto found = std::find_if(flags_.begin(), flags_.end(), [letter](const Flag& flag) {
    return letter != '\0' && flag.name.letter == letter;
  });
  return found == flags_.end() ? nullptr : &*found;
}

bool FlagSet::TakesNext(std::string_view word) {
  if (word.starts_with("--")) {
    const Flag* flag = Find(word.substr(2));
    return flag != nullptr && !flag->is_switch;  // a word with "=" matches no name
  }
  for (size_t i = 1; i < word.size(); ++i) {
    const Flag* flag = Find(word[i]);
    if (flag == nullptr || !flag->is_switch) {
      return flag != nullptr && i + 1 == word.size();
    }
  }
  return false;
}

Result<Arguments> FlagSet::Parse(const Arguments& arguments) {
  Arguments rest;
  Cursor cursor{arguments};
  while (cursor.next < arguments.size()) {
    const std::string& word = arguments[cursor.next];
    if (IsFlag(word) && word != "--") {
      ++cursor.next;
      RETURN_IF_ERROR(word.starts_with("--") ? ParseLong(word, cursor)
                                             : ParseLetters(word, cursor));
      continue;
    }
    if (word == "--" || stop_ == Stop::kAtFirstArgument) {
      const size_t first = word == "--" ? cursor.next + 1 : cursor.next;
      rest.insert(rest.end(), arguments.begin() + static_cast<ptrdiff_t>(first), arguments.end());
      break;
    }
    rest.push_back(word);
    ++cursor.next;
  }
  return rest;
}

Status FlagSet::ParseLong(std::string_view word, Cursor& cursor) {
  const size_t equals = word.find('=');
  const std::string_view shown = word.substr(0, equals);
  Flag* flag = Find(shown.substr(2));
  if (flag == nullptr) {
    return UnknownFlag(shown, Suggest(shown.substr(2), Names()));
  }
  if (equals != std::string_view::npos) {
    return Set(*flag, word.substr(equals + 1));
  }
  return flag->is_switch ? Set(*flag, "true") : SetFromNext(*flag, cursor);
}

Status FlagSet::ParseLetters(std::string_view word, Cursor& cursor) {
  for (size_t i = 1; i < word.size(); ++i) {
    Flag* flag = Find(word[i]);
    if (flag == nullptr) {
      return UnknownFlag(std::string("-").append(word.substr(i, 1)), "");
    }
    const std::string_view rest = word.substr(i + 1);
    if (rest.starts_with('=')) {
      return Set(*flag, rest.substr(1));
    }
    if (!flag->is_switch) {
      return rest.empty() ? SetFromNext(*flag, cursor) : Set(*flag, rest);
    }
    RETURN_IF_ERROR(Set(*flag, "true"));
  }
  return OkStatus();
}

Status FlagSet::SetFromNext(Flag& flag, Cursor& cursor) {
  if (cursor.next == cursor.arguments.size()) {
    return InvalidArgument("Flag needs an argument: --" + std::string(flag.name.name));
  }
  return Set(flag, cursor.arguments[cursor.next++]);
}

Status FlagSet::Set(Flag& flag, std::string_view value) {
  const bool same_switch = flag.is_switch && flag.last_value == value;
  if (flag.times_given > 0 && !flag.repeatable && !same_switch) {
    return InvalidArgument("flag --" + std::string(flag.name.name) + " given more than once");
  }
  ++flag.times_given;
  flag.last_value = value;
  if (Status set = flag.setter(value); !set) {
    return InvalidValue(flag.name.name, value, set.error().message());
  }
  return OkStatus();
}

std::string FlagSet::Help() const {
  std::vector<std::string> heads;
  size_t width = 0;
  for (const FlagEntry& flag : Entries()) {
    heads.push_back("  " + FlagHead(flag));
    width = std::max(width, heads.back().size());
  }
  std::string text;
  for (size_t i = 0; i < heads.size(); ++i) {
    heads[i].resize(width + 3, ' ');
    text.append(heads[i]).append(flags_[i].help.text).append("\n");
  }
  return text;
}

}  // namespace isulad::cli
