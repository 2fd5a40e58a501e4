// The fake keeps the promises of the real one, or the tests that stand on it would prove nothing.
#include "support/host_channel/fake_mount_ops.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "support/host_channel/mount_ops_contract.h"
#include "support/temp_dir.h"

namespace isulad::host_channel::test {
namespace {

class FakeHost final : public Host {
 public:
  FakeHost() { fake_.AddDirectory(root()); }

  MountOps& ops() override { return fake_; }
  std::string root() const override { return "/srv"; }
  std::string views() const override { return views_.path(); }
  void AddDirectory(const std::string& path) override { fake_.AddDirectory(path); }
  void AddFile(const std::string& path) override { fake_.AddFile(path); }
  void AddLink(const std::string& path, const std::string& target) override {
    fake_.AddLink(path, target);
  }
  void RemovePath(const std::string& path) override { fake_.RemovePath(path); }
  void Rename(const std::string& from, const std::string& to) override { fake_.Rename(from, to); }
  void MountForeign(const std::string& path) override { fake_.MountForeign(path); }
  void UnmountForeign(const std::string& path) override { fake_.UnmountForeign(path); }
  bool Exists(const std::string& path) const override { return fake_.Exists(path); }

 private:
  FakeMountOps fake_;
  isulad::test::TempDir views_;
};

INSTANTIATE_TEST_SUITE_P(Fake, MountOpsContract,
                         testing::Values(HostFactory([] { return std::make_unique<FakeHost>(); })));

}  // namespace
}  // namespace isulad::host_channel::test
