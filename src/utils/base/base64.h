// Base64 (RFC 4648, section 4). Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_BASE64_H_
#define ISULAD_UTILS_BASE_BASE64_H_

#include <optional>
#include <string>
#include <string_view>

namespace isulad {

// With padding, without line breaks.
std::string Base64Encode(std::string_view bytes);
// Decodes the output of Base64Encode; nullopt for any other text.
std::optional<std::string> Base64Decode(std::string_view text);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_BASE64_H_
