// Small string helpers. Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_STRINGS_H_
#define ISULAD_UTILS_BASE_STRINGS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isulad {

// Splits at every `separator`; n separators give n+1 parts, including empty ones.
std::vector<std::string_view> Split(std::string_view text, char separator);
std::string Join(const std::vector<std::string>& parts, std::string_view separator);
// Removes spaces, tabs and newlines at both ends.
std::string_view Trim(std::string_view text);

// Reads a whole decimal number: digits only, no sign, no spaces. nullopt for anything else and on
// overflow.
std::optional<uint64_t> ParseUint64(std::string_view text);
// Like ParseUint64(), but with an optional leading minus sign.
std::optional<int64_t> ParseInt64(std::string_view text);

// The length in bytes of the UTF-8 sequence that `text` starts with, 0 if it does not start with a
// well-formed one.
size_t Utf8SequenceLength(std::string_view text);
// Whether `text` is well-formed UTF-8 (no overlong forms, no surrogates; RFC 3629).
bool IsValidUtf8(std::string_view text);
// Whether `text` contains a C0 control character or DEL.
bool HasControlCharacter(std::string_view text);

// `text` in double quotes for a message: control characters, quotes, backslashes and bytes that are
// not UTF-8 are escaped (\n, \x1b), so that a message stays one printable line.
std::string Quote(std::string_view text);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_STRINGS_H_
