#include "daemon/modules/container/channel_add.h"

#include <utility>
#include <vector>

#include "daemon/modules/container/bundle.h"
#include "daemon/modules/container/channel_attach.h"
#include "daemon/modules/container/channel_memory.h"
#include "daemon/modules/container/channel_users.h"
#include "daemon/modules/container/shared_memory.h"
#include "daemon/modules/container/surroundings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

using host_channel::HostChannel;
using Preparation = host_channel::Manager::Preparation;
using Mounts = host_channel::Manager::Mounts;

// The configuration with the new channel, on disk and in memory; as before unless committed.
class ScopedAddition {
 public:
  // All outlive it.
  ScopedAddition(Context& context, Container& container, Preparation& preparation)
      : context_(context),
        container_(container),
        preparation_(preparation),
        before_(container.CurrentConfig()) {}
  ~ScopedAddition() {
    if (!begun_) {
      return;
    }
    if (const Status back = SaveChannels(context_, container_, before_.channels); !back) {
      // The disk says that the container has it: so be it.
      container_.SetChannels(after_.channels);
      preparation_.Commit();
      log::Error("a channel that could not be added stays, for the next start",
                 {{"id", container_.id()}, {"reason", back.error().message()}});
    }
  }
  ScopedAddition(const ScopedAddition&) = delete;
  ScopedAddition& operator=(const ScopedAddition&) = delete;

  Status Begin(const ContainerConfig& after) {
    begun_ = true;  // also where it fails: what the disk has then is not known
    after_ = after;
    return SaveChannels(context_, container_, after.channels);
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

// Mounted on the host and in the container, and not yet for good; nothing where it does not run.
Result<std::unique_ptr<Mounts>> Bring(Context& context, const Container& container,
                                      const ContainerConfig& after) {
  if (!IsUp(container.state().phase)) {
    return std::unique_ptr<Mounts>();
  }
  return MountAndAttach(context, container, after, after.channels.back().host_path);
}

}  // namespace

// The record is the intent, and the configuration decides: a daemon that finds a record of which
// the configuration knows nothing takes it away, and one that finds the configuration puts into the
// container what it has not.
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
  RETURN_IF_ERROR(CheckSharedMemory(after));
  RETURN_IF_ERROR(CheckMemory(after));
  RETURN_IF_ERROR(CheckChannelCollisions(after));
  ChannelChange change{prepared.id, preparation->warnings()};
  WarnOfSmallMemory(after, change.warnings);

  // First the room, then what can fill it. Undone in the reverse order.
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
