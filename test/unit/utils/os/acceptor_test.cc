#include "utils/os/acceptor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <time.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "support/lowered_limit.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/unix_socket.h"

namespace isulad::os {
namespace {

class AcceptorTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(loop_, EventLoop::Create());
    ASSERT_OK_AND_ASSIGN(UniqueFd listener, ListenUnix(path_, 0600));
    ASSERT_OK(SetNonBlocking(listener.get()));
    ASSERT_OK_AND_ASSIGN(acceptor_,
                         Acceptor::Create(
                             loop_.get(), std::move(listener),
                             [this](UniqueFd connection) {
                               connections_.push_back(std::move(connection));
                               if (connections_.size() == wanted_) {
                                 loop_->Stop();
                               }
                             },
                             [this](const Status& status) {
                               reports_.push_back(status ? "well" : status.error().message());
                             }));
  }
  void TearDown() override { acceptor_.reset(); }

  UniqueFd Connect() {
    Result<UniqueFd> client = ConnectUnix(path_);
    EXPECT_OK(client);
    return client ? *std::move(client) : UniqueFd();
  }
  void RunUntilAccepted(size_t number) {
    wanted_ = number;
    ASSERT_OK(loop_->Run());
  }

  test::TempDir dir_;
  const std::string path_ = dir_.Sub("socket");
  std::unique_ptr<EventLoop> loop_;
  std::unique_ptr<Acceptor> acceptor_;
  size_t wanted_ = 0;
  std::vector<UniqueFd> connections_;
  std::vector<std::string> reports_;
};

TEST_F(AcceptorTest, HandsOverEachConnection) {
  const UniqueFd first = Connect();
  const UniqueFd second = Connect();
  RunUntilAccepted(2);
  EXPECT_THAT(reports_, testing::IsEmpty());
}

std::chrono::nanoseconds ProcessorTime() {
  struct timespec time = {};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

TEST_F(AcceptorTest, RestsWhereThereIsNoDescriptorAndSaysSoOnce) {
  constexpr auto kWaiting = Acceptor::kRest * 5;
  const UniqueFd client = Connect();
  const auto before = ProcessorTime();
  {
    const test::LoweredLimit no_descriptors(RLIMIT_NOFILE, 3);
    loop_->After(kWaiting, [this] { loop_->Stop(); });
    ASSERT_OK(loop_->Run());
  }
  EXPECT_LT(ProcessorTime() - before, kWaiting / 2);  // it would be all of it
  EXPECT_THAT(reports_, testing::ElementsAre(testing::HasSubstr("accept a connection")));
  RunUntilAccepted(1);
  EXPECT_THAT(reports_, testing::ElementsAre(testing::_, "well"));
}

TEST_F(AcceptorTest, CanEndWhileItRests) {
  const UniqueFd client = Connect();
  const test::LoweredLimit no_descriptors(RLIMIT_NOFILE, 3);
  acceptor_->AcceptAll();
  acceptor_.reset();
  loop_->After(Acceptor::kRest * 2, [this] { loop_->Stop(); });
  EXPECT_OK(loop_->Run());
}

}  // namespace
}  // namespace isulad::os
