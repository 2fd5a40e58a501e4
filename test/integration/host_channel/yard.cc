#include "yard.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <set>
#include <vector>

#include "daemon/modules/spec/host_channel/marked_directory.h"
#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "utils/base/clean_path.h"
#include "utils/os/file.h"
#include "utils/os/mountinfo.h"

namespace isulad::host_channel::test {
namespace {

constexpr uid_t kUser = 65534;

void GiveToUser(const std::string& path) {
  EXPECT_EQ(::chown(path.c_str(), kUser, kUser), 0) << path;
}

void AddClosed(Machine& machine, const std::string& path) {
  machine.host.AddDirectory(path);
  EXPECT_EQ(::chmod(path.c_str(), 0700), 0);
}

std::string Look(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  char line[64];
  std::snprintf(line, sizeof(line), " %o %u", status.st_mode, status.st_uid);
  std::string text = path + line;
  const Result<os::UniqueFd> fd = os::Open(path, O_PATH | O_NOFOLLOW);
  if (fd && os::GetXattr(fd->get(), kMarkAttribute)) {
    text += " marked";
  }
  return text;
}

}  // namespace

Yard::Yard() {
  machine.host.AddDirectory(machine.Path("yard"));
  machine.host.AddDirectory(Path("p"));
  GiveToUser(machine.Path("yard"));
  GiveToUser(Path("p"));
  AddClosed(machine, Path("trap"));
  machine.host.AddDirectory(Path("trap/c"));
  machine.host.AddFile(Path("trap/file"));
  machine.host.AddDirectory(machine.Path("victim"));
  machine.host.AddDirectory(machine.Path("victim/c"));
  machine.host.AddFile(machine.Path("victim/file"));
  machine.host.AddLink(Path("link"), machine.Path("victim"));
}

HostChannel Yard::Channel(const std::string& name, Access access) const {
  HostChannel channel = machine.Channel("yard/" + name, access);
  channel.container_path = "/" + name;
  return channel;
}

bool Yard::AsUser(const std::function<void()>& act) const {
  const pid_t child = ::fork();
  if (child == 0) {
    const bool ready = ::chdir(machine.Path("yard").c_str()) == 0 &&
                       ::setresgid(kUser, kUser, kUser) == 0 &&
                       ::setresuid(kUser, kUser, kUser) == 0;
    if (ready) {
      act();
    }
    ::_exit(ready ? 0 : 1);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return status == 0;
}

bool Yard::Exchange(const std::string& one, const std::string& two) const {
  return AsUser([&] {
    if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, two.c_str(), RENAME_EXCHANGE) != 0) {
      ::_exit(1);
    }
  });
}

std::string Yard::Untouchables() const {
  std::set<std::string> lines;
  const std::vector<std::string> trees = {Path("trap"), machine.Path("victim")};
  for (const std::string& tree : trees) {
    lines.insert(Look(tree));
    for (const auto& entry : std::filesystem::recursive_directory_iterator(tree)) {
      lines.insert(Look(entry.path().string()));
    }
  }
  const std::vector<os::MountEntry> mounts = *os::ReadMountinfo();
  for (const os::MountEntry& mount : mounts) {
    for (const std::string& tree : trees) {
      if (IsSameOrBeneath(mount.target, tree)) {
        lines.insert(mount.target + " is mounted on");
      }
    }
  }
  std::string text;
  for (const std::string& line : lines) {
    text.append(line).append("\n");
  }
  return text;
}

void RunInYard(const std::function<void(Yard&)>& body) {
  isulad::test::RunInMountNamespace([&body] {
    Yard yard;
    const std::string untouchables = yard.Untouchables();
    body(yard);
    EXPECT_EQ(yard.Untouchables(), untouchables);
  });
}

void CreateAndMount(Yard& yard, const std::string& name) {
  ASSERT_OK(yard.machine.Create({yard.Channel(name)}));
  ASSERT_OK(yard.machine.Mount());
}

void BindSocket(const char* path) {
  const os::UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
  ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address));
}

}  // namespace isulad::host_channel::test
