#include "daemon/modules/spec/users.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::spec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class UsersTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(root_.Sub("etc"));
    ASSERT_OK_AND_ASSIGN(fd_, os::Open(root_.path(), O_PATH | O_DIRECTORY));
  }

  void WriteFiles() {
    std::ofstream(root_.Sub("etc/passwd")) << "root:x:0:0:root:/root:/bin/sh\n"
                                              "# a comment\n"
                                              "broken:x:nan:1::/:/bin/sh\n"
                                              "short:x:5\n"
                                              "+::::::\n"
                                              "user:x:1000:100:A User,,,:/home/user:/bin/sh\n"
                                              "1234:x:1001:1001::/home/digits:/bin/sh\n"
                                              "homeless:x:1002:1002:::\n";
    std::ofstream(root_.Sub("etc/group")) << "root:x:0:\n"
                                             "users:x:100:user\n"
                                             "audio:x:29:user,other\n"
                                             "video:x:44:other,user\n"
                                             "nobody:x:99:\n";
  }

  Result<Identity> LookUp(const std::string& user) { return LookUpUser(fd_.get(), user); }

  test::TempDir root_;
  os::UniqueFd fd_;
};

TEST_F(UsersTest, NobodyAskedForIsRoot) {
  WriteFiles();
  ASSERT_OK_AND_ASSIGN(const Identity identity, LookUp(""));
  EXPECT_EQ(identity.uid, 0u);
  EXPECT_EQ(identity.gid, 0u);
  EXPECT_EQ(identity.home, "/root");
  EXPECT_THAT(identity.additional_gids, IsEmpty());
}

TEST_F(UsersTest, FindsNameWithItsGroupsAndHome) {
  WriteFiles();
  ASSERT_OK_AND_ASSIGN(const Identity identity, LookUp("user"));
  EXPECT_EQ(identity.uid, 1000u);
  EXPECT_EQ(identity.gid, 100u);
  EXPECT_EQ(identity.home, "/home/user");
  EXPECT_THAT(identity.additional_gids, ElementsAre(29, 44));
}

TEST_F(UsersTest, NumberOfAKnownUserBringsItsGroupsAndHome) {
  WriteFiles();
  ASSERT_OK_AND_ASSIGN(const Identity identity, LookUp("1000"));
  EXPECT_EQ(identity.gid, 100u);
  EXPECT_EQ(identity.home, "/home/user");
  EXPECT_THAT(identity.additional_gids, ElementsAre(29, 44));
}

TEST_F(UsersTest, GroupThatWasAskedForStandsAlone) {
  WriteFiles();
  ASSERT_OK_AND_ASSIGN(const Identity by_name, LookUp("user:nobody"));
  EXPECT_EQ(by_name.gid, 99u);
  EXPECT_THAT(by_name.additional_gids, IsEmpty());
  ASSERT_OK_AND_ASSIGN(const Identity by_number, LookUp("user:4711"));
  EXPECT_EQ(by_number.gid, 4711u);
}

TEST_F(UsersTest, NumbersNeedNoFiles) {
  ASSERT_OK_AND_ASSIGN(const Identity identity, LookUp("12:34"));
  EXPECT_EQ(identity.uid, 12u);
  EXPECT_EQ(identity.gid, 34u);
  EXPECT_EQ(identity.home, "/");
  ASSERT_OK_AND_ASSIGN(const Identity root, LookUp(""));
  EXPECT_EQ(root.home, "/root");
}

TEST_F(UsersTest, EmptyHomeIsTheRootDirectory) {
  WriteFiles();
  EXPECT_EQ(LookUp("homeless")->home, "/");
}

TEST_F(UsersTest, RefusesWhatIsNotThere) {
  WriteFiles();
  EXPECT_THAT(
      LookUp("ghost"),
      test::IsErrorWith(Code::kInvalidArgument,
                        "unable to find user \"ghost\": no matching entries in passwd file"));
  EXPECT_THAT(
      LookUp("user:ghost"),
      test::IsErrorWith(Code::kInvalidArgument,
                        "unable to find group \"ghost\": no matching entries in group file"));
  for (const char* user : {"broken", "short", "+", "user:", "4294967295", "-1", "99999999999"}) {
    EXPECT_THAT(LookUp(user), test::IsErrorWith(Code::kInvalidArgument, "unable to find")) << user;
  }
}

TEST_F(UsersTest, FurtherGroupsComeToThoseOfTheUserOnce) {
  WriteFiles();
  const auto gids = [&](const std::string& user, const std::vector<std::string>& groups) {
    const Result<Identity> identity = LookUpUser(fd_.get(), user, groups);
    EXPECT_OK(identity);
    return identity ? identity->additional_gids : std::vector<uint32_t>();
  };
  EXPECT_THAT(gids("", {"nobody", "7", "root"}), ElementsAre(99, 7));
  EXPECT_THAT(gids("user", {"video", "nobody", "99", "users"}), ElementsAre(29, 44, 99));
  EXPECT_THAT(gids("user:audio", {"video"}), ElementsAre(44));
  for (const char* group : {"ghost", "4294967295", "-1"}) {
    EXPECT_THAT(LookUpUser(fd_.get(), "user", {group}),
                test::IsErrorWith(Code::kInvalidArgument, "unable to find group"));
  }
}

TEST_F(UsersTest, LinksDoNotLeadOutOfTheRootfs) {
  test::TempDir outside;
  std::ofstream(outside.Sub("passwd")) << "spy:x:7:7::/:/bin/sh\n";
  std::filesystem::create_symlink(outside.Sub("passwd"), root_.Sub("etc/passwd"));
  EXPECT_THAT(LookUp("spy"), test::IsErrorWith(Code::kInvalidArgument, "unable to find"));
}

TEST_F(UsersTest, FollowsLinksInsideTheRootfs) {
  WriteFiles();
  std::filesystem::rename(root_.Sub("etc/passwd"), root_.Sub("accounts"));
  std::filesystem::create_symlink("/accounts", root_.Sub("etc/passwd"));
  EXPECT_OK(LookUp("user"));
}

TEST_F(UsersTest, FifoInPlaceOfAFileDoesNotHang) {
  ASSERT_EQ(::mkfifo(root_.Sub("etc/passwd").c_str(), 0644), 0);
  EXPECT_THAT(LookUp("user"), test::IsErrorWith(Code::kInvalidArgument, "unable to find"));
}

TEST_F(UsersTest, DirectoryInPlaceOfAFileIsAnError) {
  std::filesystem::create_directory(root_.Sub("etc/passwd"));
  const auto result = LookUp("user");
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().message(), ::testing::HasSubstr("/etc/passwd"));
}

}  // namespace
}  // namespace isulad::spec
