// Who has a channel.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OWNER_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OWNER_H_

#include <string>

namespace isulad::host_channel {

struct Owner {
  std::string id;
  std::string name;  // for messages: `host path "/h" is already reserved by "web"`
  friend bool operator==(const Owner&, const Owner&) = default;
};

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OWNER_H_
