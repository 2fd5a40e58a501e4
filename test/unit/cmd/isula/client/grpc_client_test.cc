// The clients against a real server on a real socket.
#include <cerrno>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "cmd/isula/client/connection.h"
#include "cmd/isula/client/errors.h"
#include "cmd/isula/client/grpc_clients.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "support/isula/fake_daemon.h"

namespace isulad::client {
namespace {

using test::FakeContainerService;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class GrpcClientTest : public ::testing::Test {
 protected:
  test::FakeDaemon daemon_;
  std::vector<std::string> traced_;
  Connection connection_{daemon_.socket(),
                         [this](std::string_view line) { traced_.emplace_back(line); }};
  std::unique_ptr<ContainerClient> client_ = NewContainerClient(connection_);
};

TEST_F(GrpcClientTest, CarriesEveryOptionOfCreate) {
  ContainerOptions options;
  options.name = "box";
  options.image = "none";
  options.process = {{"ls", "-la"}, {"A=1"}, "0:0", "/w", "host", true, true, true, "TERM"};
  options.host = {true, "/r", {"/h:/c"}, true,      true, "runc",      1,
                  -1,   2,    3,         {"/a:/b"}, true, "json-file", {"max-file=3"}};
  const Result<Created> created = client_->Create(options);
  ASSERT_TRUE(created) << created.error().message();
  EXPECT_EQ(created->id, std::string(64, 'b'));
  EXPECT_THAT(created->warnings, ElementsAre("careful"));

  const test::containers_v1::CreateRequest& request = daemon_.containers.created;
  EXPECT_EQ(request.name(), "box");
  EXPECT_EQ(request.image(), "none");
  EXPECT_THAT(request.process().args(), ElementsAre("ls", "-la"));
  EXPECT_THAT(request.process().env(), ElementsAre("A=1"));
  EXPECT_EQ(request.process().user(), "0:0");
  EXPECT_EQ(request.process().workdir(), "/w");
  EXPECT_EQ(request.process().hostname(), "host");
  EXPECT_TRUE(request.process().terminal());
  EXPECT_TRUE(request.process().open_stdin());
  EXPECT_TRUE(request.process().stdin_once());
  EXPECT_EQ(request.process().stop_signal(), "TERM");
  EXPECT_TRUE(request.host().system_container());
  EXPECT_EQ(request.host().external_rootfs(), "/r");
  EXPECT_THAT(request.host().host_channels(), ElementsAre("/h:/c"));
  EXPECT_TRUE(request.host().host_channel_add_memory());
  EXPECT_TRUE(request.host().auto_remove());
  EXPECT_EQ(request.host().runtime(), "runc");
  EXPECT_EQ(request.host().memory(), 1);
  EXPECT_EQ(request.host().memory_swap(), -1);
  EXPECT_EQ(request.host().nano_cpus(), 2);
  EXPECT_EQ(request.host().pids_limit(), 3);
  EXPECT_THAT(request.host().volumes(), ElementsAre("/a:/b"));
  EXPECT_TRUE(request.host().read_only_rootfs());
  EXPECT_EQ(request.host().log_driver(), "json-file");
  EXPECT_THAT(request.host().log_options(), ElementsAre("max-file=3"));
}

TEST_F(GrpcClientTest, TracesEveryCall) {
  ASSERT_TRUE(client_->List(true, {}));
  EXPECT_THAT(traced_, ElementsAre(HasSubstr("List: ok, ")));
}

TEST_F(GrpcClientTest, ReadsTheList) {
  const Result<std::vector<ContainerSummary>> list = client_->List(true, {"name=x"});
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 1u);
  EXPECT_EQ(list->front().status, "exited");
  EXPECT_EQ(list->front().exit_code, 137);
  EXPECT_THAT(list->front().command, ElementsAre("init"));
}

TEST_F(GrpcClientTest, ReadsLogsOfBothStreams) {
  std::string out;
  std::string err;
  ASSERT_TRUE(client_->Logs("c", -1, [&](LogChunk chunk) {
    out.append(chunk.out);
    err.append(chunk.err);
    return OkStatus();
  }));
  EXPECT_EQ(out, std::string("a\0b", 3));
  EXPECT_EQ(err, "e");
}

TEST_F(GrpcClientTest, ReturnsTheSinksErrorWhenItTakesNoMore) {
  const Status read =
      client_->Logs("c", -1, [](LogChunk) { return Status(SystemError(EPIPE, "x")); });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().system_errno(), EPIPE);
}

