// Lexical operations on absolute paths: no system calls, links are not resolved. Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_CLEAN_PATH_H_
#define ISULAD_UTILS_BASE_CLEAN_PATH_H_

#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"

namespace isulad {

inline constexpr size_t kMaxComponentBytes = 255;  // NAME_MAX
inline constexpr size_t kMaxPathBytes = 4095;      // PATH_MAX less the terminating zero

// `path` without "//", "/./" and a trailing "/". kInvalidArgument, with a reason ("must be
// absolute", "must not contain \"..\"", ...), if it is empty, relative or not UTF-8, contains a
// control character or a ".." component, or exceeds the limits above. "/" stays "/".
Result<std::string> CleanAbsolutePath(std::string_view path);

// Whether `path` is `directory` or lies beneath it. Both must be clean absolute paths.
bool IsSameOrBeneath(std::string_view path, std::string_view directory);
// Whether either path is the other or lies beneath it.
bool PathsOverlap(std::string_view a, std::string_view b);
// The components of a clean absolute path; none for "/".
std::vector<std::string_view> PathComponents(std::string_view path);
// "/a/b" -> "/a", "/a" -> "/", "/" -> "/".
std::string_view ParentPath(std::string_view path);
// "/a/b" -> "b", "/" -> "".
std::string_view BaseName(std::string_view path);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_CLEAN_PATH_H_
