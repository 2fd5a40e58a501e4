// For commands that take several containers: all are tried, regardless of failures of others.
#ifndef ISULAD_CMD_ISULA_COMMANDS_FOR_EACH_H_
#define ISULAD_CMD_ISULA_COMMANDS_FOR_EACH_H_

#include <functional>
#include <string>
#include <vector>

#include "cmd/isula/output/output.h"
#include "utils/base/result.h"

namespace isulad::commands {

// The error of a single container is returned. With several, each error is a line on stderr, and
// the exit status is 1 if there was one. Loss of the daemon ends the loop at once and is returned.
Result<int> ForEach(const std::vector<std::string>& containers, output::Output& output,
                    const std::function<Status(const std::string& container)>& action);

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_FOR_EACH_H_
