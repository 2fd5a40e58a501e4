// Finds where the last lines of a log begin.
#ifndef ISULAD_DAEMON_MODULES_LOGS_LOG_TAIL_H_
#define ISULAD_DAEMON_MODULES_LOGS_LOG_TAIL_H_

#include <cstdint>
#include <memory>

#include "daemon/modules/logs/log_file.h"
#include "daemon/modules/logs/log_files.h"
#include "utils/base/result.h"

namespace isulad::logs {

// The file with the first of the last `lines` entries, positioned at that entry; with 0 the file
// with the last entry, positioned at its end. nullptr if there is no file.
Result<std::unique_ptr<LogFile>> OpenTail(const LogFiles& files, uint64_t lines);

}  // namespace isulad::logs

#endif  // ISULAD_DAEMON_MODULES_LOGS_LOG_TAIL_H_
