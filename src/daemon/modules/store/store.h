// What is on disk of each container.
//
//   <graph>/containers/            0700
//     <id>/
//       config.json                what was asked: written durably before create answers, and
//                                  when channels change
//       state.json                 what is: replaced at every change
//       exit                       how the last run ended, written by the monitor
//       log.json (.1, .2, ...)     output, written by the monitor
//       hostname, hosts, resolv.conf
//     .new-<id>/                   a create that has not been answered
//     .gone-<id>/                  retired: a removal that was decided
//   <graph>/damaged/<id>/          set aside because config.json could not be read
//   <spare>/<id>                   exit record that did not fit into <graph>: the disk was full
//
// docs/on-disk-formats.md has the formats. Thread-safe: no state beside the files; calls for one id
// are serialised by the caller.
#ifndef ISULAD_DAEMON_MODULES_STORE_STORE_H_
#define ISULAD_DAEMON_MODULES_STORE_STORE_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "utils/base/result.h"
#include "utils/json/value.h"
#include "utils/os/file.h"
#include "utils/os/unique_fd.h"

namespace isulad::store {

class Store {
 public:
  // Opens <graph>/containers and makes it, and `spare`, where they are missing. `spare` lies on
  // another file system than `graph`, one that is not expected to be full or read-only.
  static Result<std::unique_ptr<Store>> Open(const std::string& graph, const std::string& spare);

  struct File {
    std::string name;
    std::string text;
  };
  // Makes the directory of `id` with config.json and `files`. With Sync::kDurable a power cut does
  // not lose it once this has returned; on an error, or a crash before that, nothing is there.
  Status Create(const std::string& id, const json::Value& config, const std::vector<File>& files,
                os::Sync sync = os::Sync::kDurable);

  // Replaces config.json. With Sync::kDurable it is on disk when this has returned.
  Status ReplaceConfig(const std::string& id, const json::Value& config, os::Sync sync);
  Status WriteState(const std::string& id, const json::Value& state, os::Sync sync);

  // Where the monitor writes how a run ended, and where it does if it cannot write there.
  std::string ExitRecordPath(const std::string& id) const { return DirectoryOf(id) + "/exit"; }
  std::string SpareExitRecordPath(const std::string& id) const { return spare_ + "/" + id; }
  // Text of the record, from wherever it is; kNotFound where the monitor has not written one.
  Result<std::string> ReadExitRecord(const std::string& id) const;
  // Removes both. Success where there is none.
  Status RemoveExitRecord(const std::string& id);

  // An end that state.json could not take: `record` is kept in the spare place, unless the
  // monitor's own is there already.
  Status KeepUnsavedEnd(const std::string& id, const std::string& record);
  // Whether there is something in the spare place, which tells more than state.json does.
  bool HasUnsavedEnd(const std::string& id) const;
  // To be called when state.json has taken it. Success where there is none.
  Status ForgetUnsavedEnd(const std::string& id);

  // Decides that the container is gone: its directory is set aside, and not found again by Scan;
  // with Sync::kDurable not after a power cut either. Success where it is.
  Status Retire(const std::string& id, os::Sync sync = os::Sync::kDurable);
  // Removes what Retire has set aside; success where there is nothing.
  Status Clear(const std::string& id);

  struct Entry {
    std::string id;
    json::Value config;
    std::optional<json::Value> state;  // nothing where it has never been started
    bool state_lost = false;           // state.json is there and cannot be read
  };
  struct Found {
    std::vector<Entry> entries;
    std::vector<Entry> gone;           // retired, not cleared; config null where it is unreadable
    std::vector<std::string> damaged;  // ids of all that have been set aside, now or earlier
    std::vector<std::string> notices;  // one line for each thing that was cleared away or set aside
  };
  // Reads everything, clears away what .new- directories are left. `check` says whether
  // a config can be read; what cannot be is set aside and does not keep the others from being
  // served.
  Result<Found> Scan(const std::function<Status(const Entry&)>& check);

  // Of all containers.
  const std::string& Directory() const { return containers_; }
  std::string DirectoryOf(const std::string& id) const { return containers_ + "/" + id; }

 private:
  Store(std::string graph, std::string spare, os::UniqueFd directory);
  Status FillNew(const std::string& name, const json::Value& config, const std::vector<File>& files,
                 os::Sync sync);
  Result<Entry> Load(const std::string& name, const std::string& id) const;
  Entry LoadGone(const std::string& name) const;
  std::string SetAside(const std::string& id, const Error& reason);
  void ClearSpare(const Found& found);

  std::string graph_;
  std::string containers_;
  std::string spare_;
  os::UniqueFd directory_;
};

}  // namespace isulad::store

#endif  // ISULAD_DAEMON_MODULES_STORE_STORE_H_
