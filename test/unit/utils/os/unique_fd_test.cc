#include "utils/os/unique_fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <utility>

namespace isulad::os {
namespace {

UniqueFd OpenNull() { return UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

bool IsOpen(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }

TEST(UniqueFd, ClosesAtTheEndOfItsLife) {
  int number = -1;
  {
    const UniqueFd fd = OpenNull();
    number = fd.get();
    EXPECT_TRUE(IsOpen(number));
  }
  EXPECT_FALSE(IsOpen(number));
}

TEST(UniqueFd, HandsOverWhenMoved) {
  UniqueFd first = OpenNull();
  const int number = first.get();
  UniqueFd second = std::move(first);
  EXPECT_FALSE(first.valid());  // NOLINT: what is left is what is tested
  EXPECT_EQ(second.get(), number);
  UniqueFd third = OpenNull();
  const int replaced = third.get();
  third = std::move(second);
  EXPECT_FALSE(IsOpen(replaced));
  EXPECT_EQ(third.get(), number);
}

TEST(UniqueFd, GivesUpWhatIsReleased) {
  UniqueFd fd = OpenNull();
  const UniqueFd owner(fd.release());
  EXPECT_FALSE(fd);
  fd.reset();
  EXPECT_TRUE(IsOpen(owner.get()));
}

}  // namespace
}  // namespace isulad::os
