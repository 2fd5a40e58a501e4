#ifndef ISULAD_CMD_ISULAD_SHIM_CONFIG_INTAKE_H_
#define ISULAD_CMD_ISULAD_SHIM_CONFIG_INTAKE_H_

#include "shim_protocol/frame.h"
#include "shim_protocol/messages.h"
#include "utils/base/result.h"

namespace isulad::monitor {

struct Intake {
  shim::Config config;
  shim::FrameDecoder rest;  // the bytes that followed the configuration
};

// Waits for the first frame on `socket` (blocking), which must be kConfigure. kUnavailable if the
// daemon disconnected before it had sent all of it.
Result<Intake> ReceiveConfig(int socket);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_CONFIG_INTAKE_H_
