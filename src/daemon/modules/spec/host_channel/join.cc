#include "daemon/modules/spec/host_channel/join.h"

#include <string>

#include "utils/base/byte_size.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

std::string OptionsText(const Options& options) { return Quote(Join(FormatOptions(options), ",")); }

// The difference between channels that are shared on both sides; empty: none.
std::string Difference(const Record& record, const HostChannel& asked) {
  if (asked.size != record.size) {
    return "with the size " + FormatByteSize(record.size) + ", not " + FormatByteSize(asked.size);
  }
  if (asked.options != record.options) {
    return "with the options " + OptionsText(record.options) + ", not " +
           OptionsText(asked.options);
  }
  return "";
}

}  // namespace

Status CheckJoin(const Record& record, const HostChannel& asked) {
  const std::string path = "host channel host path " + Quote(record.host_path);
  const std::string owner = Quote(record.owners.front().owner.name);
  if (!record.options.share || !asked.options.share) {
    const std::string missing = asked.options.share
                                    ? ", whose channel has not the option \"share\""
                                    : ", whose channel takes others with the option \"share\" only";
    const bool either = record.options.share || asked.options.share;
    return AlreadyExists(path + " is already reserved by " + owner + (either ? missing : ""));
  }
  if (const std::string difference = Difference(record, asked); !difference.empty()) {
    return AlreadyExists(path + " is shared by " + owner + " " + difference);
  }
  if (record.removing) {
    return FailedPrecondition(path + " is shared by " + owner +
                              ", and its removal has begun and has to be finished first");
  }
  if (record.previous_size != 0) {
    return Error(Code::kAborted, path + " is shared by " + owner + " and is being resized");
  }
  return OkStatus();
}

}  // namespace isulad::host_channel
