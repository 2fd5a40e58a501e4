// The passes that builder.cc runs one after the other. Each fills its part of the OCI configuration
// (named in its comment as in the runtime specification) and no other. For this folder only.
#ifndef ISULAD_DAEMON_MODULES_SPEC_PASSES_H_
#define ISULAD_DAEMON_MODULES_SPEC_PASSES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/modules/spec/builder.h"
#include "utils/json/value.h"

namespace isulad::spec {

using Warnings = std::vector<std::string>;

// Adds input.hook_program with `args` to hooks.createContainer.
void AddOwnHook(const Input& input, json::Array args, json::Object* config);

// The member `key` of `parent` as an object, created if it is missing. The reference is valid until
// the next member is added to `parent`.
json::Object& ObjectMember(json::Object* parent, std::string_view key);

// process: args, env, cwd, user, terminal, rlimits
void ApplyProcess(const Input& input, json::Object* config);
// process.oomScoreAdj
void ApplyOomScore(const Input& input, json::Object* config, Warnings* warnings);
// process.capabilities, process.noNewPrivileges
void ApplyCapabilities(const Input& input, json::Object* config, Warnings* warnings);
// linux.namespaces, hostname
void ApplyNamespaces(const Input& input, json::Object* config);
// the user namespace of linux.namespaces, linux.uidMappings, linux.gidMappings; after the others
void ApplyUserNamespace(const Input& input, json::Object* config);
// mounts, linux.rootfsPropagation. kInvalidArgument if two mounts have the same destination.
Status ApplyMounts(const Input& input, json::Object* config);
// linux.resources except devices, linux.cgroupsPath
void ApplyResources(const Input& input, json::Object* config, Warnings* warnings);
// linux.sysctl
void ApplySysctls(const Input& input, json::Object* config);
// hooks.createContainer
void UnlockSysctls(const Input& input, json::Object* config);
// hooks.createContainer; after UnlockSysctls
void SetTmpfsModes(const Input& input, json::Object* config);
// hooks.createContainer; after the mounts
Status ShareMemory(const Input& input, json::Object* config);
// linux.devices, linux.resources.devices
void ApplyDevices(const Input& input, json::Object* config);
// linux.maskedPaths, linux.readonlyPaths
void ApplyPaths(const Input& input, json::Object* config);
// linux.seccomp, or the annotation with the compiled program
void ApplySeccomp(const Input& input, json::Object* config);

// kInvalidArgument if a container with `remap` does not have all ids of `identity`.
Status CheckMapped(const Identity& identity, const std::optional<UserRemap>& remap);

// The members that ApplyProcess and an exec have in common. `environment` is the final one.
json::Object ProcessObject(const ProcessConfig& config, const ConsoleSize& console,
                           const Identity& identity, const std::vector<std::string>& environment);
// process.rlimits
void AddUlimits(const std::vector<Ulimit>& ulimits, json::Object* process);
// process.capabilities
json::Object CapabilitySets(uint64_t capabilities, const Identity& identity);

// Each of `overrides` ("K=V") replaces the entry with that name in `environment`, or is appended.
void OverrideEnvironment(const Texts& overrides, std::vector<std::string>* environment);
// The environment of a process before the user's variables are added.
std::vector<std::string> DefaultEnvironment(const std::string& hostname, bool terminal,
                                            bool system_container);
// Adds HOME if it is not set.
void AddHome(const Identity& identity, std::vector<std::string>* environment);

// One entry of "mounts".
struct Mount {
  std::string destination;
  std::string type;
  std::string source;
  std::vector<std::string> options;
};

// All mounts in the order in which they must be made: parents before what lies in them.
Result<std::vector<Mount>> SortedMounts(const Input& input);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_PASSES_H_
