#include "daemon/modules/spec/passes.h"

namespace isulad::spec {
namespace {

json::Object UserObject(const Identity& identity) {
  json::Object user;
  user.Set("uid", identity.uid);
  user.Set("gid", identity.gid);
  if (!identity.additional_gids.empty()) {
    json::Array groups(identity.additional_gids.begin(), identity.additional_gids.end());
    user.Set("additionalGids", std::move(groups));
  }
  return user;
}

}  // namespace

json::Object ProcessObject(const ProcessConfig& config, const ConsoleSize& console,
                           const Identity& identity, const std::vector<std::string>& environment) {
  json::Object process;
  process.Set("terminal", config.terminal());
  if (config.terminal() && console.rows != 0) {
    // The monitor sets the size too, but only once the runtime has handed over the terminal.
    json::Object size;
    size.Set("height", int64_t{console.rows});
    size.Set("width", int64_t{console.columns});
    process.Set("consoleSize", std::move(size));
  }
  process.Set("user", UserObject(identity));
  process.Set("args", CommandOf(config));
  process.Set("env", environment);
  process.Set("cwd", config.workdir().empty() ? "/" : config.workdir());
  return process;
}

void AddUlimits(const std::vector<Ulimit>& ulimits, json::Object* process) {
  json::Array array;
  for (const Ulimit& ulimit : ulimits) {
    json::Object object;
    object.Set("type", UlimitConstant(ulimit.name));
    object.Set("soft", ulimit.soft);
    object.Set("hard", ulimit.hard);
    array.emplace_back(std::move(object));
  }
  if (!array.empty()) {
    process->Set("rlimits", std::move(array));
  }
}

void ApplyProcess(const Input& input, json::Object* config) {
  std::vector<std::string> environment =
      DefaultEnvironment(input.hostname, input.process.terminal(), input.system_container);
  OverrideEnvironment(input.process.env(), &environment);
  AddHome(input.identity, &environment);
  json::Object process = ProcessObject(input.process, input.console, input.identity, environment);
  ObjectMember(&process, "user").Set("umask", input.umask);
  AddUlimits(input.security.ulimits, &process);
  config->Set("process", std::move(process));
}

}  // namespace isulad::spec
