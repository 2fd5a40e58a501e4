// Every command against a fake daemon: what it asks, what it prints, how it ends.
#include <cerrno>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "unit/cmd/isula/commands/commands_fixture.h"

namespace isulad::commands {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Error Refused(const std::string& reason) {
  return FailedPrecondition("Error response from daemon: " + reason);
}

TEST_F(CommandsTest, CreatePrintsTheIdAndWarnsOnStderr) {
  containers_.warnings = {"/run may be hidden"};
  EXPECT_EQ(Run({"create", "--name", "box", "none", "init"}), 0);
  EXPECT_EQ(output_.out, id_ + "\n");
  EXPECT_EQ(output_.err, "WARNING: /run may be hidden\n");
  EXPECT_EQ(containers_.created_with.name, "box");
}

TEST_F(CommandsTest, CreateKeepsStdinForOneClientWithoutATerminal) {
  EXPECT_EQ(Run({"create", "-i", "none", "cat"}), 0);
  EXPECT_TRUE(containers_.created_with.spec.process().stdin_once());
  EXPECT_EQ(Run({"create", "-it", "none", "sh"}), 0);
  EXPECT_FALSE(containers_.created_with.spec.process().stdin_once());
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

TEST_F(CommandsTest, PauseAndUnpauseTryAllContainers) {
  Fail("pause b", Refused("container \"b\" is not running"));
  EXPECT_EQ(Run({"pause", "a", "b", "c"}), 1);
  EXPECT_EQ(Run({"unpause", "a"}), 0);
  EXPECT_THAT(containers_.calls, ElementsAre("pause a", "pause b", "pause c", "unpause a"));
  EXPECT_EQ(output_.out, "a\nc\na\n");
  EXPECT_EQ(output_.err, "Error response from daemon: container \"b\" is not running\n");
  EXPECT_EQ(Run({"pause"}), 125);
  EXPECT_EQ(Run({"unpause"}), 125);
}

TEST_F(CommandsTest, RestartPassesItsTimeAndWarns) {
  containers_.warnings = {"careful"};
  EXPECT_EQ(Run({"restart", "a"}), 0);
  EXPECT_EQ(Run({"restart", "-t", "3", "b", "c"}), 0);
  EXPECT_THAT(containers_.calls, ElementsAre("restart a 10", "restart b 3", "restart c 3"));
  EXPECT_EQ(output_.out, "a\nb\nc\n");
  EXPECT_EQ(output_.err, "WARNING: careful\nWARNING: careful\nWARNING: careful\n");
  EXPECT_EQ(Run({"restart", "-t", "-2", "a"}), 125);
  EXPECT_EQ(Run({"restart"}), 125);
}

TEST_F(CommandsTest, RestartEndsWith1WhenRefused) {
  Fail("restart a 10", Refused("container \"a\" is being removed"));
  EXPECT_EQ(Run({"restart", "a"}), 1);
  EXPECT_EQ(output_.out, "");
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
  EXPECT_EQ(output_.err, "WARNING: a notice\nto err\n");
  EXPECT_EQ(containers_.logs_with.tail, 5);
  EXPECT_FALSE(containers_.logs_with.follow);
  EXPECT_FALSE(containers_.logs_with.timestamps);
  EXPECT_EQ(containers_.logs_with.since, 0);
  EXPECT_EQ(containers_.logs_with.until, 0);
  EXPECT_EQ(Run({"logs", "-tf", "-n", "all", "box"}), 0);
  EXPECT_EQ(containers_.logs_with.tail, -1);
  EXPECT_TRUE(containers_.logs_with.follow);
  EXPECT_TRUE(containers_.logs_with.timestamps);
  EXPECT_THAT(containers_.calls, ElementsAre("logs box", "logs box"));
  EXPECT_EQ(Run({"logs", "--tail", "-1", "box"}), 125);
  EXPECT_EQ(Run({"logs", "a", "b"}), 125);
}

TEST_F(CommandsTest, LogsTakesTimesAsPeopleWriteThem) {
  EXPECT_EQ(Run({"logs", "--since", "10s", "--until", "2026-01-02T03:04:05.5Z", "box"}), 0);
  EXPECT_EQ(containers_.logs_with.since, clock_.now.nanoseconds - 10'000'000'000);
  EXPECT_EQ(containers_.logs_with.until, 1767323045'500'000'000);
  EXPECT_EQ(Run({"logs", "--since", "yesterday", "box"}), 125);
  EXPECT_THAT(output_.err, HasSubstr("Invalid value \"yesterday\" for flag --since: must be a "
                                     "time such as"));
}

TEST_F(CommandsTest, ExecEndsAsTheProcessDid) {
  containers_.events = {client::StreamEvent(client::StreamOpened{}),
                        client::StreamEvent(client::StdoutData{"hi"}),
                        client::StreamEvent(client::StreamExited{5, {}})};
  EXPECT_EQ(Run({"exec", "-u", "1", "--workdir", "/w", "-e", "A=B", "box", "ls", "-it"}), 5);
  EXPECT_EQ(output_.out, "hi");
  const client::containers_v1::ProcessConfig& process = containers_.executed_with.process;
  EXPECT_THAT(process.args(), ElementsAre("ls", "-it"));
  EXPECT_FALSE(process.terminal());
  EXPECT_EQ(process.user(), "1");
  EXPECT_EQ(process.workdir(), "/w");
  EXPECT_THAT(process.env(), ElementsAre("A=B"));
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

TEST_F(CommandsTest, AttachJoinsARunningContainerAndEndsAsItDoes) {
  containers_.events = {client::StreamEvent(client::StreamOpened{false, {}, false}),
                        client::StreamEvent(client::StdoutData{"out"}),
                        client::StreamEvent(client::StderrData{"err"}),
                        client::StreamEvent(client::StreamExited{7, {}})};
  EXPECT_EQ(Run({"attach", "box"}), 7);
  EXPECT_THAT(containers_.calls, ElementsAre("attach box"));
  EXPECT_FALSE(containers_.attached_with.start);
  EXPECT_TRUE(containers_.attached_with.open_stdin);
  EXPECT_EQ(output_.out, "out");
  EXPECT_EQ(output_.err, "err");
}

TEST_F(CommandsTest, AttachLeavesInputAloneWhereToldTo) {
  containers_.events = {client::StreamEvent(client::StreamOpened{}),
                        client::StreamEvent(client::StreamExited{0, {}})};
  EXPECT_EQ(Run({"attach", "--no-stdin", "--sig-proxy=false", "--detach-keys", "ctrl-a", "box"}),
            0);
  EXPECT_FALSE(containers_.attached_with.open_stdin);
}

TEST_F(CommandsTest, AttachEndsWith1WhenRefusedAndWith125WhenTheDaemonIsLost) {
  containers_.events = {Refused("container \"box\" is paused")};
  EXPECT_EQ(Run({"attach", "box"}), 1);
  EXPECT_EQ(output_.err, "Error response from daemon: container \"box\" is paused\n");
  containers_.events = {client::StreamEvent(client::StreamOpened{false, {}, false})};
  EXPECT_EQ(Run({"attach", "box"}), 125);
}

TEST_F(CommandsTest, DetachKeysAreCheckedBeforeAnythingIsAsked) {
  for (const cli::Arguments& arguments :
       {cli::Arguments{"attach", "--detach-keys", "ctrl-1", "box"},
        cli::Arguments{"run", "--detach-keys", "ab", "none", "sh"},
        cli::Arguments{"start", "-a", "--detach-keys=", "box"},
        cli::Arguments{"exec", "--detach-keys", "a,", "box", "sh"}}) {
    EXPECT_EQ(Run(arguments), 125) << arguments[0];
  }
  EXPECT_THAT(containers_.calls, IsEmpty());
  EXPECT_THAT(output_.err, HasSubstr("Invalid value \"ctrl-1\" for flag --detach-keys: must be"));
}

TEST_F(CommandsTest, PsAsksForWhatCanMatch) {
  EXPECT_EQ(Run({"ps"}), 0);
  EXPECT_EQ(Run({"ps", "-a"}), 0);
  EXPECT_EQ(Run({"ps", "-f", "name=x"}), 0);
  EXPECT_EQ(Run({"ps", "-f", "status=exited", "--filter", "id=ab"}), 0);
  EXPECT_EQ(Run({"ps", "-f", "health=unhealthy"}), 0);
  EXPECT_THAT(containers_.calls,
              ElementsAre("list", "list all", "list name=x", "list all status=exited id=ab",
                          "list health=unhealthy"));
}

TEST_F(CommandsTest, PsRefusesFiltersThatCannotMatch) {
  for (const char* filter : {"status=up", "health=well", "image=x", "name", "=x", ""}) {
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

client::EventBatch OneEvent() {
  return {{{1'767'323'045'000'000'006, "start", "abc", "web", {{"image", "none"}}}}, 0};
}

TEST_F(CommandsTest, EventsPrintsALineForEach) {
  events_.batches = {OneEvent(), OneEvent()};
  EXPECT_EQ(Run({"events"}), 0);
  const std::string line =
      "2026-01-02T03:04:05.000000006Z container start abc (image=none, name=web)\n";
  EXPECT_EQ(output_.out, line + line);
  EXPECT_EQ(output_.err, "");
  EXPECT_FALSE(events_.asked.since.has_value());
  EXPECT_FALSE(events_.asked.until.has_value());
  EXPECT_THAT(events_.asked.containers, IsEmpty());
}

TEST_F(CommandsTest, EventsAsksForTimesAndContainers) {
  EXPECT_EQ(Run({"events", "-n", "web", "--name=db", "--since", "1970-01-01T00:00:02Z"}), 0);
  EXPECT_EQ(events_.asked.since, 2'000'000'000);
  EXPECT_FALSE(events_.asked.until.has_value());
  EXPECT_THAT(events_.asked.containers, ElementsAre("web", "db"));
  EXPECT_EQ(Run({"events", "-S", "10s", "-U", "5s"}), 0);
  EXPECT_EQ(events_.asked.since, clock_.now.nanoseconds - 10'000'000'000);
  EXPECT_EQ(events_.asked.until, clock_.now.nanoseconds - 5'000'000'000);
}

TEST_F(CommandsTest, EventsUpToATimeAreAllThatCameBefore) {
  EXPECT_EQ(Run({"events", "--until", "0s"}), 0);
  EXPECT_EQ(events_.asked.since, 0);
}

TEST_F(CommandsTest, EventsRefusesABadTime) {
  EXPECT_EQ(Run({"events", "--since", "soon"}), 125);
  EXPECT_THAT(output_.err, HasSubstr("Invalid value \"soon\" for flag --since"));
}

TEST_F(CommandsTest, EventsTakesATemplate) {
  events_.batches = {OneEvent()};
  EXPECT_EQ(Run({"events", "--format", "{{.Action}} {{.Actor.Attributes.exitCode}}"}), 0);
  EXPECT_EQ(output_.out, "start <no value>\n");
}

TEST_F(CommandsTest, EventsTellsWhatIsLost) {
  client::EventBatch batch = OneEvent();
  batch.missed = 3;
  events_.batches = {batch};
  EXPECT_EQ(Run({"events"}), 0);
  EXPECT_EQ(output_.err, "WARNING: 3 events are lost\n");
}

TEST_F(CommandsTest, EventsEndsWith1WhenTheDaemonDoes) {
  events_.status = Unavailable(std::string(client::kConnectionLost));
  EXPECT_EQ(Run({"events"}), 1);
  EXPECT_EQ(output_.err, std::string(client::kConnectionLost) + "\n");
}

TEST_F(CommandsTest, UpdateSendsWhatWasNamed) {
  EXPECT_EQ(Run({"update", "-m", "32M", "--memory-swap", "-1", "--cpus=1.5", "--cpuset-cpus=0",
                 "--restart=always", "a", "b"}),
            0);
  EXPECT_THAT(containers_.calls, ElementsAre("update a", "update b"));
  client::containers_v1::ResourceLimits wanted;
  wanted.set_memory(32 << 20);
  wanted.set_memory_swap(-1);
  wanted.set_nano_cpus(1'500'000'000);
  wanted.set_cpuset_cpus("0");
  EXPECT_EQ(containers_.updated.limits.DebugString(), wanted.DebugString());
  EXPECT_EQ(containers_.updated.restart_policy, "always");
  EXPECT_EQ(Run({"update", "--restart=", "a"}), 0);
  EXPECT_EQ(containers_.updated.limits.ByteSizeLong(), 0u);
  EXPECT_EQ(containers_.updated.restart_policy, "");
  EXPECT_EQ(Run({"update", "-m", "32M"}), 125);
  EXPECT_EQ(Run({"update", "-m", "x", "a"}), 125);
}

TEST_F(CommandsTest, EventsEndsWith125WhenThereIsNoDaemon) {
  events_.status = Unavailable(std::string(client::kCannotConnect));
  EXPECT_EQ(Run({"events"}), 125);
}

TEST_F(CommandsTest, EventsEndsWhenNobodyReads) {
  events_.batches = {OneEvent(), OneEvent()};
  output_.out_status = SystemError(EPIPE, "write");
  EXPECT_EQ(Run({"events"}), 1);
}

TEST_F(CommandsTest, PruneRemovesWhatDoesNotRunAndNothingByForce) {
  for (const char* status : {"inited", "running", "exited", "paused", "restarting", "dead"}) {
    client::ContainerSummary container;
    container.id = status;
    container.status = status;
    containers_.containers.push_back(container);
  }
  Fail("remove inited", NotFound("No such container: inited"));  // it went meanwhile
  EXPECT_EQ(Run({"container", "prune", "-f", "--filter", "label=web"}), 0);
  EXPECT_THAT(containers_.calls,
              ElementsAre("list all label=web", "remove inited", "remove exited", "remove dead"));
  EXPECT_EQ(Run({"container", "prune", "--filter", "name=web"}), 125);
}

TEST_F(CommandsTest, TopLeavesTheArgumentsOfPsAlone) {
  EXPECT_EQ(Run({"top", "web", "-o", "pid,cmd", "--help"}), 0);
  EXPECT_THAT(containers_.calls, ElementsAre("top web -o pid,cmd --help"));
  EXPECT_EQ(output_.out, "PID CMD\n  1 init\n");
  EXPECT_EQ(Run({"top"}), 125);
}

TEST_F(CommandsTest, RenameIsSilent) {
  EXPECT_EQ(Run({"rename", "web", "shop"}), 0);
  EXPECT_THAT(containers_.calls, ElementsAre("rename web shop"));
  EXPECT_EQ(output_.out + output_.err, "");
  EXPECT_EQ(Run({"rename", "web"}), 125);
}

}  // namespace
}  // namespace isulad::commands
