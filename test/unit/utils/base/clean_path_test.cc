#include "utils/base/clean_path.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/result_matchers.h"

namespace isulad {
namespace {

using test::IsErrorWith;

std::string Clean(std::string_view path) { return CleanAbsolutePath(path).value_or("refused"); }

TEST(CleanAbsolutePath, DropsWhatHasNoMeaning) {
  EXPECT_EQ(Clean("/"), "/");
  EXPECT_EQ(Clean("//"), "/");
  EXPECT_EQ(Clean("/."), "/");
  EXPECT_EQ(Clean("/a/b"), "/a/b");
  EXPECT_EQ(Clean("//a///b/"), "/a/b");
  EXPECT_EQ(Clean("/./a/./b/."), "/a/b");
}

TEST(CleanAbsolutePath, KeepsNamesThatOnlyLookLikeDots) {
  EXPECT_EQ(Clean("/..a/b../.../.b"), "/..a/b../.../.b");
}

TEST(CleanAbsolutePath, SaysWhyItRefuses) {
  EXPECT_THAT(CleanAbsolutePath(""), IsErrorWith(Code::kInvalidArgument, "empty"));
  EXPECT_THAT(CleanAbsolutePath("a/b"), IsErrorWith(Code::kInvalidArgument, "must be absolute"));
  EXPECT_THAT(CleanAbsolutePath("/a/../b"),
              IsErrorWith(Code::kInvalidArgument, "must not contain \"..\""));
  EXPECT_THAT(CleanAbsolutePath("/.."), IsErrorWith(Code::kInvalidArgument, "\"..\""));
  EXPECT_THAT(CleanAbsolutePath("/a\nb"), IsErrorWith(Code::kInvalidArgument, "control"));
  EXPECT_THAT(CleanAbsolutePath(std::string_view("/a\0b", 4)),
              IsErrorWith(Code::kInvalidArgument, "control"));
  EXPECT_THAT(CleanAbsolutePath("/a\xff"), IsErrorWith(Code::kInvalidArgument, "UTF-8"));
}

TEST(CleanAbsolutePath, HoldsToTheLimitsOfTheKernel) {
  const std::string longest(kMaxComponentBytes, 'a');
  EXPECT_EQ(Clean("/" + longest), "/" + longest);
  EXPECT_THAT(CleanAbsolutePath("/" + longest + "a"),
              IsErrorWith(Code::kInvalidArgument, "255 bytes"));

  std::string path;
  while (path.size() + 1 + kMaxComponentBytes <= kMaxPathBytes) {
    path.append("/").append(longest);
  }
  if (path.size() + 2 <= kMaxPathBytes) {
    path.append("/").append(kMaxPathBytes - path.size() - 1, 'b');
  }
  EXPECT_TRUE(test::IsOk(CleanAbsolutePath(path)));
  EXPECT_THAT(CleanAbsolutePath(path + "/b"), IsErrorWith(Code::kInvalidArgument, "4095 bytes"));
}

TEST(IsSameOrBeneath, LooksAtWholeComponents) {
  EXPECT_TRUE(IsSameOrBeneath("/a", "/a"));
  EXPECT_TRUE(IsSameOrBeneath("/a/b", "/a"));
  EXPECT_TRUE(IsSameOrBeneath("/a", "/"));
  EXPECT_TRUE(IsSameOrBeneath("/", "/"));
  EXPECT_FALSE(IsSameOrBeneath("/ab", "/a"));
  EXPECT_FALSE(IsSameOrBeneath("/a", "/a/b"));
  EXPECT_FALSE(IsSameOrBeneath("/", "/a"));
}

TEST(PathsOverlap, IsTrueInBothDirections) {
  EXPECT_TRUE(PathsOverlap("/a", "/a/b"));
  EXPECT_TRUE(PathsOverlap("/a/b", "/a"));
  EXPECT_FALSE(PathsOverlap("/a/b", "/a/c"));
  EXPECT_FALSE(PathsOverlap("/a/b", "/a/bc"));
}

TEST(PathComponents, ListsTheNames) {
  EXPECT_EQ(PathComponents("/"), std::vector<std::string_view>{});
  EXPECT_EQ(PathComponents("/a/bc"), (std::vector<std::string_view>{"a", "bc"}));
}

TEST(ParentPath, DropsTheLastComponent) {
  EXPECT_EQ(ParentPath("/a/b"), "/a");
  EXPECT_EQ(ParentPath("/a"), "/");
  EXPECT_EQ(ParentPath("/"), "/");
}

TEST(BaseName, IsTheLastComponent) {
  EXPECT_EQ(BaseName("/a/b"), "b");
  EXPECT_EQ(BaseName("/a"), "a");
  EXPECT_EQ(BaseName("/"), "");
}

}  // namespace
}  // namespace isulad
