// A store that has configurations and states in memory.
//
// Directories are real, because others write files there: made by Create(), renamed by Retire(),
// removed by Clear(), as the real store does. Exit records are read from files for the same reason.
// It outlives a fake daemon: another one that scans it finds what is on the disk, so to speak.
#ifndef ISULAD_TEST_SUPPORT_FAKES_FAKE_STORE_H_
#define ISULAD_TEST_SUPPORT_FAKES_FAKE_STORE_H_

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "daemon/modules/store/store.h"
#include "support/fakes/steps.h"
#include "utils/base/mutex.h"

namespace isulad::test {

// Thread-safe.
class FakeStore final : public store::Store {
 public:
  // Directories lie in <directory>/containers, spare exit records in <directory>/exits; both are
  // made. `steps` may be nullptr; each call that can fail takes the step "store <Method>".
  explicit FakeStore(const std::string& directory, Steps* steps = nullptr);

  // What a test may want to happen or to know; none of it is a step.

  // What a scan finds of the container's state from now on is that it cannot be read.
  void LoseState(const std::string& id) EXCLUDES(mutex_);
  // Nothing where the container is not there, or has none.
  std::optional<json::Value> ConfigOf(const std::string& id) const EXCLUDES(mutex_);
  std::optional<json::Value> StateOf(const std::string& id) const EXCLUDES(mutex_);
  // A line for each container with its configuration and state, for each that is retired or
  // damaged, and for each spare exit record.
  std::string Dump() const EXCLUDES(mutex_);

  Status Create(const std::string& id, const json::Value& config, const std::vector<File>& files,
                os::Sync sync) override EXCLUDES(mutex_);
  Status ReplaceConfig(const std::string& id, const json::Value& config, os::Sync sync) override
      EXCLUDES(mutex_);
  Status WriteState(const std::string& id, const json::Value& state, os::Sync sync) override
      EXCLUDES(mutex_);
  std::string ExitRecordPath(const std::string& id) const override;
  std::string SpareExitRecordPath(const std::string& id) const override;
  Result<std::string> ReadExitRecord(const std::string& id) const override;
  Status RemoveExitRecord(const std::string& id) override;
  Status KeepUnsavedEnd(const std::string& id, const std::string& record) override;
  bool HasUnsavedEnd(const std::string& id) const override;
  Status ForgetUnsavedEnd(const std::string& id) override;
  Status Retire(const std::string& id, os::Sync sync) override EXCLUDES(mutex_);
  Status Clear(const std::string& id) override EXCLUDES(mutex_);
  Result<Found> Scan(const std::function<Status(const Entry&)>& check) override EXCLUDES(mutex_);
  const std::string& Directory() const override { return containers_; }
  std::string DirectoryOf(const std::string& id) const override { return containers_ + "/" + id; }

 private:
  Status Take(const char* method) const;
  std::string GoneDirectoryOf(const std::string& id) const { return containers_ + "/.gone-" + id; }
  // The directory with the files in it, or nothing.
  Status MakeDirectory(const std::string& id, const std::vector<File>& files) const;
  Result<Entry*> Find(const std::string& id) REQUIRES(mutex_);
  // Returns the notice.
  std::string SetAside(const std::string& id, const Error& reason) REQUIRES(mutex_);
  // Spare records of containers that are no more.
  void ClearSpare() REQUIRES(mutex_);

  const std::string directory_;
  const std::string containers_;
  const std::string spare_;
  Steps* const steps_;
  mutable Mutex mutex_;
  std::map<std::string, Entry> entries_ GUARDED_BY(mutex_);
  std::map<std::string, Entry> gone_ GUARDED_BY(mutex_);
  std::set<std::string> damaged_ GUARDED_BY(mutex_);
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_FAKE_STORE_H_
