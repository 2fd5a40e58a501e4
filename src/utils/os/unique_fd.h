// UniqueFd: the owner of a file descriptor, from the system call that returns it.
#ifndef ISULAD_UTILS_OS_UNIQUE_FD_H_
#define ISULAD_UTILS_OS_UNIQUE_FD_H_

#include <unistd.h>

#include <utility>

namespace isulad::os {

class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(other.release()) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    reset(other.release());
    return *this;
  }
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd() { reset(); }

  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  explicit operator bool() const { return valid(); }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }
  // Errors of close() are ignored: Linux has closed the descriptor even then. Code that must know
  // that data has reached the disk calls fsync() first.
  void reset(int fd = -1) {
    if (fd_ >= 0) {
      ::close(fd_);
    }
    fd_ = fd;
  }

 private:
  int fd_ = -1;
};

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_UNIQUE_FD_H_
