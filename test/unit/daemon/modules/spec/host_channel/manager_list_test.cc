// List: all channels of the machine, and how full they are.
#include "manager_fixture.h"

namespace isulad::host_channel::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class List : public ManagerFixture {
 protected:
  std::vector<std::string> Paths() const {
    std::vector<std::string> paths;
    for (const ChannelState& state : manager_->List()) {
      paths.push_back(state.channel.host_path);
    }
    return paths;
  }
};

TEST_F(List, IsEmptyWhereThereAreNone) { EXPECT_THAT(manager_->List(), IsEmpty()); }

TEST_F(List, HasTheChannelsOfAllOwnersInTheOrderOfTheirPaths) {
  ASSERT_OK(Create(web_, {Channel("/srv/c"), Channel("/srv/a", "/a")}));
  ASSERT_OK(Create(db_, {Channel("/srv/b")}));
  EXPECT_THAT(Paths(), ElementsAre("/srv/a", "/srv/b", "/srv/c"));
  EXPECT_THAT(manager_->List().at(1).owners,
              ElementsAre(OwnerEntry{db_, "/c", Access::kReadWrite, 0}));
}

TEST_F(List, TellsWhatIsUsedOfWhatIsMounted) {
  CreateMounted(web_, {Channel("/srv/a")});
  ASSERT_OK(Create(db_, {Channel("/srv/b")}));
  host_.WriteInto("/srv/a", 4096);
  const std::vector<ChannelState> states = manager_->List();
  ASSERT_EQ(states.size(), 2u);
  EXPECT_TRUE(states[0].mounted);
  EXPECT_EQ(states[0].used, 4096u);
  EXPECT_EQ(states[0].free, kMiB - 4096);
  EXPECT_EQ(states[0].inodes, DefaultInodes(kMiB));
  EXPECT_EQ(states[0].inodes_used, 1u);
  EXPECT_FALSE(states[1].mounted);
  EXPECT_EQ(states[1].free, 0u);
}

TEST_F(List, LooksAtTheHostOnceForAll) {
  CreateMounted(web_, {Channel("/srv/a", "/a"), Channel("/srv/b", "/b"), Channel("/srv/c", "/c")});
  ops_.set_strike(nullptr);
  EXPECT_EQ(manager_->List().size(), 3u);
  EXPECT_EQ(ops_.steps(), 1);
}

TEST_F(List, NamesWhatCannotBeLookedAt) {
  CreateMounted(web_, {Channel("/srv/a")});
  ops_.FailStep(0);
  const std::vector<ChannelState> states = manager_->List();
  ASSERT_EQ(states.size(), 1u);
  EXPECT_EQ(states[0].channel.host_path, "/srv/a");
  EXPECT_FALSE(states[0].mounted);
}

}  // namespace
}  // namespace isulad::host_channel::test
