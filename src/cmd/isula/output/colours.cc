#include "cmd/isula/output/colours.h"

namespace isulad::output {
namespace {

constexpr std::string_view kEnd = "\033[0m";

std::string_view Begin(Colour colour) {
  switch (colour) {
    case Colour::kTitle:
      return "\033[1m";
    case Colour::kWarning:
      return "\033[33m";
    case Colour::kFailure:
      return "\033[31m";
  }
  return "";
}

}  // namespace

std::string Painted(std::string_view text, Colour colour) {
  return std::string(Begin(colour)).append(text).append(kEnd);
}

bool WantsColours(const char* no_color, const char* term) {
  const bool refused = no_color != nullptr && *no_color != '\0';
  return !refused && term != nullptr && *term != '\0' && std::string_view(term) != "dumb";
}

}  // namespace isulad::output
