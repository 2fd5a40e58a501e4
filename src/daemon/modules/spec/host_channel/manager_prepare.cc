#include <algorithm>

#include "daemon/modules/spec/host_channel/channel_path.h"
#include "daemon/modules/spec/host_channel/join.h"
#include "daemon/modules/spec/host_channel/manager_impl.h"
#include "utils/base/strings.h"
#include "utils/os/random.h"

namespace isulad::host_channel {
namespace {

class PreparationImpl final : public Manager::Preparation {
 public:
  PreparationImpl(ManagerImpl* manager, std::string owner, const std::vector<Record>& records,
                  std::vector<std::string> warnings)
      : manager_(manager), owner_(std::move(owner)), warnings_(std::move(warnings)) {
    for (const Record& record : records) {
      ids_.push_back(record.id);
      channels_.push_back(StateOf(record, *FindOwner(record, owner_), Inspection{}));
    }
  }
  ~PreparationImpl() override {
    if (!committed_) {
      manager_->Discard(owner_, ids_);
    }
  }
  PreparationImpl(const PreparationImpl&) = delete;
  PreparationImpl& operator=(const PreparationImpl&) = delete;

  const std::vector<ChannelState>& channels() const override { return channels_; }
  const std::vector<std::string>& warnings() const override { return warnings_; }
  void Commit() override { committed_ = true; }

