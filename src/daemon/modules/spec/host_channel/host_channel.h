// A host channel as a value: what a user asked for. Pure, thread-safe; the command line links this
// too.
//
// A host channel is a tmpfs of limited size that a container and its host share; see
// docs/host-channel.md.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_HOST_CHANNEL_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_HOST_CHANNEL_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "daemon/modules/spec/host_channel/options.h"
#include "utils/base/result.h"

namespace isulad::host_channel {

inline constexpr uint64_t kDefaultSize = 64u << 20;
inline constexpr uint64_t kMinimumSize =
    4096;  // as written, before it is rounded up to whole pages

enum class Access { kReadWrite, kReadOnly };

struct HostChannel {
  std::string host_path;       // absolute, clean
  std::string container_path;  // absolute, clean
  Access access = Access::kReadWrite;
  uint64_t size = kDefaultSize;  // bytes, whole pages
  Options options;

  friend bool operator==(const HostChannel&, const HostChannel&) = default;
};

// Reads HOST:CONTAINER[:[ACCESS][:[SIZE][:OPTIONS]]]; a field that is left out or empty takes its
// default. `page_size` is in bytes, a power of two. kInvalidArgument with one lower-case reason
// that quotes the user's text, names the field and gives the allowed range: `host channel size
// "4095" is too small: at least 4096 bytes (one page), at most half of physical memory`. Rules that
// depend on the machine are checked elsewhere: the upper limit by policy.h, what exists by
// manager.h.
Result<HostChannel> Parse(std::string_view text, uint64_t page_size);

// Reads SIZE alone, which must not be empty. The argument and the errors are those of Parse.
Result<uint64_t> ParseSize(std::string_view text, uint64_t page_size);

// The text that Parse reads back to an equal value: "/h:/c:rw:32M", "/h:/c:ro:64M:symlinks".
std::string Format(const HostChannel& channel);

// "rw" or "ro".
std::string_view AccessName(Access access);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_HOST_CHANNEL_H_
