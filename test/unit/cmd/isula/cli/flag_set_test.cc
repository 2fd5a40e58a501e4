#include "cmd/isula/cli/flag_set.h"

#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace isulad::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Parsed {
  bool tty = false;
  bool interactive = false;
  std::string name = "unset";
  std::vector<std::string> env;
  std::string error;
  Arguments rest;
};

Parsed Parse(const Arguments& arguments, FlagSet::Stop stop = FlagSet::Stop::kNever) {
  Parsed parsed;
  FlagSet flags(stop);
  flags.AddSwitch({"tty", 't'}, &parsed.tty, "");
  flags.AddSwitch({"interactive", 'i'}, &parsed.interactive, "");
  flags.AddString({"name", 'n'}, &parsed.name, {"NAME", ""});
  flags.AddStrings({"env", 'e'}, &parsed.env, {"K=V", ""});
  flags.AddValue({"number"},
                 [](std::string_view text) {
                   return text == "1" ? OkStatus() : Status(InvalidArgument("must be 1"));
                 },
                 {"1", ""});
  Result<Arguments> rest = flags.Parse(arguments);
  if (rest) {
    parsed.rest = *rest;
  } else {
    parsed.error = rest.error().message();
  }
  return parsed;
}

TEST(FlagSet, TakesValuesInEverySpelling) {
  for (const Arguments& arguments : std::vector<Arguments>{
           {"--name", "x"}, {"--name=x"}, {"-n", "x"}, {"-nx"}, {"-n=x"}, {"-tn", "x"}, {"-tnx"}}) {
    const Parsed parsed = Parse(arguments);
    EXPECT_EQ(parsed.name, "x") << arguments.front();
    EXPECT_EQ(parsed.error, "") << arguments.front();
    EXPECT_THAT(parsed.rest, IsEmpty()) << arguments.front();
  }
}

TEST(FlagSet, TakesAnEmptyValueWhenOneIsWritten) {
  const Parsed parsed = Parse({"--name=", "none"});
  EXPECT_EQ(parsed.name, "");
  EXPECT_THAT(parsed.rest, ElementsAre("none"));
  EXPECT_EQ(Parse({"--name", "", "none"}).name, "");
}

TEST(FlagSet, TakesAValueThatLooksLikeAFlag) {
  EXPECT_EQ(Parse({"--name", "-1"}).name, "-1");
  EXPECT_THAT(Parse({"-e", "--tty"}).env, ElementsAre("--tty"));
  EXPECT_EQ(Parse({"--name", "--"}).name, "--");
}

TEST(FlagSet, ReadsClusters) {
  const Parsed parsed = Parse({"-it"});
  EXPECT_TRUE(parsed.interactive);
  EXPECT_TRUE(parsed.tty);
}

TEST(FlagSet, ReadsSwitchesWithAValue) {
  EXPECT_TRUE(Parse({"--tty=true"}).tty);
  EXPECT_FALSE(Parse({"--tty=false"}).tty);
  EXPECT_FALSE(Parse({"-t=false"}).tty);
  EXPECT_EQ(Parse({"--tty=maybe"}).error,
            "Invalid value \"maybe\" for flag --tty: must be true or false");
  EXPECT_EQ(Parse({"--tty="}).error, "Invalid value \"\" for flag --tty: must be true or false");
}

TEST(FlagSet, HandsASwitchToAFunction) {
  std::optional<bool> set;
  FlagSet flags;
  flags.AddSwitch(
      {"tty", 't'}, [&set](bool value) { set = value; }, "");
  EXPECT_TRUE(flags.Parse({"none"}));
  EXPECT_EQ(set, std::nullopt);
  EXPECT_TRUE(flags.Parse({"--tty=false"}));
  EXPECT_EQ(set, false);
  const Result<Arguments> contradicted = flags.Parse({"-t"});
  ASSERT_FALSE(contradicted);
  EXPECT_EQ(contradicted.error().message(), "flag --tty given more than once");
  EXPECT_FALSE(flags.TakesNext("--tty"));
}

