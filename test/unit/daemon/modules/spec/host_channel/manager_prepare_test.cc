#include <thread>

#include "manager_fixture.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Prepare : public ManagerFixture {};

TEST_F(Prepare, RecordsAndMakesNothing) {
  const std::string before = host_.Dump();
  const Result<std::unique_ptr<Manager::Preparation>> preparation =
      manager_->Prepare(web_, {Channel("/srv/h")}, {});
  ASSERT_OK(preparation);
  EXPECT_THAT((*preparation)->channels(), SizeIs(1));
  EXPECT_EQ((*preparation)->channels()[0].channel, Channel("/srv/h"));
  EXPECT_FALSE((*preparation)->channels()[0].mounted);
  EXPECT_THAT(RecordNames(), ElementsAre((*preparation)->channels()[0].id));
  EXPECT_EQ(host_.Dump(), before);
}

TEST_F(Prepare, IsUndoneUnlessCommitted) {
  { ASSERT_OK(manager_->Prepare(web_, {Channel("/srv/h")}, {})); }
  EXPECT_THAT(RecordNames(), IsEmpty());
  EXPECT_EQ(manager_->ReservedBytes(), 0u);
  EXPECT_OK(Create(db_, {Channel("/srv/h")}));
}

TEST_F(Prepare, ReservesUntilRemovedOnceCommitted) {
  ASSERT_OK(Create(web_, {Channel("/srv/h")}));
  EXPECT_THAT(
      Create(db_, {Channel("/srv/h")}),
      IsErrorWith(Code::kAlreadyExists, "host path \"/srv/h\" is already reserved by \"web\""));
  ASSERT_OK(Remove(web_));
  EXPECT_OK(Create(db_, {Channel("/srv/h")}));
}

TEST_F(Prepare, SeesThroughLinksInParents) {
  host_.AddLink("/link", "/srv");
  ASSERT_OK(Create(web_, {Channel("/link/h")}));
  EXPECT_EQ(manager_->Describe(web_.id)->at(0).channel.host_path, "/srv/h");
  EXPECT_THAT(Create(db_, {Channel("/srv/h")}), IsErrorWith(Code::kAlreadyExists, "\"web\""));
}

TEST_F(Prepare, RefusesChannelsThatNestThroughLinks) {
  host_.AddLink("/link", "/srv");
  EXPECT_THAT(Create(web_, {Channel("/srv/h", "/a"), Channel("/link/h", "/b")}),
              IsErrorWith(Code::kInvalidArgument,
                          "\"/link/h\" leads to \"/srv/h\": host channel host path"));
}

TEST_F(Prepare, RefusesLinksIntoTheEnginesOwnDirectories) {
  host_.AddDirectory(records_);
  host_.AddLink("/link", records_);
  EXPECT_THAT(Create(web_, {Channel("/link/h")}),
              IsErrorWith(Code::kInvalidArgument, "the engine's own directory"));
}

TEST_F(Prepare, RefusesWhatExistsWhateverItIs) {
  host_.AddDirectory("/srv/directory");
  host_.AddFile("/srv/file");
  host_.AddLink("/srv/dangling", "/nowhere");
  for (const std::string path : {"/srv/directory", "/srv/file", "/srv/dangling"}) {
    EXPECT_THAT(Create(web_, {Channel(path)}),
                IsErrorWith(Code::kAlreadyExists, "host path \"" + path + "\" exists already"));
  }
  EXPECT_THAT(RecordNames(), IsEmpty());
}

TEST_F(Prepare, RefusesParentsThatAreNoDirectories) {
  host_.AddFile("/srv/file");
  EXPECT_THAT(Create(web_, {Channel("/srv/file/h")}),
              IsErrorWith(Code::kInvalidArgument, "host path \"/srv/file/h\" cannot be made"));
}

