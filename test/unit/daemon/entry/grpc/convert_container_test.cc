#include "daemon/entry/grpc/convert_container.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace isulad::entry {
namespace {

using testing::ElementsAre;

TEST(ConvertContainer, TakesEveryFieldOfACreate) {
  v1::CreateRequest wire;
  wire.set_name("web");
  wire.set_image("none");
  v1::ProcessConfig* process = wire.mutable_process();
  process->add_args("/bin/sh");
  process->add_args("-i");
  process->add_env("A=1");
  process->set_user("app");
  process->set_workdir("/srv");
  process->set_hostname("h");
  process->set_terminal(true);
  process->set_open_stdin(true);
  process->set_stdin_once(true);
  process->set_stop_signal("HUP");
  v1::HostConfig* host = wire.mutable_host();
  host->set_system_container(true);
  host->set_external_rootfs("/rootfs");
  host->add_host_channels("/h:/c");
  host->set_host_channel_add_memory(true);
  host->set_auto_remove(true);
  host->set_runtime("runc");
  host->set_memory(1);
  host->set_memory_swap(2);
  host->set_nano_cpus(3);
  host->set_pids_limit(4);
  host->add_volumes("/a:/b");
  host->set_read_only_rootfs(true);
  host->set_log_driver("json-file");
  host->add_log_options("max-size=1m");

  const container::CreateRequest request = FromWire(wire);
  EXPECT_EQ(request.name, "web");
  EXPECT_EQ(request.image, "none");
  EXPECT_THAT(request.process.args, ElementsAre("/bin/sh", "-i"));
  EXPECT_THAT(request.process.env, ElementsAre("A=1"));
  EXPECT_EQ(request.process.user, "app");
  EXPECT_EQ(request.process.workdir, "/srv");
  EXPECT_TRUE(request.process.terminal);
  EXPECT_EQ(request.hostname, "h");
  EXPECT_TRUE(request.open_stdin);
  EXPECT_TRUE(request.stdin_once);
  EXPECT_EQ(request.stop_signal, "HUP");
  EXPECT_TRUE(request.system_container);
  EXPECT_EQ(request.external_rootfs, "/rootfs");
  EXPECT_THAT(request.host_channels, ElementsAre("/h:/c"));
  EXPECT_TRUE(request.host_channel_add_memory);
  EXPECT_TRUE(request.auto_remove);
  EXPECT_EQ(request.runtime, "runc");
  EXPECT_EQ(request.resources.memory, 1);
  EXPECT_EQ(request.resources.memory_swap, 2);
  EXPECT_EQ(request.resources.nano_cpus, 3);
  EXPECT_EQ(request.resources.pids_limit, 4);
  EXPECT_THAT(request.volumes, ElementsAre("/a:/b"));
  EXPECT_TRUE(request.read_only_rootfs);
  EXPECT_EQ(request.log_driver, "json-file");
  EXPECT_THAT(request.log_options, ElementsAre("max-size=1m"));
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
  EXPECT_THAT(request.process.args, ElementsAre("ls"));
  EXPECT_TRUE(request.open_stdin);
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
}

}  // namespace
}  // namespace isulad::entry
