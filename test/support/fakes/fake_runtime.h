// An OCI runtime in memory. Its commands are not run: a fake launcher recognises them.
#ifndef ISULAD_TEST_SUPPORT_FAKES_FAKE_RUNTIME_H_
#define ISULAD_TEST_SUPPORT_FAKES_FAKE_RUNTIME_H_

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "daemon/modules/runtime/oci_runtime.h"
#include "support/fakes/steps.h"
#include "utils/base/mutex.h"

namespace isulad::test {

// Thread-safe.
class FakeRuntime final : public runtime::OciRuntime {
 public:
  // Called without a lock for each container that is deleted: ends its processes and removes its
  // cgroup, as FakeCgroups::Destroy() does.
  using OnDelete = std::function<void(const std::string& id)>;

  // `steps` may be nullptr; Delete() takes the step "runtime Delete".
  explicit FakeRuntime(Steps* steps = nullptr) : steps_(steps) {}

  // What its commands do; none of it is a step.
  void set_on_delete(OnDelete on_delete) EXCLUDES(mutex_);
  void Add(const std::string& id) EXCLUDES(mutex_);
  bool Has(const std::string& id) const EXCLUDES(mutex_);
  // A line for each container that it knows.
  std::string Dump() const EXCLUDES(mutex_);

  const std::string& name() const override { return name_; }
  const std::string& path() const override { return name_; }
  bool TakesSeccompProgram() const override { return false; }
  bool GivesTmpfsItsMode() const override { return true; }
  bool NeedsUnifiedCgroupHidden() const override { return false; }
  // {"fake-runtime", "run", id, "--bundle", bundle, "--pid-file", ..., "--log", ...} and, where
  // there is one, "--console-socket", ...
  std::vector<std::string> StartCommand(const runtime::StartRequest& request) const override;
  // {"fake-runtime", "exec", id, "--process", file, "--pid-file", ..., "--log", ...} and, where
  // there is one, "--console-socket", ..., and "--cgroup", ...
  std::vector<std::string> ExecCommand(const runtime::ExecRequest& request) const override;
  std::vector<std::string> Environment() const override { return {"PATH=/bin"}; }
  Status Delete(const std::string& id) const override EXCLUDES(mutex_);

 private:
  const std::string name_ = "fake-runtime";
  Steps* const steps_;
  mutable Mutex mutex_;
  OnDelete on_delete_ GUARDED_BY(mutex_);
  mutable std::set<std::string> containers_ GUARDED_BY(mutex_);
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_FAKE_RUNTIME_H_
