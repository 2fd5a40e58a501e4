#include "daemon/modules/container/channel_add.h"

#include <utility>
#include <vector>

#include "daemon/modules/container/bundle.h"
#include "daemon/modules/container/channel_attach.h"
#include "daemon/modules/container/channel_memory.h"
#include "daemon/modules/container/channel_users.h"
#include "daemon/modules/container/mount_points.h"
#include "daemon/modules/container/shared_memory.h"
#include "daemon/modules/container/surroundings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

using host_channel::HostChannel;
using Preparation = host_channel::Manager::Preparation;
using Mounts = host_channel::Manager::Mounts;

// The configuration with the new channel, on disk and in memory; restored unless committed.
class ScopedAddition {
 public:
  // All arguments must outlive this object.
  ScopedAddition(Context& context, Container& container, Preparation& preparation)
      : context_(context),
        container_(container),
        preparation_(preparation),
        before_(container.CurrentConfig()) {}
  ~ScopedAddition() {
    if (!begun_) {
      return;
    }
    if (const Status back = SaveChannels(context_, container_, before_); !back) {
      // On disk the container has the channel, so it keeps it in memory, too.
      container_.SetChannels(after_);
      preparation_.Commit();
      log::Error("a channel that could not be added stays, for the next start",
                 {{"id", container_.id()}, {"reason", back.error().message()}});
    }
  }
  ScopedAddition(const ScopedAddition&) = delete;
  ScopedAddition& operator=(const ScopedAddition&) = delete;

  Status Begin(const ContainerConfig& after) {
    begun_ = true;  // even if it fails: what is on disk is then unknown
    after_ = after;
    return SaveChannels(context_, container_, after);
  }
  void Commit() {
    begun_ = false;
    preparation_.Commit();
  }

 private:
  Context& context_;
  Container& container_;
  Preparation& preparation_;
  const ContainerConfig before_;
  ContainerConfig after_;
  bool begun_ = false;
};

void WarnOfSmallMemory(const ContainerConfig& after, std::vector<std::string>& warnings) {
  ContainerConfig alone = after;
  alone.channels = {after.channels.back()};
  for (std::string& warning : SmallMemoryWarnings(alone)) {
    warnings.push_back(std::move(warning));
  }
}

// Mounts the channel on the host and in the container, but does not commit that; nullptr if the
// container does not run.
Result<std::unique_ptr<Mounts>> Bring(Context& context, const Container& container,
                                      const ContainerConfig& after) {
  if (!IsUp(container.state().phase)) {
    return std::unique_ptr<Mounts>();
  }
  return MountAndAttach(context, container, after, after.channels.back().host_path);
}

}  // namespace

// The channel's record is the intent, and the configuration decides: a daemon that finds a record
// unknown to the configuration removes it, and one that finds a channel in the configuration mounts
// it in a container that lacks it.
Result<ChannelChange> AddChannel(Context& context, const std::shared_ptr<Container>& container,
                                 const std::string& spec) {
  ASSIGN_OR_RETURN(const HostChannel asked, host_channel::Parse(spec, context.settings.page_size));
  RETURN_IF_ERROR(CheckCanChange(*container));
  ContainerConfig after = container->CurrentConfig();
  ASSIGN_OR_RETURN(const auto preparation,
                   context.modules.channels->Prepare({container->id(), container->name()}, {asked},
                                                     SurroundingsOf(context, after)));
  const host_channel::ChannelState& prepared = preparation->channels().front();
  after.channels.push_back(prepared.channel);
  after.channel_names.push_back({prepared.id, prepared.channel.host_path});
  ASSIGN_OR_RETURN(after.mount_points, MountPointsFor(after));
  RETURN_IF_ERROR(CheckSharedMemory(after));
  RETURN_IF_ERROR(CheckMemory(after));
  RETURN_IF_ERROR(CheckChannelCollisions(after));
  ChannelChange change{prepared.id, preparation->warnings()};
  WarnOfSmallMemory(after, change.warnings);

  // First the memory limit, then the channel that can fill it. Undone in reverse order.
  ScopedMemoryLimits limits(&context);
  RETURN_IF_ERROR(limits.Set(container, after));
  ScopedAddition addition(context, *container, *preparation);
  RETURN_IF_ERROR(addition.Begin(after));
  ASSIGN_OR_RETURN(const std::unique_ptr<Mounts> mounts, Bring(context, *container, after));
  addition.Commit();
  limits.Commit();
  if (mounts != nullptr) {
    mounts->Commit();
    change.warnings.insert(change.warnings.end(), mounts->warnings().begin(),
                           mounts->warnings().end());
    context.announcer.Mount(*container, prepared.channel);
  }
  context.announcer.AttachChannel(*container, prepared.channel);
  log::Info("channel added", {{"id", container->id()}, {"host_path", prepared.channel.host_path}});
  return change;
}

}  // namespace isulad::container
