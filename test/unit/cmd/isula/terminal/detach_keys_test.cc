#include "cmd/isula/terminal/detach_keys.h"

#include <string>

#include "gtest/gtest.h"

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

}  // namespace
}  // namespace isulad::terminal
