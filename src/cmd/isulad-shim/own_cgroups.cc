#include "cmd/isulad-shim/own_cgroups.h"

#include <string>
#include <utility>

#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::monitor {
namespace {

constexpr mode_t kCgroupMode = 0755;
constexpr char kTasks[] = "/tasks";
constexpr char kProcs[] = "/cgroup.procs";
constexpr char kThisProcess[] = "0";

Status Join(const std::string& cgroup, bool v1_tasks) {
  RETURN_IF_ERROR(os::MakeDirectories(cgroup, kCgroupMode));
  // On a hybrid host one of the cgroups is version 2, which has no `tasks`.
  const bool tasks = v1_tasks && os::PathExists(cgroup + kTasks);
  return os::WriteKernelFile(cgroup + (tasks ? kTasks : kProcs), kThisProcess);
}

}  // namespace

Status JoinOwnCgroups(const shim::Config& config) {
  Status first;
  for (const std::string& cgroup : config.own_cgroups) {
    Status joined = Join(cgroup, config.v1_tasks);
    if (!joined && first) {
      first = std::move(joined.error()).AddContext("move the monitor into " + Quote(cgroup));
    }
  }
  return first;
}

}  // namespace isulad::monitor
