#include "cmd/isula/client/grpc_logs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "cmd/isula/client/errors.h"
#include "support/isula/fake_daemon.h"
#include "support/result_matchers.h"

namespace isulad::client {
namespace {

using test::IsErrorWith;
using test::containers_v1::LogsRequest;
using test::containers_v1::LogsResponse;
using ::testing::ElementsAre;
using Writer = test::FakeContainerService::LogsWriter;

constexpr std::chrono::seconds kPatience(20);

class GrpcLogsTest : public ::testing::Test {
 protected:
  // What was read, with "!" where the test's `at_chunk` has something done.
  Status Read(const LogsOptions& options, std::chrono::milliseconds patience = kPatience) {
    const auto stub = test::containers_v1::ContainerService::NewStub(connection_.channel());
    return ReadLogs(
        *stub, connection_, options,
        [this](LogChunk chunk) {
          out_.append(chunk.out);
          err_.append(chunk.err);
          notices_.append(chunk.notice);
          return sink_status_;
        },
        patience);
  }
  static void Write(Writer* writer, const std::string& out, const std::string& cursor) {
    LogsResponse response;
    response.set_stdout(out);
    response.set_cursor(cursor);
    writer->Write(response);
  }
  // As the call of a daemon that goes on until it is killed.
  static grpc::Status Block(grpc::ServerContext* context) {
    while (!context->IsCancelled()) {
      std::this_thread::yield();
    }
    return grpc::Status::CANCELLED;
  }

  test::FakeDaemon daemon_;
  Connection connection_{daemon_.socket(), {}};
  std::string out_;
  std::string err_;
  std::string notices_;
  Status sink_status_;
};

TEST_F(GrpcLogsTest, ReadsBothStreamsAndNotices) {
  daemon_.containers.logs = [](grpc::ServerContext*, const LogsRequest&, Writer* writer) {
    Write(writer, std::string("a\0b", 3), "");
    LogsResponse response;
    response.set_stderr("e");
    writer->Write(response);
    response.Clear();
    response.set_notice("n");
    writer->Write(response);
    return grpc::Status::OK;
  };
  EXPECT_OK(Read({}));
  EXPECT_EQ(out_, std::string("a\0b", 3));
  EXPECT_EQ(err_, "e");
  EXPECT_EQ(notices_, "n");
}

TEST_F(GrpcLogsTest, AsksForWhatIsWanted) {
  LogsRequest asked;
  daemon_.containers.logs = [&](grpc::ServerContext*, const LogsRequest& request, Writer*) {
    asked = request;
    return grpc::Status::OK;
  };
  EXPECT_OK(Read({"c", 3, true, true, 4, 5}));
  EXPECT_EQ(asked.container(), "c");
  EXPECT_EQ(asked.tail(), 3);
  EXPECT_TRUE(asked.follow());
  EXPECT_TRUE(asked.timestamps());
  EXPECT_EQ(asked.since(), 4);
  EXPECT_EQ(asked.until(), 5);
  EXPECT_EQ(asked.cursor(), "");
}

TEST_F(GrpcLogsTest, ReturnsTheSinksErrorWhenItTakesNoMore) {
  sink_status_ = SystemError(EPIPE, "x");
  const Status read = Read({});
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().system_errno(), EPIPE);
}

TEST_F(GrpcLogsTest, GoesOnWhereItWasWhenTheDaemonIsBack) {
  std::vector<std::string> cursors;
  std::thread restart;
  daemon_.containers.logs = [&](grpc::ServerContext* context, const LogsRequest& request,
                                Writer* writer) {
    cursors.push_back(request.cursor());
    if (cursors.size() == 1) {
      Write(writer, "", "start");
      Write(writer, "a", "behind a");
      restart = std::thread([this] {
        daemon_.Stop();
        daemon_.Start();
      });
      return Block(context);
    }
    Write(writer, "b", "behind b");
    return grpc::Status::OK;
  };
  EXPECT_OK(Read({"c"}));
  restart.join();
  EXPECT_EQ(out_, "ab");
  EXPECT_THAT(cursors, ElementsAre("", "behind a"));
}

TEST_F(GrpcLogsTest, GoesOnFromTheBeginningThatItWasToldBeforeAnyOutput) {
  std::vector<std::string> cursors;
  std::thread restart;
  daemon_.containers.logs = [&](grpc::ServerContext* context, const LogsRequest& request,
                                Writer* writer) {
    cursors.push_back(request.cursor());
    Write(writer, "", "start");
    if (cursors.size() > 1) {
      return grpc::Status::OK;
    }
    restart = std::thread([this] {
      daemon_.Stop();
      daemon_.Start();
    });
    return Block(context);
  };
  EXPECT_OK(Read({"c"}));
  restart.join();
  EXPECT_THAT(cursors, ElementsAre("", "start"));
}

TEST_F(GrpcLogsTest, SaysSoWhereTheDaemonStaysAway) {
  std::thread stop;
  daemon_.containers.logs = [&](grpc::ServerContext* context, const LogsRequest&, Writer* writer) {
    Write(writer, "a", "behind a");
    stop = std::thread([this] { daemon_.Stop(); });
    return Block(context);
  };
  EXPECT_THAT(Read({"c"}, std::chrono::milliseconds(50)),
              IsErrorWith(Code::kUnavailable, std::string(kDaemonStayedAway)));
  stop.join();
  EXPECT_EQ(out_, "a");
  daemon_.Start();
}

TEST_F(GrpcLogsTest, DoesNotWaitForADaemonThatWasNeverThere) {
  daemon_.Stop();
  EXPECT_THAT(Read({"c"}), IsErrorWith(Code::kUnavailable, std::string(kCannotConnect)));
  daemon_.Start();
}

TEST_F(GrpcLogsTest, ReportsWhatTheDaemonRefusesWhenItIsBack) {
  std::thread restart;
  daemon_.containers.logs = [&](grpc::ServerContext* context, const LogsRequest& request,
                                Writer* writer) {
    if (!request.cursor().empty()) {
      return grpc::Status(grpc::StatusCode::NOT_FOUND, "No such container: c");
    }
    Write(writer, "a", "behind a");
    restart = std::thread([this] {
      daemon_.Stop();
      daemon_.Start();
    });
    return Block(context);
  };
  EXPECT_THAT(Read({"c"}), IsErrorWith(Code::kNotFound, "No such container: c"));
  restart.join();
}

}  // namespace
}  // namespace isulad::client
