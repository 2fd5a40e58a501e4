#include "support/mount_namespace.h"

#include <fcntl.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace isulad::test {
namespace {

using testing::TestPartResult;

// A result travels from the child as four fields, each ended by a zero: type, file, line, message.
constexpr size_t kFieldsPerResult = 4;

void AppendField(std::string& out, const std::string& field) { out.append(field).push_back('\0'); }

std::string Encode(const testing::TestPartResultArray& results) {
  std::string encoded;
  for (int i = 0; i < results.size(); ++i) {
    const TestPartResult& part = results.GetTestPartResult(i);
    AppendField(encoded, std::to_string(part.type()));
    AppendField(encoded, part.file_name() != nullptr ? part.file_name() : "unknown file");
    AppendField(encoded, std::to_string(part.line_number()));
    AppendField(encoded, part.message());
  }
  return encoded;
}

void Report(const std::string& encoded) {
  std::vector<std::string> fields;
  for (size_t begin = 0; begin < encoded.size(); begin += fields.back().size() + 1) {
    fields.emplace_back(encoded.c_str() + begin);
  }
  for (size_t i = 0; i + kFieldsPerResult <= fields.size(); i += kFieldsPerResult) {
    auto type = static_cast<TestPartResult::Type>(std::atoi(fields[i].c_str()));
    // Fatal means here: the body was left early. The caller's body is another one.
    if (type == TestPartResult::kFatalFailure) {
      type = TestPartResult::kNonFatalFailure;
    }
    if (type != TestPartResult::kSuccess) {
      testing::internal::AssertHelper(type, fields[i + 1].c_str(), std::atoi(fields[i + 2].c_str()),
                                      fields[i + 3].c_str()) = testing::Message();
    }
  }
}

void WriteAll(int fd, const std::string& data) {
  for (size_t written = 0; written < data.size();) {
    const ssize_t n = ::write(fd, data.data() + written, data.size() - written);
    if (n < 0 && errno != EINTR) {
      std::perror("reporting test results");
      ::_exit(EXIT_FAILURE);
    }
    written += n > 0 ? static_cast<size_t>(n) : 0;
  }
}

std::string ReadAll(int fd) {
  std::string data;
  char buffer[4096];
  for (;;) {
    const ssize_t n = ::read(fd, buffer, sizeof(buffer));
    if (n == 0 || (n < 0 && errno != EINTR)) {
      return data;
    }
    data.append(buffer, n > 0 ? static_cast<size_t>(n) : 0);
  }
}

[[noreturn]] void RunChild(int report_fd, const std::function<void()>& body) {
  testing::TestPartResultArray results;
  {
    // The second is for a caller that has itself set a reporter for this thread.
    using Reporter = testing::ScopedFakeTestPartResultReporter;
    const Reporter of_all_threads(Reporter::INTERCEPT_ALL_THREADS, &results);
    const Reporter of_this_thread(Reporter::INTERCEPT_ONLY_CURRENT_THREAD, &results);
    body();
  }
  WriteAll(report_fd, Encode(results));
  std::fflush(nullptr);
  // Not exit(): what was registered there belongs to the parent.
  ::_exit(EXIT_SUCCESS);
}

void CheckChildEnded(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    ASSERT_EQ(errno, EINTR) << "waitpid: " << std::strerror(errno);
  }
  if (WIFSIGNALED(status)) {
    ADD_FAILURE() << "the forked body was ended by signal " << WTERMSIG(status);
  } else if (WEXITSTATUS(status) != EXIT_SUCCESS) {
    ADD_FAILURE() << "the forked body exited with " << WEXITSTATUS(status);
  }
}

// Runs in the child. `entered` because the test cannot be asked: its failures go to the fake
// reporter.
void EnterMountNamespace(bool& entered) {
  if (::unshare(CLONE_NEWNS) != 0) {
    if (errno == EPERM) {
      GTEST_SKIP() << "SKIPPED: a mount namespace of its own needs CAP_SYS_ADMIN";
    }
    FAIL() << "unshare: " << std::strerror(errno);
  }
  ASSERT_EQ(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr), 0)
      << "making all mounts private: " << std::strerror(errno);
  entered = true;
}

}  // namespace

void RunInChild(const std::function<void()>& body) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0) << std::strerror(errno);
  std::fflush(nullptr);
  const pid_t pid = ::fork();
  ASSERT_GE(pid, 0) << "fork: " << std::strerror(errno);
  if (pid == 0) {
    ::close(ends[0]);
    RunChild(ends[1], body);
  }
  ::close(ends[1]);
  const std::string encoded = ReadAll(ends[0]);
  ::close(ends[0]);
  CheckChildEnded(pid);
  Report(encoded);
}

void RunInMountNamespace(const std::function<void()>& body) {
  RunInChild([&body] {
    bool entered = false;
    EnterMountNamespace(entered);
    if (entered) {
      body();
    }
  });
}

}  // namespace isulad::test
