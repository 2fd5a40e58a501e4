// Sizes in bytes as people write them. Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_BYTE_SIZE_H_
#define ISULAD_UTILS_BASE_BYTE_SIZE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad {

// Reads a whole number with an optional binary unit in either case: "4096", "4096b", "64k", "32M",
// "1g", "2t", "32MiB", "32MB" (all powers of 1024). kInvalidArgument, with a reason that quotes
// nothing ("unknown unit \"x\"", "not a whole number", "too large"), for signs, fractions, spaces,
// an unknown unit, overflow of 64 bits or an empty text.
Result<uint64_t> ParseByteSize(std::string_view text);

// The shortest exact form that ParseByteSize reads back: 33554432 -> "32M", 4097 -> "4097".
std::string FormatByteSize(uint64_t bytes);

// `bytes` rounded up to a multiple of `page` (a power of two). kInvalidArgument if the result
// overflows.
Result<uint64_t> RoundUpToPage(uint64_t bytes, uint64_t page);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_BYTE_SIZE_H_
