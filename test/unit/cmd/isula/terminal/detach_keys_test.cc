#include "cmd/isula/terminal/detach_keys.h"

#include <string>

#include "gtest/gtest.h"
#include "support/result_matchers.h"

namespace isulad::terminal {
namespace {

TEST(DetachKeys, PassesOrdinaryKeysOn) {
  DetachKeys keys;
  const DetachKeys::Outcome outcome = keys.Filter("ls\r\x11");
  EXPECT_EQ(outcome.pass_on, "ls\r\x11");
  EXPECT_FALSE(outcome.detached);
  EXPECT_EQ(keys.Flush(), "");
}

TEST(DetachKeys, DetachesAfterBothKeysAndDropsTheRest) {
  DetachKeys keys;
  const DetachKeys::Outcome outcome = keys.Filter("a\x10\x11z");
  EXPECT_EQ(outcome.pass_on, "a");
  EXPECT_TRUE(outcome.detached);
}

TEST(DetachKeys, SeesTheKeysWhenTheyComeOneByOne) {
  DetachKeys keys;
  EXPECT_EQ(keys.Filter("\x10").pass_on, "");
  EXPECT_TRUE(keys.Filter("\x11").detached);
}

TEST(DetachKeys, PassesALoneCtrlPOnWithTheNextKey) {
  DetachKeys keys;
  EXPECT_EQ(keys.Filter("\x10").pass_on, "");
  EXPECT_EQ(keys.Filter("x").pass_on, "\x10x");
}

TEST(DetachKeys, TakesTheSecondOfTwoCtrlPForTheBeginning) {
  DetachKeys keys;
  const DetachKeys::Outcome outcome = keys.Filter("\x10\x10\x11");
  EXPECT_EQ(outcome.pass_on, "\x10");
  EXPECT_TRUE(outcome.detached);
}

TEST(DetachKeys, GivesBackWhatItHeldAtTheEnd) {
  DetachKeys keys;
  EXPECT_EQ(keys.Filter("\x10").pass_on, "");
  EXPECT_EQ(keys.Flush(), "\x10");
  EXPECT_EQ(keys.Flush(), "");
}

TEST(DetachKeys, FindsTheSequenceThatWasChosen) {
  ASSERT_OK_AND_ASSIGN(DetachKeys keys, DetachKeys::Parse("ctrl-a,x,ctrl-_"));
  EXPECT_EQ(keys.Filter("\x10\x11").pass_on, "\x10\x11");
  const DetachKeys::Outcome outcome = keys.Filter("\x01x\x01x\x1fz");
  EXPECT_EQ(outcome.pass_on, "\x01x");
  EXPECT_TRUE(outcome.detached);
}

TEST(DetachKeys, FindsASequenceThatBeginsWithinItself) {
  ASSERT_OK_AND_ASSIGN(DetachKeys keys, DetachKeys::Parse("a,a,b"));
  EXPECT_EQ(keys.Filter("aa").pass_on, "");
  const DetachKeys::Outcome outcome = keys.Filter("ab");
  EXPECT_EQ(outcome.pass_on, "a");
  EXPECT_TRUE(outcome.detached);
}

TEST(DetachKeys, MayBeASingleKey) {
  ASSERT_OK_AND_ASSIGN(DetachKeys keys, DetachKeys::Parse("ctrl-C"));
  EXPECT_TRUE(keys.Filter("\x03").detached);
}

TEST(DetachKeys, RefusesWhatNoTerminalSends) {
  for (const char* text : {"", ",", "a,", "ab", "ctrl-", "ctrl-1", "ctrl-aa", "Ctrl-a", "ctrl-a b",
                           "\u00e9", "ctrl-\x7f"}) {
    EXPECT_THAT(DetachKeys::Parse(text), test::IsErrorWith(Code::kInvalidArgument, "ctrl-"))
        << text;
  }
}

}  // namespace
}  // namespace isulad::terminal
