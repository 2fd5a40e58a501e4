// Somebody who may write beside the host path swaps names at every single call of a start and of a
// removal: a moment that exists is found, however short.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <vector>

#include "kill_at_call.h"
#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"
#include "yard.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::RunInMountNamespace;
using testing::IsEmpty;

struct Attack {
  std::string host_path;                // in the yard
  std::function<bool(Yard&)> swap;      // false where there was nothing to swap yet
  std::function<void(Yard&)> put_back;  // called where there was
};

enum class Verb { kStart, kRemove };

void Perform(Verb verb, Yard& yard) {
  if (verb == Verb::kStart) {
    IgnoreError(yard.machine.Mount());
  } else {
    IgnoreError(yard.machine.Remove());
  }
}

// After the attack: what the engine knows suffices to take all of it away.
void ExpectRemovable(Yard& yard) {
  yard.machine.Restart({yard.machine.owner});
  EXPECT_OK(yard.machine.Remove());
  EXPECT_THAT(*os::ListDirectory(yard.machine.Records()), IsEmpty());
}

Acted AttackAt(int number, Verb verb, const Attack& attack, Yard& yard) {
  const std::string untouchables = yard.Untouchables();
  EXPECT_OK(yard.machine.Create({yard.Channel(attack.host_path)}));
  if (verb == Verb::kRemove) {
    EXPECT_OK(yard.machine.Mount());
  }
  bool swapped = false;
  const Acted acted = RunAndActAtCall(
      number, [&] { swapped = attack.swap(yard); }, [&] { Perform(verb, yard); });
  if (swapped) {
    attack.put_back(yard);
  }
  EXPECT_EQ(yard.Untouchables(), untouchables);
  ExpectRemovable(yard);
  return acted;
}

void AttackAtEveryCall(Verb verb, const Attack& attack) {
  RunInMountNamespace([&] {
    Yard yard;
    const std::string before = yard.machine.host.Dump();
    for (int number = 0;; ++number) {
      SCOPED_TRACE("at call " + std::to_string(number));
      const Acted acted = AttackAt(number, verb, attack, yard);
      ASSERT_FALSE(testing::Test::HasFailure());
      ASSERT_EQ(yard.machine.host.Dump(), before);
      if (acted == Acted::kNotTraced) {
        GTEST_SKIP() << "processes cannot be traced here";
      }
      if (acted == Acted::kTooFewCalls) {
        ASSERT_GE(number, 10) << "calls at which there was an attack";
        return;
      }
    }
  });
}

Attack Swap(const std::string& host_path, const std::string& one, const std::string& two) {
  const auto swap = [one, two](Yard& yard) { return yard.Exchange(one, two); };
  return {host_path, swap, [swap](Yard& yard) { EXPECT_TRUE(swap(yard)); }};
}

std::string UnpublishedName(const Yard& yard) {
  const std::vector<std::string> names = *os::ListDirectory(yard.machine.Path("yard"));
  for (const std::string& name : names) {
    if (name.rfind(".isulad-", 0) == 0) {
      return name;
    }
  }
  return "";
}

// A new directory is exchanged before it has got its place.
Attack SwapTheNew(const std::string& two) {
  Attack attack;
  attack.host_path = "new/q/c";
  attack.swap = [two](Yard& yard) {
    const std::string name = UnpublishedName(yard);
    return !name.empty() && yard.Exchange(name, two);
  };
  // The victim bears the temporary or, where that has been published, the final name now.
  attack.put_back = [two](Yard& yard) {
    const std::string name = UnpublishedName(yard);
    EXPECT_TRUE(yard.Exchange(name.empty() ? "new" : name, two));
  };
  return attack;
}

TEST(EveryMomentOfAStart, ParentSwappedForALinkToTheVictim) {
  AttackAtEveryCall(Verb::kStart, Swap("p/c", "p", "link"));
}

TEST(EveryMomentOfAStart, ParentSwappedForADirectoryOfRoot) {
  AttackAtEveryCall(Verb::kStart, Swap("p/c", "p", "trap"));
}

TEST(EveryMomentOfAStart, MissingParentSwappedForALinkAsSoonAsItIsMade) {
  AttackAtEveryCall(Verb::kStart, Swap("new/q/c", "new", "link"));
}

