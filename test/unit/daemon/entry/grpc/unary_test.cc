#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fake_service.h"

namespace isulad::entry {
namespace {

using testing::ElementsAre;

TEST_F(ServiceTest, CreatePassesTheRequestInAndTheReplyOut) {
  service_.create = [](const std::string& name,
                       const spec::ContainerSpec& spec) -> Result<container::CreateReply> {
    EXPECT_EQ(name, "web");
    EXPECT_EQ(spec.image(), "none");
    EXPECT_TRUE(spec.host().auto_remove());
    return container::CreateReply{"abc", {"one", "two"}};
  };
  grpc::ClientContext context;
  Bound(context);
  v1::CreateRequest request;
  request.set_name("web");
  request.mutable_spec()->set_image("none");
  request.mutable_spec()->mutable_host()->set_auto_remove(true);
  v1::CreateResponse response;
  ASSERT_TRUE(stub_->Create(&context, request, &response).ok());
  EXPECT_EQ(response.id(), "abc");
  EXPECT_THAT(response.warnings(), ElementsAre("one", "two"));
}

TEST_F(ServiceTest, ErrorsKeepTheirCodeAndText) {
  const std::pair<Code, grpc::StatusCode> codes[] = {
      {Code::kInvalidArgument, grpc::StatusCode::INVALID_ARGUMENT},
      {Code::kDeadlineExceeded, grpc::StatusCode::DEADLINE_EXCEEDED},
      {Code::kNotFound, grpc::StatusCode::NOT_FOUND},
      {Code::kAlreadyExists, grpc::StatusCode::ALREADY_EXISTS},
      {Code::kPermissionDenied, grpc::StatusCode::PERMISSION_DENIED},
      {Code::kResourceExhausted, grpc::StatusCode::RESOURCE_EXHAUSTED},
      {Code::kFailedPrecondition, grpc::StatusCode::FAILED_PRECONDITION},
      {Code::kUnimplemented, grpc::StatusCode::UNIMPLEMENTED},
      {Code::kInternal, grpc::StatusCode::INTERNAL},
      {Code::kUnavailable, grpc::StatusCode::UNAVAILABLE},
      {Code::kDataLoss, grpc::StatusCode::DATA_LOSS}};
  for (const auto& [code, expected] : codes) {
    service_.create = [code = code](const std::string&,
                                    const spec::ContainerSpec&) -> Result<container::CreateReply> {
      return Error(code, "the reason");
    };
    grpc::ClientContext context;
    Bound(context);
    v1::CreateResponse response;
    const grpc::Status status = stub_->Create(&context, {}, &response);
    EXPECT_EQ(status.error_code(), expected);
    EXPECT_EQ(status.error_message(), "the reason");
    EXPECT_EQ(ExitStatusOf(context), "");
  }
}

TEST_F(ServiceTest, StartTellsTheExitStatusOfABadCommand) {
  for (const int exit_code : {126, 127}) {
    service_.start = [exit_code](const std::string&) -> Result<std::vector<std::string>> {
      return FailedPrecondition("cannot run it").WithExitCode(exit_code);
    };
    grpc::ClientContext context;
    Bound(context);
    v1::StartResponse response;
    const grpc::Status status = stub_->Start(&context, {}, &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
    EXPECT_EQ(ExitStatusOf(context), std::to_string(exit_code));
  }
}

TEST_F(ServiceTest, StartReturnsWarnings) {
  service_.start = [](const std::string& reference) -> Result<std::vector<std::string>> {
    return std::vector<std::string>{"careful with " + reference};
  };
  grpc::ClientContext context;
  Bound(context);
  v1::StartRequest request;
  request.set_container("web");
  v1::StartResponse response;
  ASSERT_TRUE(stub_->Start(&context, request, &response).ok());
  EXPECT_THAT(response.warnings(), ElementsAre("careful with web"));
}

TEST_F(ServiceTest, StopAndKillPassTheirArguments) {
  std::vector<std::string> calls;
  service_.stop = [&](const std::string& reference, int seconds, bool force) {
    calls.push_back("stop " + reference + " " + std::to_string(seconds) + (force ? " force" : ""));
    return OkStatus();
  };
  service_.kill = [&](const std::string& reference, const std::string& signal) {
    calls.push_back("kill " + reference + " " + signal);
    return OkStatus();
  };
  v1::StopRequest stop;
  stop.set_container("web");
  stop.set_timeout_seconds(-1);
  stop.set_force(true);
  grpc::ClientContext stop_context;
  Bound(stop_context);
  v1::StopResponse stopped;
  EXPECT_TRUE(stub_->Stop(&stop_context, stop, &stopped).ok());
  v1::KillRequest kill;
  kill.set_container("db");
  kill.set_signal("HUP");
  grpc::ClientContext kill_context;
  Bound(kill_context);
  v1::KillResponse killed;
  EXPECT_TRUE(stub_->Kill(&kill_context, kill, &killed).ok());
  EXPECT_THAT(calls, ElementsAre("stop web -1 force", "kill db HUP"));
}

TEST_F(ServiceTest, PauseAndUnpausePassTheirContainer) {
  std::vector<std::string> calls;
  service_.pause = [&](const std::string& reference) -> Status {
    calls.push_back("pause " + reference);
    return FailedPrecondition("it is paused already");
  };
  service_.unpause = [&](const std::string& reference) {
    calls.push_back("unpause " + reference);
    return OkStatus();
  };
  grpc::ClientContext pause_context;
  Bound(pause_context);
  v1::PauseRequest pause;
  pause.set_container("web");
  v1::PauseResponse paused;
  const grpc::Status refused = stub_->Pause(&pause_context, pause, &paused);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(refused.error_message(), "it is paused already");
  grpc::ClientContext unpause_context;
  Bound(unpause_context);
  v1::UnpauseRequest unpause;
  unpause.set_container("db");
  v1::UnpauseResponse unpaused;
  EXPECT_TRUE(stub_->Unpause(&unpause_context, unpause, &unpaused).ok());
  EXPECT_THAT(calls, ElementsAre("pause web", "unpause db"));
}

TEST_F(ServiceTest, UpdatePassesWhatIsSetAndReturnsWarnings) {
  std::string asked;
  container::UpdateRequest changes;
  service_.update =
      [&](const std::string& reference,
          const container::UpdateRequest& request) -> Result<std::vector<std::string>> {
    asked = reference;
    changes = request;
    return std::vector<std::string>{"careful"};
  };
  v1::UpdateRequest request;
  request.set_container("web");
  request.mutable_limits()->set_memory(5);
  v1::UpdateResponse response;
  grpc::ClientContext context;
  ASSERT_TRUE(stub_->Update(&context, request, &response).ok());
  EXPECT_EQ(asked, "web");
  EXPECT_EQ(changes.limits.memory(), 5);
  EXPECT_FALSE(changes.limits.has_cpu_quota());
  ASSERT_EQ(response.warnings_size(), 1);
  EXPECT_EQ(response.warnings(0), "careful");
}

TEST_F(ServiceTest, RestartPassesItsTimeAndReturnsWarnings) {
  service_.restart = [](const std::string& reference,
                        int seconds) -> Result<std::vector<std::string>> {
    EXPECT_EQ(reference, "web");
    EXPECT_EQ(seconds, -1);
    return std::vector<std::string>{"careful"};
  };
  grpc::ClientContext context;
  Bound(context);
  v1::RestartRequest request;
  request.set_container("web");
  request.set_timeout_seconds(-1);
  v1::RestartResponse response;
  ASSERT_TRUE(stub_->Restart(&context, request, &response).ok());
  EXPECT_THAT(response.warnings(), ElementsAre("careful"));
}

TEST_F(ServiceTest, RemoveReturnsIdAndNotices) {
  service_.remove = [](const std::string& reference, bool force) -> Result<container::RemoveReply> {
    EXPECT_EQ(reference, "web");
    EXPECT_TRUE(force);
    return container::RemoveReply{"abc", {"it was busy"}};
  };
  grpc::ClientContext context;
  Bound(context);
  v1::RemoveRequest request;
  request.set_container("web");
  request.set_force(true);
  v1::RemoveResponse response;
  ASSERT_TRUE(stub_->Remove(&context, request, &response).ok());
  EXPECT_EQ(response.id(), "abc");
  EXPECT_THAT(response.notices(), ElementsAre("it was busy"));
}

TEST_F(ServiceTest, ListKeepsTheOrder) {
  service_.list =
      [](bool all,
         const std::vector<std::string>& filters) -> Result<std::vector<container::Summary>> {
    EXPECT_TRUE(all);
    EXPECT_THAT(filters, ElementsAre("name=x"));
    std::vector<container::Summary> summaries(2);
    summaries[0].name = "new";
    summaries[1].name = "old";
    return summaries;
  };
  grpc::ClientContext context;
  Bound(context);
  v1::ListRequest request;
  request.set_all(true);
  request.add_filters("name=x");
  v1::ListResponse response;
  ASSERT_TRUE(stub_->List(&context, request, &response).ok());
  ASSERT_EQ(response.containers_size(), 2);
  EXPECT_EQ(response.containers(0).name(), "new");
  EXPECT_EQ(response.containers(1).name(), "old");
}

TEST_F(ServiceTest, StatsLeaveOutWhatIsNotKnownAndLimitsThatAreNone) {
  service_.stats = [](const std::vector<std::string>& references,
                      bool all) -> Result<std::vector<container::ContainerStats>> {
    EXPECT_THAT(references, ElementsAre("web", "db"));
    EXPECT_TRUE(all);
    std::vector<container::ContainerStats> stats(2);
    stats[0].name = "web";
    stats[0].usage.cpu_time = 0;
    stats[0].usage.memory_limit = UINT64_MAX;
    stats[0].usage.pids_limit = 20;
    stats[0].usage.devices = cgroup::Transferred{4096, 512};
    stats[0].channels_used = 7;
    return stats;
  };
  grpc::ClientContext context;
  Bound(context);
  v1::StatsRequest request;
  request.add_containers("web");
  request.add_containers("db");
  request.set_all(true);
  v1::StatsResponse response;
  ASSERT_TRUE(stub_->Stats(&context, request, &response).ok());
  ASSERT_EQ(response.stats_size(), 2);
  const v1::ContainerStats& web = response.stats(0);
  EXPECT_EQ(web.name(), "web");
  EXPECT_TRUE(web.has_cpu_time());
  EXPECT_FALSE(web.has_memory());
  EXPECT_FALSE(web.has_memory_limit());
  EXPECT_EQ(web.pids_limit(), 20u);
  EXPECT_EQ(web.device_read(), 4096u);
  EXPECT_EQ(web.device_written(), 512u);
  EXPECT_EQ(web.channels_used(), 7u);
  EXPECT_FALSE(response.stats(1).has_cpu_time());
  EXPECT_FALSE(response.stats(1).has_device_read());
}

TEST_F(ServiceTest, InspectPassesTheTextOn) {
  service_.inspect = [](const std::string& reference) -> Result<std::string> {
    if (reference != "web") {
      return NotFound("No such container: " + reference);
    }
    return std::string("{\"Id\":\"abc\"}");
  };
  grpc::ClientContext context;
  Bound(context);
  v1::InspectRequest request;
  request.set_container("web");
  v1::InspectResponse response;
  ASSERT_TRUE(stub_->Inspect(&context, request, &response).ok());
  EXPECT_EQ(response.json(), "{\"Id\":\"abc\"}");
  grpc::ClientContext missing;
  Bound(missing);
  const grpc::Status status = stub_->Inspect(&missing, {}, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
}

// An operation that blocks must not keep another one waiting.
TEST_F(ServiceTest, OneCallDoesNotHoldAnother) {
  std::promise<void> release;
  service_.stop = [gate = release.get_future().share()](const std::string&, int, bool) {
    gate.wait();
    return OkStatus();
  };
  service_.inspect = [](const std::string&) -> Result<std::string> { return std::string("{}"); };
  std::thread stopping([this] {
    grpc::ClientContext context;
    Bound(context);
    v1::StopResponse response;
    EXPECT_TRUE(stub_->Stop(&context, {}, &response).ok());
  });
  grpc::ClientContext context;
  Bound(context);
  v1::InspectResponse response;
  EXPECT_TRUE(stub_->Inspect(&context, {}, &response).ok());
  release.set_value();
  stopping.join();
}

TEST_F(ServiceTest, TopPassesTheArgumentsOfPsAndItsLines) {
  service_.top = [](const std::string& reference, const std::vector<std::string>& arguments) {
    return Result<std::vector<std::string>>({reference, arguments.at(0), arguments.at(1)});
  };
  v1::TopRequest request;
  request.set_container("web");
  request.add_ps_arguments("-o");
  request.add_ps_arguments("pid,cmd");
  v1::TopResponse response;
  grpc::ClientContext context;
  ASSERT_TRUE(stub_->Top(&context, request, &response).ok());
  EXPECT_THAT(response.lines(), ::testing::ElementsAre("web", "-o", "pid,cmd"));
}

}  // namespace
}  // namespace isulad::entry
