// The options of a channel besides paths, access and size: the fifth field of --host-channel. Pure,
// thread-safe; the command line links this too.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OPTIONS_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OPTIONS_H_

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"

namespace isulad::host_channel {

struct Options {
  bool share = false;     // other containers may have the channel as well
  bool clear = false;     // its contents are removed at every start of its container
  bool symlinks = false;  // host programs may follow symbolic links in the channel
  bool exec = false;      // programs and libraries in it may be executed, on both sides
  bool noswap = false;    // its pages are never swapped out
  std::string huge;       // when it gets huge pages: one of kHugeNames; empty: the kernel decides
  // The NUMA nodes that its pages come from: a mode and, if the mode has them, the nodes:
  // "interleave:0-1+3". Empty: the policy of the process that touches a page first.
  std::string memory_policy;
  uint64_t inodes = 0;  // maximum number; 0: in proportion to the size
  mode_t mode = kDefaultMode;
  uid_t uid = 0;
  gid_t gid = 0;
  friend bool operator==(const Options&, const Options&) = default;

  static constexpr mode_t kDefaultMode = 01777;
};

// Reads a comma-separated list; empty: the defaults. kInvalidArgument with one lower-case reason
// that quotes the item and gives the allowed range: `host channel option "mode=9" is not valid: an
// octal number from 0 to 7777`. Whether the kernel supports an option is the concern of
// MountOps::Probe.
Result<Options> ParseOptions(std::string_view text);

// The items that differ from the defaults, always in the same order and form, as ParseOptions reads
// them: {"share", "mpol=bind:0-1", "mode=0770"}.
std::vector<std::string> FormatOptions(const Options& options);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OPTIONS_H_
