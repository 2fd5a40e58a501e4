#include "cmd/isula/output/event_view.h"

#include <string>

#include "gtest/gtest.h"

namespace isulad::output {
namespace {

client::ContainerEvent Sample() {
  return {1'767'323'045'000'000'006, "die", "abc", "web", {{"image", "none"}, {"exitCode", "3"}}};
}

TEST(EventView, IsALineWithItsAttributesSorted) {
  EXPECT_EQ(EventText(Sample()),
            "2026-01-02T03:04:05.000000006Z container die abc (exitCode=3, image=none, name=web)");
}

TEST(EventView, StaysOneLine) {
  client::ContainerEvent event = Sample();
  event.name = "a\nb";
  event.attributes = {{"x", "\x1b[31m"}};
  EXPECT_EQ(EventText(event),
            "2026-01-02T03:04:05.000000006Z container die abc (name=\"a\\nb\", x=\"\\x1b[31m\")");
}

TEST(EventView, HasMembersForTemplates) {
  EXPECT_EQ(json::Serialize(EventFields(Sample())),
            R"({"Type":"container","Action":"die","Actor":{"ID":"abc","Attributes":{)"
            R"("exitCode":"3","image":"none","name":"web"}},)"
            R"("time":1767323045,"timeNano":1767323045000000006})");
}

}  // namespace
}  // namespace isulad::output