 private:
  ManagerImpl* const manager_;
  const std::string owner_;
  const std::vector<std::string> warnings_;
  std::vector<std::string> ids_;
  std::vector<ChannelState> channels_;
  bool committed_ = false;
};

Record MakeRecord(const HostChannel& channel) {
  Record record;
  record.id = os::RandomId();
  record.host_path = channel.host_path;
  record.size = channel.size;
  record.options = channel.options;
  return record;
}

// `"/link/x" leads to "/proc/x"` for each host path that resolves to another one.
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

std::vector<HostChannel> ChannelsOf(const std::vector<Record>& records, const std::string& owner) {
  std::vector<HostChannel> channels;
  for (const Record& record : records) {
    channels.push_back(ChannelOf(record, *FindOwner(record, owner)));
  }
  return channels;
}

std::vector<std::string> PathsOf(const std::vector<HostChannel>& channels) {
  std::vector<std::string> paths;
  for (const HostChannel& channel : channels) {
    paths.push_back(channel.host_path);
  }
  return paths;
}

}  // namespace

Result<std::string> ManagerImpl::ResolveHostPath(const std::string& host_path) {
  Result<ResolvedPath> resolved = ops_->Resolve(host_path);
  if (!resolved) {
    return Error(resolved.error().code(), resolved.error().system_errno(),
                 "host channel host path " + Quote(host_path) +
                     " cannot be made: " + resolved.error().message());
  }
  return std::move(resolved->canonical);
}

// Whether `channel`, whose host path is canonical and locked, can be made, or be joined if it
// exists.
Status ManagerImpl::CheckPath(const std::string& asked_path, const HostChannel& channel) {
  // Checked first, because the path of another channel that is mounted exists as well, and the
  // owner's name says more.
  if (const std::optional<Record> record = registry_.FindAt(channel.host_path); record) {
    return CheckJoin(*record, channel);
  }
  RETURN_IF_ERROR(registry_.CheckFree(channel.host_path));
  // Resolved again, because the path may have been another channel's until the lock was acquired.
  ASSIGN_OR_RETURN(const ResolvedPath resolved, ops_->Resolve(channel.host_path));
  if (resolved.canonical != channel.host_path) {
    return Error(Code::kAborted,
                 "host channel host path " + Quote(asked_path) + " changes while it is looked at");
  }
  if (resolved.exists) {
    return AlreadyExists("host channel host path " + Quote(asked_path) +
                         " exists already: it must not, because it is deleted with the container");
  }
  return OkStatus();
}

Result<Verdict> ManagerImpl::CheckResolved(const Verdict& asked,
                                           const std::vector<HostChannel>& channels,
                                           const Surroundings& surroundings) {
  for (size_t i = 0; i < channels.size(); ++i) {
    RETURN_IF_ERROR(CheckPath(asked.channels[i].host_path, channels[i]));
  }
  // Links can lead to places where no host path may lie.
  Result<Verdict> resolved = Validate(channels, limits_, surroundings);
  const std::string links = DescribeLinks(asked.channels, channels);
  if (!resolved && !links.empty()) {
    return std::move(resolved).error().AddContext(links);
  }
  return resolved;
}

// The existing record, or a new one, with the owner added.
Record ManagerImpl::PlanRecord(const Owner& owner, const HostChannel& channel, uint64_t position) {
  Record record = registry_.FindAt(channel.host_path).value_or(MakeRecord(channel));
  record.owners.push_back({owner, channel.container_path, channel.access, position});
  return record;
}

// Carries out the plan: all of it, or nothing.
Status ManagerImpl::Enter(const std::string& owner, const std::vector<Record>& planned) {
  std::vector<Record> made;
  std::vector<Record> joined;
  for (const Record& record : planned) {
    (record.owners.size() == 1 ? made : joined).push_back(record);
  }
  RETURN_IF_ERROR(registry_.Reserve(made));
  Status recorded = store_.Create(made);
  std::vector<std::string> ids;
  for (const Record& record : made) {
    ids.push_back(record.id);
  }
  for (const Record& record : joined) {
    if (!recorded) {
      break;
    }
    recorded = Rewrite(
        record.id, [&](Record& present) { present.owners = record.owners; }, os::Sync::kDurable);
    ids.push_back(record.id);
  }
  if (!recorded) {
    DiscardHeld(owner, ids);
    return std::move(recorded).error().AddContext("record a host channel");
  }
  return OkStatus();
}

Result<std::unique_ptr<Manager::Preparation>> ManagerImpl::Prepare(
    const Owner& owner, const std::vector<HostChannel>& channels, const Surroundings& around) {
  const NamedLock lock(owner_locks_, owner.id);
  const std::vector<Record> present = registry_.OfOwner(owner.id);
  Surroundings surroundings = around;
  surroundings.channels = ChannelsOf(present, owner.id);
  ASSIGN_OR_RETURN(const Verdict asked, Validate(channels, limits_, surroundings));
  for (const HostChannel& channel : asked.channels) {
    RETURN_IF_ERROR(kernel_probe_.Check(channel.options));
  }
  std::vector<HostChannel> resolved = asked.channels;
  for (HostChannel& channel : resolved) {
    ASSIGN_OR_RETURN(channel.host_path, ResolveHostPath(channel.host_path));
  }
  // Any other call that has or wants one of these paths waits, or is done.
  const NamedLock paths(path_locks_, PathsOf(resolved));
  ASSIGN_OR_RETURN(Verdict verdict, CheckResolved(asked, resolved, surroundings));
  std::vector<Record> records;
  const uint64_t position = present.empty() ? 0 : FindOwner(present.back(), owner.id)->position + 1;
  for (const HostChannel& channel : verdict.channels) {
    records.push_back(PlanRecord(owner, channel, position + records.size()));
  }
  RETURN_IF_ERROR(Enter(owner.id, records));
  return std::unique_ptr<Preparation>(
      std::make_unique<PreparationImpl>(this, owner.id, records, std::move(verdict.warnings)));
}

void ManagerImpl::Discard(const std::string& owner, const std::vector<std::string>& ids) {
  const NamedLock lock(owner_locks_, owner);
  const NamedLock paths(path_locks_, PathsOfOwner(owner));
  DiscardHeld(owner, ids);
}

// The owner is not created. What cannot be removed here is an orphan, which Recover removes.
void ManagerImpl::DiscardHeld(const std::string& owner, const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    const Result<Record> record = registry_.Find(id);
    if (!record || FindOwner(*record, owner) == nullptr) {
      continue;
    }
    if (record->owners.size() > 1) {
      Leave(*record, owner);
    } else if (record->started) {
      // The other owners have left in the meantime, so this one is the last.
      std::vector<std::string> notices;
      IgnoreError(RemoveRecords({*record}, false, notices));
    } else {
      IgnoreError(store_.Delete(id));
      registry_.Release(id);
    }
  }
}

}  // namespace isulad::host_channel
