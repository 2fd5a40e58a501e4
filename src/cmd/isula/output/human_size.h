// Human-readable sizes. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_OUTPUT_HUMAN_SIZE_H_
#define ISULAD_CMD_ISULA_OUTPUT_HUMAN_SIZE_H_

#include <cstdint>
#include <string>

namespace isulad::output {

// Bytes with at most two decimals: "0B", "64MiB", "23.54GiB".
std::string HumanSize(uint64_t bytes);

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_HUMAN_SIZE_H_
