// Standard input, output and error of a container: pipes, or a terminal that the runtime makes and
// hands over.
#ifndef ISULAD_CMD_ISULAD_SHIM_STDIO_H_
#define ISULAD_CMD_ISULAD_SHIM_STDIO_H_

#include <string>
#include <utility>
#include <vector>

#include "shim_protocol/messages.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// The ends that the start command gets, as descriptors here. Invalid ones become /dev/null.
struct ChildStdio {
  os::UniqueFd input;
  os::UniqueFd output;
  os::UniqueFd error;
  // For os::SpawnOptions::descriptors.
  std::vector<std::pair<int, int>> Mapping() const;
};

// The monitor's ends, non-blocking. With a terminal, `input` and `output` are the master, `error`
// is what the runtime itself prints, and only that.
struct MonitorStdio {
  os::UniqueFd input;
  os::UniqueFd output;
  os::UniqueFd error;
};

struct Stdio {
  ChildStdio child;
  MonitorStdio monitor;
};

// Pipes for what the configuration wants. With a terminal: the pipe for the runtime's own
// complaints. No end of the child's is invalid: nothing that is the host's may become standard
// input or output. crun gives what it finds there to the user of the process, who could then close
// the host's /dev/null to everybody.
Result<Stdio> MakeStdio(const shim::Config& config);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_STDIO_H_
