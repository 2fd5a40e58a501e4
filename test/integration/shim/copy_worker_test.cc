// The real worker, in directories: what it reads and writes, how it ends.
#include "daemon/modules/shim/copy_worker.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <future>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "unit/utils/archive/recorder.h"
#include "utils/archive/stream.h"
#include "utils/os/event_loop.h"
#include "utils/os/file.h"
#include "utils/os/user_namespace.h"

namespace isulad::shim {
namespace {

using archive::MakeEntry;
using archive::MakeFile;
using archive::ReadText;
using archive::WriteText;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::IsErrorWith;
using ::testing::IsEmpty;

constexpr seconds kCopyPatience(20);

class CopyWorkerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "needs root";
    }
    ::signal(SIGPIPE, SIG_IGN);  // as the daemon does
    auto loop = os::EventLoop::Create();
    ASSERT_OK(loop);
    loop_ = *std::move(loop);
    thread_ = std::thread([this] { IgnoreError(loop_->Run()); });
    ASSERT_EQ(::mkdir(root_.c_str(), 0755), 0);
  }
  void TearDown() override {
    worker_.reset();
    if (loop_) {
      loop_->Stop();
      thread_.join();
    }
  }

  void Start(const CopyJob& job, int place = -1) {
    ASSERT_OK_AND_ASSIGN(const os::UniqueFd root, os::Open(root_, O_PATH | O_DIRECTORY));
    ASSERT_OK_AND_ASSIGN(
        worker_, StartCopyWorker(ISULAD_SHIM_PROGRAM, loop_.get(), job, {root.get(), place}));
  }
  Result<std::string> Read() {
    const auto promise = std::make_shared<std::promise<Result<std::string>>>();
    std::future<Result<std::string>> bytes = promise->get_future();
    worker_->Read([promise](Result<std::string> read) { promise->set_value(std::move(read)); });
    if (bytes.wait_for(kCopyPatience) != std::future_status::ready) {
      return Internal("the worker says nothing");
    }
    return bytes.get();
  }
  // Under whatever name.
  bool HasFileWith(const std::string& text) const {
    for (const auto& entry : std::filesystem::directory_iterator(root_)) {
      if (ReadText(entry.path()) == text) {
        return true;
      }
    }
    return false;
  }
  // All that it says, decoded.
  Status Listen() {
    archive::StreamDecoder decoder(&recorder_);
    for (;;) {
      ASSIGN_OR_RETURN(const std::string bytes, Read());
      if (bytes.empty()) {
        return decoder.ended() ? OkStatus() : Status(Internal("no end"));
      }
      RETURN_IF_ERROR(decoder.Add(bytes));
    }
  }
  void Write(std::string bytes) {
    const auto promise = std::make_shared<std::promise<void>>();
    std::future<void> taken = promise->get_future();
    worker_->Write(std::move(bytes), [promise] { promise->set_value(); });
    ASSERT_EQ(taken.wait_for(kCopyPatience), std::future_status::ready);
  }
  template <typename Say>
  static std::string Encode(Say say) {
    std::string bytes;
    archive::StreamEncoder encoder([&bytes](std::string_view more) {
      bytes.append(more);
      return OkStatus();
    });
    say(encoder);
    EXPECT_OK(encoder.Flush());
    return bytes;
  }
  static CopyJob JobOf(CopyVerb verb, std::string path) {
    CopyJob job;
    job.verb = verb;
    job.path = std::move(path);
    return job;
  }

  test::TempDir directory_;
  const std::string root_ = directory_.Sub("root");
  std::unique_ptr<os::EventLoop> loop_;
  std::thread thread_;
  std::unique_ptr<CopyWorker> worker_;
  archive::Recorder recorder_;
};

TEST_F(CopyWorkerTest, ReadsWhatIsBeneathItsRoot) {
  WriteText(root_ + "/file", std::string(1 << 20, 'x'));
  Start(JobOf(CopyVerb::kFrom, "/../../file"));
  ASSERT_OK(Listen());
  EXPECT_EQ(recorder_.source.name, "file");
  EXPECT_EQ(recorder_.data[""], std::string(1 << 20, 'x'));
  EXPECT_TRUE(worker_->WaitEnded(kCopyPatience));
}

TEST_F(CopyWorkerTest, FollowsNoLinkOutOfItsRoot) {
  WriteText(directory_.Sub("secret"), "secret");
  ASSERT_EQ(::symlink(directory_.Sub("secret").c_str(), (root_ + "/link").c_str()), 0);
  ASSERT_EQ(::symlink("../secret", (root_ + "/up").c_str()), 0);
  for (const char* path : {"/link", "/up"}) {
    CopyJob job = JobOf(CopyVerb::kFrom, path);
    job.follow_link = true;
    Start(job);
    EXPECT_THAT(Listen(), IsErrorWith(Code::kNotFound, path));
  }
}

TEST_F(CopyWorkerTest, WritesToItsRootAndSaysHowItWent) {
  Start(JobOf(CopyVerb::kTo, "/new"));
  Write(Encode([](archive::StreamEncoder& encoder) {
    EXPECT_OK(encoder.OnSource({"x", false, false, false, 0}));
    EXPECT_OK(encoder.OnEntry(MakeFile("", 4)));
    EXPECT_OK(encoder.OnData(0, "text"));
    EXPECT_OK(encoder.OnEnd());
  }));
  worker_->CloseInput();
  ASSERT_OK(Listen());
  EXPECT_EQ(ReadText(root_ + "/new"), "text");
}