TEST(EveryMomentOfAStart, NewDirectorySwappedForAClosedOneOfRoot) {
  AttackAtEveryCall(Verb::kStart, SwapTheNew("trap"));
}

TEST(EveryMomentOfAStart, NewDirectorySwappedForALink) {
  AttackAtEveryCall(Verb::kStart, SwapTheNew("link"));
}

TEST(EveryMomentOfAStart, HostPathSwappedForAClosedDirectoryOfRoot) {
  AttackAtEveryCall(Verb::kStart, Swap("c", "c", "trap"));
}

TEST(EveryMomentOfAStart, HostPathSwappedForALinkToTheVictim) {
  AttackAtEveryCall(Verb::kStart, Swap("c", "c", "link"));
}

TEST(EveryMomentOfAStart, ParentRenamedAway) {
  const auto rename = [](Yard& yard, const char* from, const char* to) {
    return yard.AsUser([&] { ::_exit(::rename(from, to) == 0 ? 0 : 1); });
  };
  Attack attack;
  attack.host_path = "p/c";
  attack.swap = [rename](Yard& yard) { return rename(yard, "p", "away"); };
  attack.put_back = [rename](Yard& yard) {
    if (!rename(yard, "away", "p")) {
      ExpectRemovable(yard);  // The start has made a parent in its place.
      EXPECT_TRUE(rename(yard, "away", "p"));
    }
  };
  AttackAtEveryCall(Verb::kStart, attack);
}

TEST(EveryMomentOfAStart, DirectoryRemovedAsSoonAsItIsMade) {
  AttackAtEveryCall(Verb::kStart, {"c",
                                   [](Yard& yard) {
                                     yard.AsUser([] { ::rmdir("c"); });
                                     return false;
                                   },
                                   [](Yard&) {}});
}

TEST(EveryMomentOfARemoval, ParentSwappedForALinkToTheVictim) {
  AttackAtEveryCall(Verb::kRemove, Swap("p/c", "p", "link"));
}

TEST(EveryMomentOfARemoval, ParentSwappedForADirectoryOfRoot) {
  AttackAtEveryCall(Verb::kRemove, Swap("p/c", "p", "trap"));
}

TEST(EveryMomentOfARemoval, HostPathSwappedForAClosedDirectoryOfRoot) {
  AttackAtEveryCall(Verb::kRemove, Swap("c", "c", "trap"));
}

TEST(EveryMomentOfARemoval, ParentSwappedForThatOfAnotherChannel) {
  RunInMountNamespace([] {
    Yard yard;
    yard.AsUser([] { ::mkdir("p2", 0755); });
    ASSERT_OK(yard.machine.Create(yard.machine.other, {yard.Channel("p2/c")}));
    ASSERT_OK(yard.machine.Mount(yard.machine.other));
    const Attack attack = Swap("p/c", "p", "p2");
    int number = 0;
    while (true) {
      SCOPED_TRACE("at call " + std::to_string(number));
      yard.machine.host.AddFile(yard.Path("p2/c/file"));
      ASSERT_OK(yard.machine.Create({yard.Channel("p/c")}));
      ASSERT_OK(yard.machine.Mount());
      bool swapped = false;
      const Acted acted = RunAndActAtCall(
          number, [&] { swapped = attack.swap(yard); }, [&] { Perform(Verb::kRemove, yard); });
      if (swapped) {
        attack.put_back(yard);
      }
      ASSERT_TRUE(yard.machine.host.Exists(yard.Path("p2/c/file"))) << "the other's contents";
      yard.machine.host.RemovePath(yard.Path("p2/c/file"));
      yard.machine.Restart({yard.machine.owner, yard.machine.other});
      ASSERT_OK(yard.machine.Remove());
      if (acted == Acted::kNotTraced) {
        GTEST_SKIP() << "processes cannot be traced here";
      }
      if (acted == Acted::kTooFewCalls) {
        break;
      }
      ++number;
    }
    EXPECT_GE(number, 10) << "calls at which there was an attack";
    EXPECT_OK(yard.machine.manager->Remove(yard.machine.other.id, false));
  });
}

}  // namespace
}  // namespace isulad::host_channel::test