TEST_F(GrpcClientTest, QuotesTheDaemonsReasonOnOneLine) {
  daemon_.containers.create_status = {grpc::StatusCode::INVALID_ARGUMENT, "bad\nthing"};
  const Result<Created> created = client_->Create({});
  ASSERT_FALSE(created);
  EXPECT_EQ(created.error().code(), Code::kInvalidArgument);
  EXPECT_EQ(created.error().message(), "Error response from daemon: bad thing");
}

TEST_F(GrpcClientTest, SpellsAMissingContainerAsEverywhere) {
  daemon_.containers.remove_status = {grpc::StatusCode::NOT_FOUND, "no such container: x"};
  const Result<Removed> removed = client_->Remove("x", false);
  ASSERT_FALSE(removed);
  EXPECT_EQ(removed.error().code(), Code::kNotFound);
  EXPECT_EQ(removed.error().message(), "Error response from daemon: No such container: x");
}

TEST_F(GrpcClientTest, TellsARefusalFromALostConnectionWhenTheCodeIsTheSame) {
  daemon_.containers.remove_status = {grpc::StatusCode::UNAVAILABLE, "shutting down"};
  const Result<Removed> removed = client_->Remove("x", false);
  ASSERT_FALSE(removed);
  EXPECT_EQ(removed.error().code(), Code::kFailedPrecondition);
  EXPECT_EQ(removed.error().message(), "Error response from daemon: shutting down");
}

TEST_F(GrpcClientTest, ReadsWhyTheCommandDidNotRun) {
  daemon_.containers.exit_status = "127";
  EXPECT_EQ(client_->Start("c").error().exit_code(), 127);
  daemon_.containers.exit_status = "126";
  EXPECT_EQ(client_->Start("c").error().exit_code(), 126);
  daemon_.containers.exit_status = "1";
  EXPECT_EQ(client_->Start("c").error().exit_code(), 0);
}

TEST_F(GrpcClientTest, AttachCarriesBothDirections) {
  daemon_.containers.attach = [](grpc::ServerContext*, FakeContainerService::AttachStream* stream) {
    test::containers_v1::AttachRequest request;
    test::containers_v1::AttachResponse response;
    EXPECT_TRUE(stream->Read(&request));
    EXPECT_EQ(request.open().container(), "box");
    EXPECT_TRUE(request.open().start());
    EXPECT_TRUE(request.open().stdin());
    EXPECT_EQ(request.open().window().rows(), 24u);
    response.mutable_opened()->set_terminal(true);
    response.mutable_opened()->add_warnings("w");
    stream->Write(response);
    EXPECT_TRUE(stream->Read(&request));
    response.set_stdout("echo " + request.stdin());
    stream->Write(response);
    EXPECT_TRUE(stream->Read(&request));
    EXPECT_EQ(request.resize().columns(), 100u);
    EXPECT_TRUE(stream->Read(&request));
    EXPECT_EQ(request.signal(), 15);
    EXPECT_TRUE(stream->Read(&request));
    EXPECT_TRUE(request.close_stdin());
    response.set_exit_code(143);
    stream->Write(response);
    return grpc::Status::OK;
  };
  const auto session = client_->Attach({"box", true, true, WindowSize{24, 80}});
  const Result<StreamEvent> opened = session->Receive();
  ASSERT_TRUE(opened) << opened.error().message();
  EXPECT_TRUE(std::get<StreamOpened>(*opened).terminal);
  EXPECT_THAT(std::get<StreamOpened>(*opened).warnings, ElementsAre("w"));
  EXPECT_TRUE(session->SendStdin("hi"));
  EXPECT_EQ(std::get<StdoutData>(*session->Receive()).bytes, "echo hi");
  EXPECT_TRUE(session->SendResize({50, 100}));
  EXPECT_TRUE(session->SendSignal(15));
  EXPECT_TRUE(session->CloseStdin());
  EXPECT_EQ(std::get<StreamExited>(*session->Receive()).exit_code, 143);
}

