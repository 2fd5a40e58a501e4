// Colours, for those who look at a terminal: titles stand out, warnings are yellow, failures red.
// Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_OUTPUT_COLOURS_H_
#define ISULAD_CMD_ISULA_OUTPUT_COLOURS_H_

#include <string>
#include <string_view>

namespace isulad::output {

enum class Colour { kTitle, kWarning, kFailure };

// `text`, a line or a part of one, between the sequences (ECMA-48, SGR) that begin and end it.
std::string Painted(std::string_view text, Colour colour);

// What the environment has to say, of which nullptr is a variable that is not set: NO_COLOR
// (no-color.org: set and not empty) and TERM (missing or "dumb") keep colours away.
bool WantsColours(const char* no_color, const char* term);

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_COLOURS_H_
