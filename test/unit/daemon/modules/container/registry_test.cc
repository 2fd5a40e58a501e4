#include "daemon/modules/container/registry.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "sample.h"
#include "support/result_matchers.h"

namespace isulad::container {
namespace {

using test::IsErrorWith;

class RegistryTest : public testing::Test {
 protected:
  std::shared_ptr<Container> Add(const std::string& id, const std::string& name,
                                 int64_t created = 0) {
    Result<Registry::Reservation> reservation = registry_.Reserve(name, id);
    if (!reservation) {
      ADD_FAILURE() << reservation.error().message();
      return nullptr;
    }
    ContainerConfig config = MinimalConfig(id, name);
    config.created = {created};
    auto container = std::make_shared<Container>(std::move(config));
    registry_.Add(container, *std::move(reservation));
    return container;
  }

  Registry registry_;
};

TEST_F(RegistryTest, FindsByIdNameAndPrefix) {
  const auto web = Add(IdOf('a'), "web");
  Add(IdOf('b'), "db");
  for (const std::string& reference : {IdOf('a'), std::string("web"), std::string("a"),
                                       std::string(12, 'a'), std::string(63, 'a')}) {
    ASSERT_OK_AND_ASSIGN(const auto found, registry_.Find(reference));
    EXPECT_EQ(found, web) << reference;
  }
}

TEST_F(RegistryTest, SaysSoWhereThereIsNone) {
  Add(IdOf('a'), "web");
  for (const std::string reference : {"c", "we", "webb", "", "aab", "A", "../x"}) {
    EXPECT_THAT(registry_.Find(reference),
                IsErrorWith(Code::kNotFound, "No such container: " + reference));
  }
}

TEST_F(RegistryTest, RefusesAPrefixOfSeveral) {
  const std::string first = "ab1" + std::string(61, '0');
  const std::string second = "ab2" + std::string(61, '0');
  Add(first, "one");
  const auto two = Add(second, "two");
  EXPECT_THAT(registry_.Find("ab"),
              IsErrorWith(Code::kInvalidArgument, "\"ab\" fits more than one container"));
  ASSERT_OK_AND_ASSIGN(const auto found, registry_.Find("ab2"));
  EXPECT_EQ(found, two);
}

TEST_F(RegistryTest, PrefersANameOverAPrefix) {
  Add("abc" + std::string(61, '0'), "one");
  const auto named = Add(IdOf('f'), "abc");
  ASSERT_OK_AND_ASSIGN(const auto found, registry_.Find("abc"));
  EXPECT_EQ(found, named);
}

// A name can look like another container's id: the id is the stronger claim.
TEST_F(RegistryTest, PrefersAnIdOverAName) {
  const auto owner = Add(IdOf('a'), "one");
  Add(IdOf('b'), IdOf('a'));
  ASSERT_OK_AND_ASSIGN(const auto found, registry_.Find(IdOf('a')));
  EXPECT_EQ(found, owner);
}

TEST_F(RegistryTest, RefusesATakenNameAndSaysWhoHasIt) {
  Add(IdOf('a'), "web");
  EXPECT_THAT(
      registry_.Reserve("web", IdOf('b')),
      IsErrorWith(Code::kAlreadyExists, "\"web\" is already in use by container aaaaaaaaaaaa"));
}

TEST_F(RegistryTest, HidesAReservedNameUntilItsContainerIsAdded) {
  ASSERT_OK_AND_ASSIGN(Registry::Reservation reservation, registry_.Reserve("web", IdOf('a')));
  EXPECT_THAT(registry_.Find("web"), IsErrorWith(Code::kNotFound, "web"));
  EXPECT_THAT(registry_.Reserve("web", IdOf('b')), IsErrorWith(Code::kAlreadyExists, "web"));
  registry_.Add(std::make_shared<Container>(MinimalConfig(IdOf('a'), "web")),
                std::move(reservation));
  EXPECT_OK(registry_.Find("web"));
}

TEST_F(RegistryTest, FreesANameThatWasReservedInVain) {
  {
    ASSERT_OK_AND_ASSIGN(const Registry::Reservation reservation,
                         registry_.Reserve("web", IdOf('a')));
  }
  EXPECT_OK(registry_.Reserve("web", IdOf('b')));
}

TEST_F(RegistryTest, KeepsAReservationThatIsMoved) {
  std::optional<Registry::Reservation> kept;
  {
    ASSERT_OK_AND_ASSIGN(Registry::Reservation reservation, registry_.Reserve("web", IdOf('a')));
    kept.emplace(std::move(reservation));
  }
  EXPECT_THAT(registry_.Reserve("web", IdOf('b')), IsErrorWith(Code::kAlreadyExists, "web"));
  kept.reset();
  EXPECT_OK(registry_.Reserve("web", IdOf('b')));
}

TEST_F(RegistryTest, ForgetsWhatIsErased) {
  const auto web = Add(IdOf('a'), "web");
  registry_.Erase(*web);
  EXPECT_THAT(registry_.Find("web"), IsErrorWith(Code::kNotFound, "web"));
  EXPECT_THAT(registry_.Find(IdOf('a')), IsErrorWith(Code::kNotFound, "aaa"));
  EXPECT_TRUE(registry_.All().empty());
  EXPECT_OK(registry_.Reserve("web", IdOf('b')));
}

TEST_F(RegistryTest, ListsTheNewestFirst) {
  Add(IdOf('a'), "middle", 2);
  Add(IdOf('b'), "newest", 3);
  Add(IdOf('c'), "oldest", 1);
  std::vector<std::string> names;
  for (const auto& container : registry_.All()) {
    names.push_back(container->name());
  }
  EXPECT_EQ(names, (std::vector<std::string>{"newest", "middle", "oldest"}));
}

TEST_F(RegistryTest, GivesANameToOneOfManyAtOnce) {
  constexpr int kThreads = 8;
  constexpr int kRounds = 200;
  for (int round = 0; round < kRounds; ++round) {
    const std::string name = "n" + std::to_string(round);
    std::atomic<int> winners = 0;
    std::vector<std::thread> threads;
    std::vector<std::optional<Registry::Reservation>> kept(kThreads);
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&, i] {
        if (Result<Registry::Reservation> got = registry_.Reserve(name, IdOf('a')); got) {
          kept[static_cast<size_t>(i)].emplace(*std::move(got));
          ++winners;
        }
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    ASSERT_EQ(winners, 1);
  }
}

TEST_F(RegistryTest, RenamesAndFreesTheOldName) {
  const auto web = Add(IdOf('a'), "web");
  ASSERT_OK_AND_ASSIGN(Registry::Reservation reservation, registry_.Reserve("shop", IdOf('a')));
  EXPECT_FALSE(registry_.Reserve("web", IdOf('b'))) << "not yet";
  registry_.Rename(*web, std::move(reservation));
  EXPECT_EQ(web->name(), "shop");
  EXPECT_EQ(web->CurrentConfig().name, "shop");
  EXPECT_EQ(registry_.Find("shop").value_or(nullptr), web);
  EXPECT_FALSE(registry_.Find("web"));
  const auto other = Add(IdOf('b'), "web");
  EXPECT_EQ(registry_.Find("web").value_or(nullptr), other);
  registry_.Erase(*web);
  EXPECT_OK(registry_.Reserve("shop", IdOf('c')));
}

}  // namespace
}  // namespace isulad::container
