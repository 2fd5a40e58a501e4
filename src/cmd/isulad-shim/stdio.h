// Standard input, output and error of a container: pipes, or a terminal that the runtime creates
// and sends.
#ifndef ISULAD_CMD_ISULAD_SHIM_STDIO_H_
#define ISULAD_CMD_ISULAD_SHIM_STDIO_H_

#include <string>
#include <utility>
#include <vector>

#include "shim_protocol/messages.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// The ends for the start command, as descriptors of the monitor. Invalid ones become /dev/null.
struct ChildStdio {
  os::UniqueFd input;
  os::UniqueFd output;
  os::UniqueFd error;
  // For os::SpawnOptions::descriptors.
  std::vector<std::pair<int, int>> Mapping() const;
};

// The monitor's ends, non-blocking. With a terminal, `input` and `output` are the master, and
// `error` carries only what the runtime itself prints.
struct MonitorStdio {
  os::UniqueFd input;
  os::UniqueFd output;
  os::UniqueFd error;
};

struct Stdio {
  ChildStdio child;
  MonitorStdio monitor;
};

// Creates pipes for the streams that the configuration requires. With a terminal, creates only the
// pipe for the runtime's own messages. All of the child's ends are valid: nothing of the host may
// become standard input or output, since crun gives the files that it finds there to the user of
// the process, who could then deny everybody access to the host's /dev/null.
Result<Stdio> MakeStdio(const shim::Config& config);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_STDIO_H_
