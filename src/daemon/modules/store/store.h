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
// docs/on-disk-formats.md has the formats. Implementations are thread-safe; calls for one id are
// serialised by the caller.
#ifndef ISULAD_DAEMON_MODULES_STORE_STORE_H_
#define ISULAD_DAEMON_MODULES_STORE_STORE_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "utils/base/result.h"
#include "utils/json/value.h"
#include "utils/os/file.h"

namespace isulad::store {

class Store {
 public:
  virtual ~Store() = default;

  struct File {
    std::string name;
    std::string text;
  };
  // Makes the directory of `id` with config.json and `files`. With Sync::kDurable a power cut does
  // not lose it once this has returned; on an error, or a crash before that, nothing is there.
  virtual Status Create(const std::string& id, const json::Value& config,
                        const std::vector<File>& files, os::Sync sync) = 0;

  // Replaces config.json. With Sync::kDurable it is on disk when this has returned.
  virtual Status ReplaceConfig(const std::string& id, const json::Value& config, os::Sync sync) = 0;
  virtual Status WriteState(const std::string& id, const json::Value& state, os::Sync sync) = 0;

  // Where the monitor writes how a run ended, and where it does if it cannot write there.
  virtual std::string ExitRecordPath(const std::string& id) const = 0;
  virtual std::string SpareExitRecordPath(const std::string& id) const = 0;
  // Text of the record, from wherever it is; kNotFound where the monitor has not written one.
  virtual Result<std::string> ReadExitRecord(const std::string& id) const = 0;
  // Removes both. Success where there is none.
  virtual Status RemoveExitRecord(const std::string& id) = 0;

  // An end that state.json could not take: `record` is kept in the spare place, unless the
  // monitor's own is there already.
  virtual Status KeepUnsavedEnd(const std::string& id, const std::string& record) = 0;
  // Whether there is something in the spare place, which tells more than state.json does.
  virtual bool HasUnsavedEnd(const std::string& id) const = 0;
  // To be called when state.json has taken it. Success where there is none.
  virtual Status ForgetUnsavedEnd(const std::string& id) = 0;

  // Decides that the container is gone: its directory is set aside, and not found again by Scan;
  // with Sync::kDurable not after a power cut either. Success where it is.
  virtual Status Retire(const std::string& id, os::Sync sync) = 0;
  // Removes what Retire has set aside; success where there is nothing.
  virtual Status Clear(const std::string& id) = 0;

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
  virtual Result<Found> Scan(const std::function<Status(const Entry&)>& check) = 0;

  // Of all containers.
  virtual const std::string& Directory() const = 0;
  virtual std::string DirectoryOf(const std::string& id) const = 0;
};

// Opens <graph>/containers and makes it, and `spare`, where they are missing. `spare` lies on
// another file system than `graph`, one that is not expected to be full or read-only.
Result<std::unique_ptr<Store>> OpenStore(const std::string& graph, const std::string& spare);

}  // namespace isulad::store

#endif  // ISULAD_DAEMON_MODULES_STORE_STORE_H_
