// The daemon and its host as `info` and `version` show them. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_OUTPUT_SYSTEM_VIEW_H_
#define ISULAD_CMD_ISULA_OUTPUT_SYSTEM_VIEW_H_

#include <string>

#include "cmd/isula/client/system_client.h"
#include "utils/json/value.h"

namespace isulad::output {

// A line for each member, for people to read.
std::string InfoText(const client::SystemInfo& info);
// The members that a template can name, with the names of the engine API if it has them.
json::Object InfoFields(const client::SystemInfo& info);

// The two parts of the output of `version`, for people to read: "Client:" and the daemon's.
std::string ClientVersionText(const std::string& version);
std::string ServerVersionText(const client::ServerVersion& server);
// Client{Version}, Server{Version, GitCommit, ApiVersion}.
json::Object VersionFields(const std::string& client_version, const client::ServerVersion& server);

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_SYSTEM_VIEW_H_
