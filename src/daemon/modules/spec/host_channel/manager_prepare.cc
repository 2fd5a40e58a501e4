#include "daemon/modules/spec/host_channel/channel_path.h"
#include "daemon/modules/spec/host_channel/manager_impl.h"
#include "utils/base/strings.h"
#include "utils/os/random.h"

namespace isulad::host_channel {
namespace {

class PreparationImpl final : public Manager::Preparation {
 public:
  PreparationImpl(ManagerImpl* manager, std::vector<Record> records,
                  std::vector<std::string> warnings)
      : manager_(manager), records_(std::move(records)), warnings_(std::move(warnings)) {
    for (const Record& record : records_) {
      channels_.push_back(StateOf(record));
    }
  }
  ~PreparationImpl() override {
    if (!committed_) {
      manager_->Discard(records_);
    }
  }
  PreparationImpl(const PreparationImpl&) = delete;
  PreparationImpl& operator=(const PreparationImpl&) = delete;

  const std::vector<ChannelState>& channels() const override { return channels_; }
  const std::vector<std::string>& warnings() const override { return warnings_; }
  void Commit() override { committed_ = true; }

 private:
  static ChannelState StateOf(const Record& record) {
    ChannelState state;
    state.id = record.id;
    state.channel = record.channel;
    for (const Owner& owner : record.owners) {
      state.shared_by.push_back(owner.id);
    }
    return state;
  }

  ManagerImpl* const manager_;
  const std::vector<Record> records_;
  const std::vector<std::string> warnings_;
  std::vector<ChannelState> channels_;
  bool committed_ = false;
};

std::vector<Record> MakeRecords(const Owner& owner, const std::vector<HostChannel>& channels,
                                uint64_t first_position) {
  std::vector<Record> records;
  for (const HostChannel& channel : channels) {
    Record record;
    record.id = os::RandomId();
    record.owners = {owner};
    record.position = first_position + records.size();
    record.channel = channel;
    records.push_back(std::move(record));
  }
  return records;
}

// `/link/x leads to "/proc/x"` for each host path that is another one in truth.
std::string DescribeLinks(const std::vector<HostChannel>& asked,
                          const std::vector<HostChannel>& resolved) {
  std::vector<std::string> links;
  for (size_t i = 0; i < asked.size(); ++i) {
    if (asked[i].host_path != resolved[i].host_path) {
      links.push_back(Quote(asked[i].host_path) + " leads to " + Quote(resolved[i].host_path));
    }
  }
  return Join(links, ", ");
}

}  // namespace

// The canonical host path, where nobody has it and nothing is there.
Result<std::string> ManagerImpl::ResolveFree(const HostChannel& channel) {
  Result<ResolvedPath> resolved = ops_->Resolve(channel.host_path);
  if (!resolved) {
    return Error(resolved.error().code(), resolved.error().system_errno(),
                 "host channel host path " + Quote(channel.host_path) +
                     " cannot be made: " + resolved.error().message());
  }
  // First, because the path of another channel that is mounted exists as well, and the owner's name
  // says more.
  RETURN_IF_ERROR(registry_.CheckFree(resolved->canonical));
  if (resolved->exists) {
    return AlreadyExists("host channel host path " + Quote(channel.host_path) +
                         " exists already: it must not, because it is deleted with the container");
  }
  return std::move(resolved->canonical);
}

Result<Verdict> ManagerImpl::ResolveAll(const Verdict& asked, const Surroundings& surroundings) {
  std::vector<HostChannel> channels = asked.channels;
  for (HostChannel& channel : channels) {
    ASSIGN_OR_RETURN(channel.host_path, ResolveFree(channel));
  }
  // Links can lead to where no host path may lie.
  Result<Verdict> resolved = Validate(channels, limits_, surroundings);
  const std::string links = DescribeLinks(asked.channels, channels);
  if (!resolved && !links.empty()) {
    return std::move(resolved).error().AddContext(links);
  }
  return resolved;
}

Result<std::unique_ptr<Manager::Preparation>> ManagerImpl::Prepare(
    const Owner& owner, const std::vector<HostChannel>& channels,
    const Surroundings& surroundings) {
  const OwnerLock lock(locks_, owner.id);
  ASSIGN_OR_RETURN(const Verdict asked, Validate(channels, limits_, surroundings));
  ASSIGN_OR_RETURN(Verdict verdict, ResolveAll(asked, surroundings));
  std::vector<Record> records =
      MakeRecords(owner, verdict.channels, registry_.OfOwner(owner.id).size());
  RETURN_IF_ERROR(registry_.Reserve(records));
  if (Status created = store_.Create(records); !created) {
    Discard(records);
    return std::move(created).error();
  }
  return std::unique_ptr<Preparation>(
      std::make_unique<PreparationImpl>(this, std::move(records), std::move(verdict.warnings)));
}

void ManagerImpl::Discard(const std::vector<Record>& records) {
  for (const Record& record : records) {
    // The owner does not come to be, so that Recover takes away a record that is left.
    IgnoreError(store_.Delete(record.id));
    registry_.Release(record.id);
  }
}

}  // namespace isulad::host_channel
