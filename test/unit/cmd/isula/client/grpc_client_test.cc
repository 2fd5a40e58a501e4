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
#include "support/from_text.h"
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
  options.spec = test::FromText<containers_v1::ContainerSpec>(
      R"(image: "none"
         process {
           args: ["ls", "-la"] env: "A=1" user: "0:0" workdir: "/w" hostname: "host" terminal: true
           open_stdin: true stdin_once: true stop_signal: "TERM" entrypoint: "/bin/ls"
           group_add: "audio"
         }
         host {
           system_container: true external_rootfs: "/r" host_channels: "/h:/c"
           host_channel_add_memory: true auto_remove: true runtime: "runc" volumes: "/a:/b"
           read_only_rootfs: true log_driver: "json-file" log_options: "max-file=3"
           restart_policy: "always" user_remap: "1:2:3" rootfs_overlay: true
           security {
             cap_add: "CHOWN" cap_drop: "ALL" devices: "/dev/a" sysctls: "net.a=1"
             ulimits: "nofile=1" writable_sysctls: "net" security_opts: "seccomp=x"
             device_cgroup_rules: "c 1:3 r" privileged: true
           }
           limits {
             memory: 1 memory_swap: -1 memory_reservation: 4 memory_swappiness: 0
             oom_kill_disable: true nano_cpus: 2 cpu_shares: 5 cpu_period: 6 cpu_quota: -1
             cpuset_cpus: "0" cpuset_mems: "1" pids_limit: 3 blkio_weight: 7
             device_read_bps: "/a:1" device_write_bps: "/a:2" device_read_iops: "/a:3"
             device_write_iops: "/a:4" hugetlb_limits: "2M:4M" files_limit: -1 oom_score_adj: 0
           }
           labels: "a=b" annotations: "c=d" cgroup_parent: "/p" hook_spec: "{}"
           env_target_file: "/e"
           namespaces { network: "host" ipc: "private" pid: "container:a" uts: "b" cgroup: "c" }
           files {
             mounts: "type=tmpfs,dst=/a" tmpfs: "/b" shm_size: 0 add_hosts: "a:::1" dns: "::1"
             dns_search: "c" dns_options: "d"
           }
           health {
             command: "check" interval_ns: 1 timeout_ns: 2 retries: 3 start_period_ns: 4
             exit_on_unhealthy: true none: true
           }
         })");
  const Result<Created> created = client_->Create(options);
  ASSERT_TRUE(created) << created.error().message();
  EXPECT_EQ(created->id, std::string(64, 'b'));
  EXPECT_THAT(created->warnings, ElementsAre("careful"));
  EXPECT_EQ(daemon_.containers.created.name(), "box");
  EXPECT_EQ(daemon_.containers.created.spec().DebugString(), options.spec.DebugString());
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

TEST_F(GrpcClientTest, ReadsStatsAndKeepsApartWhatIsNotCounted) {
  const Result<std::vector<ContainerStats>> stats = client_->Stats({"a", "b"}, false);
  ASSERT_TRUE(stats);
  ASSERT_EQ(stats->size(), 2u);
  EXPECT_EQ(stats->back().name, "b");
  EXPECT_EQ(stats->back().read_at, 5);
  EXPECT_EQ(stats->back().memory, 4096u);
  EXPECT_EQ(stats->back().cpu_time, std::nullopt);
  EXPECT_EQ(stats->back().memory_limit, std::nullopt);
  EXPECT_EQ(stats->back().channels, 2u);
  EXPECT_EQ(stats->back().channels_size, 8192u);
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
    response.mutable_opened()->set_stdin(true);
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
  EXPECT_TRUE(std::get<StreamOpened>(*opened).open_stdin);
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
  options.process.add_args("ls");
  options.process.set_terminal(true);
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

TEST_F(GrpcClientTest, ReadsChannels) {
  const Result<std::vector<Channel>> channels = NewChannelClient(connection_)->List("web");
  ASSERT_TRUE(channels.has_value());
  EXPECT_EQ(daemon_.channels.listed.container(), "web");
  ASSERT_EQ(channels->size(), 1u);
  const Channel& channel = channels->front();
  EXPECT_EQ(channel.id + channel.path_on_host, "abc/srv/c");
  EXPECT_EQ(channel.size, 4096u);
  EXPECT_EQ(channel.options, std::vector<std::string>{"symlinks"});
  EXPECT_TRUE(channel.mounted);
  EXPECT_EQ(channel.used, 1u);
  EXPECT_EQ(channel.free, 2u);
  EXPECT_EQ(channel.inodes, 3u);
  EXPECT_EQ(channel.inodes_used, 4u);
  const ChannelUser& user = channel.users.at(0);
  EXPECT_EQ(user.container_id + user.container_name + user.path_in_container + user.permissions,
            "defweb/cro");
}

TEST_F(GrpcClientTest, AddsAndRemovesChannels) {
  const auto client = NewChannelClient(connection_);
  const Result<ChannelChange> added = client->Add("web", "/srv/c:/c");
  ASSERT_TRUE(added.has_value());
  EXPECT_EQ(daemon_.channels.added.container() + daemon_.channels.added.host_channel(),
            "web/srv/c:/c");
  EXPECT_EQ(added->id + added->warnings.at(0), "abccareful");
  const Result<ChannelChange> removed = client->Remove("web", "/srv/c");
  ASSERT_TRUE(removed.has_value());
  EXPECT_EQ(daemon_.channels.removed.container() + daemon_.channels.removed.path_on_host(),
            "web/srv/c");
  EXPECT_EQ(removed->id + removed->warnings.at(0), "abcbusy");
}

TEST_F(GrpcClientTest, ResizesChannels) {
  const Result<ChannelChange> change = NewChannelClient(connection_)->Resize("web", "/srv/c", "2M");
  ASSERT_TRUE(change.has_value());
  const auto& asked = daemon_.channels.resized;
  EXPECT_EQ(asked.container() + asked.path_on_host() + asked.size(), "web/srv/c2M");
  EXPECT_EQ(change->id, "abc");
  EXPECT_EQ(change->warnings, std::vector<std::string>{"careful"});
}

TEST_F(GrpcClientTest, EventsArePassedOnAsTheyCome) {
  const auto client = NewEventClient(connection_);
  EventQuery query;
  query.since = 0;
  query.containers = {"web"};
  std::vector<EventBatch> batches;
  const Status status = client->Subscribe(query, [&batches](const EventBatch& batch) {
    batches.push_back(batch);
    return OkStatus();
  });
  ASSERT_TRUE(status.has_value());
  EXPECT_TRUE(daemon_.events.asked.has_since());
  EXPECT_FALSE(daemon_.events.asked.has_until());
  EXPECT_EQ(daemon_.events.asked.containers(0), "web");
  ASSERT_EQ(batches.size(), 1u);
  EXPECT_EQ(batches[0].missed, 2u);
  const ContainerEvent& event = batches[0].events.at(0);
  EXPECT_EQ(event.time, 5);
  EXPECT_EQ(event.type + event.id + event.name, "dieabcweb");
  EXPECT_EQ(event.attributes.at(0), std::make_pair(std::string("exitCode"), std::string("3")));
}

TEST_F(GrpcClientTest, EventsEndWithTheErrorOfTheirSink) {
  const auto client = NewEventClient(connection_);
  const Status status =
      client->Subscribe({}, [](const EventBatch&) { return Status(InvalidArgument("enough")); });
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().message(), "enough");
}

}  // namespace
}  // namespace isulad::client
