#include "cmd/isula/cli/suggestion.h"

#include <string>

#include "gtest/gtest.h"

namespace isulad::cli {
namespace {

const std::vector<std::string_view> kWords = {"start", "stats", "stop", "rm", "ps", "inspect"};

TEST(Suggest, FindsALetterMoreLessAnotherOrTwoThatChangedPlaces) {
  EXPECT_EQ(Suggest("startt", kWords), "start");
  EXPECT_EQ(Suggest("sart", kWords), "start");
  EXPECT_EQ(Suggest("stars", kWords), "start");
  EXPECT_EQ(Suggest("strat", kWords), "start");
  EXPECT_EQ(Suggest("inpsetc", kWords), "inspect");
  EXPECT_EQ(Suggest("STOP", kWords), "stop");
}

TEST(Suggest, FindsNothingInWhatIsMeantOtherwise) {
  EXPECT_EQ(Suggest("images", kWords), "");
  EXPECT_EQ(Suggest("", kWords), "");
  EXPECT_EQ(Suggest("x", kWords), "");
  EXPECT_EQ(Suggest("xy", kWords), "") << "half of so short a word is not enough";
  EXPECT_EQ(Suggest("intpecxx", kWords), "");
  EXPECT_EQ(Suggest(std::string(1 << 20, 's'), kWords), "");
}

TEST(DidYouMean, IsSilentWithoutAWord) {
  EXPECT_EQ(DidYouMean(""), "");
  EXPECT_EQ(DidYouMean("rm"), " Did you mean 'rm'?");
}

}  // namespace
}  // namespace isulad::cli
