// The real host for tests: a temporary directory in a mount namespace that only the test has.
#ifndef ISULAD_TEST_INTEGRATION_HOST_CHANNEL_LINUX_HOST_H_
#define ISULAD_TEST_INTEGRATION_HOST_CHANNEL_LINUX_HOST_H_

#include <memory>
#include <string>

#include "daemon/modules/spec/host_channel/linux_mount_ops.h"
#include "support/host_channel/mount_ops_contract.h"
#include "support/temp_dir.h"

namespace isulad::host_channel::test {

class LinuxHost final : public Host {
 public:
  // Moves the calling process into a mount namespace of its own, once. nullptr where it may not.
  static std::unique_ptr<Host> Create();

  LinuxHost();
  ~LinuxHost() override;

  MountOps& ops() override { return *ops_; }
  std::string root() const override { return temp_.path() + "/host"; }
  std::string views() const override { return temp_.path() + "/views"; }
  void AddDirectory(const std::string& path) override;
  void AddFile(const std::string& path) override;
  void AddLink(const std::string& path, const std::string& target) override;
  void RemovePath(const std::string& path) override;
  void Rename(const std::string& from, const std::string& to) override;
  void MountForeign(const std::string& path) override;
  void UnmountForeign(const std::string& path) override;
  bool Exists(const std::string& path) const override;

  // All names beneath root(), of all file systems, and all mounts there: equal hosts give equal
  // texts.
  std::string Dump() const;

 private:
  isulad::test::TempDir temp_;
  std::unique_ptr<MountOps> ops_;
};

}  // namespace isulad::host_channel::test

#endif  // ISULAD_TEST_INTEGRATION_HOST_CHANNEL_LINUX_HOST_H_
