#include "daemon/entry/grpc/convert_container.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace isulad::entry {
namespace {

using testing::ElementsAre;

TEST(ConvertContainer, TakesOfAnUpdateWhatIsSet) {
  v1::UpdateRequest wire;
  container::UpdateRequest request = FromWire(wire);
  EXPECT_EQ(request.limits.ByteSizeLong(), 0u);
  EXPECT_EQ(request.restart_policy, std::nullopt);
  wire.mutable_limits()->set_memory(0);
  wire.set_restart_policy("no");
  request = FromWire(wire);
  EXPECT_TRUE(request.limits.has_memory());
  EXPECT_FALSE(request.limits.has_memory_swap());
  EXPECT_EQ(request.restart_policy, "no");
}

TEST(ConvertContainer, TakesEachStreamForItself) {
  v1::AttachRequest::Open wire;
  wire.set_container("web");
  wire.set_stderr(true);
  wire.set_start(true);
  const container::AttachRequest request = FromWire(wire);
  EXPECT_EQ(request.reference, "web");
  EXPECT_FALSE(request.streams.standard_input);
  EXPECT_FALSE(request.streams.standard_output);
  EXPECT_TRUE(request.streams.standard_error);
  EXPECT_TRUE(request.start);
}

TEST(ConvertContainer, TakesAnExec) {
  v1::ExecRequest::Open wire;
  wire.set_container("web");
  wire.mutable_process()->add_args("ls");
  wire.mutable_process()->set_open_stdin(true);
  wire.set_detach(true);
  wire.mutable_window()->set_rows(24);
  const container::ExecRequest request = FromWire(wire);
  EXPECT_EQ(request.reference, "web");
  EXPECT_THAT(request.process.args(), ElementsAre("ls"));
  EXPECT_TRUE(request.process.open_stdin());
  EXPECT_TRUE(request.detach);
  EXPECT_EQ(request.window.rows, 24);
}

// The kernel counts cells in 16 bits.
TEST(ConvertContainer, ClampsAWindow) {
  v1::WindowSize wire;
  wire.set_rows(70'000);
  wire.set_columns(65'535);
  const shim::WindowSize size = FromWire(wire);
  EXPECT_EQ(size.rows, 65'535);
  EXPECT_EQ(size.columns, 65'535);
}

TEST(ConvertContainer, GivesEveryFieldOfASummary) {
  container::Summary summary;
  summary.id = "abc";
  summary.name = "web";
  summary.image = "none";
  summary.command = {"ls", "-l"};
  summary.created = {1};
  summary.runtime = "crun";
  summary.state.phase = container::Phase::kExited;
  summary.state.exit_code = 137;
  summary.state.pid = 42;
  summary.state.started_at = {2};
  summary.state.finished_at = {3};
  summary.health = container::HealthStatus::kUnhealthy;
  v1::ContainerSummary wire;
  ToWire(summary, &wire);
  EXPECT_EQ(wire.id(), "abc");
  EXPECT_EQ(wire.name(), "web");
  EXPECT_EQ(wire.image(), "none");
  EXPECT_THAT(wire.command(), ElementsAre("ls", "-l"));
  EXPECT_EQ(wire.created_at(), 1);
  EXPECT_EQ(wire.status(), "exited");
  EXPECT_EQ(wire.exit_code(), 137);
  EXPECT_EQ(wire.started_at(), 2);
  EXPECT_EQ(wire.finished_at(), 3);
  EXPECT_EQ(wire.pid(), 42);
  EXPECT_EQ(wire.runtime(), "crun");
  EXPECT_EQ(wire.health(), "unhealthy");
}

}  // namespace
}  // namespace isulad::entry
