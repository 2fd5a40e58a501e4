#include "daemon/modules/spec/host_channel/manager.h"

#include "daemon/modules/spec/host_channel/manager_impl.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::host_channel {
namespace {

constexpr mode_t kViewDirectoryMode = 0700;

Limits LimitsOf(const ManagerConfig& config) {
  Limits limits;
  limits.page_size = config.page_size;
  limits.physical_memory = config.physical_memory;
  limits.forbidden_directories = config.forbidden_directories;
  return limits;
}

uint64_t MemoryMaxOf(const ManagerConfig& config) {
  return config.memory_max != 0 ? config.memory_max : config.physical_memory / 2;
}

// The rules about forbidden directories are applied to paths as asked for and as resolved, so both
// forms are needed. A name is appended because Resolve does not resolve the last component.
Status AddResolved(MountOps* ops, std::vector<std::string>& directories) {
  const std::vector<std::string> given = directories;
  for (const std::string& directory : given) {
    ASSIGN_OR_RETURN(const ResolvedPath resolved, ops->Resolve(directory + "/x"));
    std::string canonical(ParentPath(resolved.canonical));
    if (canonical != directory) {
      directories.push_back(std::move(canonical));
    }
  }
  return OkStatus();
}

}  // namespace

std::string NameOf(const Record& record) { return "host channel " + Quote(record.host_path); }

Status CheckNotRemoving(const Record& record) {
  if (record.removing) {
    return FailedPrecondition(NameOf(record) +
                              ": its removal has begun and has to be finished first");
  }
  return OkStatus();
}

ManagerImpl::ManagerImpl(ManagerConfig config, MountOps* ops, RecordStore store)
    : config_(std::move(config)),
      limits_(LimitsOf(config_)),
      ops_(ops),
      store_(std::move(store)),
      registry_(MemoryMaxOf(config_)),
      kernel_probe_(ops) {}

Status ManagerImpl::Rewrite(const std::string& id, const std::function<void(Record&)>& change,
                            os::Sync sync) {
  ASSIGN_OR_RETURN(const Record before, registry_.Find(id));
  ASSIGN_OR_RETURN(const Record after, registry_.Change(id, change));
  Status written = store_.Replace(after, sync);
  if (!written) {
    IgnoreError(registry_.Change(id, [&](Record& record) { record = before; }));
  }
  return written;
}

std::vector<std::string> ManagerImpl::PathsOfOwner(const std::string& owner) const {
  std::vector<std::string> paths;
  for (const Record& record : registry_.OfOwner(owner)) {
    paths.push_back(record.host_path);
  }
  return paths;
}

void ManagerImpl::RenameOwner(const std::string& owner, const std::string& name) {
  const NamedLock lock(owner_locks_, owner);
  for (const Record& listed : registry_.OfOwner(owner)) {
    const NamedLock path(path_locks_, listed.host_path);
    const Result<Record> renamed = registry_.Change(listed.id, [&](Record& record) {
      for (OwnerEntry& entry : record.owners) {
        if (entry.owner.id == owner) {
          entry.owner.name = name;
        }
      }
    });
    if (renamed) {
      // The name is only for messages, and Recover gets it again.
      IgnoreError(store_.Replace(*renamed, os::Sync::kNone));
    }
  }
}

Result<std::unique_ptr<Manager>> CreateManager(ManagerConfig config, MountOps* ops) {
  ASSIGN_OR_RETURN(config.record_directory, CleanAbsolutePath(config.record_directory));
  ASSIGN_OR_RETURN(config.view_directory, CleanAbsolutePath(config.view_directory));
  ASSIGN_OR_RETURN(RecordStore store, RecordStore::Open(config.record_directory));
  RETURN_IF_ERROR(os::MakeDirectories(config.view_directory, kViewDirectoryMode));
  config.forbidden_directories.push_back(config.record_directory);
  config.forbidden_directories.push_back(config.view_directory);
  RETURN_IF_ERROR(AddResolved(ops, config.forbidden_directories));
  return std::unique_ptr<Manager>(
      std::make_unique<ManagerImpl>(std::move(config), ops, std::move(store)));
}

}  // namespace isulad::host_channel
