#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fake_service.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::entry {
namespace {

using Reader = std::unique_ptr<grpc::ClientReader<v1::LogsResponse>>;

class LogsTest : public ServiceTest {
 protected:
  LogsTest() {
    service_.logs = [this](const container::LogsRequest& request) { return Open(request); };
  }
  ~LogsTest() override { StopServer(); }

  Result<std::unique_ptr<logs::LogStream>> Open(const container::LogsRequest& request) {
    logs::ReadOptions options = request.options;
    options.to_present_end = !request.follow;
    ASSIGN_OR_RETURN(std::unique_ptr<logs::LogReader> reader,
                     logs::LogReader::Open(logs::LogFiles(dir_.Sub("log.json")), options));
    if (!request.follow) {
      return std::make_unique<logs::LogStream>(std::move(reader));
    }
    return std::make_unique<logs::LogStream>(
        std::move(reader), news_,
        std::vector<std::function<void()>>{[this] { released_.set_value(); }});
  }
  void Append(const std::string& stream, const std::string& text) {
    std::ofstream(dir_.Sub("log.json"), std::ios::app)
        << "{\"log\":\"" << text << "\\n\",\"stream\":\"" << stream << "\",\"time\":\"T\"}\n";
  }
  Reader Call(v1::LogsRequest request) {
    Bound(context_);
    return stub_->Logs(&context_, request);
  }
  static v1::LogsRequest Request(bool follow, int64_t tail = -1) {
    v1::LogsRequest request;
    request.set_follow(follow);
    request.set_tail(tail);
    return request;
  }
  // The next output; "." at the end.
  static std::string NextOf(grpc::ClientReader<v1::LogsResponse>& reader) {
    for (v1::LogsResponse response; reader.Read(&response);) {
      if (!response.stdout().empty() || !response.stderr().empty()) {
        return "O:" + response.stdout() + "E:" + response.stderr();
      }
    }
    return ".";
  }

  test::TempDir dir_;
  const std::shared_ptr<logs::LogNews> news_ = std::make_shared<logs::LogNews>();
  std::promise<void> released_;
  grpc::ClientContext context_;
};

TEST_F(LogsTest, SendsBothStreamsInOrder) {
  Append("stdout", "a");
  Append("stderr", "b");
  Append("stdout", "c");
  const Reader reader = Call(Request(false));
  EXPECT_EQ(NextOf(*reader), "O:a\nE:");
  EXPECT_EQ(NextOf(*reader), "O:E:b\n");
  EXPECT_EQ(NextOf(*reader), "O:c\nE:");
  EXPECT_EQ(NextOf(*reader), ".");
  EXPECT_TRUE(reader->Finish().ok());
}

TEST_F(LogsTest, SendsNothingOfAnEmptyLogButWhereItBegins) {
  const Reader reader = Call({});
  v1::LogsResponse response;
  ASSERT_TRUE(reader->Read(&response));
  EXPECT_NE(response.cursor(), "");
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_TRUE(reader->Finish().ok());
}

TEST_F(LogsTest, SaysThatThereIsNoSuchContainer) {
  service_.logs =
      [](const container::LogsRequest& request) -> Result<std::unique_ptr<logs::LogStream>> {
    return NotFound("No such container: " + request.reference);
  };
  v1::LogsRequest request;
  request.set_container("x");
  const Reader reader = Call(request);
  v1::LogsResponse response;
  EXPECT_FALSE(reader->Read(&response));
  const grpc::Status status = reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status.error_message(), "No such container: x");
}

TEST_F(LogsTest, HandsOnWhatIsAskedFor) {
  std::promise<container::LogsRequest> asked;
  service_.logs = [&](const container::LogsRequest& request) {
    asked.set_value(request);
    return Open({});
  };
  v1::LogsRequest request = Request(true, 3);
  request.set_container("c");
  request.set_since(4);
  request.set_until(5);
  request.set_timestamps(true);
  request.set_cursor("1.0.0.0.0");
  const Reader reader = Call(request);
  const container::LogsRequest seen = asked.get_future().get();
  EXPECT_EQ(seen.reference, "c");
  EXPECT_TRUE(seen.follow);
  EXPECT_EQ(seen.options.tail, 3);
  EXPECT_EQ(seen.options.since.nanoseconds, 4);
  EXPECT_EQ(seen.options.until.nanoseconds, 5);
  EXPECT_TRUE(seen.options.timestamps);
  EXPECT_EQ(seen.options.cursor, "1.0.0.0.0");
  EXPECT_EQ(NextOf(*reader), ".");
  EXPECT_TRUE(reader->Finish().ok());
}

