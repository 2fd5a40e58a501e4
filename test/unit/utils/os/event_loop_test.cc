#include "utils/os/event_loop.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "support/result_matchers.h"

namespace isulad::os {
namespace {

using std::chrono::milliseconds;

struct Pipe {
  Pipe() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    reader.reset(ends[0]);
    writer.reset(ends[1]);
  }
  void Put() const { EXPECT_EQ(::write(writer.get(), "x", 1), 1); }
  bool Take() const {
    char byte = 0;
    return ::read(reader.get(), &byte, 1) == 1;
  }
  UniqueFd reader;
  UniqueFd writer;
};

class EventLoopTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_OK_AND_ASSIGN(loop_, EventLoop::Create()); }

  std::unique_ptr<EventLoop> loop_;
  std::vector<std::string> order_;
};

TEST_F(EventLoopTest, CallsTheHandlerOfAReadyDescriptor) {
  const Pipe pipe;
  int calls = 0;
  ASSERT_OK(loop_->Add(pipe.reader.get(), EPOLLIN, [&](uint32_t events) {
    EXPECT_EQ(events, uint32_t{EPOLLIN});
    EXPECT_TRUE(pipe.Take());
    if (++calls == 2) {
      loop_->Stop();
    } else {
      pipe.Put();
    }
  }));
  pipe.Put();
  ASSERT_OK(loop_->Run());
  EXPECT_EQ(calls, 2);
}

TEST_F(EventLoopTest, ReportsTheHangUp) {
  Pipe pipe;
  uint32_t seen = 0;
  ASSERT_OK(loop_->Add(pipe.reader.get(), EPOLLIN, [&](uint32_t events) {
    seen = events;
    loop_->Stop();
  }));
  pipe.writer.reset();
  ASSERT_OK(loop_->Run());
  EXPECT_NE(seen & EPOLLHUP, 0u);
}

TEST_F(EventLoopTest, DoesNotCallAHandlerAgainAfterRemove) {
  const Pipe one;
  const Pipe other;
  // Both are ready in one round; whichever comes first removes the other.
  const auto watch = [&](const Pipe& mine, const Pipe& theirs) {
    ASSERT_OK(loop_->Add(mine.reader.get(), EPOLLIN, [&](uint32_t) {
      order_.push_back("handler");
      loop_->Remove(mine.reader.get());
      loop_->Remove(theirs.reader.get());
      loop_->After(milliseconds(0), [this] { loop_->Stop(); });
    }));
  };
  watch(one, other);
  watch(other, one);
  one.Put();
  other.Put();
  ASSERT_OK(loop_->Run());
  EXPECT_EQ(order_.size(), 1u);
}

TEST_F(EventLoopTest, DoesNotGiveAStaleEventToANewHandlerOfTheSameNumber) {
  const Pipe one;
  const Pipe other;
  const Pipe quiet;
  // The first handler puts a descriptor that has nothing to read in the place of the second.
  const auto replace = [&](const Pipe& mine, const Pipe& theirs) {
    ASSERT_OK(loop_->Add(mine.reader.get(), EPOLLIN, [&](uint32_t) {
      order_.push_back("first");
      loop_->Remove(mine.reader.get());
      loop_->Remove(theirs.reader.get());
      ASSERT_GE(::dup3(quiet.reader.get(), theirs.reader.get(), O_CLOEXEC), 0);
      ASSERT_OK(
          loop_->Add(theirs.reader.get(), EPOLLIN, [&](uint32_t) { order_.push_back("stale"); }));
      loop_->After(milliseconds(0), [this] { loop_->Stop(); });
    }));
  };
  replace(one, other);
  replace(other, one);
  one.Put();
  other.Put();
  ASSERT_OK(loop_->Run());
  EXPECT_EQ(order_, std::vector<std::string>{"first"});
}

TEST_F(EventLoopTest, ModifiesWhatIsWatched) {
  const Pipe pipe;
  ASSERT_OK(loop_->Add(pipe.writer.get(), 0, [&](uint32_t) {
    order_.push_back("writable");
    loop_->Stop();
  }));
  loop_->After(milliseconds(1), [&] {
    EXPECT_TRUE(order_.empty());
    ASSERT_OK(loop_->Modify(pipe.writer.get(), EPOLLOUT));
  });
  ASSERT_OK(loop_->Run());
  EXPECT_EQ(order_.size(), 1u);
  EXPECT_THAT(loop_->Modify(pipe.reader.get(), 0), test::IsErrorWith(Code::kNotFound, ""));
}

TEST_F(EventLoopTest, RunsTimersInTheOrderOfTheirTime) {
  loop_->After(milliseconds(3), [&] {
    order_.push_back("third");
    loop_->Stop();
  });
  loop_->After(milliseconds(0), [&] { order_.push_back("first"); });
  loop_->After(milliseconds(1), [&] { order_.push_back("second"); });
  ASSERT_OK(loop_->Run());
  EXPECT_EQ(order_, (std::vector<std::string>{"first", "second", "third"}));
}

TEST_F(EventLoopTest, DoesNotRunCancelledTimers) {
  const EventLoop::TimerId later =
      loop_->After(milliseconds(0), [&] { order_.push_back("later"); });
  loop_->After(milliseconds(1), [&] { loop_->Stop(); });
  loop_->Cancel(later);
  loop_->Cancel(later);
  loop_->Cancel(4711);
  ASSERT_OK(loop_->Run());
  EXPECT_TRUE(order_.empty());
}

TEST_F(EventLoopTest, CancelsATimerFromAnotherOfTheSameRound) {
  EventLoop::TimerId second = 0;
  loop_->After(milliseconds(0), [&] {
    loop_->Cancel(second);
    loop_->After(milliseconds(1), [&] { loop_->Stop(); });
  });
  second = loop_->After(milliseconds(0), [&] { order_.push_back("second"); });
  ASSERT_OK(loop_->Run());
  EXPECT_TRUE(order_.empty());
}

TEST_F(EventLoopTest, RunsPostedTasksOnItsOwnThread) {
  const std::thread::id mine = std::this_thread::get_id();
  std::thread poster([&] {
    for (int i = 0; i < 100; ++i) {
      loop_->Post([&] {
        EXPECT_EQ(std::this_thread::get_id(), mine);
        order_.push_back("task");
      });
    }
    loop_->Post([&] { loop_->Stop(); });
  });
  ASSERT_OK(loop_->Run());
  poster.join();
  EXPECT_EQ(order_.size(), 100u);
}

TEST_F(EventLoopTest, ReturnsAtOnceWhereItWasStoppedBefore) {
  loop_->Post([&] { order_.push_back("task"); });
  loop_->Stop();
  ASSERT_OK(loop_->Run());
  EXPECT_TRUE(order_.empty());
}

TEST_F(EventLoopTest, RefusesADescriptorThatCannotBeWatched) {
  EXPECT_THAT(loop_->Add(-1, EPOLLIN, [](uint32_t) {}), test::IsErrno(EBADF));
}

}  // namespace
}  // namespace isulad::os
