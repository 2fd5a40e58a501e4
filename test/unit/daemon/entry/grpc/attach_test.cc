// Attach and Exec: a client on one side, a session on the other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "fake_service.h"
#include "utils/base/mutex.h"

namespace isulad::entry {
namespace {

using testing::ElementsAre;

// What a session was asked to do, in order; waits for it where need be.
class Journal {
 public:
  void Add(std::string line) {
    MutexLock lock(mutex_);
    lines_.push_back(std::move(line));
    changed_.NotifyAll();
  }
  std::string Next() {
    MutexLock lock(mutex_);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (lines_.empty()) {
      if (!changed_.WaitUntil(mutex_, deadline) && lines_.empty()) {
        return "nothing happened";
      }
    }
    std::string line = std::move(lines_.front());
    lines_.pop_front();
    return line;
  }
  bool empty() const {
    MutexLock lock(mutex_);
    return lines_.empty();
  }

 private:
  mutable Mutex mutex_;
  CondVar changed_;
  std::deque<std::string> lines_ GUARDED_BY(mutex_);
};

// Writes down what it is asked; input is taken when the test says so.
class FakeSession final : public container::Session {
 public:
  FakeSession(Journal* journal, std::promise<std::function<void()>>* taken)
      : journal_(journal), taken_(taken) {}
  ~FakeSession() override { journal_->Add("detached"); }
  void ReadMore() override { journal_->Add("more"); }
  void WriteStdin(std::string bytes, std::function<void()> taken) override {
    taken_->set_value(std::move(taken));
    journal_->Add("stdin " + bytes);
  }
  void CloseStdin() override { journal_->Add("close"); }
  void Resize(shim::WindowSize size) override {
    journal_->Add("resize " + std::to_string(size.rows) + "x" + std::to_string(size.columns));
  }
  void Signal(int signal) override { journal_->Add("signal " + std::to_string(signal)); }

 private:
  Journal* const journal_;
  std::promise<std::function<void()>>* const taken_;
};

class AttachTest : public ServiceTest {
 protected:
  using Stream = grpc::ClientReaderWriter<v1::AttachRequest, v1::AttachResponse>;

  AttachTest() {
    service_.attach = [this](const container::AttachRequest& request,
                             std::shared_ptr<container::SessionObserver> observer)
        -> Result<std::unique_ptr<container::Session>> {
      request_ = request;
      observer->OnOpened({true, true, {"careful"}, "", 0});
      observer_.set_value(std::move(observer));
      return MakeSession();
    };
  }
  ~AttachTest() override { StopServer(); }  // sessions write into the journal until then

  std::unique_ptr<container::Session> MakeSession() {
    return std::make_unique<FakeSession>(&journal_, &taken_);
  }
  std::unique_ptr<Stream> Connect() {
    Bound(context_);
    return stub_->Attach(&context_);
  }
  static v1::AttachRequest OpenMessage() {
    v1::AttachRequest request;
    request.mutable_open()->set_container("web");
    request.mutable_open()->set_stdin(true);
    request.mutable_open()->set_start(true);
    request.mutable_open()->mutable_window()->set_rows(24);
    return request;
  }
  // The observer of a stream that has been opened and has said so.
  std::shared_ptr<container::SessionObserver> Open(Stream& stream) {
    EXPECT_TRUE(stream.Write(OpenMessage()));
    v1::AttachResponse response;
    EXPECT_TRUE(stream.Read(&response));
    EXPECT_TRUE(response.has_opened());
    return observer_.get_future().get();
  }

