// Makes files and directories in a rootfs and removes them again unless told to keep them.
#ifndef ISULAD_DAEMON_MODULES_ROOTFS_MAKER_H_
#define ISULAD_DAEMON_MODULES_ROOTFS_MAKER_H_

#include <string>
#include <vector>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::rootfs {

inline constexpr char kMarkName[] = "trusted.isulad.mountpoint";
// The name of a directory until it has its mark: a leftover of a crash is found by it.
inline constexpr char kUnpublishedName[] = ".isulad-mountpoint";

// A transaction: the destructor removes everything that Make() made, unless Commit() was called.
class Maker {
 public:
  // `rootfs`: a descriptor, borrowed. `owner`: the value of the mark.
  Maker(int rootfs, std::string owner) : rootfs_(rootfs), owner_(std::move(owner)) {}
  Maker(const Maker&) = delete;
  Maker& operator=(const Maker&) = delete;
  ~Maker();

  // Makes the missing parts of `path`, which has neither links nor "..".
  Status Make(const std::string& path, bool is_file);
  void Commit() { made_.clear(); }

 private:
  struct Made {
    os::UniqueFd parent;
    std::string name;
    bool is_file;
  };

  // Opens the directory `name`, which is made if missing.
  Result<os::UniqueFd> EnterDirectory(const os::UniqueFd& parent, const std::string& name);
  // Makes the directory under kUnpublishedName, marks it and renames it. False if `name` exists by
  // now.
  Result<bool> PublishDirectory(const os::UniqueFd& parent, const std::string& name);
  Status MakeUnpublished(const os::UniqueFd& parent);
  Status MakeFile(const os::UniqueFd& parent, const std::string& name);
  Status MakeNamedFile(const os::UniqueFd& parent, const std::string& name);
  Status Remember(const os::UniqueFd& parent, const std::string& name, bool is_file);
  Status Mark(int fd);

  int rootfs_;
  std::string owner_;
  std::vector<Made> made_;
};

}  // namespace isulad::rootfs

#endif  // ISULAD_DAEMON_MODULES_ROOTFS_MAKER_H_
