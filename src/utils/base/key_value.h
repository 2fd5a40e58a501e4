// KEY=VALUE pairs, as used for labels and annotations. Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_KEY_VALUE_H_
#define ISULAD_UTILS_BASE_KEY_VALUE_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "utils/base/result.h"

namespace isulad {

using KeyValues = std::vector<std::pair<std::string, std::string>>;

// Reads KEY[=VALUE]; without "=" the value is empty. kInvalidArgument if the key is empty, or if
// the text contains a control character or is not UTF-8.
Result<std::pair<std::string, std::string>> ParseKeyValue(std::string_view text);
// Like ParseKeyValue(), but for all of `texts`; if a key is given more than once, the last value
// wins.
Result<KeyValues> ParseKeyValues(const std::vector<std::string>& texts);

// The lines of a file of KEY=VALUE or KEY entries. Blank lines and lines that begin with "#" are
// left out.
std::vector<std::string_view> KeyValueLines(std::string_view text);

// kInvalidArgument if `key` is an annotation that gives instructions to a runtime.
Status CheckAnnotation(std::string_view key);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_KEY_VALUE_H_
