// Setters that store the values of flags in the messages of a container's specification.
#ifndef ISULAD_CMD_ISULA_OPTIONS_SETTERS_H_
#define ISULAD_CMD_ISULA_OPTIONS_SETTERS_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"
#include "utils/base/result.h"

namespace isulad::options {

// Messages, their fields and lists are borrowed until the flags have been parsed.

// Sets a field. A field with presence is present only if the flag is given.
template <typename Message, typename Value>
std::function<void(Value)> Into(Message* message, void (Message::*set)(Value)) {
  return [message, set](Value value) { (message->*set)(value); };
}
template <typename Message>
std::function<void(std::string_view)> Into(Message* message, std::string* (Message::*field)()) {
  return [message, field](std::string_view text) { *(message->*field)() = text; };
}

// Passes the text on as written if `check`, a function from a text to a Result, accepts it.
template <typename Check, typename Set>
cli::FlagSet::Setter Checked(Check check, Set set) {
  return [check = std::move(check), set = std::move(set)](std::string_view text) -> Status {
    RETURN_IF_ERROR(check(text));
    set(text);
    return OkStatus();
  };
}

template <typename Check>
cli::FlagSet::Setter Assign(std::string* target, Check check) {
  return Checked(std::move(check), [target](std::string_view text) { *target = text; });
}

inline Status AnyText(std::string_view /*text*/) { return OkStatus(); }

template <typename Check = Status (*)(std::string_view)>
cli::FlagSet::Setter Append(client::Strings* list, Check check = AnyText) {
  return Checked(std::move(check), [list](std::string_view text) { list->Add(std::string(text)); });
}

inline constexpr int64_t kUnlimited = -1;
inline constexpr int64_t kAnyNumber = std::numeric_limits<int64_t>::min();

// A whole number, at least `lowest`, which is kUnlimited if -1 for "no limit" is allowed.
cli::FlagSet::Setter WholeNumber(int64_t lowest, std::function<void(int64_t)> set);
// A size in bytes with a unit.
cli::FlagSet::Setter Bytes(std::function<void(int64_t)> set);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_SETTERS_H_
