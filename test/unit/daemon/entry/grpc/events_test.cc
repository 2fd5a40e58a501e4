#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "daemon/entry/grpc/events_service.h"
#include "daemon/modules/events/journal.h"
#include "fake_events.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::entry {
namespace {

namespace events_v1 = isula::events::v1;

events::Event Named(const std::string& name) {
  return {{5}, events::EventType::kDie, "abc", name, {{"exitCode", "3"}}};
}

// The names in a message, with what it says of lost ones.
std::string Names(const events_v1::SubscribeResponse& response) {
  std::string names;
  for (const events_v1::Event& event : response.events()) {
    names += event.container_name() + " ";
  }
  return response.missed() == 0 ? names : names + std::to_string(response.missed()) + " missed";
}

class EventsTest : public testing::Test {
 protected:
  void Serve(events::Source* source) {
    service_ =
        std::make_unique<EventsServiceImpl>(source, CallEnvironment{workers_.get(), &peers_});
    grpc::ServerBuilder builder;
    builder.RegisterService(service_.get());
    server_ = builder.BuildAndStart();
    stub_ = events_v1::EventsService::NewStub(server_->InProcessChannel({}));
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
  }
  ~EventsTest() override { StopServer(); }
  void StopServer() {
    if (server_) {
      server_->Shutdown(std::chrono::system_clock::now());
      server_->Wait();
      workers_->Drain();
    }
  }
  std::unique_ptr<grpc::ClientReader<events_v1::SubscribeResponse>> Subscribe(
      const events_v1::SubscribeRequest& request = {}) {
    auto reader = stub_->Subscribe(&context_, request);
    reader->WaitForInitialMetadata();
    return reader;
  }

  std::unique_ptr<os::WorkerPool> workers_ = *os::WorkerPool::Create(2);
  Peers peers_;
  std::unique_ptr<EventsServiceImpl> service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<events_v1::EventsService::Stub> stub_;
  grpc::ClientContext context_;
  events_v1::SubscribeResponse response_;
};

class FakeEventsTest : public EventsTest {
 protected:
  FakeEventsTest() { Serve(&source_); }
  ~FakeEventsTest() override { StopServer(); }
  FakeEvents source_;
};

TEST_F(FakeEventsTest, SendsWhatThereIsAndWhatComes) {
  source_.Add(events::Batch{{Named("a"), Named("b")}, 0, false});
  const auto reader = Subscribe();
  ASSERT_TRUE(reader->Read(&response_));
  EXPECT_EQ(Names(response_), "a b ");
  source_.WaitForRest();
  source_.Add(events::Batch{{Named("c")}, 7, false});
  ASSERT_TRUE(reader->Read(&response_));
  EXPECT_EQ(Names(response_), "c 7 missed");
}

TEST_F(FakeEventsTest, PassesOnEveryField) {
  source_.Add(events::Batch{{Named("a")}, 0, true});
  const auto reader = Subscribe();
  ASSERT_TRUE(reader->Read(&response_));
  const events_v1::Event& event = response_.events(0);
  EXPECT_EQ(event.time(), 5);
  EXPECT_EQ(event.type(), "die");
  EXPECT_EQ(event.container_id(), "abc");
  EXPECT_EQ(event.attributes(0).key() + "=" + event.attributes(0).value(), "exitCode=3");
  EXPECT_FALSE(reader->Read(&response_));
  EXPECT_TRUE(reader->Finish().ok());
}

TEST_F(FakeEventsTest, AsksAsItIsAsked) {
  source_.Add(events::Batch{{}, 0, true});
  events_v1::SubscribeRequest request;
  request.set_since(0);
  request.set_until(9);
  request.add_containers("web");
  EXPECT_TRUE(Subscribe(request)->Finish().ok());
  const events::Query asked = source_.asked();
  EXPECT_EQ(asked.since, Timestamp{0});
  EXPECT_EQ(asked.until, Timestamp{9});
  EXPECT_THAT(asked.containers, testing::ElementsAre("web"));
}

TEST_F(FakeEventsTest, DoesNotInventTimes) {
  source_.Add(events::Batch{{}, 0, true});
  EXPECT_TRUE(Subscribe()->Finish().ok());
  EXPECT_EQ(source_.asked().since, std::nullopt);
  EXPECT_EQ(source_.asked().until, std::nullopt);
}

TEST_F(FakeEventsTest, TellsWhyItCannotRead) {
  source_.Add(Error(Code::kInternal, "bad disk"));
  const grpc::Status status = Subscribe()->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(status.error_message(), "bad disk");
}

TEST_F(FakeEventsTest, CostsNoThreadWhileNothingHappens) {
  const auto reader = Subscribe();
  source_.WaitForRest();
  workers_->Drain();  // returns only when no worker is at it
  const int reads = source_.reads();
  EXPECT_EQ(reads, 1);
}

TEST_F(FakeEventsTest, IsGoneWhenTheClientIs) {
  const auto reader = Subscribe();
  source_.WaitForRest();
  context_.TryCancel();
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  source_.WaitUntilUnread();
}

TEST_F(FakeEventsTest, IsGoneWhenTheClientIsInTheMiddleOfAMessage) {
  events::Batch large;
  large.events.assign(1000, Named(std::string(1000, 'x')));
  for (int i = 0; i < 20; ++i) {
    source_.Add(large);
  }
  const auto reader = Subscribe();
  ASSERT_TRUE(reader->Read(&response_));
  context_.TryCancel();
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  source_.WaitUntilUnread();
}

TEST_F(FakeEventsTest, TakesNoMoreThanAStalledClientDoes) {
  events::Batch large;
  large.events.assign(1000, Named(std::string(1000, 'x')));
  for (int i = 0; i < 200; ++i) {
    source_.Add(large);
  }
  const auto reader = Subscribe();
  ASSERT_TRUE(reader->Read(&response_));
  // Another one is served meanwhile: nothing waits for the first.
  workers_->Drain();
  EXPECT_LT(source_.reads(), 20);
}

TEST_F(FakeEventsTest, EndsWithTheServer) {
  const auto reader = Subscribe();
  source_.WaitForRest();
  std::thread stopping([this] { StopServer(); });
  EXPECT_NE(reader->Finish().error_code(), grpc::StatusCode::OK);
  stopping.join();
  source_.WaitUntilUnread();
}

class JournalEventsTest : public EventsTest {
 protected:
  JournalEventsTest() {
    journal_ = *events::Journal::Open(dir_.Sub("events"), &clock_);
    Serve(journal_.get());
  }
  ~JournalEventsTest() override { StopServer(); }

