// A MountOps in front of another one that can strike at each step: fail it, or end the process
// there.
#ifndef ISULAD_TEST_SUPPORT_HOST_CHANNEL_FAILING_MOUNT_OPS_H_
#define ISULAD_TEST_SUPPORT_HOST_CHANNEL_FAILING_MOUNT_OPS_H_

#include <atomic>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/spec/host_channel/mount_ops.h"

namespace isulad::host_channel::test {

class FailingMountOps final : public MountOps {
 public:
  // Asked before each call and, within MakeDirectory, before it publishes: `step` counts from 0. An
  // error takes the place of the call.
  using Strike = std::function<Status(int step, const char* name)>;

  explicit FailingMountOps(MountOps* real) : real_(real) {}

  // Starts the count again.
  void set_strike(Strike strike) {
    strike_ = std::move(strike);
    steps_ = 0;
  }
  // Fails the step with this number, once.
  void FailStep(int number) {
    set_strike([number](int step, const char* name) -> Status {
      return step == number ? Status(Internal(std::string("injected into ") + name)) : OkStatus();
    });
  }
  void FailNothing() { set_strike(nullptr); }
  // Steps since the count was started.
  int steps() const { return steps_; }

  Result<ResolvedPath> Resolve(const std::string& path) override {
    RETURN_IF_ERROR(Step("Resolve"));
    return real_->Resolve(path);
  }
  Result<Inspection> Inspect(const HostDirectory& directory, Search search) override {
    RETURN_IF_ERROR(Step("Inspect"));
    return real_->Inspect(directory, search);
  }
  std::vector<Result<Inspection>> InspectAll(
      const std::vector<HostDirectory>& directories) override {
    if (const Status step = Step("InspectAll"); !step) {
      return std::vector<Result<Inspection>>(directories.size(), step.error());
    }
    return real_->InspectAll(directories);
  }
  Status MakeDirectory(const HostDirectory& directory, const Announce& announce) override {
    RETURN_IF_ERROR(Step("MakeDirectory"));
    return real_->MakeDirectory(directory,
                                [&](const std::vector<std::string>& identities) -> Status {
                                  RETURN_IF_ERROR(announce(identities));
                                  return Step("MakeDirectory before it publishes");
                                });
  }
  Status Probe(const std::string& name, const std::string& value) override {
    RETURN_IF_ERROR(Step("Probe"));
    return real_->Probe(name, value);
  }
  Status Mount(const HostDirectory& directory, const TmpfsOptions& options) override {
    RETURN_IF_ERROR(Step("Mount"));
    return real_->Mount(directory, options);
  }
  Status Resize(const HostDirectory& directory, const TmpfsOptions& options) override {
    RETURN_IF_ERROR(Step("Resize"));
    return real_->Resize(directory, options);
  }
  Result<Unmounted> Unmount(const HostDirectory& directory) override {
    RETURN_IF_ERROR(Step("Unmount"));
    return real_->Unmount(directory);
  }
  Status RemoveDirectory(const HostDirectory& directory, Remains what) override {
    RETURN_IF_ERROR(Step("RemoveDirectory"));
    return real_->RemoveDirectory(directory, what);
  }
  Result<View> AttachView(const HostDirectory& directory, const std::string& view,
                          const ViewWish& wish) override {
    RETURN_IF_ERROR(Step("AttachView"));
    return real_->AttachView(directory, view, wish);
  }
  Status DetachView(const std::string& view) override {
    RETURN_IF_ERROR(Step("DetachView"));
    return real_->DetachView(view);
  }

 private:
  Status Step(const char* name) {
    const int step = steps_++;
    return strike_ ? strike_(step, name) : OkStatus();
  }

  MountOps* const real_;
  Strike strike_;
  std::atomic<int> steps_{0};
};

}  // namespace isulad::host_channel::test

#endif  // ISULAD_TEST_SUPPORT_HOST_CHANNEL_FAILING_MOUNT_OPS_H_
