// The events of containers, as the commands use them. Errors are described in client/errors.h.
#ifndef ISULAD_CMD_ISULA_CLIENT_EVENT_CLIENT_H_
#define ISULAD_CMD_ISULA_CLIENT_EVENT_CLIENT_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "utils/base/result.h"

namespace isulad::client {

struct ContainerEvent {
  int64_t time = 0;  // nanoseconds since the Unix epoch
  std::string type;
  std::string id;    // of the container
  std::string name;  // of the container
  std::vector<std::pair<std::string, std::string>> attributes;
};

struct EventQuery {
  std::optional<int64_t> since;         // nullopt: only events still to come
  std::optional<int64_t> until;         // nullopt: without end
  std::vector<std::string> containers;  // names, ids or prefixes of ids; empty: all
};

struct EventBatch {
  std::vector<ContainerEvent> events;
  uint64_t missed = 0;  // lost events before or among these
};
// An error ends the stream and is returned by Subscribe().
using EventSink = std::function<Status(const EventBatch& batch)>;

class EventClient {
 public:
  virtual ~EventClient() = default;
  // Returns when `until` has passed.
  virtual Status Subscribe(const EventQuery& query, const EventSink& sink) = 0;
};

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_EVENT_CLIENT_H_
