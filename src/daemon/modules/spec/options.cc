#include "daemon/modules/spec/options.h"

#include <algorithm>
#include <string_view>

#include "utils/base/byte_size.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

constexpr std::string_view kPropagations[] = {"rprivate", "private", "rslave",
                                              "slave",    "rshared", "shared"};
constexpr std::string_view kDefaultPropagation = "rprivate";

// Less than this does not even hold the runtime's own first process.
constexpr int64_t kMinMemory = 6 << 20;
// The kernel's shortest quota is 1 ms in a period of 100 ms.
constexpr int64_t kMinNanoCpus = 10'000'000;
constexpr int64_t kNanoCpusPerCpu = 1'000'000'000;
constexpr int64_t kUnlimited = -1;

bool IsPropagation(std::string_view word) {
  return std::find(std::begin(kPropagations), std::end(kPropagations), word) !=
         std::end(kPropagations);
}

Status ParseMode(std::string_view text, BindMount* mount) {
  bool has_access = false;
  for (std::string_view word : Split(text, ',')) {
    if (word == "ro" || word == "rw") {
      if (has_access) {
        return InvalidArgument("mode " + Quote(text) + " has more than one of ro and rw");
      }
      has_access = true;
      mount->read_only = word == "ro";
    } else if (IsPropagation(word)) {
      if (!mount->propagation.empty()) {
        return InvalidArgument("mode " + Quote(text) + " has more than one propagation");
      }
      mount->propagation = word;
    } else {
      return InvalidArgument("mode " + Quote(word) +
                             " is not one of ro, rw, [r]private, [r]slave, [r]shared");
    }
  }
  return OkStatus();
}

Result<std::string> CleanField(std::string_view field, std::string_view text) {
  Result<std::string> path = CleanAbsolutePath(text);
  if (!path) {
    return InvalidArgument(std::string(field) + " " + Quote(text) + " " + path.error().message());
  }
  return path;
}

Error MemoryError(std::string_view flag, int64_t value, const std::string& reason) {
  const std::string shown =
      value >= 0 ? FormatByteSize(static_cast<uint64_t>(value)) : std::to_string(value);
  return InvalidArgument("--" + std::string(flag) + " " + Quote(shown) + " " + reason);
}

Status ValidateMemory(const ResourceOptions& options) {
  if (options.memory != 0 && options.memory < kMinMemory) {
    return MemoryError("memory", options.memory, "is below the least that a container needs, 6M");
  }
  if (options.memory_swap == 0 || options.memory_swap == kUnlimited) {
    return OkStatus();
  }
  if (options.memory_swap < 0) {
    return MemoryError("memory-swap", options.memory_swap, "must be -1 (unlimited) or a size");
  }
  if (options.memory == 0) {
    return MemoryError("memory-swap", options.memory_swap, "needs --memory as well");
  }
  if (options.memory_swap < options.memory) {
    return MemoryError("memory-swap", options.memory_swap,
                       "counts memory and swap together, so it must be at least --memory, " +
                           FormatByteSize(static_cast<uint64_t>(options.memory)));
  }
  return OkStatus();
}

}  // namespace

Result<BindMount> ParseVolume(std::string_view text) {
  const std::vector<std::string_view> fields = Split(text, ':');
  if (fields.size() < 2 || fields.size() > 3) {
    return InvalidArgument("must be SOURCE:TARGET[:MODE]");
  }
  BindMount mount;
  ASSIGN_OR_RETURN(mount.source, CleanField("source", fields[0]));
  ASSIGN_OR_RETURN(mount.target, CleanField("target", fields[1]));
  if (mount.target == "/") {
    return InvalidArgument("target \"/\" is the rootfs itself");
  }
  if (fields.size() == 3) {
    RETURN_IF_ERROR(ParseMode(fields[2], &mount));
  }
  if (mount.propagation.empty()) {
    mount.propagation = kDefaultPropagation;
  }
  return mount;
}

Status ValidateProcess(const ProcessOptions& options) {
  if (options.args.empty() || options.args.front().empty()) {
    return InvalidArgument("no command specified");
  }
  for (const std::string& entry : options.env) {
    const size_t equals = entry.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return InvalidArgument("--env " + Quote(entry) + " must be NAME=VALUE");
    }
  }
  for (const std::vector<std::string>* list : {&options.args, &options.env}) {
    for (const std::string& entry : *list) {
      // What execve(2) takes ends at a zero byte, and the configuration is JSON, which is UTF-8.
      if (entry.find('\0') != std::string::npos || !IsValidUtf8(entry)) {
        return InvalidArgument((list == &options.args ? "the argument " : "--env ") + Quote(entry) +
                               " must be UTF-8 without zero bytes");
      }
    }
  }
  if (!options.workdir.empty()) {
    RETURN_IF_ERROR(CleanField("--workdir", options.workdir));
  }
  return OkStatus();
}

Status ValidateResources(const ResourceOptions& options, int processors) {
  RETURN_IF_ERROR(ValidateMemory(options));
  if (options.nano_cpus != 0 &&
      (options.nano_cpus < kMinNanoCpus || options.nano_cpus > processors * kNanoCpusPerCpu)) {
    return InvalidArgument("--cpus must be between 0.01 and " + std::to_string(processors) +
                           ", the processors of this machine");
  }
  if (options.pids_limit < kUnlimited) {
    return InvalidArgument("--pids-limit " + Quote(std::to_string(options.pids_limit)) +
                           " must be -1 (unlimited) or positive");
  }
  return OkStatus();
}

}  // namespace isulad::spec
