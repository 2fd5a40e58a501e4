#include "daemon/modules/container/told.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace isulad::container {
namespace {

using events::EventType;
using testing::ElementsAre;
using testing::IsEmpty;

void Tell(Told& told, EventType type, events::Attributes attributes = {}) {
  attributes.push_back({"image", "none"});
  Take({{}, type, "a", "web", std::move(attributes)}, told);
}

TEST(Told, KnowsNothingAtFirst) {
  const Told told;
  EXPECT_FALSE(told.created || told.run_known || told.running || told.oom);
}

TEST(Told, FollowsARun) {
  Told told;
  Tell(told, EventType::kCreate);
  EXPECT_TRUE(told.created);
  EXPECT_FALSE(told.run_known);
  Tell(told, EventType::kStart, {{"startedAt", "1970-01-01T00:00:01Z"}});
  EXPECT_TRUE(told.run_known && told.running);
  EXPECT_EQ(told.started_at, Timestamp{1'000'000'000});
  Tell(told, EventType::kOom);
  EXPECT_TRUE(told.oom);
  Tell(told, EventType::kPause);
  EXPECT_TRUE(told.paused);
  Tell(told, EventType::kUnpause);
  EXPECT_FALSE(told.paused);
  Tell(told, EventType::kPause);
  Tell(told, EventType::kDie, {{"exitCode", "3"}, {"finishedAt", "1970-01-01T00:00:02Z"}});
  EXPECT_TRUE(told.run_known);
  EXPECT_FALSE(told.running || told.oom || told.paused);
  EXPECT_EQ(told.finished_at, Timestamp{2'000'000'000});
}

TEST(Told, TakesAnEndWithoutATimeForNoneThatIsKnown) {
  Told told;
  Tell(told, EventType::kDie, {{"finishedAt", "yesterday"}});
  EXPECT_EQ(told.finished_at, Timestamp{});
}

TEST(Told, CountsExecsAndChannels) {
  Told told;
  Tell(told, EventType::kExecStart, {{"execID", "1"}});
  Tell(told, EventType::kExecStart, {{"execID", "2"}});
  Tell(told, EventType::kExecDie, {{"execID", "1"}});
  EXPECT_THAT(told.execs, ElementsAre("2"));
  Tell(told, EventType::kChannelMount, {{"hostPath", "/a"}});
  Tell(told, EventType::kChannelMount, {{"hostPath", "/b"}});
  Tell(told, EventType::kChannelUnmount, {{"hostPath", "/b"}});
  EXPECT_THAT(told.channels, ElementsAre("/a"));
}

TEST(Told, RemembersTheLastName) {
  Told told;
  Tell(told, EventType::kCreate);
  Take({{}, EventType::kRename, "a", "new", {}}, told);
  EXPECT_EQ(told.name, "new");
}

TEST(Told, MakesNothingOfOtherEvents) {
  Told told;
  Tell(told, EventType::kCreate);
  const Told before = told;
  for (const EventType type : {EventType::kKill, EventType::kStop, EventType::kRestart,
                               EventType::kAttach, EventType::kUpdate}) {
    Tell(told, type);
    EXPECT_EQ(told, before);
  }
  EXPECT_THAT(told.execs, IsEmpty());
}

}  // namespace
}  // namespace isulad::container
