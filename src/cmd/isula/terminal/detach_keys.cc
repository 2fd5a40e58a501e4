#include "cmd/isula/terminal/detach_keys.h"

#include <utility>

namespace isulad::terminal {
namespace {

constexpr char kCtrlP = 0x10;
constexpr char kCtrlQ = 0x11;

}  // namespace

DetachKeys::Outcome DetachKeys::Filter(std::string_view typed) {
  Outcome outcome;
  for (const char key : typed) {
    if (held_ && key == kCtrlQ) {
      held_ = false;
      outcome.detached = true;
      return outcome;
    }
    outcome.pass_on.append(Flush());
    if (key == kCtrlP) {
      held_ = true;
    } else {
      outcome.pass_on.push_back(key);
    }
  }
  return outcome;
}

std::string DetachKeys::Flush() {
  return std::exchange(held_, false) ? std::string(1, kCtrlP) : "";
}

}  // namespace isulad::terminal
