#include "daemon/modules/container/list.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sample.h"
#include "support/result_matchers.h"

namespace isulad::container {
namespace {

using test::IsErrorWith;
using Names = std::vector<std::string>;

class ListTest : public testing::Test {
 protected:
  // Newest first: held, gone, done, busy, waking, fresh.
  ListTest() {
    Add("1a" + std::string(62, '0'), "fresh", Phase::kCreated, 1);
    Add("1b" + std::string(62, '0'), "waking", Phase::kStarting, 2);
    Add("2c" + std::string(62, '0'), "busy", Phase::kRunning, 3);
    Add("2d" + std::string(62, '0'), "done", Phase::kExited, 4);
    Add("2e" + std::string(62, '0'), "gone", Phase::kRemoving, 5);
    Add("2f" + std::string(62, '0'), "held", Phase::kPaused, 6);
  }

  Names Listed(bool all, const std::vector<std::string>& filters) {
    const Result<std::vector<Summary>> summaries = List(context_, all, filters);
    if (!summaries) {
      ADD_FAILURE() << summaries.error().message();
      return {};
    }
    Names names;
    for (const Summary& summary : *summaries) {
      names.push_back(summary.name);
    }
    return names;
  }

  Context context_{Settings(), Modules()};

 private:
  void Add(const std::string& id, const std::string& name, Phase phase, int64_t created) {
    Result<Registry::Reservation> reservation = context_.registry.Reserve(name, id);
    ASSERT_OK(reservation);
    ContainerConfig config = MinimalConfig(id, name);
    config.created = {created};
    State state;
    state.phase = phase;
    context_.registry.Add(std::make_shared<Container>(std::move(config), state),
                          *std::move(reservation));
  }
};

TEST_F(ListTest, ShowsWhatRuns) { EXPECT_EQ(Listed(false, {}), (Names{"held", "busy"})); }

TEST_F(ListTest, ShowsAllTheNewestFirst) {
  EXPECT_EQ(Listed(true, {}), (Names{"held", "gone", "done", "busy", "waking", "fresh"}));
}

TEST_F(ListTest, FiltersByTheBeginningOfAnId) {
  EXPECT_EQ(Listed(true, {"id=1"}), (Names{"waking", "fresh"}));
  EXPECT_EQ(Listed(true, {"id=2c"}), Names{"busy"});
  EXPECT_EQ(Listed(true, {"id=c"}), Names{});
}

TEST_F(ListTest, FiltersByAnyPartOfAName) {
  EXPECT_EQ(Listed(true, {"name=us"}), Names{"busy"});
  EXPECT_EQ(Listed(true, {"name=one"}), (Names{"gone", "done"}));
}

TEST_F(ListTest, FiltersByStatusAmongAllPhases) {
  EXPECT_EQ(Listed(false, {"status=created"}), (Names{"waking", "fresh"}));
  EXPECT_EQ(Listed(false, {"status=running"}), Names{"busy"});
  EXPECT_EQ(Listed(false, {"status=exited"}), Names{"done"});
  EXPECT_EQ(Listed(false, {"status=dead"}), Names{"gone"});
  EXPECT_EQ(Listed(false, {"status=paused"}), Names{"held"});
}

TEST_F(ListTest, TakesTheSameKeyTwiceAsEither) {
  EXPECT_EQ(Listed(true, {"name=busy", "name=fresh"}), (Names{"busy", "fresh"}));
}

TEST_F(ListTest, TakesDifferentKeysAsBoth) {
  EXPECT_EQ(Listed(true, {"name=one", "status=exited"}), Names{"done"});
  EXPECT_EQ(Listed(true, {"name=busy", "status=exited"}), Names{});
}

TEST_F(ListTest, TellsTheHealthOfWhatIsUp) {
  const auto set = [this](const char* name, HealthStatus status) {
    (*context_.registry.Find(name))->UpdateHealth([status](Health& health) {
      health.status = status;
    });
  };
  set("busy", HealthStatus::kHealthy);
  set("held", HealthStatus::kStarting);
  set("done", HealthStatus::kUnhealthy);
  EXPECT_EQ(Listed(true, {"health=healthy"}), Names{"busy"});
  EXPECT_EQ(Listed(false, {"health=starting", "health=healthy"}), (Names{"held", "busy"}));
  EXPECT_EQ(Listed(true, {"health=unhealthy"}), Names{});
  EXPECT_EQ(Listed(true, {"health=none"}), (Names{"gone", "done", "waking", "fresh"}));
}

TEST_F(ListTest, RefusesWhatItDoesNotKnow) {
  for (const char* filter : {"busy", "colour=red", "=x", "", "Name=x"}) {
    EXPECT_THAT(List(context_, true, {filter}),
                IsErrorWith(Code::kInvalidArgument, "id=, name=, label=, status= or health="));
  }
  EXPECT_THAT(List(context_, true, {"health=well"}),
              IsErrorWith(Code::kInvalidArgument, "health \"well\" is not valid: starting"));
  for (const char* filter : {"status=", "status=up", "status=inited"}) {
    EXPECT_THAT(List(context_, true, {filter}), IsErrorWith(Code::kInvalidArgument, "running"));
  }
}

TEST_F(ListTest, CountsWhatRunsAndWhatDoesNot) {
  const Counts counts = Count(context_);
  EXPECT_EQ(counts.all, 6u);
  EXPECT_EQ(counts.running, 1u);
  EXPECT_EQ(counts.paused, 1u);
  EXPECT_EQ(counts.stopped, 4u);
}

}  // namespace
}  // namespace isulad::container
