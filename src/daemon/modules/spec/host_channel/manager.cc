#include "daemon/modules/spec/host_channel/manager.h"

#include "daemon/modules/spec/host_channel/manager_impl.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::host_channel {
namespace {

constexpr mode_t kDirectoryMode = 0700;

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

// Rules about forbidden directories are applied to paths as asked for and as resolved, so both
// forms are needed. The last component is resolved as well, hence the name beneath it.
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

Result<ChannelState> DescribeOne(const Record& record, MountOps* ops) {
  ASSIGN_OR_RETURN(const Inspection inspection,
                   ops->Inspect(DirectoryOf(record), Search::kPathOnly));
  ChannelState state;
  state.id = record.id;
  state.channel = record.channel;
  state.mounted = inspection.state == PathState::kMounted;
  state.used = inspection.used;
  state.free = inspection.free;
  state.inodes = inspection.inodes;
  state.inodes_used = inspection.inodes_used;
  for (const Owner& owner : record.owners) {
    state.shared_by.push_back(owner.id);
  }
  return state;
}

}  // namespace

std::string NameOf(const Record& record) {
  return "host channel " + Quote(record.channel.host_path);
}

ManagerImpl::ManagerImpl(ManagerConfig config, MountOps* ops, RecordStore store)
    : config_(std::move(config)),
      limits_(LimitsOf(config_)),
      ops_(ops),
      store_(std::move(store)),
      registry_(MemoryMaxOf(config_)) {}

Result<std::vector<ChannelState>> ManagerImpl::Describe(const std::string& owner) const {
  std::vector<ChannelState> states;
  for (const Record& record : registry_.OfOwner(owner)) {
    ASSIGN_OR_RETURN(ChannelState state, DescribeOne(record, ops_));
    states.push_back(std::move(state));
  }
  return states;
}

void ManagerImpl::RenameOwner(const std::string& owner, const std::string& name) {
  const OwnerLock lock(locks_, owner);
  for (const Record& record : registry_.RenameOwner(owner, name)) {
    // The name is for messages, and Recover is told it anew.
    IgnoreError(store_.Replace(record, os::Sync::kNone));
  }
}

Result<std::unique_ptr<Manager>> CreateManager(ManagerConfig config, MountOps* ops) {
  ASSIGN_OR_RETURN(config.record_directory, CleanAbsolutePath(config.record_directory));
  ASSIGN_OR_RETURN(config.view_directory, CleanAbsolutePath(config.view_directory));
  ASSIGN_OR_RETURN(RecordStore store, RecordStore::Open(config.record_directory));
  RETURN_IF_ERROR(os::MakeDirectories(config.view_directory, kDirectoryMode));
  config.forbidden_directories.push_back(config.record_directory);
  config.forbidden_directories.push_back(config.view_directory);
  RETURN_IF_ERROR(AddResolved(ops, config.forbidden_directories));
  return std::unique_ptr<Manager>(
      std::make_unique<ManagerImpl>(std::move(config), ops, std::move(store)));
}

}  // namespace isulad::host_channel
