#include "cmd/isula/options/host_options.h"

#include <string>
#include <string_view>

#include "cmd/isula/options/setters.h"
#include "daemon/modules/spec/host_channel/host_channel.h"
#include "utils/base/strings.h"
#include "utils/base/user_remap.h"
#include "utils/os/file.h"
#include "utils/os/system_info.h"

namespace isulad::options {
namespace {

using client::containers_v1::HostConfig;

auto CheckChannel(std::string_view text) { return host_channel::Parse(text, os::PageSize()); }

Status CheckRootfs(std::string_view text) {
  return text.starts_with('/') ? OkStatus() : InvalidArgument("must be an absolute path");
}

Status AddLogOptions(std::string_view text, HostConfig& host) {
  for (const std::string_view option : Split(text, ',')) {
    host.add_log_options(std::string(option));
  }
  return OkStatus();
}

}  // namespace

void AddHostFlags(cli::FlagSet& flags, HostConfig* host) {
  flags.AddSwitch({"system-container"}, Into(host, &HostConfig::set_system_container),
                  "Prepare it for a full init such as systemd");
  flags.AddValue({"external-rootfs"}, Assign(host->mutable_external_rootfs(), CheckRootfs),
                 {"DIR", "Use this directory as the rootfs; the image is then the word none"});
  flags.AddValues({"host-channel"}, Append(host->mutable_host_channels(), CheckChannel),
                  {"SPEC",
                   "Share a tmpfs with the host: HOST:CONTAINER[:rw|ro[:SIZE]] (default: rw, 64M; "
                   "repeatable)"});
  flags.AddSwitch({"host-channel-add-memory"}, Into(host, &HostConfig::set_host_channel_add_memory),
                  "Add the sizes of the rw channels to the memory limit");
  flags.AddValues({"volume", 'v'}, Append(host->mutable_volumes()),
                  {"SOURCE:TARGET[:MODE]", "Bind a path of the host (repeatable)"});
  flags.AddSwitch({"rootfs-overlay"}, Into(host, &HostConfig::set_rootfs_overlay),
                  "Leave the rootfs as it is: what the container changes is kept apart, and goes "
                  "with it");
  flags.AddSwitch({"read-only"}, Into(host, &HostConfig::set_read_only_rootfs),
                  "Mount the rootfs read-only");
  flags.AddValue(
      {"user-remap"}, Assign(host->mutable_user_remap(), ParseUserRemap),
      {"UID:GID:SIZE",
       "Give it a user namespace: its users and groups 0 to SIZE - 1 are the host's from "
       "UID and GID on"});
  flags.AddString({"runtime", 'R'}, host->mutable_runtime(),
                  {"NAME", "OCI runtime, crun or runc (default: the daemon's)"});
  flags.AddString({"log-driver"}, host->mutable_log_driver(),
                  {"NAME", "Where output is kept: json-file, or none (default: json-file)"});
  flags.AddValues({"log-opt"}, [host](std::string_view text) { return AddLogOptions(text, *host); },
                  {"KEY=VALUE[,...]",
                   "max-size=BYTES of a log file, with a unit k, m, g; max-file=NUMBER of them "
                   "(default: one file without limit; repeatable)"});
  flags.AddString({"cgroup-parent"}, host->mutable_cgroup_parent(),
                  {"PATH", "Cgroup that the container's is made in (default: the daemon's)"});
  flags.AddValue({"hook-spec"},
                 [host](std::string_view text) -> Status {
                   ASSIGN_OR_RETURN(*host->mutable_hook_spec(), os::ReadFile(std::string(text)));
                   return OkStatus();
                 },
                 {"FILE", "Programs to run before and after its start and at its end, JSON"});
  flags.AddString({"env-target-file"}, host->mutable_env_target_file(),
                  {"PATH", "File in the container that lists the variables of -e, too"});
  flags.AddSwitch({"rm"}, Into(host, &HostConfig::set_auto_remove),
                  "Remove the container when it ends");
  flags.AddString({"restart"}, host->mutable_restart_policy(),
                  {"POLICY",
                   "Start it again when it ends: no, always, unless-stopped, on-reboot, "
                   "on-failure[:N] (default: no)"});
}

}  // namespace isulad::options
