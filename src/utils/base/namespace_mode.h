// The values of --net, --ipc, --pid, --uts and --cgroupns: which kernel namespaces a container has
// of its own, and which it shares with the host or another container. Pure, thread-safe. Source:
// namespaces(7).
#ifndef ISULAD_UTILS_BASE_NAMESPACE_MODE_H_
#define ISULAD_UTILS_BASE_NAMESPACE_MODE_H_

#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad {

enum class NamespaceMode { kOwn, kHost, kContainer };

struct NamespaceChoice {
  NamespaceMode mode = NamespaceMode::kOwn;
  // For kContainer: the container whose namespace it is, as the user named it, or the full id once
  // it is known.
  std::string container{};

  bool own() const { return mode == NamespaceMode::kOwn; }
  bool joins() const { return mode == NamespaceMode::kContainer; }
  friend bool operator==(const NamespaceChoice&, const NamespaceChoice&) = default;
};

struct NamespaceOptions {
  NamespaceChoice network{};
  NamespaceChoice ipc{};
  NamespaceChoice pid{};
  NamespaceChoice uts{};
  NamespaceChoice cgroup{};
  friend bool operator==(const NamespaceOptions&, const NamespaceOptions&) = default;
};

// One kind of namespace, with its names in the flags, the kernel, the OCI specification and
// `inspect`.
struct NamespaceKind {
  const char* flag;                           // "--net"
  const char* oci_type;                       // "network"
  const char* proc_name;                      // in /proc/PID/ns: "net"
  const char* key;                            // in inspect and config.json: "NetworkMode"
  const char* own;                            // the value for one of its own; may be empty
  const char* alias;                          // another value for one of its own; nullptr: none
  bool joinable;                              // whether a container can join another's
  NamespaceChoice NamespaceOptions::*choice;  // the member that stores the choice
};

inline constexpr NamespaceKind kNetworkNamespace = {
    "--net", "network", "net", "NetworkMode", "none", nullptr, true, &NamespaceOptions::network};
inline constexpr NamespaceKind kIpcNamespace = {
    "--ipc", "ipc", "ipc", "IpcMode", "private", "shareable", true, &NamespaceOptions::ipc};
inline constexpr NamespaceKind kPidNamespace = {"--pid", "pid",   "pid", "PidMode",
                                                "",      nullptr, true,  &NamespaceOptions::pid};
inline constexpr NamespaceKind kUtsNamespace = {"--uts", "uts",   "uts", "UTSMode",
                                                "",      nullptr, false, &NamespaceOptions::uts};
inline constexpr NamespaceKind kCgroupNamespace = {
    "--cgroupns", "cgroup", "cgroup", "CgroupnsMode",
    "private",    nullptr,  false,    &NamespaceOptions::cgroup};
inline constexpr const NamespaceKind* kNamespaceKinds[] = {
    &kPidNamespace, &kNetworkNamespace, &kIpcNamespace, &kUtsNamespace, &kCgroupNamespace};

// Reads "host", "container:X" if `kind` is joinable, and the values for a namespace of its own, ""
// among them. Otherwise kInvalidArgument with the possible values.
Result<NamespaceChoice> ParseNamespace(const NamespaceKind& kind, std::string_view text);
// The form that ParseNamespace reads.
std::string FormatNamespace(const NamespaceKind& kind, const NamespaceChoice& choice);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_NAMESPACE_MODE_H_