  test::TempDir dir_;
  SystemClock clock_;
  std::unique_ptr<events::Journal> journal_;
};

TEST_F(JournalEventsTest, FollowsUntilATimeThatIsStillToCome) {
  ASSERT_OK(journal_->Publish(Named("a")));
  events_v1::SubscribeRequest request;
  request.set_since(0);
  request.set_until(clock_.Now().nanoseconds + 300'000'000);
  const auto reader = Subscribe(request);
  ASSERT_OK(journal_->Publish(Named("b")));
  std::string names;
  while (reader->Read(&response_)) {
    names += Names(response_);
  }
  EXPECT_EQ(names, "a b ");
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_GT(clock_.Now().nanoseconds, request.until());
}

TEST_F(JournalEventsTest, ATimeThatNeverComesIsNone) {
  events_v1::SubscribeRequest request;
  request.set_until(INT64_MAX);
  const auto reader = Subscribe(request);
  ASSERT_OK(journal_->Publish(Named("a")));
  ASSERT_TRUE(reader->Read(&response_));
  EXPECT_EQ(Names(response_), "a ");
}

TEST_F(JournalEventsTest, MissesNothingThatIsPublishedOnManyThreads) {
  constexpr int kThreads = 4;
  constexpr int kEach = 250;
  const auto reader = Subscribe();
  std::vector<std::thread> publishers;
  for (int i = 0; i < kThreads; ++i) {
    publishers.emplace_back([this] {
      for (int n = 0; n < kEach; ++n) {
        EXPECT_OK(journal_->Publish(Named("x")));
      }
    });
  }
  int seen = 0;
  while (seen < kThreads * kEach && reader->Read(&response_)) {
    EXPECT_EQ(response_.missed(), 0u);
    seen += response_.events_size();
  }
  for (std::thread& publisher : publishers) {
    publisher.join();
  }
  EXPECT_EQ(seen, kThreads * kEach);
}

}  // namespace
}  // namespace isulad::entry
