#include "cmd/isula/output/container_list.h"

#include <cstdint>
#include <string>
#include <vector>

#include "cmd/isula/output/container_view.h"
#include "cmd/isula/output/table.h"
#include "gtest/gtest.h"

namespace isulad::output {
namespace {

constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr Timestamp kNow{1'000'000 * kNanosecondsPerSecond};

client::ContainerSummary Container(const std::string& status) {
  client::ContainerSummary container;
  container.id = std::string(32, 'a') + std::string(32, 'b');
  container.name = "box";
  container.image = "none";
  container.command = {"init"};
  container.created_at = kNow.nanoseconds - 300 * kNanosecondsPerSecond;
  container.started_at = kNow.nanoseconds - 7200 * kNanosecondsPerSecond;
  container.finished_at = kNow.nanoseconds - 3 * kNanosecondsPerSecond;
  container.status = status;
  container.exit_code = 137;
  return container;
}

TEST(StatusText, SaysWhatPeopleKnow) {
  EXPECT_EQ(StatusText(Container("inited"), kNow), "Created");
  EXPECT_EQ(StatusText(Container("starting"), kNow), "Starting");
  EXPECT_EQ(StatusText(Container("running"), kNow), "Up 2 hours");
  EXPECT_EQ(StatusText(Container("paused"), kNow), "Up 2 hours (Paused)");
  EXPECT_EQ(StatusText(Container("exited"), kNow), "Exited (137) 3 seconds ago");
  EXPECT_EQ(StatusText(Container("restarting"), kNow), "Restarting (137) 3 seconds ago");
  EXPECT_EQ(StatusText(Container("dead"), kNow), "Dead");
}

TEST(StatusText, SaysHowHealthyARunningContainerIs) {
  const struct {
    const char* health;
    const char* text;
  } cases[] = {{"none", "Up 2 hours"},
               {"starting", "Up 2 hours (health: starting)"},
               {"healthy", "Up 2 hours (healthy)"},
               {"unhealthy", "Up 2 hours (unhealthy)"}};
  for (const auto& each : cases) {
    client::ContainerSummary container = Container("running");
    container.health = each.health;
    EXPECT_EQ(StatusText(container, kNow), each.text);
    container.status = "paused";
    EXPECT_EQ(StatusText(container, kNow), "Up 2 hours (Paused)");
  }
}

TEST(CommandText, IsQuotedAndShortenedToTwentyCharacters) {
  EXPECT_EQ(CommandText({"sh", "-c", "exit 3"}, true), "\"sh -c exit 3\"");
  EXPECT_EQ(CommandText({std::string(20, 'x')}, true), "\"" + std::string(20, 'x') + "\"");
  EXPECT_EQ(CommandText({std::string(21, 'x')}, true), "\"" + std::string(19, 'x') + "…\"");
  EXPECT_EQ(CommandText({std::string(21, 'x')}, false), "\"" + std::string(21, 'x') + "\"");
}

TEST(CommandText, DoesNotCutACharacterInTwo) {
  std::string text;
  for (int i = 0; i < 21; ++i) {
    text.append("ä");
  }
  EXPECT_EQ(DisplayLength(CommandText({text}, true)), 22u);
}

TEST(Table, PadsByCharactersAndNotAfterTheLastColumn) {
  Table table;
  table.Add({"A", "LONGER HEADER", "C"});
  table.Add({"äöü", "x", "end"});
  EXPECT_EQ(table.Render(),
            "A         LONGER HEADER   C\n"
            "äöü       x               end\n");
}

TEST(ListFormat, ShowsTheUsualTable) {
  const std::string text =
      *ListFormat::Parse("")->Render({Container("running")}, kNow, /*shorten=*/true);
  EXPECT_EQ(text,
            "CONTAINER ID   IMAGE     COMMAND   CREATED         STATUS       PORTS     NAMES\n"
            "aaaaaaaaaaaa   none      \"init\"    5 minutes ago   Up 2 hours             box\n");
}

TEST(ListFormat, ShowsTitlesWhenTheListIsEmpty) {
  EXPECT_EQ(*ListFormat::Parse("table {{.ID}}\\t{{.State}}")->Render({}, kNow, true),
            "CONTAINER ID   STATE\n");
}

TEST(ListFormat, FollowsATemplate) {
  EXPECT_EQ(*ListFormat::Parse("{{.Names}}: {{.State}}")->Render({Container("inited")}, kNow, true),
            "box: created\n");
}

TEST(ListFormat, PrintsJsonLines) {
  const std::string text = *ListFormat::Parse("json")->Render({Container("dead")}, kNow, false);
  EXPECT_TRUE(text.starts_with("{\"ID\":\"aaaa")) << text;
  EXPECT_TRUE(text.ends_with("\"Names\":\"box\"}\n")) << text;
}

TEST(ListFormat, KeepsWholeIdsWhenAsked) {
  EXPECT_EQ(ListFormat::Parse("{{.ID}}")->Render({Container("dead")}, kNow, false)->size(), 65u);
}

TEST(ListFormat, RefusesAnUnknownFieldEvenForAnEmptyList) {
  EXPECT_EQ(ListFormat::Parse("{{.Foo}}").error().message(),
            "template: {{.Foo}}: there is no member \"Foo\"");
  EXPECT_FALSE(ListFormat::Parse("table {{.Foo}}"));
}

}  // namespace
}  // namespace isulad::output
