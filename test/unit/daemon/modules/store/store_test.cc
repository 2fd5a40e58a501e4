// What only the store on a disk does; the rest is in the contract suite.
#include "daemon/modules/store/store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "support/fakes/store_contract.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::store {
namespace {

using test::IsErrorWith;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const std::string kId(64, 'a');
const std::string kOther(64, 'b');

json::Value Document(const std::string& key, const std::string& text) {
  json::Object object;
  object.Set(key, text);
  return object;
}

Status AnyConfig(const Store::Entry&) { return OkStatus(); }

class StoreTest : public testing::Test {
 protected:
  void SetUp() override {
    Result<std::unique_ptr<Store>> store = OpenStore(Graph(), Spare());
    ASSERT_OK(store);
    store_ = *std::move(store);
  }
  std::string Graph() const { return dir_.Sub("graph"); }
  std::string Spare() const { return dir_.Sub("state/exits"); }
  std::string InContainers(const std::string& name) const {
    return Graph() + "/containers/" + name;
  }
  void Write(const std::string& path, const std::string& text) {
    ASSERT_OK(os::WriteFileAtomic(path, text, 0600, os::Sync::kNone));
  }
  Store::Found Scan() {
    Result<Store::Found> found = store_->Scan(AnyConfig);
    if (!found) {
      ADD_FAILURE() << found.error().message();
      return {};
    }
    return *std::move(found);
  }
  static std::vector<std::string> Ids(const Store::Found& found) {
    std::vector<std::string> ids;
    for (const Store::Entry& entry : found.entries) {
      ids.push_back(entry.id);
    }
    return ids;
  }

  test::TempDir dir_;
  std::unique_ptr<Store> store_;
};

TEST_F(StoreTest, KeepsWhatWasAskedForFromOtherUsers) {
  ASSERT_OK(store_->Create(kId, Document("Env", "SECRET=1"), {}, os::Sync::kDurable));
  struct stat directory = {};
  struct stat config = {};
  ASSERT_EQ(::stat((Graph() + "/containers").c_str(), &directory), 0);
  ASSERT_EQ(::stat((store_->DirectoryOf(kId) + "/config.json").c_str(), &config), 0);
  EXPECT_EQ(directory.st_mode & 0777, 0700u);
  EXPECT_EQ(config.st_mode & 0777, 0600u);
}

TEST_F(StoreTest, FindsWhatWasRetiredAndCannotBeRead) {
  std::filesystem::create_directories(InContainers(".gone-" + kOther));
  const Store::Found found = Scan();
  ASSERT_EQ(found.gone.size(), 1u);
  EXPECT_EQ(found.gone[0].id, kOther);
  EXPECT_TRUE(found.gone[0].config.IsNull());
  EXPECT_OK(store_->Clear(kOther));
  EXPECT_THAT(Scan().gone, IsEmpty());
}

TEST_F(StoreTest, ClearsAwayWhatACrashLeft) {
  ASSERT_OK(store_->Create(kId, Document("Name", "web"), {}, os::Sync::kDurable));
  std::filesystem::create_directories(InContainers(".new-" + kOther + "/x"));
  const Store::Found found = Scan();
  EXPECT_THAT(Ids(found), ElementsAre(kId));
  EXPECT_THAT(found.notices, ElementsAre(HasSubstr(".new-")));
  EXPECT_FALSE(std::filesystem::exists(InContainers(".new-" + kOther)));
}

TEST_F(StoreTest, SetsADamagedContainerAsideAndServesTheOthers) {
  ASSERT_OK(store_->Create(kId, Document("Name", "web"), {}, os::Sync::kDurable));
  ASSERT_OK(store_->Create(kOther, Document("Name", "db"), {}, os::Sync::kDurable));
  Write(store_->DirectoryOf(kOther) + "/config.json", "{");
  const Store::Found found = Scan();
  EXPECT_THAT(Ids(found), ElementsAre(kId));
  EXPECT_THAT(found.damaged, ElementsAre(kOther));
  EXPECT_THAT(found.notices, ElementsAre(HasSubstr("set aside")));
  EXPECT_TRUE(std::filesystem::exists(Graph() + "/damaged/" + kOther + "/config.json"));
}

TEST_F(StoreTest, LeavesAloneWhatIsNotOurs) {
  std::filesystem::create_directories(InContainers("lost+found"));
  std::filesystem::create_directory_symlink("/", InContainers(kId));
  const Store::Found found = Scan();
  EXPECT_THAT(found.entries, IsEmpty());
  EXPECT_TRUE(std::filesystem::exists(InContainers("lost+found")));
  EXPECT_TRUE(std::filesystem::exists("/"));
}

// A real directory as the world of the contract suite.
class DirectoryWorld final : public test::StoreWorld {
 public:
  DirectoryWorld() { Reopen(); }
  Store& store() override { return *store_; }
  void Reopen() override {
    store_.reset();
    Result<std::unique_ptr<Store>> store = OpenStore(dir_.Sub("graph"), dir_.Sub("state/exits"));
    ASSERT_OK(store);
    store_ = *std::move(store);
  }
  void SpoilState(const std::string& id) override {
    ASSERT_OK(os::WriteFileAtomic(store_->DirectoryOf(id) + "/state.json", "{\"Status\": \"run",
                                  0600, os::Sync::kNone));
  }

 private:
  test::TempDir dir_;
  std::unique_ptr<Store> store_;
};

}  // namespace
}  // namespace isulad::store

namespace isulad::test {

INSTANTIATE_TEST_SUITE_P(Directory, StoreContract, testing::Values(StoreWorldFactory([] {
                           return std::make_unique<store::DirectoryWorld>();
                         })));

}  // namespace isulad::test
