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

json::Object ProcessObject(const ProcessOptions& options, const Identity& identity,
                           const std::vector<std::string>& environment) {
  json::Object process;
  process.Set("terminal", options.terminal);
  process.Set("user", UserObject(identity));
  process.Set("args", options.args);
  process.Set("env", environment);
  process.Set("cwd", options.workdir.empty() ? "/" : options.workdir);
  return process;
}

void ApplyProcess(const Input& input, json::Object* config) {
  std::vector<std::string> environment =
      DefaultEnvironment(input.hostname, input.process.terminal, input.system_container);
  OverrideEnvironment(input.process.env, &environment);
  AddHome(input.identity, &environment);
  config->Set("process", ProcessObject(input.process, input.identity, environment));
}

}  // namespace isulad::spec
