#include "cmd/isula/output/template.h"

#include <cstdint>
#include <cstdio>
#include <optional>
#include <utility>

#include "utils/base/strings.h"

namespace isulad::output {
namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";

std::string Unescape(std::string_view text) {
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    if (next == 't' || next == 'n') {
      result.push_back(next == 't' ? '\t' : '\n');
      ++i;
    } else {
      result.push_back(text[i]);
    }
  }
  return result;
}

// The end of the action that begins at the start of `text`. Braces in a quoted key do not count.
size_t FindClose(std::string_view text) {
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    quoted = text[i] == '"' ? !quoted : quoted;
    if (!quoted && text.substr(i).starts_with(kClose)) {
      return i;
    }
  }
  return std::string_view::npos;
}

// The words of an action; a quoted word keeps its quotes and its spaces.
std::vector<std::string_view> Words(std::string_view source) {
  std::vector<std::string_view> words;
  size_t begin = 0;
  bool quoted = false;
  for (size_t i = 0; i <= source.size(); ++i) {
    const bool at_end = i == source.size();
    if (!at_end && source[i] == '"') {
      quoted = !quoted;
    }
    if (at_end || (!quoted && (source[i] == ' ' || source[i] == '\t'))) {
      if (i > begin) {
        words.push_back(source.substr(begin, i - begin));
      }
      begin = i + 1;
    }
  }
  return words;
}

// An action as shown in messages, which are one line on a terminal.
std::string Shown(std::string_view source) {
  return HasControlCharacter(source) || !IsValidUtf8(source) ? Quote(source) : std::string(source);
}

std::string PlainText(const json::Value& value) {
  if (const std::string* text = value.AsString()) {
    return *text;
  }
  return value.IsNull() ? "<no value>" : json::Serialize(value);
}

}  // namespace

Result<Template> Template::Parse(std::string_view text) {
  Template result;
  while (!text.empty()) {
    const size_t open = text.find(kOpen);
    if (open != 0) {
      result.parts_.emplace_back(Unescape(text.substr(0, open)));
    }
    if (open == std::string_view::npos) {
      break;
    }
    text.remove_prefix(open + kOpen.size());
    const size_t close = FindClose(text);
    if (close == std::string_view::npos) {
      return InvalidArgument("\"{{\" without \"}}\"");
    }
    ASSIGN_OR_RETURN(Action action, ParseAction(text.substr(0, close)));
    result.parts_.emplace_back(std::move(action));
    text.remove_prefix(close + kClose.size());
  }
  return result;
}

Result<Template::Action> Template::ParseAction(std::string_view source) {
  Action action;
  action.source = Shown(Trim(source));
  std::vector<std::string_view> words = Words(source);
  const bool is_index = !words.empty() && words.front() == "index";
  action.as_json = !words.empty() && words.front() == "json";
  if (is_index || action.as_json) {
    words.erase(words.begin());
  }
  if (words.empty() || words.front().front() != '.' || (!is_index && words.size() > 1)) {
    return InvalidArgument("{{" + action.source +
                           "}} is none of {{.A.B}}, {{json .A}} and {{index .A N}}");
  }
  RETURN_IF_ERROR(AppendPath(words.front(), action.steps));
  for (size_t i = 1; i < words.size(); ++i) {
    RETURN_IF_ERROR(AppendIndex(words[i], action.steps));
  }
  return action;
}

Status Template::AppendPath(std::string_view path, std::vector<Step>& steps) {
  if (path == ".") {
    return OkStatus();
  }
  for (const std::string_view key : Split(path.substr(1), '.')) {
    if (key.empty() || key.find_first_of("\"(){}|$") != std::string_view::npos) {
      return InvalidArgument("bad member name in " + Quote(path));
    }
    steps.emplace_back(std::string(key));
  }
  return OkStatus();
}

Status Template::AppendIndex(std::string_view word, std::vector<Step>& steps) {
  if (word.size() >= 2 && word.front() == '"' && word.back() == '"') {
    steps.emplace_back(std::string(word.substr(1, word.size() - 2)));
    return OkStatus();
  }
  const std::optional<uint64_t> index = ParseUint64(word);
  if (!index) {
    return InvalidArgument("bad index " + Quote(word) + ": a whole number or a quoted key");
  }
  steps.emplace_back(static_cast<size_t>(*index));
  return OkStatus();
}

Result<const json::Value*> Template::Follow(const json::Value& value, const Action& action) {
  const json::Value* place = &value;
  for (const Step& step : action.steps) {
    const std::string* key = std::get_if<std::string>(&step);
    const size_t* index = std::get_if<size_t>(&step);
    const json::Object* object = place->AsObject();
    const json::Array* array = place->AsArray();
    if (key != nullptr) {
      place = object == nullptr ? nullptr : object->Find(*key);
    } else {
      place = array == nullptr || *index >= array->size() ? nullptr : &(*array)[*index];
    }
    if (place == nullptr) {
      const std::string wanted =
          key != nullptr ? "member " + Quote(*key) : "element " + std::to_string(*index);
      return NotFound("template: {{" + action.source + "}}: there is no " + wanted);
    }
  }
  return place;
}

Result<Template> Template::ParseFormat(std::string_view text) {
  return Parse(text == "json" ? "{{json .}}" : text);
}

Result<std::string> Template::Render(const json::Value& value, Missing missing) const {
  static const json::Value kNull;
  std::string text;
  for (const Part& part : parts_) {
    if (const std::string* literal = std::get_if<std::string>(&part)) {
      text.append(*literal);
      continue;
    }
    const Action& action = std::get<Action>(part);
    const Result<const json::Value*> found = Follow(value, action);
    if (!found && missing == Missing::kError) {
      return found.error();
    }
    const json::Value& shown = found ? **found : kNull;
    text.append(action.as_json ? json::Serialize(shown) : PlainText(shown));
  }
  return text;
}

}  // namespace isulad::output
