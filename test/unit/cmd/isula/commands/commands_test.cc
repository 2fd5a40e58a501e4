// Every command against a fake daemon: what it asks, what it prints, how it ends.
#include <cerrno>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cmd/isula/commands/invocation.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "support/isula/fake_clients.h"

namespace isulad::commands {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Error Refused(const std::string& reason) {
  return FailedPrecondition("Error response from daemon: " + reason);
}

class CommandsTest : public ::testing::Test {
 protected:
  // The exit status as main() would return it; an error's line is appended to what stderr got.
  int Run(const cli::Arguments& arguments) {
    Result<Invocation> invocation = ParseInvocation(arguments);
    if (!invocation) {
      output_.ErrLine(invocation.error().message());
      return cli::kExitUsage;
    }
    Context context{containers_, system_, output_, clock_};
    const Result<int> exit_status = invocation->command->Run(context);
    if (exit_status) {
      return *exit_status;
    }
    output_.ErrLine(exit_status.error().message());
    return cli::ExitStatusOf(exit_status.error(), invocation->info->refusal);
  }

  void Fail(const std::string& call, const Error& error) {
    containers_.failures.insert({call, error});
  }

  const std::string id_ = std::string(64, 'a');
  test::FakeContainerClient containers_;
  test::FakeSystemClient system_;
  test::CapturedOutput output_;
  test::FixedClock clock_;
};

TEST_F(CommandsTest, CreatePrintsTheIdAndWarnsOnStderr) {
  containers_.warnings = {"/run may be hidden"};
  EXPECT_EQ(Run({"create", "--name", "box", "none", "init"}), 0);
  EXPECT_EQ(output_.out, id_ + "\n");
  EXPECT_EQ(output_.err, "WARNING: /run may be hidden\n");
  EXPECT_EQ(containers_.created_with.name, "box");
}

TEST_F(CommandsTest, CreateKeepsStdinForOneClientWithoutATerminal) {
  EXPECT_EQ(Run({"create", "-i", "none", "cat"}), 0);
  EXPECT_TRUE(containers_.created_with.process.stdin_once);
  EXPECT_EQ(Run({"create", "-it", "none", "sh"}), 0);
  EXPECT_FALSE(containers_.created_with.process.stdin_once);
}

TEST_F(CommandsTest, CreateEndsWith125WhenRefused) {
  Fail("create", Refused("no"));
  EXPECT_EQ(Run({"create", "none", "init"}), 125);
  EXPECT_EQ(output_.out, "");
  EXPECT_EQ(output_.err, "Error response from daemon: no\n");
}

TEST_F(CommandsTest, RunDetachedStartsAndPrintsTheId) {
  EXPECT_EQ(Run({"run", "-d", "none", "init"}), 0);
  EXPECT_THAT(containers_.calls, ElementsAre("create", "start " + id_));
  EXPECT_EQ(output_.out, id_ + "\n");
}

TEST_F(CommandsTest, RunCopiesOutputAndEndsAsTheContainerDid) {
  containers_.events = {client::StreamEvent(client::StreamOpened{false, {"slow"}}),
                        client::StreamEvent(client::StdoutData{"out"}),
                        client::StreamEvent(client::StderrData{"err"}),
                        client::StreamEvent(client::StreamExited{143, {}})};
  EXPECT_EQ(Run({"run", "none", "init"}), 143);
  EXPECT_THAT(containers_.calls, ElementsAre("create", "attach " + id_));
  EXPECT_TRUE(containers_.attached_with.start);
  EXPECT_FALSE(containers_.attached_with.open_stdin);
  EXPECT_FALSE(containers_.attached_with.window.has_value());
  EXPECT_EQ(output_.out, "out");
  EXPECT_EQ(output_.err, "WARNING: slow\nerr");
}

TEST_F(CommandsTest, RunEndsWith127WhenTheCommandIsNotThere) {
  containers_.events = {Refused("x").WithExitCode(127)};
  EXPECT_EQ(Run({"run", "none", "nosuch"}), 127);
  EXPECT_THAT(containers_.calls, ElementsAre("create", "attach " + id_));
}

TEST_F(CommandsTest, RunRemovesWhatDidNotStartWhenItWasToVanish) {
  containers_.events = {Refused("x").WithExitCode(126)};
  Fail("remove " + id_ + " f", NotFound("Error response from daemon: No such container"));
  EXPECT_EQ(Run({"run", "--rm", "none", "/etc"}), 126);
  EXPECT_THAT(containers_.calls, ElementsAre("create", "attach " + id_, "remove " + id_ + " f"));
  EXPECT_EQ(output_.err, "Error response from daemon: x\n");
}

TEST_F(CommandsTest, RunDetachedRemovesWhatDidNotStartWhenItWasToVanish) {
  Fail("start " + id_, Refused("no"));
  EXPECT_EQ(Run({"run", "-d", "--rm", "none", "x"}), 125);
  EXPECT_THAT(containers_.calls, ElementsAre("create", "start " + id_, "remove " + id_ + " f"));
  EXPECT_EQ(output_.out, "");
}

TEST_F(CommandsTest, RunLeavesTheContainerWhenTheDaemonIsLost) {
  containers_.events = {client::StreamEvent(client::StreamOpened{}),
                        client::StreamEvent(client::StdoutData{"out"})};
  EXPECT_EQ(Run({"run", "--rm", "none", "init"}), 125);
  EXPECT_THAT(containers_.calls, ElementsAre("create", "attach " + id_));
  EXPECT_EQ(output_.err, "Error: connection to the daemon was lost\n");
}

TEST_F(CommandsTest, RunEndsQuietlyWhenNobodyReads) {
  containers_.events = {client::StreamEvent(client::StreamOpened{}),
                        client::StreamEvent(client::StdoutData{"out"})};
  output_.out_status = SystemError(EPIPE, "write");
  EXPECT_EQ(Run({"run", "none", "yes"}), 141);
  EXPECT_EQ(output_.err, "");
}

TEST_F(CommandsTest, StartTriesAllAndReportsEachFailure) {
  Fail("start b", Refused("b is gone"));
  EXPECT_EQ(Run({"start", "a", "b", "c"}), 1);
  EXPECT_THAT(containers_.calls, ElementsAre("start a", "start b", "start c"));
  EXPECT_EQ(output_.out, "a\nc\n");
  EXPECT_EQ(output_.err, "Error response from daemon: b is gone\n");
}

TEST_F(CommandsTest, StartOfOneEndsAsRunDoes) {
  Fail("start a", Refused("no"));
  EXPECT_EQ(Run({"start", "a"}), 125);
  containers_.failures.clear();
  Fail("start a", Refused("x").WithExitCode(127));
  EXPECT_EQ(Run({"start", "a"}), 127);
}

TEST_F(CommandsTest, StartStopsTryingWhenTheDaemonIsLost) {
  Fail("start a", Unavailable(std::string(client::kCannotConnect)));
  EXPECT_EQ(Run({"start", "a", "b"}), 125);
  EXPECT_THAT(containers_.calls, ElementsAre("start a"));
}

TEST_F(CommandsTest, StartAttachedEndsAsTheContainerDid) {
  containers_.events = {client::StreamEvent(client::StreamOpened{}),
                        client::StreamEvent(client::StreamExited{3, {}})};
  EXPECT_EQ(Run({"start", "-a", "box"}), 3);
  EXPECT_FALSE(containers_.attached_with.open_stdin);
  EXPECT_EQ(Run({"start", "-a", "box", "other"}), 125);
}

TEST_F(CommandsTest, RunPassesOnWhatTheRemovalHasToTell) {
  containers_.events = {client::StreamEvent(client::StreamOpened{}),
                        client::StreamEvent(client::StreamExited{0, {"\"/h\" was busy"}})};
  EXPECT_EQ(Run({"run", "--rm", "--external-rootfs", "/r", "none", "true"}), 0);
  EXPECT_EQ(output_.err, "WARNING: \"/h\" was busy\n");
}

TEST_F(CommandsTest, StopPassesItsTimeAndForce) {
  EXPECT_EQ(Run({"stop", "a"}), 0);
  EXPECT_EQ(Run({"stop", "b", "-t", "-1", "-f"}), 0);
  EXPECT_THAT(containers_.calls, ElementsAre("stop a 10", "stop b -1 f"));
  EXPECT_EQ(output_.out, "a\nb\n");
}

TEST_F(CommandsTest, KillSendsTheSignalThatWasWritten) {
  EXPECT_EQ(Run({"kill", "a"}), 0);
  EXPECT_EQ(Run({"kill", "-s", "HUP", "a"}), 0);
  EXPECT_EQ(Run({"kill", "-s", "NOSUCH", "a"}), 125);
  EXPECT_THAT(containers_.calls, ElementsAre("kill a SIGKILL", "kill a HUP"));
}

TEST_F(CommandsTest, RmPrintsIdsAndNotices) {
  containers_.warnings = {"/testdir was left as it is"};
  EXPECT_EQ(Run({"rm", "box", "-f"}), 0);
  EXPECT_THAT(containers_.calls, ElementsAre("remove box f"));
  EXPECT_EQ(output_.out, id_ + "\n");
  EXPECT_EQ(output_.err, "WARNING: /testdir was left as it is\n");
}

TEST_F(CommandsTest, RmEndsWith1WhenRefused) {
  Fail("remove box", NotFound("Error response from daemon: No such container: box"));
  EXPECT_EQ(Run({"rm", "box"}), 1);
  EXPECT_EQ(output_.err, "Error response from daemon: No such container: box\n");
}

TEST_F(CommandsTest, WaitPrintsEachExitStatus) {
  EXPECT_EQ(Run({"wait", "a", "b"}), 0);
  EXPECT_EQ(output_.out, "137\n137\n");
}

TEST_F(CommandsTest, LogsKeepsTheStreamsApart) {
  EXPECT_EQ(Run({"logs", "--tail", "5", "box"}), 0);
  EXPECT_EQ(output_.out, "to out\n");
  EXPECT_EQ(output_.err, "to err\n");
  EXPECT_EQ(Run({"logs", "--tail", "all", "box"}), 0);
  EXPECT_THAT(containers_.calls, ElementsAre("logs box 5", "logs box -1"));
  EXPECT_EQ(Run({"logs", "--tail", "-1", "box"}), 125);
  EXPECT_EQ(Run({"logs", "a", "b"}), 125);
}

TEST_F(CommandsTest, ExecEndsAsTheProcessDid) {
  containers_.events = {client::StreamEvent(client::StreamOpened{}),
                        client::StreamEvent(client::StdoutData{"hi"}),
                        client::StreamEvent(client::StreamExited{5, {}})};
  EXPECT_EQ(Run({"exec", "-u", "1", "--workdir", "/w", "-e", "A=B", "box", "ls", "-it"}), 5);
  EXPECT_EQ(output_.out, "hi");
  const client::Process& process = containers_.executed_with.process;
  EXPECT_THAT(process.args, ElementsAre("ls", "-it"));
  EXPECT_FALSE(process.terminal);
  EXPECT_EQ(process.user, "1");
  EXPECT_EQ(process.workdir, "/w");
  EXPECT_THAT(process.env, ElementsAre("A=B"));
}

TEST_F(CommandsTest, ExecDetachedDoesNotWait) {
  containers_.events = {client::StreamEvent(client::StreamOpened{})};
  EXPECT_EQ(Run({"exec", "-d", "box", "sleep"}), 0);
  EXPECT_TRUE(containers_.executed_with.detach);
  EXPECT_EQ(output_.out, "");
}

TEST_F(CommandsTest, ExecEndsWith125WhenRefused) {
  containers_.events = {Refused("box does not run")};
  EXPECT_EQ(Run({"exec", "box", "ls"}), 125);
}

TEST_F(CommandsTest, PsAsksForWhatCanMatch) {
  EXPECT_EQ(Run({"ps"}), 0);
  EXPECT_EQ(Run({"ps", "-a"}), 0);
  EXPECT_EQ(Run({"ps", "-f", "name=x"}), 0);
  EXPECT_EQ(Run({"ps", "-f", "status=exited", "--filter", "id=ab"}), 0);
  EXPECT_THAT(containers_.calls,
              ElementsAre("list", "list all", "list name=x", "list all status=exited id=ab"));
}

TEST_F(CommandsTest, PsRefusesFiltersThatCannotMatch) {
  for (const char* filter : {"status=up", "label=x", "name", "=x", ""}) {
    EXPECT_EQ(Run({"ps", "-f", filter}), 125) << filter;
  }
  EXPECT_THAT(containers_.calls, IsEmpty());
}

TEST_F(CommandsTest, PsPrintsShortOrWholeIds) {
  containers_.containers.resize(3);
  for (client::ContainerSummary& container : containers_.containers) {
    container.id = id_;
  }
  EXPECT_EQ(Run({"ps", "-qn", "2"}), 0);
  EXPECT_EQ(output_.out, std::string(12, 'a') + "\n" + std::string(12, 'a') + "\n");
  output_.out.clear();
  EXPECT_EQ(Run({"ps", "-lq", "--no-trunc"}), 0);
  EXPECT_EQ(output_.out, id_ + "\n");
  EXPECT_EQ(Run({"ps", "-l", "-n", "1"}), 125);
}

TEST_F(CommandsTest, PsEndsWith1WhenRefused) {
  Fail("list", Refused("no"));
  EXPECT_EQ(Run({"ps"}), 1);
  EXPECT_EQ(output_.out, "");
}

TEST_F(CommandsTest, InspectPrintsAnArrayOfAll) {
  containers_.json = R"({"Id":"x"})";
  EXPECT_EQ(Run({"inspect", "a", "b"}), 0);
  EXPECT_EQ(output_.out,
            "[\n    {\n        \"Id\": \"x\"\n    },\n    {\n        \"Id\": \"x\"\n    }\n]\n");
}

TEST_F(CommandsTest, InspectPrintsWhatItFoundAndReportsTheRest) {
  containers_.json = R"({"Id":"x"})";
  Fail("inspect b", NotFound("Error response from daemon: No such container: b"));
  EXPECT_EQ(Run({"inspect", "-f", "{{.Id}}", "a", "b"}), 1);
  EXPECT_EQ(output_.out, "x\n");
  EXPECT_EQ(output_.err, "Error response from daemon: No such container: b\n");
}

TEST_F(CommandsTest, InspectEndsWith1WhenTheMemberIsMissing) {
  EXPECT_EQ(Run({"inspect", "-f", "{{.Nope}}", "a"}), 1);
  EXPECT_EQ(output_.out, "");
  EXPECT_EQ(output_.err, "template: {{.Nope}}: there is no member \"Nope\"\n");
}

TEST_F(CommandsTest, VersionPrintsTheClientsEvenWithoutADaemon) {
  EXPECT_EQ(Run({"version"}), 0);
  EXPECT_THAT(output_.out, HasSubstr("Client:\n  Version:"));
  EXPECT_THAT(output_.out, HasSubstr("Server:\n  Version:      1.2.3\n"));
  system_.version = Unavailable("no daemon");
  EXPECT_EQ(Run({"version"}), 125);
}

TEST_F(CommandsTest, InfoShowsSizesWithUnits) {
  system_.info.memory_total = 1u << 30;
  system_.info.runtimes = {"crun", "runc"};
  EXPECT_EQ(Run({"info"}), 0);
  EXPECT_THAT(output_.out, HasSubstr("Total Memory: 1GiB\n"));
  EXPECT_THAT(output_.out, HasSubstr("Runtimes: crun runc\n"));
}

}  // namespace
}  // namespace isulad::commands
