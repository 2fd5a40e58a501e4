#include "utils/archive/entry.h"

#include <gtest/gtest.h>

#include <string>

#include "support/result_matchers.h"
#include "utils/archive/tree.h"

namespace isulad::archive {
namespace {

using test::IsErrorWith;

TEST(CleanEntryPath, LeavesOutWhatMeansNothing) {
  EXPECT_EQ(CleanEntryPath("a/b").value_or("?"), "a/b");
  EXPECT_EQ(CleanEntryPath("./a//./b/").value_or("?"), "a/b");
  EXPECT_EQ(CleanEntryPath(".").value_or("?"), "");
  EXPECT_EQ(CleanEntryPath("").value_or("?"), "");
  EXPECT_EQ(CleanEntryPath("..a/...").value_or("?"), "..a/...");
}

TEST(CleanEntryPath, RefusesWhatLeadsOut) {
  EXPECT_THAT(CleanEntryPath("/etc/passwd"), IsErrorWith(Code::kInvalidArgument, "absolute"));
  EXPECT_THAT(CleanEntryPath("../x"), IsErrorWith(Code::kInvalidArgument, "\"..\""));
  EXPECT_THAT(CleanEntryPath("a/../../x"), IsErrorWith(Code::kInvalidArgument, "leads out"));
  EXPECT_THAT(CleanEntryPath("a/.."), IsErrorWith(Code::kInvalidArgument, "leads out"));
  EXPECT_THAT(CleanEntryPath(std::string("a\0b", 3)), IsErrorWith(Code::kInvalidArgument, "path"));
  std::string deep;
  for (size_t i = 0; i <= kMaxDepth; ++i) {
    deep += "d/";
  }
  EXPECT_THAT(CleanEntryPath(deep), IsErrorWith(Code::kInvalidArgument, "deeper"));
}

TEST(IsCopiedXattr, TellsUsersFromRights) {
  EXPECT_TRUE(IsCopiedXattr("user.a", false));
  EXPECT_FALSE(IsCopiedXattr("security.capability", false));
  EXPECT_TRUE(IsCopiedXattr("security.capability", true));
  EXPECT_TRUE(IsCopiedXattr("system.posix_acl_access", true));
  EXPECT_FALSE(IsCopiedXattr("security.selinux", true));
  EXPECT_FALSE(IsCopiedXattr("trusted.overlay.opaque", true));
}

TEST(Paths, AreTakenApart) {
  EXPECT_EQ(LastComponent("/a/b/"), "b");
  EXPECT_EQ(LastComponent("b"), "b");
  EXPECT_EQ(LastComponent("/"), "");
  EXPECT_EQ(WithoutLast("/a/b//"), "/a");
  EXPECT_EQ(WithoutLast("/a"), "/");
  EXPECT_EQ(WithoutLast("a"), ".");
  EXPECT_TRUE(SaysContents("a/."));
  EXPECT_TRUE(SaysContents("."));
  EXPECT_TRUE(SaysContents("a/.."));
  EXPECT_TRUE(SaysContents("/"));
  EXPECT_FALSE(SaysContents("a/.b"));
  EXPECT_TRUE(SaysDirectory("a/"));
  EXPECT_FALSE(SaysContents("a/"));
  EXPECT_FALSE(SaysDirectory("a"));
}

}  // namespace
}  // namespace isulad::archive
