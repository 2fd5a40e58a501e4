#include "daemon/modules/rootfs/resolve.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <string_view>
#include <vector>

#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/safe_open.h"
#include "utils/os/unique_fd.h"

namespace isulad::rootfs {
namespace {

constexpr int kMaxLinks = 40;  // the kernel's own limit (MAXSYMLINKS)

class Resolver {
 public:
  Resolver(int root, const std::string& path) : root_(root), path_(path) { Push(path); }

  Result<std::string> Run() {
    while (!rest_.empty()) {
      const std::string component = std::move(rest_.back());
      rest_.pop_back();
      if (component == "..") {
        resolved_ = ParentPath(resolved_);
      } else {
        RETURN_IF_ERROR(Step(component));
      }
    }
    return resolved_;
  }

 private:
  // Adds the components of `path` before those that are left.
  void Push(std::string_view path) {
    const std::vector<std::string_view> parts = Split(path, '/');
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      if (!part->empty() && *part != ".") {
        rest_.emplace_back(*part);
      }
    }
  }

  Status Step(const std::string& component) {
    std::string next = (resolved_ == "/" ? "" : resolved_) + "/" + component;
    // With O_NOFOLLOW a link as the last component is opened itself.
    const Result<os::UniqueFd> fd = os::OpenNoSymlinks(root_, next.substr(1), O_PATH | O_NOFOLLOW);
    if (!fd && fd.error().system_errno() != ENOENT) {
      return Error(fd.error()).AddContext("resolve " + Quote(path_) + " in the rootfs");
    }
    struct stat status {};
    if (!fd || ::fstat(fd->get(), &status) != 0 || !S_ISLNK(status.st_mode)) {
      resolved_ = std::move(next);
      return OkStatus();
    }
    return FollowLink(fd->get());
  }

  Status FollowLink(int link) {
    if (++links_ > kMaxLinks) {
      return SystemError(ELOOP, "resolve " + Quote(path_) + " in the rootfs");
    }
    std::string text(PATH_MAX, '\0');
    const ssize_t length = ::readlinkat(link, "", text.data(), text.size());
    if (length < 0) {
      return SystemError(errno, "resolve " + Quote(path_) + " in the rootfs");
    }
    text.resize(static_cast<size_t>(length));
    if (text.front() == '/') {
      resolved_ = "/";
    }
    Push(text);
    return OkStatus();
  }

  int root_;
  const std::string& path_;
  std::string resolved_ = "/";
  std::vector<std::string> rest_;  // the next component at the back
  int links_ = 0;
};

}  // namespace

Result<std::string> ResolveInRoot(int root, const std::string& path) {
  return Resolver(root, path).Run();
}

}  // namespace isulad::rootfs
