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
  service_.create = [](const container::CreateRequest& request) -> Result<container::CreateReply> {
    EXPECT_EQ(request.name, "web");
    return container::CreateReply{"abc", {"one", "two"}};
  };
  grpc::ClientContext context;
  Bound(context);
  v1::CreateRequest request;
  request.set_name("web");
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
    service_.create =
        [code = code](const container::CreateRequest&) -> Result<container::CreateReply> {
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

}  // namespace
}  // namespace isulad::entry
