#include "cmd/isula/options/host_options.h"

#include <string_view>

#include "daemon/modules/spec/host_channel/host_channel.h"
#include "utils/base/strings.h"
#include "utils/base/user_remap.h"
#include "utils/os/file.h"
#include "utils/os/system_info.h"

namespace isulad::options {
namespace {

Status AddChannel(std::string_view text, client::HostOptions& host) {
  RETURN_IF_ERROR(host_channel::Parse(text, os::PageSize()));
  host.host_channels.emplace_back(text);
  return OkStatus();
}

Status SetRootfs(std::string_view text, client::HostOptions& host) {
  if (!text.starts_with('/')) {
    return InvalidArgument("must be an absolute path");
  }
  host.external_rootfs = text;
  return OkStatus();
}

Status SetUserRemap(std::string_view text, client::HostOptions& host) {
  RETURN_IF_ERROR(ParseUserRemap(text));
  host.user_remap = text;
  return OkStatus();
}

Status AddLogOptions(std::string_view text, client::HostOptions& host) {
  for (const std::string_view option : Split(text, ',')) {
    host.log_options.emplace_back(option);
  }
  return OkStatus();
}

}  // namespace

void AddHostFlags(cli::FlagSet& flags, client::HostOptions* host) {
  flags.AddSwitch({"system-container"}, &host->system_container,
                  "Prepare it for a full init such as systemd");
  flags.AddValue({"external-rootfs"},
                 [host](std::string_view text) { return SetRootfs(text, *host); },
                 {"DIR", "Use this directory as the rootfs; the image is then the word none"});
  flags.AddValues({"host-channel"},
                  [host](std::string_view text) { return AddChannel(text, *host); },
                  {"SPEC",
                   "Share a tmpfs with the host: HOST:CONTAINER[:rw|ro[:SIZE]] (default: rw, 64M; "
                   "repeatable)"});
  flags.AddSwitch({"host-channel-add-memory"}, &host->host_channel_add_memory,
                  "Add the sizes of the rw channels to the memory limit");
  flags.AddStrings({"volume", 'v'}, &host->volumes,
                   {"SOURCE:TARGET[:MODE]", "Bind a path of the host (repeatable)"});
  flags.AddSwitch({"rootfs-overlay"}, &host->rootfs_overlay,
                  "Leave the rootfs as it is: what the container changes is kept apart, and goes "
                  "with it");
  flags.AddSwitch({"read-only"}, &host->read_only_rootfs, "Mount the rootfs read-only");
  flags.AddValue(
      {"user-remap"}, [host](std::string_view text) { return SetUserRemap(text, *host); },
      {"UID:GID:SIZE",
       "Give it a user namespace: its users and groups 0 to SIZE - 1 are the host's from "
       "UID and GID on"});
  flags.AddString({"runtime", 'R'}, &host->runtime,
                  {"NAME", "OCI runtime, crun or runc (default: the daemon's)"});
  flags.AddString({"log-driver"}, &host->log_driver,
                  {"NAME", "Where output is kept: json-file, or none (default: json-file)"});
  flags.AddValues({"log-opt"}, [host](std::string_view text) { return AddLogOptions(text, *host); },
                  {"KEY=VALUE[,...]",
                   "max-size=BYTES of a log file, with a unit k, m, g; max-file=NUMBER of them "
                   "(default: one file without limit; repeatable)"});
  flags.AddString({"cgroup-parent"}, &host->cgroup_parent,
                  {"PATH", "Cgroup that the container's is made in (default: the daemon's)"});
  flags.AddValue({"hook-spec"},
                 [host](std::string_view text) -> Status {
                   ASSIGN_OR_RETURN(host->hook_spec, os::ReadFile(std::string(text)));
                   return OkStatus();
                 },
                 {"FILE", "Programs to run before and after its start and at its end, JSON"});
  flags.AddString({"env-target-file"}, &host->env_target_file,
                  {"PATH", "File in the container that lists the variables of -e, too"});
  flags.AddSwitch({"rm"}, &host->auto_remove, "Remove the container when it ends");
  flags.AddString({"restart"}, &host->restart_policy,
                  {"POLICY",
                   "Start it again when it ends: no, always, unless-stopped, on-reboot, "
                   "on-failure[:N] (default: no)"});
}

}  // namespace isulad::options
