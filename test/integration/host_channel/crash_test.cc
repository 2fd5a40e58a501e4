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

// A channel with a file in it, which `owner` has and `other` may have as well.
void SharedAndMounted(Machine& machine) {
  ASSERT_OK(machine.Create({machine.Shared("p/shared")}));
  ASSERT_OK(machine.Mount());
  machine.host.AddFile(machine.Path("p/shared/file"));
}

void SharedByBoth(Machine& machine) {
  SharedAndMounted(machine);
  ASSERT_OK(machine.Create(machine.other, {machine.Shared("p/shared")}));
  ASSERT_OK(machine.Mount(machine.other));
}

// That `count` owners have it, and it holds what it held.
void ExpectShared(Machine& machine, size_t count) {
  ASSERT_EQ(machine.manager->List().size(), 1u);
  EXPECT_EQ(machine.manager->List().at(0).owners.size(), count);
  EXPECT_TRUE(machine.manager->List().at(0).mounted);
  EXPECT_TRUE(machine.host.Exists(machine.Path("p/shared/file")));
  EXPECT_THAT(*os::ListDirectory(machine.host.views()), IsEmpty());
}

TEST(CrashOnLinux, InJoinLeavesTheChannelToThoseWhoHadIt) {
  RunScenario({SharedAndMounted,
               [](Machine& machine) {
                 IgnoreError(machine.Create(machine.other, {machine.Shared("p/shared")}));
               },
               [](Machine& machine) {
                 machine.Restart({machine.owner});
                 ExpectShared(machine, 1);
                 EXPECT_OK(machine.Create(machine.other, {machine.Shared("p/shared")}));
                 EXPECT_OK(machine.Remove(machine.other));
                 ExpectRemovable(machine);
               },
               2});
}

TEST(CrashOnLinux, InTheStartOfASecondOwnerKeepsTheFirst) {
  RunScenario({[](Machine& machine) {
                 SharedAndMounted(machine);
                 ASSERT_OK(machine.Create(machine.other, {machine.Shared("p/shared")}));
               },
               [](Machine& machine) { IgnoreError(machine.Mount(machine.other)); },
               [](Machine& machine) {
                 machine.Restart({machine.owner, machine.other});
                 ExpectShared(machine, 2);
                 EXPECT_OK(machine.Mount(machine.other));
                 EXPECT_OK(machine.Remove(machine.other));
                 ExpectRemovable(machine);
               },
               5});
}

TEST(CrashOnLinux, InLeavingKeepsTheChannelForTheOthers) {
  for (const bool known : {true, false}) {
    RunScenario({SharedByBoth, [](Machine& machine) { IgnoreError(machine.Remove(machine.other)); },
                 [known](Machine& machine) {
                   machine.Restart(known ? std::vector<Owner>{machine.owner, machine.other}
                                         : std::vector<Owner>{machine.owner});
                   EXPECT_OK(machine.Remove(machine.other));
                   ExpectShared(machine, 1);
                   ExpectRemovable(machine);
                 },
                 2});
  }
}

TEST(CrashOnLinux, InTheRemovalOfTheLastOwnerLeavesNothing) {
  RunScenario({[](Machine& machine) {
                 SharedByBoth(machine);
                 ASSERT_OK(machine.Remove());
               },
               [](Machine& machine) { IgnoreError(machine.Remove(machine.other)); },
               [](Machine& machine) {
                 machine.Restart({});
                 EXPECT_THAT(*os::ListDirectory(machine.Records()), IsEmpty());
               },
               8});
}

TEST(CrashOnLinux, InAStartThatClearsIsClearedByTheNext) {
  RunScenario({[](Machine& machine) {
                 HostChannel channel = machine.Channel("c");
                 channel.options.clear = true;
                 ASSERT_OK(machine.Create({channel}));
                 ASSERT_OK(machine.Mount());
                 ASSERT_OK(os::MakeDirectories(machine.Path("c/deep/deeper/deepest"), 0700));
                 machine.host.AddFile(machine.Path("c/deep/deeper/deepest/file"));
                 machine.host.AddFile(machine.Path("c/file"));
               },
               [](Machine& machine) { IgnoreError(machine.Mount()); },
               [](Machine& machine) {
                 machine.Restart({machine.owner});
                 EXPECT_OK(machine.Mount());
                 EXPECT_THAT(*os::ListDirectory(machine.Path("c")), IsEmpty());
                 ExpectRemovable(machine);
               },
               10});
}

