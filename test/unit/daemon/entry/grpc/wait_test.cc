#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "fake_service.h"

namespace isulad::entry {
namespace {

class WaitTest : public ServiceTest {
 protected:
  WaitTest() {
    service_.wait = [this](const std::string&,
                           std::function<void(int)> done) -> Result<std::function<void()>> {
      asked_.set_value(std::move(done));
      return std::function<void()>([this] { taken_back_.set_value(); });
    };
  }
  ~WaitTest() override { StopServer(); }
  // Calls Wait on a thread of its own, as it blocks.
  std::future<grpc::Status> StartWaiting() {
    Bound(context_);
    return std::async(std::launch::async,
                      [this] { return stub_->Wait(&context_, {}, &response_); });
  }

  std::promise<std::function<void(int)>> asked_;
  std::promise<void> taken_back_;
  grpc::ClientContext context_;
  v1::WaitResponse response_;
};

TEST_F(WaitTest, AnswersWhenTheContainerEnds) {
  std::future<grpc::Status> status = StartWaiting();
  const std::function<void(int)> done = asked_.get_future().get();
  done(7);
  EXPECT_TRUE(status.get().ok());
  EXPECT_EQ(response_.exit_code(), 7);
  taken_back_.get_future().wait();  // nothing is left of the wish
}

TEST_F(WaitTest, AnswersAtOnceWhereItDoesNotRun) {
  service_.wait = [](const std::string& reference,
                     const std::function<void(int)>& done) -> Result<std::function<void()>> {
    EXPECT_EQ(reference, "");
    done(3);
    return std::function<void()>([] {});
  };
  EXPECT_TRUE(StartWaiting().get().ok());
  EXPECT_EQ(response_.exit_code(), 3);
}

TEST_F(WaitTest, SaysThatThereIsNoSuchContainer) {
  service_.wait = [](const std::string&,
                     const std::function<void(int)>&) -> Result<std::function<void()>> {
    return NotFound("No such container: x");
  };
  const grpc::Status status = StartWaiting().get();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status.error_message(), "No such container: x");
}

TEST_F(WaitTest, TakesItsWishBackWhereTheClientGoes) {
  std::future<grpc::Status> status = StartWaiting();
  const std::function<void(int)> done = asked_.get_future().get();
  context_.TryCancel();
  EXPECT_EQ(status.get().error_code(), grpc::StatusCode::CANCELLED);
  taken_back_.get_future().wait();
  done(0);  // it came too late to be taken back, and finds nobody
}

TEST_F(WaitTest, FinishesOnceWhereEndAndCancellationMeet) {
  std::future<grpc::Status> status = StartWaiting();
  const std::function<void(int)> done = asked_.get_future().get();
  std::thread ending([&] { done(1); });
  context_.TryCancel();
  ending.join();
  const grpc::StatusCode code = status.get().error_code();
  EXPECT_TRUE(code == grpc::StatusCode::OK || code == grpc::StatusCode::CANCELLED) << code;
  taken_back_.get_future().wait();
}

}  // namespace
}  // namespace isulad::entry