TEST_F(GrpcClientTest, AttachTellsWhyTheStartFailed) {
  daemon_.containers.attach = [](grpc::ServerContext* context,
                                 FakeContainerService::AttachStream*) {
    context->AddTrailingMetadata("isula-exit-status", "127");
    return grpc::Status(grpc::StatusCode::NOT_FOUND, "\"nosuch\" was not found");
  };
  const Result<StreamEvent> event = client_->Attach({"box", false, true, {}})->Receive();
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().exit_code(), 127);
  EXPECT_EQ(event.error().message(), "Error response from daemon: \"nosuch\" was not found");
}

TEST_F(GrpcClientTest, AttachIsLostWhenTheStreamEndsWithoutAnExitStatus) {
  daemon_.containers.attach = [](grpc::ServerContext*, FakeContainerService::AttachStream*) {
    return grpc::Status::OK;
  };
  const auto session = client_->Attach({"box", false, false, {}});
  for (int i = 0; i < 2; ++i) {
    const Result<StreamEvent> event = session->Receive();
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().code(), Code::kUnavailable);
    EXPECT_EQ(event.error().message(), kConnectionLost);
  }
}

TEST_F(GrpcClientTest, AttachIsLostWhenTheDaemonCancelsIt) {
  daemon_.containers.attach = [](grpc::ServerContext*, FakeContainerService::AttachStream*) {
    return grpc::Status::CANCELLED;
  };
  const Result<StreamEvent> event = client_->Attach({"box", false, false, {}})->Receive();
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().message(), kConnectionLost);
}

TEST_F(GrpcClientTest, ExecCarriesTheProcess) {
  daemon_.containers.exec = [](grpc::ServerContext*, FakeContainerService::ExecStream* stream) {
    test::containers_v1::ExecRequest request;
    test::containers_v1::ExecResponse response;
    EXPECT_TRUE(stream->Read(&request));
    EXPECT_EQ(request.open().container(), "box");
    EXPECT_THAT(request.open().process().args(), ElementsAre("ls"));
    response.mutable_started()->set_pid(7);
    stream->Write(response);
    response.set_stderr("e");
    stream->Write(response);
    response.set_exit_code(2);
    stream->Write(response);
    return grpc::Status::OK;
  };
  ExecOptions options;
  options.container = "box";
  options.process.args = {"ls"};
  options.process.terminal = true;
  const auto session = client_->Exec(options);
  EXPECT_TRUE(std::get<StreamOpened>(*session->Receive()).terminal);
  EXPECT_EQ(std::get<StderrData>(*session->Receive()).bytes, "e");
  EXPECT_EQ(std::get<StreamExited>(*session->Receive()).exit_code, 2);
}

TEST_F(GrpcClientTest, CancelWakesTheReceiver) {
  daemon_.containers.attach = [](grpc::ServerContext*, FakeContainerService::AttachStream* stream) {
    test::containers_v1::AttachRequest request;
    while (stream->Read(&request)) {
    }
    return grpc::Status::CANCELLED;
  };
  const auto session = client_->Attach({"box", false, false, {}});
  session->Cancel();
  EXPECT_FALSE(session->Receive());
}

TEST_F(GrpcClientTest, ReadsVersionAndInfo) {
  const std::unique_ptr<SystemClient> system = NewSystemClient(connection_);
  EXPECT_EQ(system->Version()->version, "9.9");
  const Result<SystemInfo> info = system->Info();
  ASSERT_TRUE(info);
  EXPECT_EQ(info->containers, 3u);
  EXPECT_THAT(info->runtimes, ElementsAre("crun"));
}

TEST(Connection, SaysWhenThereIsNoDaemon) {
  Connection connection("/nonexistent/isulad.sock", {});
  const Result<Created> created = NewContainerClient(connection)->Create({});
  ASSERT_FALSE(created);
  EXPECT_EQ(created.error().code(), Code::kUnavailable);
  EXPECT_EQ(created.error().message(), kCannotConnect);
  const Result<StreamEvent> event =
      NewContainerClient(connection)->Attach({"c", false, false, {}})->Receive();
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().message(), kCannotConnect);
}

TEST(Connection, EncodesTheSocketsPath) {
  EXPECT_EQ(TargetOf("/run/a-b_c.sock"), "unix:///run/a-b_c.sock");
  EXPECT_EQ(TargetOf("/a b%?#"), "unix:///a%20b%25%3f%23");
}

}  // namespace
}  // namespace isulad::client
