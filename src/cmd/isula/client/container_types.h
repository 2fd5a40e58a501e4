// What the container service is asked and answers, as plain values: the commands see no protobuf
// type.
#ifndef ISULAD_CMD_ISULA_CLIENT_CONTAINER_TYPES_H_
#define ISULAD_CMD_ISULA_CLIENT_CONTAINER_TYPES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace isulad::client {

// Meanings, units and defaults are those of api/services/containers/v1/containers.proto.
struct Process {
  std::vector<std::string> args;
  std::vector<std::string> env;  // "K=V"
  std::string user;
  std::string workdir;
  std::string hostname;
  bool terminal = false;
  bool open_stdin = false;
  bool stdin_once = false;
  std::string stop_signal;
};

struct HostOptions {
  bool system_container = false;
  std::string external_rootfs;
  std::vector<std::string> host_channels;  // as the user wrote them
  bool host_channel_add_memory = false;
  bool auto_remove = false;
  std::string runtime;
  int64_t memory = 0;       // bytes; 0: no limit
  int64_t memory_swap = 0;  // bytes; 0: not given, -1: unlimited
  int64_t nano_cpus = 0;    // 10^-9 processors; 0: no limit
  int64_t pids_limit = 0;   // 0: not given, -1: unlimited
  std::vector<std::string> volumes;
  bool read_only_rootfs = false;
  std::string log_driver;
  std::vector<std::string> log_options;  // "KEY=VALUE"
};

struct ContainerOptions {
  std::string name;
  std::string image;
  Process process;
  HostOptions host;
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

struct ExecOptions {
  std::string container;
  Process process;
  bool detach = false;
  std::optional<WindowSize> window;
};

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_CONTAINER_TYPES_H_
