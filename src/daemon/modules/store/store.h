// What is on disk of each container.
//
//   <graph>/containers/            0700
//     <id>/
//       config.json                what was asked: written once, durably, before create answers
//       state.json                 what is: replaced at every change
//       exit                       how the last run ended, written by the monitor
//       log.json (.1, .2, ...)     output, written by the monitor
//       hostname, hosts, resolv.conf
//     .new-<id>/                   a create that has not been answered
//     .gone-<id>/                  a removal that has begun
//   <graph>/damaged/<id>/          set aside because config.json could not be read
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
  // Opens <graph>/containers and makes it where it is missing.
  static Result<std::unique_ptr<Store>> Open(const std::string& graph);

  struct File {
    std::string name;
    std::string text;
  };
  // Makes the directory of `id` with config.json and `files`. With Sync::kDurable a power cut does
  // not lose it once this has returned; on an error, or a crash before that, nothing is there.
  Status Create(const std::string& id, const json::Value& config, const std::vector<File>& files,
                os::Sync sync = os::Sync::kDurable);

  Status WriteState(const std::string& id, const json::Value& state, os::Sync sync);

  // Text of the file `exit`; kNotFound where the monitor has not written one.
  Result<std::string> ReadExitRecord(const std::string& id) const;
  // Success where there is none.
  Status RemoveExitRecord(const std::string& id);

  // Removes the directory; success where it is gone.
  Status Remove(const std::string& id);

  struct Entry {
    std::string id;
    json::Value config;
    std::optional<json::Value> state;  // nothing where it has never been started
    bool state_lost = false;           // state.json is there and cannot be read
  };
  struct Found {
    std::vector<Entry> entries;
    std::vector<std::string> damaged;  // ids of all that have been set aside, now or earlier
    std::vector<std::string> notices;  // one line for each thing that was cleared away or set aside
  };
  // Reads everything, clears away what .new- and .gone- directories are left. `check` says whether
  // a config can be read; what cannot be is set aside and does not keep the others from being
  // served.
  Result<Found> Scan(const std::function<Status(const Entry&)>& check);

  std::string DirectoryOf(const std::string& id) const { return containers_ + "/" + id; }

 private:
  Store(std::string graph, os::UniqueFd directory);
  Status FillNew(const std::string& name, const json::Value& config, const std::vector<File>& files,
                 os::Sync sync);
  Result<Entry> Load(const std::string& id) const;
  std::string SetAside(const std::string& id, const Error& reason);

  std::string graph_;
  std::string containers_;
  os::UniqueFd directory_;
};

}  // namespace isulad::store

#endif  // ISULAD_DAEMON_MODULES_STORE_STORE_H_
