#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <utility>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/copy/transfer.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::commands {
namespace {

constexpr mode_t kArchiveMode = 0600;  // it has files that only the container's root may read

std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

// A file that appears only when complete. An existing file that is not a regular one is written to
// directly.
class ArchiveFile {
 public:
  static Result<ArchiveFile> Create(const std::string& path) {
    ArchiveFile file(path);
    struct stat status = {};
    const bool special = ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
    if (special && S_ISDIR(status.st_mode)) {
      return SystemError(EISDIR, "open " + Quote(path));
    }
    if (!special) {
      file.temporary_ = path + "." + std::to_string(::getpid()) + ".tmp";
    }
    ASSIGN_OR_RETURN(file.fd_, special ? os::Open(path, O_WRONLY) : file.OpenNew());
    return file;
  }
  ArchiveFile(ArchiveFile&& other) noexcept
      : path_(std::move(other.path_)),
        temporary_(std::exchange(other.temporary_, {})),
        named_(std::exchange(other.named_, false)),
        fd_(std::move(other.fd_)) {}
  ArchiveFile& operator=(ArchiveFile&&) = delete;
  ~ArchiveFile() {
    if (named_) {
      ::unlink(temporary_.c_str());
    }
  }

  Status Write(std::string_view bytes) const {
    Status written = os::WriteAll(fd_.get(), bytes);
    return written ? written
                   : Status(SystemError(written.error().system_errno(), "write " + Quote(path_)));
  }
  Status Finish() {
    RETURN_IF_ERROR(Name());
    // Errors of delayed writes show up here.
    if (::close(fd_.release()) != 0 && errno != EINTR) {
      return SystemError(errno, "write " + Quote(path_));
    }
    if (named_ && ::rename(temporary_.c_str(), path_.c_str()) != 0) {
      return SystemError(errno, "make " + Quote(path_));
    }
    named_ = false;
    return OkStatus();
  }

 private:
  explicit ArchiveFile(std::string path) : path_(std::move(path)) {}

  // Opens a file without a name if the file system can: then nothing is left of it, however the
  // program ends.
  Result<os::UniqueFd> OpenNew() {
    Result<os::UniqueFd> fd = os::Open(DirectoryOf(path_), O_WRONLY | O_TMPFILE, kArchiveMode);
    if (!fd) {
      fd = os::Open(temporary_, O_WRONLY | O_CREAT | O_EXCL, kArchiveMode);
      named_ = fd.has_value();
    }
    return fd;
  }

  // Gives a file without a name the temporary one.
  Status Name() {
    if (named_ || temporary_.empty()) {
      return OkStatus();
    }
    const std::string own = "/proc/self/fd/" + std::to_string(fd_.get());
    if (::linkat(AT_FDCWD, own.c_str(), AT_FDCWD, temporary_.c_str(), AT_SYMLINK_FOLLOW) != 0) {
      return SystemError(errno, "make " + Quote(path_));
    }
    named_ = true;
    return OkStatus();
  }

  std::string path_;
  std::string temporary_;  // empty: the existing file is written to
  bool named_ = false;     // the file has its temporary name
  os::UniqueFd fd_;
};

class ExportCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddString({"output", 'o'}, &file_,
                    {"FILE", "Write to this file (default: standard output)"});
    flags.AddSwitch({"quiet", 'q'}, &quiet_, "Show no progress on a terminal");
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireExactly(kExportCommand.name, arguments, 1));
    container_ = arguments.front();
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    if (!file_.empty()) {
      ASSIGN_OR_RETURN(ArchiveFile file, ArchiveFile::Create(file_));
      RETURN_IF_ERROR(
          Export(context, [&file](std::string_view bytes) { return file.Write(bytes); }));
      RETURN_IF_ERROR(file.Finish());
      return cli::kExitOk;
    }
    if (context.output.IsTerminal()) {
      return FailedPrecondition(
          "Error: a tar archive is not written to a terminal: redirect it, or give -o FILE");
    }
    RETURN_IF_ERROR(
        Export(context, [&context](std::string_view bytes) { return context.output.Out(bytes); }));
    return cli::kExitOk;
  }

 private:
  Status Export(Context& context, const client::ByteSink& writer) const {
    return copy::Export(context.containers, container_, writer, context.output, !quiet_);
  }

  std::string file_;
  bool quiet_ = false;
  std::string container_;
};

}  // namespace

const CommandInfo kExportCommand = {
    .name = "export",
    .arguments = "[OPTIONS] CONTAINER",
    .summary = "Write the root file system of a container as a tar archive",
    .make = Make<ExportCommand>,
};

}  // namespace isulad::commands
