// The syntax of ids and names. Pure, thread-safe. utils/os/random.h generates ids.
#ifndef ISULAD_UTILS_BASE_IDS_H_
#define ISULAD_UTILS_BASE_IDS_H_

#include <string>
#include <string_view>

namespace isulad {

inline constexpr size_t kIdDigits = 64;
inline constexpr size_t kShortIdDigits = 12;

// 64 lower-case hex digits.
bool IsValidId(std::string_view id);
// 1 to 64 lower-case hex digits.
bool IsIdPrefix(std::string_view text);
// The first 12 digits.
std::string ShortId(std::string_view id);
// [a-zA-Z0-9][a-zA-Z0-9_.-]*, at most 255 bytes.
bool IsValidName(std::string_view name);
// `bytes` as lower-case hex digits.
std::string HexEncode(std::string_view bytes);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_IDS_H_
