// Times in words. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_OUTPUT_DURATION_H_
#define ISULAD_CMD_ISULA_OUTPUT_DURATION_H_

#include <cstdint>
#include <string>

#include "utils/base/clock.h"

namespace isulad::output {

// "Less than a second", "3 seconds", "About a minute", "5 minutes", "About an hour", "2 hours", "3
// days", ...
std::string HumanDuration(int64_t seconds);
// The time from `then` to `now`; zero if the clock was set back.
std::string HumanSince(Timestamp then, Timestamp now);
// "2026-01-02 03:04:05 +0000 UTC"; empty for never.
std::string HumanTime(Timestamp time);

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_DURATION_H_
