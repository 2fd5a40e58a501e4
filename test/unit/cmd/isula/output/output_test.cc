#include "cmd/isula/output/output.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <thread>

#include "gtest/gtest.h"
#include "utils/os/unique_fd.h"

namespace isulad::output {
namespace {

struct Pipe {
  explicit Pipe(int flags) {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC | flags), 0);
    read_end.reset(ends[0]);
    write_end.reset(ends[1]);
  }
  os::UniqueFd read_end;
  os::UniqueFd write_end;
};

TEST(FdOutput, WritesAllToAReaderThatIsSlowEvenWithoutBlocking) {
  Pipe pipe(O_NONBLOCK);
  const std::string text(1 << 20, 'x');  // more than a pipe holds
  std::thread writer([&] {
    FdOutput output(pipe.write_end.get(), -1);
    EXPECT_TRUE(output.Out(text));
    pipe.write_end.reset();
  });
  std::string got;
  ASSERT_EQ(::fcntl(pipe.read_end.get(), F_SETFL, 0), 0);
  char buffer[4096];
  for (ssize_t n = 0; (n = ::read(pipe.read_end.get(), buffer, sizeof(buffer))) > 0;) {
    got.append(buffer, static_cast<size_t>(n));
  }
  writer.join();
  EXPECT_EQ(got, text);
}

TEST(FdOutput, KeepsTheFirstFailure) {
  ASSERT_TRUE(::signal(SIGPIPE, SIG_IGN) != SIG_ERR);
  Pipe pipe(0);
  pipe.read_end.reset();
  FdOutput output(pipe.write_end.get(), -1);
  output.OutLine("x");
  ASSERT_FALSE(output.OutStatus());
  EXPECT_EQ(output.OutStatus().error().system_errno(), EPIPE);
  ASSERT_TRUE(::signal(SIGPIPE, SIG_DFL) != SIG_ERR);
}

TEST(FdOutput, SeesAFullDevice) {
  const os::UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  FdOutput output(full.get(), -1);
  const Status written = output.Out("x");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().system_errno(), ENOSPC);
}

}  // namespace
}  // namespace isulad::output
