#include "cmd/isula/terminal/detach_keys.h"

#include <optional>
#include <utility>

#include "utils/base/strings.h"

namespace isulad::terminal {
namespace {

constexpr std::string_view kDefaultSequence = "\x10\x11";
constexpr std::string_view kControlPrefix = "ctrl-";

bool IsAscii(char key) { return static_cast<unsigned char>(key) < 0x80; }

std::optional<char> ParseKey(std::string_view text) {
  if (text.size() == 1 && IsAscii(text.front())) {
    return text.front();
  }
  if (!text.starts_with(kControlPrefix) || text.size() != kControlPrefix.size() + 1) {
    return std::nullopt;
  }
  const char key = text.back();
  const bool has_control = (key >= '@' && key <= '_') || (key >= 'a' && key <= 'z');
  // A terminal sends the low five bits of the character.
  return has_control ? std::optional<char>(static_cast<char>(key & 0x1f)) : std::nullopt;
}

}  // namespace

DetachKeys::DetachKeys() : sequence_(kDefaultSequence) {}

Result<DetachKeys> DetachKeys::Parse(std::string_view text) {
  std::string sequence;
  for (const std::string_view part : Split(text, ',')) {
    const std::optional<char> key = ParseKey(part);
    if (!key) {
      return InvalidArgument(
          "must be a comma list of characters and of ctrl- with a letter or one of @[\\]^_");
    }
    sequence.push_back(*key);
  }
  return DetachKeys(std::move(sequence));
}

DetachKeys::Outcome DetachKeys::Filter(std::string_view typed) {
  Outcome outcome;
  for (const char key : typed) {
    held_.push_back(key);
    if (held_ == sequence_) {
      held_.clear();
      outcome.detached = true;
      return outcome;
    }
    while (!sequence_.starts_with(held_)) {
      outcome.pass_on.push_back(held_.front());
      held_.erase(0, 1);
    }
  }
  return outcome;
}

std::string DetachKeys::Flush() { return std::exchange(held_, {}); }

}  // namespace isulad::terminal
