// The values of --net, --ipc, --pid, --uts and --cgroupns: which namespaces of the kernel a
// container has of its own, and whose the others are. Pure, thread-safe. Source: namespaces(7).
#ifndef ISULAD_UTILS_BASE_NAMESPACE_MODE_H_
#define ISULAD_UTILS_BASE_NAMESPACE_MODE_H_

#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad {

enum class NamespaceMode { kOwn, kHost, kContainer };

struct NamespaceChoice {
  NamespaceMode mode = NamespaceMode::kOwn;
  // Of kContainer: whose it is. As the user named it, or the full id once it is known.
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

// One kind of namespace, as the flags, the kernel, the OCI specification and `inspect` call it.
struct NamespaceKind {
  const char* flag;                           // "--net"
  const char* oci_type;                       // "network"
  const char* proc_name;                      // of /proc/PID/ns: "net"
  const char* key;                            // of inspect and config.json: "NetworkMode"
  const char* own;                            // how one of its own is written; perhaps empty
  const char* alias;                          // the same; nullptr: there is none
  bool joinable;                              // whether it can be another container's
  NamespaceChoice NamespaceOptions::*choice;  // where it is kept
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

// Reads "host", "container:X" where that can be, and how one of its own is written, also as "".
// kInvalidArgument with what there is to choose from otherwise.
Result<NamespaceChoice> ParseNamespace(const NamespaceKind& kind, std::string_view text);
// What ParseNamespace reads.
std::string FormatNamespace(const NamespaceKind& kind, const NamespaceChoice& choice);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_NAMESPACE_MODE_H_
