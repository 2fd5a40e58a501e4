#include "daemon/modules/spec/host_channel/mount_holders.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cstdio>
#include <string_view>

#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::host_channel {
namespace {

constexpr size_t kMostHolders = 8;

// Does not query the servers of file systems that have one: such a server may belong to anyone, and
// may never answer.
bool IsOn(const std::string& path, dev_t device) {
  struct statx status;
  return ::statx(AT_FDCWD, path.c_str(), AT_STATX_DONT_SYNC, 0, &status) == 0 &&
         makedev(status.stx_dev_major, status.stx_dev_minor) == device;
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

// The name that a process gave itself can contain anything: line breaks, terminal control
// characters.
std::string Printable(std::string_view comm) {
  const std::string quoted = Quote(Trim(comm));
  return quoted.substr(1, quoted.size() - 2);
}

std::string Describe(const std::string& process, const std::string& pid) {
  const std::string comm = os::ReadFile(process + "/comm").value_or("a process");
  return Printable(comm) + " (pid " + pid + ")";
}

bool IsIn(const std::string& process, ino_t mount_namespace) {
  struct stat status;
  return ::stat((process + "/ns/mnt").c_str(), &status) == 0 && status.st_ino == mount_namespace;
}

// `mount_namespace` 0: in any.
std::vector<std::string> FindHoldersIn(ino_t mount_namespace, dev_t device) {
  std::vector<std::string> holders;
  const Result<std::vector<std::string>> names = os::ListDirectory("/proc");
  if (!names) {
    return holders;
  }
  for (const std::string& name : *names) {
    const std::string process = "/proc/" + name;
    const bool looked_at =
        ParseUint64(name) && (mount_namespace == 0 || IsIn(process, mount_namespace));
    if (looked_at && Holds(process, device)) {
      holders.push_back(Describe(process, name));
    }
    if (holders.size() == kMostHolders) {
      break;
    }
  }
  return holders;
}

}  // namespace

std::vector<std::string> FindHolders(dev_t device) { return FindHoldersIn(0, device); }

std::vector<std::string> FindHolders(dev_t device, ino_t mount_namespace) {
  return FindHoldersIn(mount_namespace, device);
}

}  // namespace isulad::host_channel
