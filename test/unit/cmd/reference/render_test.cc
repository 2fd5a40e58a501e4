#include "cmd/reference/render.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cmd/isula/commands/command_table.h"

namespace isulad::reference {
namespace {

const Page* Find(const std::vector<Page>& pages, const std::string& name) {
  const auto found = std::find_if(pages.begin(), pages.end(),
                                  [&name](const Page& page) { return page.name == name; });
  return found == pages.end() ? nullptr : &*found;
}

bool Has(const std::vector<Entry>& entries, const std::string& term) {
  return std::any_of(entries.begin(), entries.end(),
                     [&term](const Entry& entry) { return entry.term == term; });
}

TEST(ReferenceTest, HasAPageForEachCommandThatHelpLists) {
  const std::vector<Page> pages = Pages();
  for (const commands::CommandInfo* info : commands::AllCommands()) {
    const bool hidden = info->name.starts_with("__");
    EXPECT_EQ(Find(pages, "isula " + std::string(info->name)) == nullptr, hidden) << info->name;
  }
  ASSERT_NE(Find(pages, "isula channel"), nullptr);
  EXPECT_TRUE(Has(Find(pages, "isula channel")->commands, "resize"));
}

TEST(ReferenceTest, TakesFlagsFromWhatParsesThem) {
  const std::vector<Page> pages = Pages();
  const Page* create = Find(pages, "isula create");
  ASSERT_NE(create, nullptr);
  EXPECT_TRUE(Has(create->flags, "--host-channel SPEC"));
  EXPECT_TRUE(Has(create->flags, "-m, --memory BYTES"));
  EXPECT_FALSE(Has(create->flags, "-D, --debug"));  // once is enough
  EXPECT_TRUE(Has(Find(pages, "isula")->flags, "-D, --debug"));
  EXPECT_TRUE(Has(Find(pages, "isulad")->flags, "-g, --graph DIR"));
}

TEST(ReferenceTest, StatesTheExitStatusesOfWhatStandsForAContainer) {
  const std::vector<Page> pages = Pages();
  EXPECT_TRUE(Has(Find(pages, "isula run")->exit_statuses, "127"));
  EXPECT_FALSE(Has(Find(pages, "isula rm")->exit_statuses, "127"));
}

TEST(ReferenceTest, NoFlagIsWithoutExplanation) {
  for (const Page& page : Pages()) {
    for (const Entry& flag : page.flags) {
      EXPECT_FALSE(flag.text.empty()) << page.name << " " << flag.term;
      EXPECT_FALSE(flag.text.ends_with('.')) << page.name << " " << flag.term;
    }
  }
}

Page Sample() {
  return {.name = "isula sample",
          .synopsis = "isula sample [OPTIONS] A|B",
          .summary = "It's one",
          .commands = {},
          .flags = {{"--form A|B", ".hidden or a\\b"}},
          .exit_statuses = {{"0", "Done"}}};
}

TEST(ReferenceTest, EscapesWhatMarkdownReadsInATable) {
  const std::string text = Markdown({Sample()});
  EXPECT_NE(text.find("| `--form A\\|B` | .hidden or a\\b |"), std::string::npos) << text;
  EXPECT_NE(text.find("    isula sample [OPTIONS] A|B\n"), std::string::npos) << text;
}

TEST(ReferenceTest, EscapesWhatGroffReads) {
  const std::string text = ManPage(Sample(), "0.1.0");
  EXPECT_EQ(ManFileName(Sample()), "isula-sample.1");
  EXPECT_NE(text.find(".TP\n\\fB\\-\\-form A|B\\fR\n\\&.hidden or a\\eb.\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("isula\\-sample \\- It\\(aqs one\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace isulad::reference
