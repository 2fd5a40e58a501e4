#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

struct DirectoryCloser {
  void operator()(DIR* stream) const { ::closedir(stream); }
};
using DirectoryStream = std::unique_ptr<DIR, DirectoryCloser>;

Result<std::vector<std::string>> ReadNames(DIR* stream) {
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(stream);
    if (entry == nullptr && errno != 0) {
      return SystemError(errno, "read directory");
    }
    if (entry == nullptr) {
      std::sort(names.begin(), names.end());
      return names;
    }
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") {
      names.emplace_back(name);
    }
  }
}

// Creates the directory `name` if it is missing, and opens it.
Result<UniqueFd> MakeOne(int parent, const std::string& name, mode_t mode) {
  if (::mkdirat(parent, name.c_str(), mode) != 0) {
    if (errno != EEXIST) {
      return SystemError(errno, "make directory");
    }
    return OpenAt(parent, name, O_PATH | O_DIRECTORY);
  }
  ASSIGN_OR_RETURN(UniqueFd made, OpenAt(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
  // mkdirat() applied the umask to the mode.
  if (::fchmod(made.get(), mode) != 0) {
    return SystemError(errno, "chmod");
  }
  return made;
}

}  // namespace

Status MakeDirectories(const std::string& path, mode_t mode) {
  const std::string start = !path.empty() && path[0] == '/' ? "/" : ".";
  ASSIGN_OR_RETURN(UniqueFd directory, Open(start, O_PATH | O_DIRECTORY));
  for (const std::string_view name : Split(path, '/')) {
    if (name.empty()) {
      continue;
    }
    Result<UniqueFd> next = MakeOne(directory.get(), std::string(name), mode);
    if (!next) {
      return std::move(next).error().AddContext("make directories " + Quote(path));
    }
    directory = *std::move(next);
  }
  return OkStatus();
}

Result<std::vector<std::string>> ListDirectory(const std::string& path) {
  return ListDirectoryAt(AT_FDCWD, path);
}

Result<std::vector<std::string>> ListDirectoryAt(int directory, const std::string& name) {
  ASSIGN_OR_RETURN(UniqueFd opened, OpenAt(directory, name, O_RDONLY | O_DIRECTORY));
  const DirectoryStream stream(::fdopendir(opened.get()));
  if (stream == nullptr) {
    return SystemError(errno, "read directory " + Quote(name));
  }
  // The stream owns the descriptor now.
  static_cast<void>(opened.release());
  Result<std::vector<std::string>> names = ReadNames(stream.get());
  if (!names) {
    return std::move(names).error().AddContext(Quote(name));
  }
  return names;
}

}  // namespace isulad::os
