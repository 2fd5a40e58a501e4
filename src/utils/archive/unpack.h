// Making a tree of files from entries that may be hostile, where others may change it meanwhile.
//
// Nothing outside of the destination is made or changed: paths are clean, each directory on the way
// is opened without following a link, what is made is new, and only by descriptor. So a link that
// was there before, that the archive brings, or that somebody puts in the way, ends the copy with
// an error at worst. What replaces something is made under a name that nobody knows, and gets its
// own when it is whole: until then the old one stands. Not thread-safe.
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
  // Owners as the entries have them, set-id bits, access lists, file capabilities and devices, and
  // the attributes of directories that are there already. Else all belongs to who makes it.
  bool archive = false;
};

using NoticeSink = std::function<Status(std::string_view line)>;

// Makes the entries as they come. Of what fails half a file is removed.
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
  // What has come so far gets its last attributes.
  Status OnEnd() override;

 private:
  // A directory on the way to the last entry.
  struct Level {
    std::string path;
    os::UniqueFd fd;
    bool changes_attributes = false;  // to those of `entry`, when all in it is made
    Entry entry;
  };
  struct File {
    os::UniqueFd fd;
    std::string name;
    std::string temporary;  // what it is called until it is whole; empty: written in place
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
