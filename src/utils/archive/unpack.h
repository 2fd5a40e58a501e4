// Creates a tree of files from entries that may be hostile, while others may change the tree.
//
// Nothing outside of the destination is created or changed: paths are clean, each directory on the
// way is opened without following a link, and whatever is created is new and accessed only by
// descriptor. A link that existed before, that the archive contains, or that somebody puts in the
// way, at worst ends the copy with an error. A replacement is created under an unguessable name and
// is renamed when it is complete; until then the old file stays. Not thread-safe.
#ifndef ISULAD_UTILS_ARCHIVE_UNPACK_H_
#define ISULAD_UTILS_ARCHIVE_UNPACK_H_

#include <functional>
#include <string>
#include <vector>

#include "utils/archive/destination.h"
#include "utils/archive/entry.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::archive {

struct UnpackOptions {
  // Keep the entries' owners, set-id bits, access lists, file capabilities and devices, and set the
  // attributes of directories that already exist. Otherwise everything belongs to the process that
  // creates it.
  bool archive = false;
};

using NoticeSink = std::function<Status(std::string_view line)>;

// Creates the entries as they arrive. If an entry fails, its partial file is removed.
class Unpacker final : public Sink {
 public:
  Unpacker(Destination destination, UnpackOptions options, NoticeSink notice);
  ~Unpacker() override;
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  Status OnSource(const Source& source) override;
  Status OnEntry(const Entry& entry) override;
  Status OnData(uint64_t offset, std::string_view bytes) override;
  Status OnNotice(std::string_view line) override { return notice_(line); }
  // Sets the final attributes of everything received so far.
  Status OnEnd() override;

 private:
  // A directory on the path to the last entry.
  struct Level {
    std::string path;
    os::UniqueFd fd;
    bool changes_attributes = false;  // to those of `entry`, once its contents are complete
    Entry entry;
  };
  struct File {
    os::UniqueFd fd;
    std::string name;
    std::string temporary;  // the name until it is complete; empty: written in place
    Entry entry;
  };

  static std::string TemporaryName();
  std::string FullPath(const std::string& path) const;
  std::string Shown(const std::string& path) const;
  Error Failed(int error, const char* what, const std::string& path) const;
  Status Make(const Entry& entry, const std::string& path);
  Status LeaveTo(const std::string& path);
  Status LeaveLevel();
  Status WalkTo(const std::string& parent);
  Result<os::UniqueFd> OpenDirectory(int parent, const std::string& name, const std::string& path,
                                     int flags) const;
  Status MakeRoot(const Entry& entry);
  Status MakeDirectory(const Entry& entry, const std::string& path, const std::string& name);
  Status MakeFile(const Entry& entry, const std::string& path, const std::string& name);
  Result<os::UniqueFd> OpenInPlace(const std::string& path, const std::string& name) const;
  Status MakeLink(const Entry& entry, const std::string& path, const std::string& name);
  Status MakeHardLink(const Entry& entry, const std::string& path, const std::string& name);
  Status LinkTo(const std::string& target, const std::string& temporary,
                const std::string& path) const;
  Status MakeNode(const Entry& entry, const std::string& path, const std::string& name);
  Result<bool> IsMounted(const std::string& path, const std::string& name) const;
  Status Settle(Status made, const std::string& temporary, const std::string& path,
                const std::string& name) const;
  Status SetNamedAttributes(const Entry& entry, const std::string& path,
                            const std::string& name) const;
  Status FinishFile();
  void DropFile();
  Status SetAttributes(int fd, const Entry& entry, const std::string& path);
  Status SetXattrs(int fd, const Entry& entry, const std::string& path);
  uint32_t ModeOf(const Entry& entry) const;
  int directory() const { return levels_.back().fd.get(); }

  const UnpackOptions options_;
  const NoticeSink notice_;
  const std::string name_;
  const std::string shown_;
  std::vector<Level> levels_;  // the first is the destination
  File file_;
};

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_UNPACK_H_
