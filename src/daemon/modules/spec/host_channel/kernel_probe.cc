#include "daemon/modules/spec/host_channel/kernel_probe.h"

#include "daemon/modules/spec/host_channel/channel_path.h"
#include "daemon/modules/spec/host_channel/memory_policy.h"

namespace isulad::host_channel {
namespace {

// Node lists can be written in any number of ways; no real user asks for so many.
constexpr size_t kMostKnown = 64;

}  // namespace

Status KernelProbe::CheckParameter(const std::string& name, const std::string& value) {
  const std::string key = name + "=" + value;
  {
    MutexLock lock(mutex_);
    if (const auto known = known_.find(key); known != known_.end()) {
      return known->second;
    }
  }
  const Status answer = ops_->Probe(name, value);
  if (!answer && answer.error().code() != Code::kInvalidArgument) {
    return answer;  // not an answer about the option: to be asked again
  }
  MutexLock lock(mutex_);
  if (known_.size() >= kMostKnown) {
    known_.clear();
  }
  known_.insert_or_assign(key, answer);
  return answer;
}

Status KernelProbe::Check(const Options& options) {
  const auto check = [&](bool asked, const std::string& name, const std::string& value,
                         const std::string& item) -> Status {
    if (!asked) {
      return OkStatus();
    }
    const Status taken = CheckParameter(name, value);
    if (!taken && taken.error().code() == Code::kInvalidArgument) {
      return FieldError("option", item,
                        "is not supported by this kernel: " + taken.error().message());
    }
    return taken;
  };
  RETURN_IF_ERROR(check(options.noswap, "noswap", "", "noswap"));
  RETURN_IF_ERROR(check(!options.huge.empty(), "huge", options.huge, "huge=" + options.huge));
  return check(!options.memory_policy.empty(), "mpol", KernelMemoryPolicy(options.memory_policy),
               "mpol=" + options.memory_policy);
}

}  // namespace isulad::host_channel