TEST_F(CopyWorkerTest, RefusesWithTheReasonWhatCannotBePlaced) {
  Start(JobOf(CopyVerb::kTo, "/none/new"));
  Write(Encode([](archive::StreamEncoder& encoder) {
    EXPECT_OK(encoder.OnSource({"x", false, false, false, 0}));
  }));
  EXPECT_THAT(Listen(), IsErrorWith(Code::kNotFound, "open \"/none\""));
  Write(std::string(4 << 20, 'x'));  // is dropped
}

TEST_F(CopyWorkerTest, RemovesHalfAFileWhereNobodyWantsTheRest) {
  Start(JobOf(CopyVerb::kTo, "/new"));
  Write(Encode([](archive::StreamEncoder& encoder) {
    EXPECT_OK(encoder.OnSource({"x", false, false, false, 0}));
    EXPECT_OK(encoder.OnEntry(MakeFile("", 1 << 20)));
    EXPECT_OK(encoder.OnData(0, "text"));
  }));
  const auto deadline = std::chrono::steady_clock::now() + kCopyPatience;
  while (!HasFileWith("text") && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
  }
  worker_->Abandon();
  EXPECT_TRUE(worker_->WaitEnded(kCopyPatience));
  EXPECT_TRUE(std::filesystem::is_empty(root_));
}

// In the thread that calls it nothing more can be watched.
void RefuseToWatch() {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_epoll_ctl, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[1])),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, EPOLL_CTL_ADD, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSPC),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter = {std::size(program), program};
  ASSERT_EQ(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
  ASSERT_EQ(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter), 0);
}

TEST_F(CopyWorkerTest, EndsAlsoWhereItCannotBeWatched) {
  WriteText(root_ + "/file", std::string(4 << 20, 'x'));
  loop_->Post(RefuseToWatch);
  Start(JobOf(CopyVerb::kFrom, "/file"));
  EXPECT_TRUE(worker_->WaitEnded(kCopyPatience));
  EXPECT_THAT(Listen(), test::IsErrno(ENOSPC));
}

TEST_F(CopyWorkerTest, EndsForAReason) {
  WriteText(root_ + "/file", std::string(4 << 20, 'x'));
  Start(JobOf(CopyVerb::kFrom, "/file"));
  ASSERT_OK(Read());
  worker_->End(Error(Code::kAborted, "is being removed"));
  EXPECT_THAT(Listen(), IsErrorWith(Code::kAborted, "is being removed"));
  EXPECT_TRUE(worker_->WaitEnded(kCopyPatience));
}

TEST_F(CopyWorkerTest, DiesWhenNobodyReads) {
  WriteText(root_ + "/file", std::string(4 << 20, 'x'));
  Start(JobOf(CopyVerb::kFrom, "/file"));
  EXPECT_FALSE(worker_->WaitEnded(milliseconds(100))) << "its pipe is full";
  const auto ended = std::make_shared<std::promise<void>>();
  std::future<void> told = ended->get_future();
  worker_->WhenEnded([ended] { ended->set_value(); });
  worker_.reset();
  EXPECT_EQ(told.wait_for(kCopyPatience), std::future_status::ready);
}

TEST_F(CopyWorkerTest, OwnersAreThoseOfTheUserNamespace) {
  WriteText(root_ + "/file", "x");
  ASSERT_EQ(::chown((root_ + "/file").c_str(), 100007, 200008), 0);
  ASSERT_EQ(::chown(root_.c_str(), 100000, 200000), 0);
  ASSERT_EQ(::chmod(directory_.path().c_str(), 0755), 0);
  ASSERT_OK_AND_ASSIGN(const os::UniqueFd users, os::CreateUserNamespace({100000, 200000, 65536}));
  CopyJob job = JobOf(CopyVerb::kFrom, "/file");
  job.place = CopyPlace::kUserNamespace;
  Start(job, users.get());
  ASSERT_OK(Listen());
  ASSERT_NE(recorder_.Find(""), nullptr);
  EXPECT_EQ(recorder_.Find("")->uid, 7U);
  EXPECT_EQ(recorder_.Find("")->gid, 8U);
  job = JobOf(CopyVerb::kTo, "/made");
  job.place = CopyPlace::kUserNamespace;
  Start(job, users.get());
  Write(Encode([](archive::StreamEncoder& encoder) {
    EXPECT_OK(encoder.OnSource({"x", false, false, false, 0}));
    EXPECT_OK(encoder.OnEntry(MakeFile("", 0)));
    EXPECT_OK(encoder.OnEnd());
  }));
  ASSERT_OK(Listen());
  struct stat status = {};
  ASSERT_EQ(::stat((root_ + "/made").c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, 100000U);
  EXPECT_EQ(status.st_gid, 200000U);
  EXPECT_THAT(recorder_.notices, IsEmpty());
}

}  // namespace
}  // namespace isulad::shim
