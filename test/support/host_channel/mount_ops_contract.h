// What every MountOps promises, as one suite for all of them: a test program links
// mount_ops_contract.cc and instantiates MountOpsContract with a factory for its host.
#ifndef ISULAD_TEST_SUPPORT_HOST_CHANNEL_MOUNT_OPS_CONTRACT_H_
#define ISULAD_TEST_SUPPORT_HOST_CHANNEL_MOUNT_OPS_CONTRACT_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "daemon/modules/spec/host_channel/mount_ops.h"

namespace isulad::host_channel::test {

// A MountOps and the machine that it works on, with what others can do there.
class Host {
 public:
  virtual ~Host() = default;
  virtual MountOps& ops() = 0;
  // An existing empty directory of the host, canonical.
  virtual std::string root() const = 0;
  // An existing empty directory on the real file system, for views.
  virtual std::string views() const = 0;
  virtual void AddDirectory(const std::string& path) = 0;
  virtual void AddFile(const std::string& path) = 0;
  virtual void AddLink(const std::string& path, const std::string& target) = 0;
  virtual void RemovePath(const std::string& path) = 0;
  virtual void Rename(const std::string& from, const std::string& to) = 0;
  virtual void MountForeign(const std::string& path) = 0;
  virtual void UnmountForeign(const std::string& path) = 0;
  virtual bool Exists(const std::string& path) const = 0;  // a dangling link does
};

// nullptr where this machine does not let it work: the case is skipped then.
using HostFactory = std::function<std::unique_ptr<Host>()>;

class MountOpsContract : public ::testing::TestWithParam<HostFactory> {
 protected:
  MountOpsContract() : host_(GetParam()()) {}
  void SetUp() override {
    if (host_ == nullptr) {
      GTEST_SKIP() << "needs root, to make mounts in a mount namespace of its own";
    }
  }

  MountOps& ops() { return host_->ops(); }
  std::string Path(const std::string& name) const { return host_->root() + "/" + name; }
  HostDirectory Directory(const std::string& name, char digit = 'a') const;
  // Makes and mounts a channel.
  HostDirectory MakeMounted(const std::string& name, char digit = 'a');
  PathState StateOf(const HostDirectory& directory, Search search = Search::kPathOnly);

  std::unique_ptr<Host> host_;
};

}  // namespace isulad::host_channel::test

#endif  // ISULAD_TEST_SUPPORT_HOST_CHANNEL_MOUNT_OPS_CONTRACT_H_
