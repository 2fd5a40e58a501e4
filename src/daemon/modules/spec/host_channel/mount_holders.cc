#include "daemon/modules/spec/host_channel/mount_holders.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cstdio>
#include <string_view>

#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::host_channel {
namespace {

constexpr size_t kMostHolders = 8;

bool IsOn(const std::string& path, dev_t device) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && status.st_dev == device;
}

bool HasOpenFile(const std::string& process, dev_t device) {
  const Result<std::vector<std::string>> descriptors = os::ListDirectory(process + "/fd");
  if (!descriptors) {
    return false;
  }
  const std::string directory = process + "/fd/";
  for (const std::string& descriptor : *descriptors) {
    if (IsOn(std::string(directory).append(descriptor), device)) {
      return true;
    }
  }
  return false;
}

// A mapping outlives the descriptor that it was made from. The kernel writes its device as "fe:01".
bool HasMapping(const std::string& process, dev_t device) {
  char number[32];
  std::snprintf(number, sizeof(number), " %02x:%02x ", major(device), minor(device));
  const Result<std::string> maps = os::ReadFile(process + "/maps");
  return maps && maps->find(number) != std::string::npos;
}

bool Holds(const std::string& process, dev_t device) {
  return IsOn(process + "/cwd", device) || IsOn(process + "/root", device) ||
         HasOpenFile(process, device) || HasMapping(process, device);
}

std::string Describe(const std::string& process, const std::string& pid) {
  const std::string comm = os::ReadFile(process + "/comm").value_or("a process");
  return std::string(Trim(comm)) + " (pid " + pid + ")";
}

}  // namespace

std::vector<std::string> FindHolders(dev_t device) {
  std::vector<std::string> holders;
  const Result<std::vector<std::string>> names = os::ListDirectory("/proc");
  if (!names) {
    return holders;
  }
  for (const std::string& name : *names) {
    const std::string process = "/proc/" + name;
    if (ParseUint64(name) && Holds(process, device)) {
      holders.push_back(Describe(process, name));
    }
    if (holders.size() == kMostHolders) {
      break;
    }
  }
  return holders;
}

}  // namespace isulad::host_channel
