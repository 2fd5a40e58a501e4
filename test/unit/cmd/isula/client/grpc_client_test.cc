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
  options.host.system_container = true;
  options.host.external_rootfs = "/r";
  options.host.host_channels = {"/h:/c"};
  options.host.host_channel_add_memory = true;
  options.host.auto_remove = true;
  options.host.restart_policy = "always";
  options.host.runtime = "runc";
  options.host.memory = 1;
  options.host.memory_swap = -1;
  options.host.nano_cpus = 2;
  options.host.pids_limit = 3;
  options.host.limits = {4, 0,        true,     5,        6,        -1,        "0", "1",
                         7, {"/a:1"}, {"/a:2"}, {"/a:3"}, {"/a:4"}, {"2M:4M"}, -1,  0};
  options.process.entrypoint = "/bin/ls";
  options.host.files = {{"type=tmpfs,dst=/a"}, {"/b"}, 0, {"a:::1"}, {"::1"}, {"c"}, {"d"}};
  options.process.group_add = {"audio"};
  options.host.volumes = {"/a:/b"};
  options.host.rootfs_overlay = true;
  options.host.read_only_rootfs = true;
  options.host.security = {{"CHOWN"}, {"ALL"},       {"/dev/a"},  {"net.a=1"}, {"nofile=1"},
                           {"net"},   {"seccomp=x"}, {"c 1:3 r"}, true};
  options.host.namespaces = {"host", "private", "container:a", "b", "c"};
  options.host.user_remap = "1:2:3";
  options.host.log_driver = "json-file";
  options.host.log_options = {"max-file=3"};
  options.host.labels = {"a=b"};
  options.host.annotations = {"c=d"};
  options.host.cgroup_parent = "/p";
  options.host.hook_spec = "{}";
  options.host.env_target_file = "/e";
  options.host.health = {"check", 1, 2, 3, 4, true, true};
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
  EXPECT_EQ(request.host().restart_policy(), "always");
  EXPECT_EQ(request.host().runtime(), "runc");
  EXPECT_EQ(request.host().memory(), 1);
  EXPECT_EQ(request.host().memory_swap(), -1);
  EXPECT_EQ(request.host().nano_cpus(), 2);
  EXPECT_EQ(request.host().pids_limit(), 3);
  EXPECT_THAT(request.host().volumes(), ElementsAre("/a:/b"));
  EXPECT_TRUE(request.host().rootfs_overlay());
  EXPECT_TRUE(request.host().read_only_rootfs());
  EXPECT_EQ(request.host().user_remap(), "1:2:3");
  EXPECT_EQ(request.host().log_driver(), "json-file");
  EXPECT_THAT(request.host().log_options(), ElementsAre("max-file=3"));
  EXPECT_THAT(request.host().labels(), ElementsAre("a=b"));
  EXPECT_THAT(request.host().annotations(), ElementsAre("c=d"));
  EXPECT_EQ(request.host().cgroup_parent(), "/p");
  EXPECT_EQ(request.host().hook_spec(), "{}");
  EXPECT_EQ(request.host().env_target_file(), "/e");
  const auto& health = request.host().health();
  EXPECT_EQ(health.command(), "check");
  EXPECT_EQ(health.interval_ns(), 1);
  EXPECT_EQ(health.timeout_ns(), 2);
  EXPECT_EQ(health.retries(), 3);
  EXPECT_EQ(health.start_period_ns(), 4);
  EXPECT_TRUE(health.exit_on_unhealthy());
  EXPECT_TRUE(health.none());
  const auto& security = request.host().security();
  EXPECT_THAT(security.cap_add(), ElementsAre("CHOWN"));
  EXPECT_THAT(security.cap_drop(), ElementsAre("ALL"));
  EXPECT_THAT(security.devices(), ElementsAre("/dev/a"));
  EXPECT_THAT(security.sysctls(), ElementsAre("net.a=1"));
  EXPECT_THAT(security.ulimits(), ElementsAre("nofile=1"));
  EXPECT_THAT(security.writable_sysctls(), ElementsAre("net"));
  EXPECT_THAT(security.security_opts(), ElementsAre("seccomp=x"));
  EXPECT_TRUE(security.privileged());
  EXPECT_THAT(security.device_cgroup_rules(), ElementsAre("c 1:3 r"));
  EXPECT_EQ(request.host().namespaces().network(), "host");
  EXPECT_EQ(request.host().namespaces().ipc(), "private");
  EXPECT_EQ(request.host().namespaces().pid(), "container:a");
  EXPECT_EQ(request.host().namespaces().uts(), "b");
  EXPECT_EQ(request.host().namespaces().cgroup(), "c");
  const auto& limits = request.host().limits();
  EXPECT_EQ(limits.memory_reservation(), 4);
  EXPECT_TRUE(limits.has_memory_swappiness());
  EXPECT_EQ(limits.memory_swappiness(), 0);
  EXPECT_TRUE(limits.oom_kill_disable());
  EXPECT_EQ(limits.cpu_shares(), 5);
  EXPECT_EQ(limits.cpu_period(), 6);
  EXPECT_EQ(limits.cpu_quota(), -1);
  EXPECT_EQ(limits.cpuset_cpus(), "0");
  EXPECT_EQ(limits.cpuset_mems(), "1");
  EXPECT_EQ(limits.blkio_weight(), 7);
  EXPECT_THAT(limits.device_read_bps(), ElementsAre("/a:1"));
  EXPECT_THAT(limits.device_write_bps(), ElementsAre("/a:2"));
  EXPECT_THAT(limits.device_read_iops(), ElementsAre("/a:3"));
  EXPECT_THAT(limits.device_write_iops(), ElementsAre("/a:4"));
  EXPECT_THAT(limits.hugetlb_limits(), ElementsAre("2M:4M"));
  EXPECT_EQ(limits.files_limit(), -1);
  EXPECT_TRUE(limits.has_oom_score_adj());
  EXPECT_EQ(limits.oom_score_adj(), 0);
  EXPECT_EQ(request.process().entrypoint(), "/bin/ls");
  const auto& files = request.host().files();
  EXPECT_THAT(files.mounts(), ElementsAre("type=tmpfs,dst=/a"));
  EXPECT_THAT(files.tmpfs(), ElementsAre("/b"));
  EXPECT_TRUE(files.has_shm_size());
  EXPECT_EQ(files.shm_size(), 0);
  EXPECT_THAT(files.add_hosts(), ElementsAre("a:::1"));
  EXPECT_THAT(files.dns(), ElementsAre("::1"));
  EXPECT_THAT(files.dns_search(), ElementsAre("c"));
  EXPECT_THAT(files.dns_options(), ElementsAre("d"));
  EXPECT_THAT(request.process().group_add(), ElementsAre("audio"));
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
