// An event as `events` shows it. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_OUTPUT_EVENT_VIEW_H_
#define ISULAD_CMD_ISULA_OUTPUT_EVENT_VIEW_H_

#include <string>

#include "cmd/isula/client/event_client.h"
#include "utils/json/value.h"

namespace isulad::output {

// "2026-01-02T03:04:05.000000006Z container die ID (exitCode=0, image=none, name=web)": attributes
// and name sorted by their keys. Always one line, whatever characters the texts have.
std::string EventText(const client::ContainerEvent& event);

// The members that a template can name: Type ("container"), Action, Actor{ID, Attributes}, time
// (seconds), timeNano.
json::Object EventFields(const client::ContainerEvent& event);

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_EVENT_VIEW_H_
