// Colours for terminals: titles stand out, warnings are yellow, failures red. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_OUTPUT_COLOURS_H_
#define ISULAD_CMD_ISULA_OUTPUT_COLOURS_H_

#include <string>
#include <string_view>

namespace isulad::output {

enum class Colour { kTitle, kWarning, kFailure };

// `text`, a line or a part of one, between the escape sequences (ECMA-48, SGR) that begin and end
// the colour.
std::string Painted(std::string_view text, Colour colour);

// Whether the environment allows colours. NO_COLOR (no-color.org: set and not empty) and TERM
// (missing or "dumb") disable them. Arguments are the values of the variables, nullptr if not set.
bool WantsColours(const char* no_color, const char* term);

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_COLOURS_H_