TEST_F(LogsTest, GoesOnBehindTheCursorOfAnAnswer) {
  Append("stdout", "a");
  Append("stderr", "b");
  v1::LogsRequest request = Request(false);
  {
    const Reader reader = Call(request);
    v1::LogsResponse response;
    ASSERT_TRUE(reader->Read(&response));
    ASSERT_TRUE(reader->Read(&response));
    EXPECT_EQ(response.stdout(), "a\n");
    request.set_cursor(response.cursor());
    EXPECT_EQ(NextOf(*reader), "O:E:b\n");
    EXPECT_EQ(NextOf(*reader), ".");
    EXPECT_TRUE(reader->Finish().ok());
  }
  grpc::ClientContext context;
  Bound(context);
  const Reader reader = stub_->Logs(&context, request);
  EXPECT_EQ(NextOf(*reader), "O:E:b\n");
  EXPECT_EQ(NextOf(*reader), ".");
  EXPECT_TRUE(reader->Finish().ok());
}

TEST_F(LogsTest, FollowsUntilItIsToldOfTheEnd) {
  const Reader reader = Call(Request(true));
  for (const char* text : {"a", "b", "c"}) {
    Append("stdout", text);
    news_->TellMore();
    EXPECT_EQ(NextOf(*reader), "O:" + std::string(text) + "\nE:");
  }
  Append("stderr", "d");
  news_->TellEnd();
  EXPECT_EQ(NextOf(*reader), "O:E:d\n");
  EXPECT_EQ(NextOf(*reader), ".");
  EXPECT_TRUE(reader->Finish().ok());
  released_.get_future().wait();
}

// More calls than there are workers: one that waits has none.
TEST_F(LogsTest, HoldsNoWorkerWhileItWaits) {
  constexpr size_t kCalls = 40;
  std::atomic<size_t> gone = 0;
  service_.logs = [&](const container::LogsRequest& request) {
    logs::ReadOptions options = request.options;
    options.to_present_end = false;
    return Result<std::unique_ptr<logs::LogStream>>(std::make_unique<logs::LogStream>(
        *logs::LogReader::Open(logs::LogFiles(dir_.Sub("log.json")), options), news_,
        std::vector<std::function<void()>>{[&gone] { ++gone; }}));
  };
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<Reader> readers;
  for (size_t i = 0; i < kCalls; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    Bound(*contexts.back());
    readers.push_back(stub_->Logs(contexts.back().get(), Request(true)));
    v1::LogsResponse response;
    ASSERT_TRUE(readers.back()->Read(&response)) << i;
  }
  for (const auto& context : contexts) {
    context->TryCancel();
  }
  for (const Reader& reader : readers) {
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  StopServer();
  EXPECT_EQ(gone, kCalls);
}

TEST_F(LogsTest, FreesEverythingAtOnceWhereTheClientGoesWhileItWaits) {
  const Reader reader = Call(Request(true));
  v1::LogsResponse response;
  ASSERT_TRUE(reader->Read(&response));
  context_.TryCancel();
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  released_.get_future().wait();
  news_->TellMore();  // finds nobody
}

TEST_F(LogsTest, EndsWhereTheClientGoesInTheMiddle) {
  const std::string line(10'000, 'x');
  for (int i = 0; i < 500; ++i) {
    Append(i % 2 == 0 ? "stdout" : "stderr", line);
  }
  const Reader reader = Call(Request(true));
  v1::LogsResponse response;
  ASSERT_TRUE(reader->Read(&response));
  context_.TryCancel();
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  released_.get_future().wait();
}

TEST_F(LogsTest, PutsNoticesInTheirPlace) {
  v1::LogsRequest request = Request(false);
  request.set_cursor("1.1.2.3.0");  // of a file that is gone
  Append("stdout", "a");
  const Reader reader = Call(request);
  v1::LogsResponse response;
  ASSERT_TRUE(reader->Read(&response));
  ASSERT_TRUE(reader->Read(&response));
  EXPECT_NE(response.notice(), "");
  EXPECT_EQ(NextOf(*reader), "O:a\nE:");
  EXPECT_EQ(NextOf(*reader), ".");
  EXPECT_TRUE(reader->Finish().ok());
}

}  // namespace
}  // namespace isulad::entry