  Journal journal_;
  std::promise<std::function<void()>> taken_;
  std::promise<std::shared_ptr<container::SessionObserver>> observer_;
  container::AttachRequest request_;
  grpc::ClientContext context_;
};

TEST_F(AttachTest, TellsTheClientThatItIsAttached) {
  const auto stream = Connect();
  ASSERT_TRUE(stream->Write(OpenMessage()));
  v1::AttachResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(response.opened().terminal());
  EXPECT_TRUE(response.opened().stdin());
  EXPECT_THAT(response.opened().warnings(), ElementsAre("careful"));
  EXPECT_EQ(request_.reference, "web");
  EXPECT_TRUE(request_.start);
  EXPECT_EQ(request_.window.rows, 24);
  observer_.get_future().get()->OnFinished(container::SessionEnd{});
  EXPECT_TRUE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(AttachTest, AsksForMoreOutputWhenTheClientWasSentTheLast) {
  const auto stream = Connect();
  const auto observer = Open(*stream);
  v1::AttachResponse response;
  EXPECT_TRUE(journal_.empty());
  observer->OnOutput(false, "out");
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.stdout(), "out");
  EXPECT_EQ(journal_.Next(), "more");
  observer->OnOutput(true, "err");
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.stderr(), "err");
  EXPECT_EQ(journal_.Next(), "more");
  observer->OnFinished(container::SessionEnd{});
  EXPECT_TRUE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(journal_.Next(), "detached");
}

TEST_F(AttachTest, TakesInputOnlyWhenTheLastWasTaken) {
  const auto stream = Connect();
  const auto observer = Open(*stream);
  v1::AttachRequest message;
  message.set_stdin("typed");
  ASSERT_TRUE(stream->Write(message));
  EXPECT_EQ(journal_.Next(), "stdin typed");
  message.mutable_resize()->set_rows(50);
  message.mutable_resize()->set_columns(132);
  // Without a socket between them a write waits for the reader.
  std::future<bool> written =
      std::async(std::launch::async, [&] { return stream->Write(message); });
  EXPECT_TRUE(journal_.empty());
  taken_.get_future().get()();
  EXPECT_TRUE(written.get());
  EXPECT_EQ(journal_.Next(), "resize 50x132");
  message.set_signal(15);
  ASSERT_TRUE(stream->Write(message));
  EXPECT_EQ(journal_.Next(), "signal 15");
  message.set_close_stdin(true);
  ASSERT_TRUE(stream->Write(message));
  EXPECT_EQ(journal_.Next(), "close");
  observer->OnFinished(container::SessionEnd{});
  v1::AttachResponse response;
  EXPECT_TRUE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(AttachTest, EndsWithTheExitCodeAndTheNoticesAfterAllOutput) {
  const auto stream = Connect();
  const auto observer = Open(*stream);
  observer->OnOutput(false, "last words");
  observer->OnFinished(container::SessionEnd{137, {"it was busy"}});
  v1::AttachResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.stdout(), "last words");
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.exit_code(), 137);
  EXPECT_THAT(response.notices(), ElementsAre("it was busy"));
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(AttachTest, PassesOnThatTheContainerWasLost) {
  const auto stream = Connect();
  const auto observer = Open(*stream);
  observer->OnFinished(Internal("the monitor is gone"));
  v1::AttachResponse response;
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(status.error_message(), "the monitor is gone");
}

// All of it can be there before the call that opens the session returns.
TEST_F(AttachTest, KeepsTheOrderOfAShortLife) {
  service_.attach = [this](const container::AttachRequest&,
                           const std::shared_ptr<container::SessionObserver>& observer)
      -> Result<std::unique_ptr<container::Session>> {
    observer->OnOpened({});
    observer->OnOutput(false, "hello");
    observer->OnFinished(container::SessionEnd{4, {}});
    return MakeSession();
  };
  const auto stream = Connect();
  ASSERT_TRUE(stream->Write(OpenMessage()));
  v1::AttachResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(response.has_opened());
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.stdout(), "hello");
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.exit_code(), 4);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(AttachTest, AsksForMoreAfterOutputThatCameBeforeTheSession) {
  std::promise<void> seen;
  service_.attach = [&, this](const container::AttachRequest&,
                              std::shared_ptr<container::SessionObserver> observer)
      -> Result<std::unique_ptr<container::Session>> {
    observer->OnOpened({});
    observer->OnOutput(false, "early");
    seen.get_future().wait();
    observer_.set_value(std::move(observer));
    return MakeSession();
  };
  const auto stream = Connect();
  ASSERT_TRUE(stream->Write(OpenMessage()));
  v1::AttachResponse response;
  ASSERT_TRUE(stream->Read(&response));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.stdout(), "early");
  seen.set_value();
  EXPECT_EQ(journal_.Next(), "more");
  observer_.get_future().get()->OnFinished(container::SessionEnd{});
  EXPECT_TRUE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(AttachTest, RefusesAFirstMessageThatIsNotOpen) {
  const auto stream = Connect();
  v1::AttachRequest message;
  message.set_stdin("typed");
  ASSERT_TRUE(stream->Write(message));
  v1::AttachResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(AttachTest, RefusesAStreamThatEndsBeforeItIsOpened) {
  const auto stream = Connect();
  ASSERT_TRUE(stream->WritesDone());
  v1::AttachResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(AttachTest, TellsTheExitStatusOfACommandThatCannotRun) {
  service_.attach = [](const container::AttachRequest&,
                       const std::shared_ptr<container::SessionObserver>&)
      -> Result<std::unique_ptr<container::Session>> {
    return FailedPrecondition("exec: \"x\": not found").WithExitCode(127);
  };
  const auto stream = Connect();
  ASSERT_TRUE(stream->Write(OpenMessage()));
  v1::AttachResponse response;
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(status.error_message(), "exec: \"x\": not found");
  EXPECT_EQ(ExitStatusOf(context_), "127");
}

TEST_F(AttachTest, GoesOnWithOutputWhereTheClientHasNoMoreInput) {
  const auto stream = Connect();
  const auto observer = Open(*stream);
  ASSERT_TRUE(stream->WritesDone());
  observer->OnOutput(false, "still here");
  v1::AttachResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.stdout(), "still here");
  observer->OnFinished(container::SessionEnd{});
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.message_case(), v1::AttachResponse::kExitCode);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(AttachTest, DetachesAClientThatGoes) {
  const auto stream = Connect();
  const auto observer = Open(*stream);
  context_.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_EQ(journal_.Next(), "detached");
  observer->OnOutput(false, "nobody listens");  // a call that was under way
  observer->OnFinished(container::SessionEnd{});
}

TEST_F(AttachTest, DetachesAClientThatGoesWhileItIsBeingAttached) {
  std::promise<void> called;
  std::promise<void> gone;
  service_.attach = [&, this](const container::AttachRequest&,
                              const std::shared_ptr<container::SessionObserver>& observer)
      -> Result<std::unique_ptr<container::Session>> {
    called.set_value();
    gone.get_future().wait();
    observer->OnOpened({});
    return MakeSession();
  };
  const auto stream = Connect();
  ASSERT_TRUE(stream->Write(OpenMessage()));
  called.get_future().wait();
  context_.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  gone.set_value();
  EXPECT_EQ(journal_.Next(), "detached");
}

class ExecTest : public AttachTest {};

TEST_F(ExecTest, TellsIdAndPidAndEndsWithTheExitCode) {
  service_.exec = [this](const container::ExecRequest& request,
                         std::shared_ptr<container::SessionObserver> observer)
      -> Result<std::unique_ptr<container::Session>> {
    EXPECT_EQ(request.reference, "web");
    EXPECT_THAT(request.process.args(), ElementsAre("ls"));
    observer->OnOpened({false, false, {}, "exec-id", 42});
    observer_.set_value(std::move(observer));
    return MakeSession();
  };
  Bound(context_);
  const auto stream = stub_->Exec(&context_);
  v1::ExecRequest request;
  request.mutable_open()->set_container("web");
  request.mutable_open()->mutable_process()->add_args("ls");
  ASSERT_TRUE(stream->Write(request));
  v1::ExecResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.started().exec_id(), "exec-id");
  EXPECT_EQ(response.started().pid(), 42);
  const auto observer = observer_.get_future().get();
  observer->OnOutput(true, "oops");
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.stderr(), "oops");
  observer->OnFinished(container::SessionEnd{2, {}});
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.exit_code(), 2);
  EXPECT_TRUE(stream->Finish().ok());
}

}  // namespace
}  // namespace isulad::entry
