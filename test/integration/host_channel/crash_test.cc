// The engine dies at every single system call that changes something; the next one puts things
// right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "kill_at_call.h"
#include "machine.h"
#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::RunInMountNamespace;
using testing::IsEmpty;

std::vector<HostChannel> TwoChannels(const Machine& machine) {
  return {machine.Channel("p/q/one"), machine.Channel("p/two", Access::kReadOnly)};
}

// Brings the machine to where `verb` begins, kills `verb` at each of its calls in turn, and lets
// `check` look at what a new engine makes of it.
struct Scenario {
  std::function<void(Machine&)> prepare;
  std::function<void(Machine&)> verb;
  std::function<void(Machine&)> check;
  int fewest_calls;  // that the verb makes: a scenario that kills nothing proves nothing
};

void RunScenario(const Scenario& scenario) {
  RunInMountNamespace([&scenario] {
    Machine machine;
    const std::string before = machine.host.Dump();
    for (int number = 0;; ++number) {
      SCOPED_TRACE("killed at call " + std::to_string(number));
      scenario.prepare(machine);
      const Ended ended = RunAndKillAtCall(number, [&] { scenario.verb(machine); });
      if (ended == Ended::kNotTraced) {
        GTEST_SKIP() << "processes cannot be traced here";
      }
      scenario.check(machine);
      ASSERT_EQ(machine.host.Dump(), before);
      if (ended == Ended::kByItself) {
        ASSERT_GE(number, scenario.fewest_calls);
        return;
      }
    }
  });
}

void ExpectRemovable(Machine& machine) {
  EXPECT_OK(machine.Remove());
  EXPECT_THAT(*os::ListDirectory(machine.Records()), IsEmpty());
}

void Created(Machine& machine) { ASSERT_OK(machine.Create(TwoChannels(machine))); }

void CreatedAndMounted(Machine& machine) {
  Created(machine);
  ASSERT_OK(machine.Mount());
}

TEST(CrashOnLinux, InCreateLeavesNothingOfAnOwnerThatDidNotComeToBe) {
  RunScenario({[](Machine&) {},
               [](Machine& machine) { IgnoreError(machine.Create(TwoChannels(machine))); },
               [](Machine& machine) {
                 machine.Restart({});
                 EXPECT_OK(machine.Create(TwoChannels(machine)));
                 ExpectRemovable(machine);
               },
               6});
}

TEST(CrashOnLinux, InStartCanBeStartedAgain) {
  RunScenario({Created, [](Machine& machine) { IgnoreError(machine.Mount()); },
               [](Machine& machine) {
                 machine.Restart({machine.owner});
                 EXPECT_THAT(*os::ListDirectory(machine.host.views()), IsEmpty());
                 EXPECT_OK(machine.Mount());
                 const std::vector<ChannelState> states =
                     *machine.manager->Describe(machine.owner.id);
                 for (const ChannelState& state : states) {
                   EXPECT_TRUE(state.mounted) << state.channel.host_path;
                 }
                 ExpectRemovable(machine);
               },
               20});
}

TEST(CrashOnLinux, InStartLeavesNothingWhereTheOwnerIsGone) {
  RunScenario({Created, [](Machine& machine) { IgnoreError(machine.Mount()); },
               [](Machine& machine) {
                 machine.Restart({});
                 ExpectRemovable(machine);
               },
               20});
}

TEST(CrashOnLinux, InStartKeepsContentsOfAChannelThatWasMounted) {
  RunScenario({[](Machine& machine) {
                 CreatedAndMounted(machine);
                 machine.host.AddFile(machine.Path("p/two/file"));
               },
               [](Machine& machine) { IgnoreError(machine.Mount()); },
               [](Machine& machine) {
                 machine.Restart({machine.owner});
                 EXPECT_TRUE(machine.host.Exists(machine.Path("p/two/file")));
                 ExpectRemovable(machine);
               },
               10});
}

TEST(CrashOnLinux, InRemoveCanBeRemovedAgain) {
  RunScenario({CreatedAndMounted, [](Machine& machine) { IgnoreError(machine.Remove()); },
               [](Machine& machine) {
                 machine.Restart({machine.owner});
                 ExpectRemovable(machine);
               },
               10});
}

TEST(CrashOnLinux, InRemoveIsFinishedWhereTheOwnerIsGone) {
  RunScenario({CreatedAndMounted, [](Machine& machine) { IgnoreError(machine.Remove()); },
               [](Machine& machine) {
                 machine.Restart({});
                 EXPECT_THAT(*os::ListDirectory(machine.Records()), IsEmpty());
               },
               10});
}

}  // namespace
}  // namespace isulad::host_channel::test
