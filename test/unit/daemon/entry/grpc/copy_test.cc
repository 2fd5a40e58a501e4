#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fake_service.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/base/mutex.h"

namespace isulad::entry {
namespace {

// Answers reads with `says`, then waits for the input's end, then ends.
class FakeCopy final : public container::CopyStream {
 public:
  struct Record {
    Mutex mutex;
    CondVar changed;
    std::deque<Result<std::string>> says GUARDED_BY(mutex);
    std::string written GUARDED_BY(mutex);
    Chunk waiting GUARDED_BY(mutex);
    bool input_closed GUARDED_BY(mutex) = false;
    bool destroyed GUARDED_BY(mutex) = false;
    bool waits_for_input = false;

    void WaitDestroyed() {
      MutexLock lock(mutex);
      while (!destroyed) {
        changed.Wait(mutex);
      }
    }
  };

  explicit FakeCopy(std::shared_ptr<Record> record) : record_(std::move(record)) {}
  ~FakeCopy() override {
    MutexLock lock(record_->mutex);
    record_->destroyed = true;
    record_->waiting = nullptr;
    record_->changed.NotifyAll();
  }

  void Read(Chunk done) override {
    Result<std::string> next = std::string();
    {
      MutexLock lock(record_->mutex);
      if (!record_->says.empty()) {
        next = std::move(record_->says.front());
        record_->says.pop_front();
      } else if (record_->waits_for_input && !record_->input_closed) {
        record_->waiting = std::move(done);
        return;
      }
    }
    done(std::move(next));
  }
  void Write(std::string bytes, std::function<void()> taken) override {
    {
      MutexLock lock(record_->mutex);
      record_->written.append(bytes);
    }
    taken();
  }
  void CloseInput() override {
    Chunk waiting;
    {
      MutexLock lock(record_->mutex);
      record_->input_closed = true;
      std::swap(waiting, record_->waiting);
    }
    if (waiting) {
      waiting(std::string());
    }
  }

 private:
  const std::shared_ptr<Record> record_;
};

class CopyTest : public ServiceTest {
 protected:
  CopyTest() {
    service_.copy = [this](const container::CopyRequest& request)
        -> Result<std::unique_ptr<container::CopyStream>> {
      request_ = request;
      return std::unique_ptr<container::CopyStream>(std::make_unique<FakeCopy>(record_));
    };
    Bound(context_);
  }
  ~CopyTest() override { StopServer(); }
  void Say(Result<std::string> bytes) {
    MutexLock lock(record_->mutex);
    record_->says.push_back(std::move(bytes));
  }

  const std::shared_ptr<FakeCopy::Record> record_ = std::make_shared<FakeCopy::Record>();
  container::CopyRequest request_;
  grpc::ClientContext context_;
};

TEST_F(CopyTest, FromPassesBytesOnUntilTheEnd) {
  Say(std::string("one"));
  Say(std::string("two"));
  v1::CopyFromRequest request;
  request.set_container("web");
  request.set_path("/a");
  request.set_follow_link(true);
  const auto reader = stub_->CopyFrom(&context_, request);
  v1::CopyData data;
  ASSERT_TRUE(reader->Read(&data));
  EXPECT_EQ(data.data(), "one");
  ASSERT_TRUE(reader->Read(&data));
  EXPECT_EQ(data.data(), "two");
  EXPECT_FALSE(reader->Read(&data));
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_EQ(request_.verb, shim::CopyVerb::kFrom);
  EXPECT_EQ(request_.reference, "web");
  EXPECT_EQ(request_.path, "/a");
  EXPECT_TRUE(request_.follow_link);
  record_->WaitDestroyed();
}

TEST_F(CopyTest, ExportTellsWhyThereIsNoMore) {
  Say(std::string("one"));
  Say(Error(Code::kAborted, "is being removed"));
  const auto reader = stub_->Export(&context_, v1::ExportRequest());
  v1::CopyData data;
  ASSERT_TRUE(reader->Read(&data));
  EXPECT_FALSE(reader->Read(&data));
  const grpc::Status status = reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(status.error_message(), "is being removed");
  EXPECT_EQ(request_.verb, shim::CopyVerb::kExport);
}

TEST_F(CopyTest, ARefusalIsTheAnswer) {
  service_.copy =
      [](const container::CopyRequest&) -> Result<std::unique_ptr<container::CopyStream>> {
    return NotFound("no such container: x");
  };
  const auto reader = stub_->CopyFrom(&context_, v1::CopyFromRequest());
  v1::CopyData data;
  EXPECT_FALSE(reader->Read(&data));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(CopyTest, AClientThatGoesEndsTheCopy) {
  record_->waits_for_input = true;
  const auto reader = stub_->CopyFrom(&context_, v1::CopyFromRequest());
  context_.TryCancel();
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(CopyTest, ToPassesBytesOnAndAnswersWithTheOutcome) {
  record_->waits_for_input = true;
  Say(std::string("out"));
  Say(std::string("come"));
  v1::CopyToResponse response;
  const auto writer = stub_->CopyTo(&context_, &response);
  v1::CopyToRequest request;
  request.mutable_open()->set_container("web");
  request.mutable_open()->set_path("/b");
  request.mutable_open()->set_archive(true);
  ASSERT_TRUE(writer->Write(request));
  for (const char* bytes : {"a", "bc"}) {
    request.set_data(bytes);
    ASSERT_TRUE(writer->Write(request));
  }
  writer->WritesDone();
  ASSERT_TRUE(writer->Finish().ok());
  EXPECT_EQ(response.outcome(), "outcome");
  EXPECT_EQ(request_.verb, shim::CopyVerb::kTo);
  EXPECT_EQ(request_.path, "/b");
  EXPECT_TRUE(request_.archive);
  MutexLock lock(record_->mutex);
  EXPECT_EQ(record_->written, "abc");
}

// Over a socket: within a process writes to a call that has been answered wait for ever.
TEST_F(CopyTest, ToIsAnsweredBeforeTheInputEnds) {
  const test::TempDir directory;
  const std::string address = "unix:" + directory.Sub("socket");
  ContainerServiceImpl grpc_service(&service_, {workers_.get(), &peers_});
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials());
  builder.RegisterService(&grpc_service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  const auto stub = v1::ContainerService::NewStub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  Say(std::string("refused"));
  v1::CopyToResponse response;
  const auto writer = stub->CopyTo(&context_, &response);
  v1::CopyToRequest request;
  request.mutable_open()->set_container("web");
  ASSERT_TRUE(writer->Write(request));
  request.set_data("x");
  while (writer->Write(request)) {
    std::this_thread::yield();
  }
  ASSERT_TRUE(writer->Finish().ok());
  EXPECT_EQ(response.outcome(), "refused");
  server->Shutdown(std::chrono::system_clock::now());
  server->Wait();
  workers_->Drain();
}

TEST_F(CopyTest, ToMustBeginWithOpen) {
  v1::CopyToResponse response;
  const auto writer = stub_->CopyTo(&context_, &response);
  v1::CopyToRequest request;
  request.set_data("x");
  writer->Write(request);
  EXPECT_EQ(writer->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace isulad::entry
