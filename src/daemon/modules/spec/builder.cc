#include "daemon/modules/spec/builder.h"

#include "daemon/modules/spec/capabilities.h"
#include "daemon/modules/spec/passes.h"

namespace isulad::spec {
namespace {

constexpr char kOciVersion[] = "1.0.2";
// In the container's namespaces, when everything is mounted and the root has not been changed yet.
constexpr char kOwnMoment[] = "createContainer";

void ApplyRoot(const Input& input, json::Object* config) {
  json::Object root;
  root.Set("path", input.rootfs);
  root.Set("readonly", input.rootfs_read_only);
  config->Set("root", std::move(root));
}

void ApplyAnnotations(const Input& input, json::Object* config) {
  for (const auto& [key, value] : input.annotations) {
    ObjectMember(config, "annotations").Set(key, value);
  }
}

Status CheckArguments(const ProcessConfig& process) {
  return CommandOf(process).empty() ? Status(InvalidArgument("no command specified")) : OkStatus();
}

}  // namespace

json::Object& ObjectMember(json::Object* parent, std::string_view key) {
  json::Value* member = parent->Find(key);
  if (member == nullptr || member->AsObject() == nullptr) {
    member = &parent->Set(key, json::Object());
  }
  return *member->AsObject();
}

void AddOwnHook(const Input& input, json::Array args, json::Object* config) {
  json::Object hook;
  hook.Set("path", input.hook_program);
  hook.Set("args", std::move(args));
  json::Object& hooks = ObjectMember(config, "hooks");
  json::Value* array = hooks.Find(kOwnMoment);
  if (array == nullptr) {
    array = &hooks.Set(kOwnMoment, json::Array());
  }
  array->AsArray()->emplace_back(std::move(hook));
}

Result<Output> Build(const Input& input) {
  RETURN_IF_ERROR(CheckArguments(input.process));
  RETURN_IF_ERROR(CheckMapped(input.identity, input.user_remap));
  Output output;
  json::Object config;
  config.Set("ociVersion", kOciVersion);
  ApplyProcess(input, &config);
  ApplyOomScore(input, &config, &output.warnings);
  ApplyCapabilities(input, &config, &output.warnings);
  ApplyRoot(input, &config);
  ApplyNamespaces(input, &config);
  ApplyUserNamespace(input, &config);
  RETURN_IF_ERROR(ApplyMounts(input, &config));
  ASSIGN_OR_RETURN(output.mount_points, MountPointsOf(input));
  ApplyResources(input, &config, &output.warnings);
  ApplySysctls(input, &config);
  ApplyDevices(input, &config);
  ApplyPaths(input, &config);
  ApplyAnnotations(input, &config);
  if (!input.hooks.empty()) {
    config.Set("hooks", HooksToJson(input.hooks));
  }
  UnlockSysctls(input, &config);
  SetTmpfsModes(input, &config);
  RETURN_IF_ERROR(ShareMemory(input, &config));
  ApplySeccomp(input, &config);  // After the annotations: the user's must not replace its own.
  output.config = std::move(config);
  return output;
}

Result<json::Value> BuildExecProcess(const ExecInput& input) {
  RETURN_IF_ERROR(CheckArguments(input.process));
  RETURN_IF_ERROR(CheckMapped(input.identity, input.user_remap));
  std::vector<std::string> environment =
      DefaultEnvironment(input.hostname, input.process.terminal(), input.system_container);
  OverrideEnvironment(input.container_env, &environment);
  OverrideEnvironment(input.process.env(), &environment);
  AddHome(input.identity, &environment);
  json::Object process = ProcessObject(input.process, input.console, input.identity, environment);
  const uint64_t capabilities =
      CapabilitiesOf(input.system_container, input.security) & input.available_capabilities;
  process.Set("capabilities", CapabilitySets(capabilities, input.identity));
  process.Set("noNewPrivileges", input.security.no_new_privileges);
  ObjectMember(&process, "user").Set("umask", input.umask);
  AddUlimits(input.security.ulimits, &process);
  return json::Value(std::move(process));
}

}  // namespace isulad::spec
