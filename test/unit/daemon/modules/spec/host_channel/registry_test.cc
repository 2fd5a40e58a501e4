#include "daemon/modules/spec/host_channel/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/result_matchers.h"

namespace isulad::host_channel {
namespace {

using isulad::test::IsErrorWith;
using testing::ElementsAre;
using testing::IsEmpty;

Record MakeRecord(char digit, const std::string& host_path, uint64_t size = 4096,
                  const std::string& owner = "web") {
  Record record;
  record.id = std::string(64, digit);
  record.host_path = host_path;
  record.size = size;
  record.owners = {{{owner + "-id", owner}, "/c", Access::kReadWrite, 0}};
  return record;
}

TEST(Registry, RefusesReservedPathByNameOfItsOwner) {
  Registry registry(1u << 20);
  ASSERT_OK(registry.Reserve({MakeRecord('a', "/h")}));
  EXPECT_THAT(registry.CheckFree("/h"),
              IsErrorWith(Code::kAlreadyExists, "host path \"/h\" is already reserved by \"web\""));
  EXPECT_THAT(registry.Reserve({MakeRecord('b', "/h")}),
              IsErrorWith(Code::kAlreadyExists, "reserved by \"web\""));
}

TEST(Registry, RefusesNestedPathsBothWays) {
  Registry registry(1u << 20);
  ASSERT_OK(registry.Reserve({MakeRecord('a', "/h/x")}));
  EXPECT_THAT(registry.CheckFree("/h/x/y"),
              IsErrorWith(Code::kAlreadyExists, "overlaps with \"/h/x\""));
  EXPECT_THAT(registry.CheckFree("/h"),
              IsErrorWith(Code::kAlreadyExists, "overlaps with \"/h/x\""));
  EXPECT_OK(registry.CheckFree("/h/xy"));
}

TEST(Registry, ReservesAllOrNone) {
  Registry registry(1u << 20);
  ASSERT_OK(registry.Reserve({MakeRecord('a', "/a")}));
  EXPECT_FALSE(registry.Reserve({MakeRecord('b', "/b"), MakeRecord('c', "/a")}));
  EXPECT_OK(registry.CheckFree("/b"));
  EXPECT_EQ(registry.TotalBytes(), 4096u);
}

TEST(Registry, CapsTheSumAndSaysBoth) {
  Registry registry(3 * 4096);
  ASSERT_OK(registry.Reserve({MakeRecord('a', "/a", 8192)}));
  EXPECT_THAT(
      registry.Reserve({MakeRecord('b', "/b", 8192)}),
      IsErrorWith(Code::kResourceExhausted,
                  "size of 8K would bring the sum of all host channels to 16K: at most 12K"));
  EXPECT_OK(registry.Reserve({MakeRecord('b', "/b", 4096)}));
}

TEST(Registry, CapsWhatOneRequestAsksFor) {
  Registry registry(4096);
  EXPECT_THAT(registry.Reserve({MakeRecord('a', "/a"), MakeRecord('b', "/b")}),
              IsErrorWith(Code::kResourceExhausted, "8K"));
}

TEST(Registry, AllowsNoChannelsWhereTheCapIsPassedAlready) {
  Registry registry(4096);
  registry.Restore(MakeRecord('a', "/a", 1u << 20));
  EXPECT_OK(registry.Reserve({}));
  EXPECT_FALSE(registry.Reserve({MakeRecord('b', "/b")}));
}

TEST(Registry, ReleaseFreesPathAndBytes) {
  Registry registry(4096);
  ASSERT_OK(registry.Reserve({MakeRecord('a', "/a")}));
  registry.Release(MakeRecord('a', "/a").id);
  EXPECT_EQ(registry.TotalBytes(), 0u);
  EXPECT_OK(registry.Reserve({MakeRecord('b', "/a")}));
}

TEST(Registry, GivesOwnersChannelsInTheirOrder) {
  Registry registry(1u << 20);
  Record first = MakeRecord('b', "/1");
  Record second = MakeRecord('a', "/2");
  second.owners.front().position = 1;
  ASSERT_OK(registry.Reserve({second, MakeRecord('c', "/3", 4096, "db"), first}));
  EXPECT_THAT(registry.OfOwner("web-id"), ElementsAre(first, second));
  EXPECT_THAT(registry.OfOwner("nobody"), IsEmpty());
}

TEST(Registry, OrdersASharedChannelForEachOfItsOwners) {
  Registry registry(1u << 20);
  Record shared = MakeRecord('a', "/1");
  shared.owners.push_back({{"db-id", "db"}, "/d", Access::kReadWrite, 1});
  const Record other = MakeRecord('b', "/2", 4096, "db");
  ASSERT_OK(registry.Reserve({shared, other}));
  EXPECT_THAT(registry.OfOwner("web-id"), ElementsAre(shared));
  EXPECT_THAT(registry.OfOwner("db-id"), ElementsAre(other, shared));
}

TEST(Registry, FindsByIdAndByPath) {
  Registry registry(1u << 20);
  const Record record = MakeRecord('a', "/a");
  ASSERT_OK(registry.Reserve({record}));
  EXPECT_EQ(*registry.Find(record.id), record);
  EXPECT_EQ(registry.FindAt("/a"), record);
  EXPECT_EQ(registry.FindAt("/a/b"), std::nullopt);
  EXPECT_THAT(registry.Find(std::string(64, 'b')), IsErrorWith(Code::kNotFound, "removed"));
}

TEST(Registry, ChangesWhatIsThere) {
  Registry registry(1u << 20);
  const Record record = MakeRecord('a', "/a");
  const auto start = [](Record& present) { present.started = true; };
  EXPECT_THAT(registry.Change(record.id, start), IsErrorWith(Code::kNotFound, "removed"));
  ASSERT_OK(registry.Reserve({record}));
  ASSERT_OK(registry.Change(record.id,
                            [](Record& present) { present.owners.front().owner.name = "shop"; }));
  EXPECT_TRUE(registry.Change(record.id, start)->started);
  EXPECT_THAT(registry.CheckFree("/a"), IsErrorWith(Code::kAlreadyExists, "\"shop\""));
}

TEST(Registry, ReservesTheLargerOfTwoSizes) {
  Registry registry(3 * 4096);
  const Record record = MakeRecord('a', "/a", 8192);
  ASSERT_OK(registry.Reserve({record}));
  EXPECT_THAT(registry.ReserveSize(record.id, 16384),
              IsErrorWith(Code::kResourceExhausted, "at most 12K"));
  const Result<Record> smaller = registry.ReserveSize(record.id, 4096);
  ASSERT_OK(smaller);
  EXPECT_EQ(smaller->size, 4096u);
  EXPECT_EQ(smaller->previous_size, 8192u);
  EXPECT_EQ(registry.TotalBytes(), 8192u);
}

}  // namespace
}  // namespace isulad::host_channel
