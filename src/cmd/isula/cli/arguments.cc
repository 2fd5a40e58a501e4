#include "cmd/isula/cli/arguments.h"

#include <string>

namespace isulad::cli {
namespace {

Error Requires(std::string_view command, std::string_view how_many, size_t number) {
  std::string message = "\"";
  message.append(command).append("\" requires ").append(how_many).append(std::to_string(number));
  message.append(number == 1 ? " argument." : " arguments.");
  return InvalidArgument(std::move(message));
}

}  // namespace

Status RequireAtLeast(std::string_view command, const Arguments& arguments, size_t minimum) {
  if (arguments.size() < minimum) {
    return Requires(command, "a minimum of ", minimum);
  }
  return OkStatus();
}

Status RequireAtMost(std::string_view command, const Arguments& arguments, size_t maximum) {
  if (arguments.size() > maximum) {
    return Requires(command, "at most ", maximum);
  }
  return OkStatus();
}

Status RequireExactly(std::string_view command, const Arguments& arguments, size_t number) {
  if (arguments.size() != number) {
    return Requires(command, number == 0 ? "" : "exactly ", number);
  }
  return OkStatus();
}

}  // namespace isulad::cli
