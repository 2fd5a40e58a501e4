#include "cmd/isula/output/colours.h"

#include "cmd/isula/output/table.h"
#include "gtest/gtest.h"
#include "support/isula/fake_clients.h"

namespace isulad::output {
namespace {

TEST(Colours, AreKeptAwayByTheEnvironment) {
  EXPECT_TRUE(WantsColours(nullptr, "xterm"));
  EXPECT_TRUE(WantsColours("", "xterm"));
  EXPECT_FALSE(WantsColours("1", "xterm"));
  EXPECT_FALSE(WantsColours(nullptr, nullptr));
  EXPECT_FALSE(WantsColours(nullptr, ""));
  EXPECT_FALSE(WantsColours(nullptr, "dumb"));
}

TEST(Colours, EndWhereTheTextDoes) { EXPECT_EQ(Painted("ID", Colour::kTitle), "\033[1mID\033[0m"); }

TEST(Colours, OfATableAreThoseOfItsTitles) {
  Table table;
  table.Add({"ID", "NAME"});
  table.Add({"1", "web"});
  EXPECT_EQ(table.Render(), "ID        NAME\n1         web\n");
  EXPECT_EQ(table.Render(true), "\033[1mID        NAME\033[0m\n1         web\n");
}

TEST(Colours, OfMessagesAreForTerminalsOnly) {
  test::CapturedOutput plain;
  plain.Failure("no");
  plain.Warn("yes");
  EXPECT_EQ(plain.err, "no\nWARNING: yes\n");
  test::CapturedOutput painted;
  painted.colours = true;
  painted.Failure("no");
  painted.Warn("yes");
  EXPECT_EQ(painted.err, "\033[31mno\033[0m\n\033[33mWARNING: \033[0myes\n");
}

}  // namespace
}  // namespace isulad::output