Status ResizeOne(Machine& machine, uint64_t size) {
  ASSIGN_OR_RETURN(const auto resizing,
                   machine.manager->Resize(machine.owner.id, machine.Path("p/q/one"), size));
  RETURN_IF_ERROR(resizing->Apply());
  return resizing->Commit();
}

// Record and file system agree on one of the two sizes.
void ExpectAgreement(Machine& machine, uint64_t one_size, uint64_t other_size) {
  machine.Restart({machine.owner});
  const ChannelState state = machine.manager->Describe(machine.owner.id)->at(0);
  EXPECT_EQ(state.used + state.free, state.channel.size);
  EXPECT_THAT(state.channel.size, testing::AnyOf(one_size, other_size));
  EXPECT_EQ(machine.manager->ReservedBytes(), state.channel.size + Machine::kSize);
  EXPECT_OK(ResizeOne(machine, 2 * Machine::kSize)) << "it can be resized again";
}

TEST(CrashOnLinux, InResizeLeavesOneSize) {
  for (const uint64_t size : {4 * Machine::kSize, Machine::kSize / 2}) {
    RunScenario({CreatedAndMounted,
                 [size](Machine& machine) { IgnoreError(ResizeOne(machine, size)); },
                 [size](Machine& machine) {
                   ExpectAgreement(machine, Machine::kSize, size);
                   ExpectRemovable(machine);
                 },
                 4});
  }
}

// One of two channels comes or goes while the other one is in use.

void OneInUse(Machine& machine) {
  ASSERT_OK(machine.Create({machine.Channel("p/q/one")}));
  ASSERT_OK(machine.Mount());
  machine.host.AddFile(machine.Path("p/q/one/file"));
}

Status AddTwo(Machine& machine) {
  RETURN_IF_ERROR(machine.Create({machine.Channel("p/two")}));
  ASSIGN_OR_RETURN(const auto mounts, machine.manager->MountChannel(
                                          machine.owner.id, machine.Path("p/two"), std::nullopt));
  mounts->Commit();
  return OkStatus();
}

Status RemoveTwo(Machine& machine) {
  ASSIGN_OR_RETURN(const Manager::Removal removal,
                   machine.manager->RemoveChannel(machine.owner.id, machine.Path("p/two")));
  EXPECT_THAT(removal.notices, IsEmpty());
  return OkStatus();
}

// A new engine, whose owner has the second channel or has not.
void RestartKnowingTwo(Machine& machine, bool known) {
  machine.Start();
  machine.manager->Recover({machine.owner}, [&](const std::string&, const std::string& path) {
    return known || path != machine.Path("p/two");
  });
}

void ExpectOneInUse(Machine& machine) {
  const std::vector<ChannelState> states = *machine.manager->Describe(machine.owner.id);
  ASSERT_EQ(states.size(), 1u);
  EXPECT_EQ(states[0].channel.host_path, machine.Path("p/q/one"));
  EXPECT_TRUE(states[0].mounted);
  EXPECT_TRUE(machine.host.Exists(machine.Path("p/q/one/file")));
  EXPECT_FALSE(machine.host.Exists(machine.Path("p/two")));
}

TEST(CrashOnLinux, InAddingAChannelKeepsTheOtherAndCanBeDoneAgain) {
  RunScenario({OneInUse, [](Machine& machine) { IgnoreError(AddTwo(machine)); },
               [](Machine& machine) {
                 RestartKnowingTwo(machine, false);
                 ExpectOneInUse(machine);
                 EXPECT_OK(AddTwo(machine));
                 ExpectRemovable(machine);
               },
               10});
}

TEST(CrashOnLinux, InTheRemovalOfAChannelKeepsTheOtherAndIsFinished) {
  for (const bool known : {true, false}) {
    RunScenario({[](Machine& machine) {
                   OneInUse(machine);
                   ASSERT_OK(AddTwo(machine));
                 },
                 [](Machine& machine) { IgnoreError(RemoveTwo(machine)); },
                 [known](Machine& machine) {
                   RestartKnowingTwo(machine, known);
                   if (machine.manager->List().size() == 2) {
                     EXPECT_TRUE(known);
                     EXPECT_OK(RemoveTwo(machine));
                   }
                   ExpectOneInUse(machine);
                   ExpectRemovable(machine);
                 },
                 5});
  }
}

}  // namespace
}  // namespace isulad::host_channel::test
