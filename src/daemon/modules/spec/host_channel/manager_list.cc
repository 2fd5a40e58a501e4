#include <utility>

#include "daemon/modules/spec/host_channel/manager_impl.h"

namespace isulad::host_channel {
namespace {

std::vector<HostDirectory> DirectoriesOf(const std::vector<Record>& records) {
  std::vector<HostDirectory> directories;
  directories.reserve(records.size());
  for (const Record& record : records) {
    directories.push_back(DirectoryOf(record));
  }
  return directories;
}

}  // namespace

ChannelState StateOf(const Record& record, const OwnerEntry& entry, const Inspection& inspection) {
  ChannelState state;
  state.id = record.id;
  state.channel = ChannelOf(record, entry);
  state.mounted = inspection.state == PathState::kMounted;
  state.used = inspection.used;
  state.free = inspection.free;
  state.inodes = inspection.inodes;
  state.inodes_used = inspection.inodes_used;
  state.owners = record.owners;
  return state;
}

std::vector<ChannelState> ManagerImpl::List() const {
  const std::vector<Record> records = registry_.All();
  const std::vector<Result<Inspection>> inspections = ops_->InspectAll(DirectoriesOf(records));
  std::vector<ChannelState> states;
  for (size_t i = 0; i < records.size(); ++i) {
    // An error with one channel must not hide the others.
    states.push_back(StateOf(records[i], records[i].owners.front(),
                             inspections[i] ? *inspections[i] : Inspection{}));
  }
  return states;
}

Result<std::vector<ChannelState>> ManagerImpl::Describe(const std::string& owner) const {
  const std::vector<Record> records = registry_.OfOwner(owner);
  const std::vector<Result<Inspection>> inspections = ops_->InspectAll(DirectoriesOf(records));
  std::vector<ChannelState> states;
  for (size_t i = 0; i < records.size(); ++i) {
    RETURN_IF_ERROR(inspections[i]);
    states.push_back(StateOf(records[i], *FindOwner(records[i], owner), *inspections[i]));
  }
  return states;
}

}  // namespace isulad::host_channel