TEST(FlagSet, DoesNotTakeTheNextWordForASwitch) {
  const Parsed parsed = Parse({"--tty", "false"});
  EXPECT_TRUE(parsed.tty);
  EXPECT_THAT(parsed.rest, ElementsAre("false"));
}

TEST(FlagSet, RefusesASecondValue) {
  EXPECT_EQ(Parse({"-n", "a", "--name=a"}).error, "flag --name given more than once");
}

TEST(FlagSet, RefusesAContradictedSwitchButNotARepeatedOne) {
  EXPECT_EQ(Parse({"-t", "--tty=false"}).error, "flag --tty given more than once");
  EXPECT_TRUE(Parse({"-it", "-t"}).tty);
}

TEST(FlagSet, CollectsRepeatedValuesInOrder) {
  EXPECT_THAT(Parse({"-e", "A=1", "--env=B=2", "-eC=3"}).env, ElementsAre("A=1", "B=2", "C=3"));
}

TEST(FlagSet, NamesUnknownFlags) {
  EXPECT_EQ(Parse({"--nosuch=1"}).error, "Unknown flag found: '--nosuch'");
  EXPECT_EQ(Parse({"-itz"}).error, "Unknown flag found: '-z'");
  EXPECT_EQ(Parse({"-5"}).error, "Unknown flag found: '-5'");
  EXPECT_EQ(Parse({"---name"}).error, "Unknown flag found: '---name'. Did you mean '--name'?");
  EXPECT_EQ(Parse({"--nam", "x"}).error, "Unknown flag found: '--nam'. Did you mean '--name'?");
}

TEST(FlagSet, KeepsMessagesOnOneLine) {
  EXPECT_EQ(Parse({"--a\nb"}).error, "Unknown flag found: '--a\\nb'");
  EXPECT_EQ(Parse({"--number=\n"}).error, "Invalid value \"\\n\" for flag --number: must be 1");
}

TEST(FlagSet, SaysWhichValueIsMissing) {
  EXPECT_EQ(Parse({"--name"}).error, "Flag needs an argument: --name");
  EXPECT_EQ(Parse({"-tn"}).error, "Flag needs an argument: --name");
}

TEST(FlagSet, MixesFlagsAndArgumentsWhereNothingFollows) {
  const Parsed parsed = Parse({"a", "-t", "b"});
  EXPECT_TRUE(parsed.tty);
  EXPECT_THAT(parsed.rest, ElementsAre("a", "b"));
}

TEST(FlagSet, StopsAtTheFirstArgumentWhereACommandFollows) {
  const Parsed parsed =
      Parse({"-i", "none", "-t", "--", "--nosuch"}, FlagSet::Stop::kAtFirstArgument);
  EXPECT_TRUE(parsed.interactive);
  EXPECT_FALSE(parsed.tty);
  EXPECT_THAT(parsed.rest, ElementsAre("none", "-t", "--", "--nosuch"));
}

TEST(FlagSet, EndsTheFlagsAtTwoDashes) {
  EXPECT_THAT(Parse({"--", "-t"}).rest, ElementsAre("-t"));
  EXPECT_THAT(Parse({"-i", "--", "none", "--"}, FlagSet::Stop::kAtFirstArgument).rest,
              ElementsAre("none", "--"));
}

TEST(FlagSet, TakesALoneDashAsAnArgument) { EXPECT_THAT(Parse({"-"}).rest, ElementsAre("-")); }

TEST(FlagSet, AlignsItsHelp) {
  bool flag = false;
  std::string text;
  FlagSet flags;
  flags.AddSwitch({"all", 'a'}, &flag, "All of them");
  flags.AddString({"name"}, &text, {"NAME", "Its name"});
  EXPECT_EQ(flags.Help(),
            "  -a, --all         All of them\n"
            "      --name NAME   Its name\n");
}

}  // namespace
}  // namespace isulad::cli