TEST_F(Prepare, NamesTheOwnerOfAMountedPathRatherThanThatItExists) {
  CreateMounted(web_, {Channel("/srv/h")});
  EXPECT_THAT(Create(db_, {Channel("/srv/h")}),
              IsErrorWith(Code::kAlreadyExists, "reserved by \"web\""));
  EXPECT_THAT(Create(db_, {Channel("/srv/h/inner")}),
              IsErrorWith(Code::kAlreadyExists, "reserved by \"web\""));
}

TEST_F(Prepare, AppliesThePolicy) {
  EXPECT_THAT(Create(web_, {Channel("/proc/h")}),
              IsErrorWith(Code::kInvalidArgument, "must not lie in \"/proc\""));
  EXPECT_THAT(Create(web_, {Channel("/srv/h", "/c", Access::kReadWrite, 33 * kMiB)}),
              IsErrorWith(Code::kInvalidArgument, "half of physical memory"));
  EXPECT_THAT(Create(web_, {Channel(records_ + "/h")}),
              IsErrorWith(Code::kInvalidArgument, "engine's own"));
}

TEST_F(Prepare, CapsTheSumOfAllChannels) {
  memory_max_ = 3 * kMiB;
  Start();
  EXPECT_EQ(manager_->MemoryMax(), 3 * kMiB);
  ASSERT_OK(Create(web_, {Channel("/srv/1", "/c", Access::kReadWrite, 2 * kMiB)}));
  EXPECT_EQ(manager_->ReservedBytes(), 2 * kMiB);
  EXPECT_THAT(Create(db_, {Channel("/srv/2", "/c", Access::kReadWrite, 2 * kMiB)}),
              IsErrorWith(Code::kResourceExhausted, "to 4M: at most 3M"));
  EXPECT_OK(Create(db_, {Channel("/srv/2")}));
}

TEST_F(Prepare, PassesWarningsOn) {
  Surroundings system;
  system.system_container = true;
  const auto preparation = manager_->Prepare(web_, {Channel("/srv/h", "/run/user/0/h")}, system);
  ASSERT_OK(preparation);
  EXPECT_THAT((*preparation)->warnings(), ElementsAre(HasSubstr("/run/user")));
}

TEST_F(Prepare, ExactlyOneOfTwoRacingOwnersWins) {
  for (int round = 0; round < 20; ++round) {
    Status first;
    Status second;
    std::thread one([&] { first = Create(web_, {Channel("/srv/h")}); });
    std::thread two([&] { second = Create(db_, {Channel("/srv/h")}); });
    one.join();
    two.join();
    ASSERT_NE(first.has_value(), second.has_value());
    const Status& lost = first ? second : first;
    EXPECT_THAT(lost, IsErrorWith(Code::kAlreadyExists, first ? "\"web\"" : "\"db\""));
    EXPECT_THAT(RecordNames(), SizeIs(1));
    ASSERT_OK(Remove(first ? web_ : db_));
  }
}

TEST_F(Prepare, KeepsTheOrderAcrossARestart) {
  ASSERT_OK(
      Create(web_, {Channel("/srv/2", "/2"), Channel("/srv/1", "/1"), Channel("/srv/3", "/3")}));
  EXPECT_THAT(Restart({web_}), IsEmpty());
  const Result<std::vector<ChannelState>> states = manager_->Describe(web_.id);
  ASSERT_OK(states);
  ASSERT_THAT(*states, SizeIs(3));
  EXPECT_EQ(states->at(0).channel.host_path, "/srv/2");
  EXPECT_EQ(states->at(1).channel.host_path, "/srv/1");
  EXPECT_EQ(states->at(2).channel.host_path, "/srv/3");
}

TEST_F(Prepare, RenamedOwnerIsNamedInMessages) {
  ASSERT_OK(Create(web_, {Channel("/srv/h")}));
  manager_->RenameOwner(web_.id, "shop");
  EXPECT_THAT(Create(db_, {Channel("/srv/h")}), IsErrorWith(Code::kAlreadyExists, "\"shop\""));
}

}  // namespace
}  // namespace isulad::host_channel::test
