#include "linux_host.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <set>
#include <vector>

#include "utils/base/clean_path.h"
#include "utils/os/mountinfo.h"

namespace isulad::host_channel::test {
namespace {

bool EnterPrivateMountNamespace() {
  return ::unshare(CLONE_NEWNS) == 0 &&
         ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

}  // namespace

std::unique_ptr<Host> LinuxHost::Create() {
  static const bool entered = EnterPrivateMountNamespace();
  return entered ? std::make_unique<LinuxHost>() : nullptr;
}

LinuxHost::LinuxHost() : ops_(*CreateLinuxMountOps(false)) {
  AddDirectory(root());
  AddDirectory(views());
}

LinuxHost::~LinuxHost() {
  // What a failed test left mounted must not keep the temporary directory.
  const Result<std::vector<os::MountEntry>> mounts = os::ReadMountinfo();
  for (size_t i = mounts ? mounts->size() : 0; i > 0; --i) {
    if (IsSameOrBeneath((*mounts)[i - 1].target, temp_.path())) {
      ::umount2((*mounts)[i - 1].target.c_str(), MNT_DETACH);
    }
  }
}

void LinuxHost::AddDirectory(const std::string& path) {
  EXPECT_EQ(::mkdir(path.c_str(), 0755), 0) << path;
}

void LinuxHost::AddFile(const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  EXPECT_GE(fd, 0) << path;
  ::close(fd);
}

void LinuxHost::AddLink(const std::string& path, const std::string& target) {
  EXPECT_EQ(::symlink(target.c_str(), path.c_str()), 0) << path;
}

void LinuxHost::RemovePath(const std::string& path) {
  EXPECT_EQ(std::remove(path.c_str()), 0) << path;
}

void LinuxHost::Rename(const std::string& from, const std::string& to) {
  EXPECT_EQ(::rename(from.c_str(), to.c_str()), 0) << from;
}

void LinuxHost::MountForeign(const std::string& path) {
  EXPECT_EQ(::mount("foreign", path.c_str(), "tmpfs", 0, nullptr), 0) << path;
}

void LinuxHost::UnmountForeign(const std::string& path) {
  EXPECT_EQ(::umount2(path.c_str(), 0), 0) << path;
}

bool LinuxHost::Exists(const std::string& path) const {
  struct stat status;
  return ::lstat(path.c_str(), &status) == 0;
}

std::string LinuxHost::Dump() const {
  std::set<std::string> lines;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(temp_.path())) {
    lines.insert(entry.path().string());
  }
  const std::vector<os::MountEntry> mounts = *os::ReadMountinfo();
  for (const os::MountEntry& mount : mounts) {
    if (IsSameOrBeneath(mount.target, temp_.path())) {
      lines.insert(mount.target + " mount of " + mount.source);
    }
  }
  std::string text;
  for (const std::string& line : lines) {
    text.append(line).append("\n");
  }
  return text;
}

}  // namespace isulad::host_channel::test
