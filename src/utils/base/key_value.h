// KEY=VALUE pairs as of labels and annotations. Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_KEY_VALUE_H_
#define ISULAD_UTILS_BASE_KEY_VALUE_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "utils/base/result.h"

namespace isulad {

using KeyValues = std::vector<std::pair<std::string, std::string>>;

// KEY[=VALUE]; without "=" the value is empty. kInvalidArgument where the key is empty, or where
// there is a control character or what is not UTF-8.
Result<std::pair<std::string, std::string>> ParseKeyValue(std::string_view text);
// Of all texts; of a key that is given more than once the last value holds.
Result<KeyValues> ParseKeyValues(const std::vector<std::string>& texts);

// The lines of a file of KEY=VALUE or KEY: blank ones, and those that begin with "#", are left out.
std::vector<std::string_view> KeyValueLines(std::string_view text);

// kInvalidArgument where the annotation's key is one by which a runtime is told what to do.
Status CheckAnnotation(std::string_view key);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_KEY_VALUE_H_
