// The requests and answers of the container service. Commands write a container's specification
// directly into the protobuf message that is sent, so a flag is one field and is converted nowhere.
// Everything else is plain values.
#ifndef ISULAD_CMD_ISULA_CLIENT_CONTAINER_TYPES_H_
#define ISULAD_CMD_ISULA_CLIENT_CONTAINER_TYPES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/containers/v1/spec.pb.h"

namespace isulad::client {

namespace containers_v1 = ::isula::containers::v1;
using Strings = google::protobuf::RepeatedPtrField<std::string>;

struct ContainerOptions {
  std::string name;
  containers_v1::ContainerSpec spec;
};

// Settings to change; unset ones stay the same.
struct UpdateOptions {
  containers_v1::ResourceLimits limits;
  std::optional<std::string> restart_policy;
};

struct Created {
  std::string id;
  std::vector<std::string> warnings;
};

struct Removed {
  std::string id;
  std::vector<std::string> notices;
};

struct ContainerSummary {
  std::string id;
  std::string name;
  std::string image;
  std::vector<std::string> command;
  int64_t created_at = 0;  // ns since the epoch, as all times here; 0: never
  std::string status;      // inited, starting, running, paused, restarting, exited, dead
  int exit_code = 0;
  int64_t started_at = 0;
  int64_t finished_at = 0;
  std::string health;  // none, starting, healthy, unhealthy; empty for none, from an older daemon
};

struct ContainerStats {
  std::string id;
  std::string name;
  int64_t read_at = 0;
  // A figure is not set if it is not counted or the container does not run.
  std::optional<uint64_t> cpu_time;  // ns, summed over all processors
  std::optional<uint64_t> memory;    // bytes
  std::optional<uint64_t> memory_limit;
  std::optional<uint64_t> pids;
  std::optional<uint64_t> device_read;  // bytes
  std::optional<uint64_t> device_written;
  uint64_t channels = 0;
  uint64_t channels_size = 0;  // bytes, of all the container's channels together
  uint64_t channels_used = 0;
};

struct WindowSize {
  uint32_t rows = 0;
  uint32_t columns = 0;
  friend bool operator==(const WindowSize&, const WindowSize&) = default;
};

struct AttachOptions {
  std::string container;
  bool open_stdin = false;
  bool start = false;
  std::optional<WindowSize> window;
};

struct LogsOptions {
  std::string container;
  int64_t tail = -1;  // number of last lines; -1: all
  bool follow = false;
  bool timestamps = false;
  int64_t since = 0;  // ns since the epoch; 0: no bound
  int64_t until = 0;
};

struct CopyFromOptions {
  std::string container;
  std::string path;  // in the container
  bool follow_link = false;
};

struct CopyToOptions {
  std::string container;
  std::string path;  // in the container
  bool archive = false;
};

struct ExecOptions {
  std::string container;
  containers_v1::ProcessConfig process;
  bool detach = false;
  std::optional<WindowSize> window;
};

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_CONTAINER_TYPES_H_
