// The channel service: finds the container and calls the verb.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CHANNELS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CHANNELS_H_

#include <string>
#include <vector>

#include "daemon/modules/container/channel_service.h"
#include "daemon/modules/container/context.h"

namespace isulad::container {

class Channels final : public ChannelService {
 public:
  // `context` must outlive this object.
  explicit Channels(Context* context) : context_(*context) {}

  Result<std::vector<ChannelSummary>> List(const std::string& reference) override;
  Task<Result<ChannelChange>> Add(std::string reference, std::string spec) override;
  Task<Result<ChannelChange>> Remove(std::string reference, std::string host_path) override;
  Task<Result<ChannelChange>> Resize(std::string reference, ResizeRequest request) override;

 private:
  Context& context_;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CHANNELS_H_
