#include "daemon/modules/container/validate_files.h"

#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/generated_files.h"
#include "utils/base/byte_size.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::container {
namespace {

constexpr char kShm[] = "/dev/shm";

Result<uint64_t> ReadShmSize(const std::optional<int64_t>& asked, uint64_t page) {
  if (!asked) {
    return uint64_t{0};
  }
  if (*asked < 0 || static_cast<uint64_t>(*asked) < page) {
    return InvalidArgument("--shm-size " + Quote(std::to_string(*asked)) + " must be at least " +
                           std::to_string(page) + " bytes, a page");
  }
  return RoundUpToPage(static_cast<uint64_t>(*asked), page);
}

Result<std::vector<spec::MountOption>> ReadMounts(const std::vector<std::string>& texts) {
  std::vector<spec::MountOption> mounts;
  for (const std::string& text : texts) {
    Result<spec::MountOption> mount = spec::ParseMount(text);
    if (!mount) {
      return std::move(mount).error().AddContext("mount " + Quote(text));
    }
    const auto* bind = std::get_if<spec::BindMount>(&*mount);
    if (bind != nullptr && !os::PathExists(bind->source)) {
      return InvalidArgument("mount " + Quote(text) + ": source " + Quote(bind->source) +
                             " does not exist");
    }
    mounts.push_back(*std::move(mount));
  }
  return mounts;
}

Result<std::vector<spec::Tmpfs>> ReadTmpfs(const std::vector<std::string>& texts) {
  std::vector<spec::Tmpfs> list;
  for (const std::string& text : texts) {
    Result<spec::Tmpfs> tmpfs = spec::ParseTmpfs(text);
    if (!tmpfs) {
      return std::move(tmpfs).error().AddContext("tmpfs " + Quote(text));
    }
    list.push_back(*std::move(tmpfs));
  }
  return list;
}

// Each of `texts` checked, with the flag's name where it is wrong.
Result<std::vector<std::string>> ReadChecked(const char* flag,
                                             const std::vector<std::string>& texts,
                                             Status (*check)(std::string_view)) {
  for (const std::string& text : texts) {
    if (Status status = check(text); !status) {
      return std::move(status).error().AddContext(flag);
    }
  }
  return texts;
}

Result<spec::NameOptions> ReadNames(const FilesRequest& request) {
  spec::NameOptions names;
  for (const std::string& text : request.add_hosts) {
    Result<spec::HostEntry> entry = spec::ParseHostEntry(text);
    if (!entry) {
      return std::move(entry).error().AddContext("--add-host");
    }
    names.hosts.push_back(*std::move(entry));
  }
  ASSIGN_OR_RETURN(names.servers, ReadChecked("--dns", request.dns, spec::CheckServer));
  ASSIGN_OR_RETURN(names.search,
                   ReadChecked("--dns-search", request.dns_search, spec::CheckSearchDomain));
  ASSIGN_OR_RETURN(names.options,
                   ReadChecked("--dns-option", request.dns_options, spec::CheckResolverOption));
  return names;
}

// Where something is mounted, by which flag.
struct Target {
  std::string path;
  const char* flag;
};

std::vector<Target> FileTargetsOf(const ContainerConfig& config) {
  std::vector<Target> targets;
  for (const spec::BindMount& volume : config.volumes) {
    targets.push_back({volume.target, "--volume"});
  }
  for (const spec::BindMount& bind : spec::BindsOf(config.files)) {
    targets.push_back({bind.target, "--mount"});
  }
  for (const spec::Tmpfs& tmpfs : spec::TmpfsOf(config.files)) {
    targets.push_back({tmpfs.target, "--tmpfs or --mount"});
  }
  for (const DeviceMapping& device : config.security.devices) {
    targets.push_back({device.path_in_container, "--device"});
  }
  if (!config.env_target_file.empty()) {
    targets.push_back({config.env_target_file, "--env-target-file"});
  }
  return targets;
}

Status CheckTwice(const std::vector<Target>& targets) {
  for (auto target = targets.begin(); target != targets.end(); ++target) {
    for (auto other = targets.begin(); other != target; ++other) {
      if (other->path == target->path) {
        return InvalidArgument("target " + Quote(target->path) + " is given more than once: by " +
                               other->flag + " and by " + target->flag);
      }
    }
  }
  return OkStatus();
}

// What stands beneath it is mounted in it, but a device would lose its meaning, and a directory
// cannot take the place of a file.
Status CheckTmpfs(const spec::Tmpfs& tmpfs, const ContainerConfig& config) {
  for (const DeviceMapping& device : config.security.devices) {
    if (IsSameOrBeneath(device.path_in_container, tmpfs.target)) {
      return InvalidArgument("tmpfs target " + Quote(tmpfs.target) + " hides device " +
                             Quote(device.path_in_container));
    }
  }
  for (const auto& [name, path] : GeneratedNames(config)) {
    if (IsSameOrBeneath(tmpfs.target, path)) {
      return InvalidArgument("tmpfs target " + Quote(tmpfs.target) + " is a file, " + Quote(path));
    }
  }
  for (const auto& [kind, id] : {std::pair{"uid", tmpfs.uid}, std::pair{"gid", tmpfs.gid}}) {
    if (id && config.user_remap && !config.user_remap->Contains(*id)) {
      return InvalidArgument("tmpfs target " + Quote(tmpfs.target) + ": " + kind + " " +
                             std::to_string(*id) + " is not one of --user-remap");
    }
  }
  return OkStatus();
}

}  // namespace

Result<spec::FileOptions> ValidateFiles(const Context& context, const FilesRequest& request) {
  spec::FileOptions options;
  ASSIGN_OR_RETURN(options.shm_size, ReadShmSize(request.shm_size, context.settings.page_size));
  ASSIGN_OR_RETURN(options.mounts, ReadMounts(request.mounts));
  ASSIGN_OR_RETURN(options.tmpfs, ReadTmpfs(request.tmpfs));
  ASSIGN_OR_RETURN(options.names, ReadNames(request));
  return options;
}

Status CheckTargets(const ContainerConfig& config) {
  const std::vector<Target> targets = FileTargetsOf(config);
  RETURN_IF_ERROR(CheckTwice(targets));
  for (const Target& target : targets) {
    if (config.files.shm_size != 0 && target.path == kShm) {
      return InvalidArgument("--shm-size and " + std::string(target.flag) + " of " + Quote(kShm) +
                             " exclude one another");
    }
  }
  for (const spec::Tmpfs& tmpfs : spec::TmpfsOf(config.files)) {
    RETURN_IF_ERROR(CheckTmpfs(tmpfs, config));
  }
  return OkStatus();
}

}  // namespace isulad::container
