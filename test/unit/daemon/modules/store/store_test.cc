#include "daemon/modules/store/store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

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

TEST_F(StoreTest, FindsAgainWhatWasCreated) {
  ASSERT_OK(store_->Create(kId, Document("Name", "web"), {{"hosts", "127.0.0.1 localhost\n"}},
                           os::Sync::kDurable));
  const Store::Found found = Scan();
  ASSERT_THAT(Ids(found), ElementsAre(kId));
  EXPECT_EQ(found.entries[0].config, Document("Name", "web"));
  EXPECT_FALSE(found.entries[0].state.has_value());
  EXPECT_FALSE(found.entries[0].state_lost);
  EXPECT_THAT(found.notices, IsEmpty());
  ASSERT_OK_AND_ASSIGN(const std::string hosts, os::ReadFile(store_->DirectoryOf(kId) + "/hosts"));
  EXPECT_EQ(hosts, "127.0.0.1 localhost\n");
}

TEST_F(StoreTest, KeepsWhatWasAskedForFromOtherUsers) {
  ASSERT_OK(store_->Create(kId, Document("Env", "SECRET=1"), {}, os::Sync::kDurable));
  struct stat directory = {};
  struct stat config = {};
  ASSERT_EQ(::stat((Graph() + "/containers").c_str(), &directory), 0);
  ASSERT_EQ(::stat((store_->DirectoryOf(kId) + "/config.json").c_str(), &config), 0);
  EXPECT_EQ(directory.st_mode & 0777, 0700u);
  EXPECT_EQ(config.st_mode & 0777, 0600u);
}

TEST_F(StoreTest, LeavesNothingOfACreateThatFails) {
  EXPECT_FALSE(store_->Create(kId, Document("Name", "web"), {{"no/such/directory", "x"}},
                              os::Sync::kDurable));
  EXPECT_TRUE(std::filesystem::is_empty(Graph() + "/containers"));
}

TEST_F(StoreTest, RefusesAnIdThatIsThere) {
  ASSERT_OK(store_->Create(kId, Document("Name", "first"), {}, os::Sync::kDurable));
  EXPECT_FALSE(store_->Create(kId, Document("Name", "second"), {}, os::Sync::kDurable));
  const Store::Found found = Scan();
  ASSERT_THAT(Ids(found), ElementsAre(kId));
  EXPECT_EQ(found.entries[0].config, Document("Name", "first"));
}

TEST_F(StoreTest, ReplacesTheState) {
  ASSERT_OK(store_->Create(kId, Document("Name", "web"), {}, os::Sync::kDurable));
  ASSERT_OK(store_->WriteState(kId, Document("Status", "running"), os::Sync::kNone));
  ASSERT_OK(store_->WriteState(kId, Document("Status", "exited"), os::Sync::kDurable));
  const Store::Found found = Scan();
  ASSERT_THAT(Ids(found), ElementsAre(kId));
  EXPECT_EQ(found.entries[0].state, Document("Status", "exited"));
}

TEST_F(StoreTest, SaysThatAStateIsLostRatherThanThatThereWasNone) {
  ASSERT_OK(store_->Create(kId, Document("Name", "web"), {}, os::Sync::kDurable));
  Write(store_->DirectoryOf(kId) + "/state.json", "{\"Status\": \"run");
  const Store::Found found = Scan();
  ASSERT_THAT(Ids(found), ElementsAre(kId));
  EXPECT_FALSE(found.entries[0].state.has_value());
  EXPECT_TRUE(found.entries[0].state_lost);
}

TEST_F(StoreTest, ReadsAndRemovesAnExitRecord) {
  ASSERT_OK(store_->Create(kId, Document("Name", "web"), {}, os::Sync::kDurable));
  EXPECT_THAT(store_->ReadExitRecord(kId), IsErrorWith(Code::kNotFound, "exit"));
  Write(store_->DirectoryOf(kId) + "/exit", "isulad-exit 1 0 0 1\n");
  ASSERT_OK_AND_ASSIGN(const std::string text, store_->ReadExitRecord(kId));
  EXPECT_EQ(text, "isulad-exit 1 0 0 1\n");
  EXPECT_OK(store_->RemoveExitRecord(kId));
  EXPECT_THAT(store_->ReadExitRecord(kId), IsErrorWith(Code::kNotFound, "exit"));
  EXPECT_OK(store_->RemoveExitRecord(kId));
}

TEST_F(StoreTest, FindsAnExitRecordInTheSparePlace) {
  ASSERT_OK(store_->Create(kId, Document("Name", "web"), {}, os::Sync::kDurable));
  EXPECT_FALSE(store_->HasUnsavedEnd(kId));
  Write(store_->SpareExitRecordPath(kId), "isulad-exit 1 7 0 1\n");
  EXPECT_TRUE(store_->HasUnsavedEnd(kId));
  EXPECT_EQ(store_->ReadExitRecord(kId).value_or(""), "isulad-exit 1 7 0 1\n");
  EXPECT_OK(store_->RemoveExitRecord(kId));
  EXPECT_FALSE(store_->HasUnsavedEnd(kId));
}

TEST_F(StoreTest, KeepsAnEndThatCouldNotBeSaved) {
  ASSERT_OK(store_->Create(kId, Document("Name", "web"), {}, os::Sync::kDurable));
  std::filesystem::remove_all(Spare());
  EXPECT_OK(store_->KeepUnsavedEnd(kId, "isulad-exit 1 7 0 1\n"));
  EXPECT_EQ(store_->ReadExitRecord(kId).value_or(""), "isulad-exit 1 7 0 1\n");
  EXPECT_OK(store_->ForgetUnsavedEnd(kId));
  EXPECT_OK(store_->ForgetUnsavedEnd(kId));
  EXPECT_THAT(store_->ReadExitRecord(kId), IsErrorWith(Code::kNotFound, "exit"));
}

TEST_F(StoreTest, LeavesTheMonitorsOwnRecordAsTheOneThatCounts) {
  ASSERT_OK(store_->Create(kId, Document("Name", "web"), {}, os::Sync::kDurable));
  Write(store_->ExitRecordPath(kId), "isulad-exit 1 0 9 1\n");
  EXPECT_OK(store_->KeepUnsavedEnd(kId, "isulad-exit 1 137 0 1\n"));
  EXPECT_FALSE(store_->HasUnsavedEnd(kId));
  EXPECT_EQ(store_->ReadExitRecord(kId).value_or(""), "isulad-exit 1 0 9 1\n");
}

TEST_F(StoreTest, ForgetsUnsavedEndsOfContainersThatAreGone) {
  ASSERT_OK(store_->Create(kId, Document("Name", "web"), {}, os::Sync::kDurable));
  Write(store_->SpareExitRecordPath(kId), "isulad-exit 1 7 0 1\n");
  Write(store_->SpareExitRecordPath(kOther), "isulad-exit 1 7 0 1\n");
  Scan();
  EXPECT_TRUE(store_->HasUnsavedEnd(kId));
  EXPECT_FALSE(store_->HasUnsavedEnd(kOther));
  EXPECT_OK(store_->Retire(kId, os::Sync::kDurable));
  EXPECT_TRUE(std::filesystem::is_empty(Spare()));
}

TEST_F(StoreTest, RemovesAsOftenAsAsked) {
  ASSERT_OK(store_->Create(kId, Document("Name", "web"), {}, os::Sync::kDurable));
  EXPECT_OK(store_->Retire(kId, os::Sync::kDurable));
  EXPECT_OK(store_->Retire(kId, os::Sync::kNone));
  EXPECT_OK(store_->Clear(kId));
  EXPECT_TRUE(std::filesystem::is_empty(Graph() + "/containers"));
  EXPECT_OK(store_->Retire(kId, os::Sync::kDurable));
  EXPECT_OK(store_->Clear(kId));
}

TEST_F(StoreTest, FindsWhatWasRetiredUntilItIsCleared) {
  ASSERT_OK(store_->Create(kId, Document("Name", "web"), {}, os::Sync::kDurable));
  ASSERT_OK(store_->Retire(kId, os::Sync::kDurable));
  std::filesystem::create_directories(InContainers(".gone-" + kOther));
  const Store::Found found = Scan();
  EXPECT_THAT(Ids(found), IsEmpty());
  ASSERT_EQ(found.gone.size(), 2u);
  EXPECT_EQ(found.gone[0].id, kId);
  EXPECT_EQ(found.gone[0].config, Document("Name", "web"));
  EXPECT_EQ(found.gone[1].id, kOther);
  EXPECT_TRUE(found.gone[1].config.IsNull());
  EXPECT_OK(store_->Clear(kId));
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

TEST_F(StoreTest, RemembersWhatWasSetAsideEarlier) {
  ASSERT_OK(store_->Create(kOther, Document("Name", "db"), {}, os::Sync::kDurable));
  std::filesystem::remove(store_->DirectoryOf(kOther) + "/config.json");
  Scan();
  const Store::Found second = Scan();
  EXPECT_THAT(second.damaged, ElementsAre(kOther));
  EXPECT_THAT(second.notices, IsEmpty());
}

TEST_F(StoreTest, SetsAsideWhatTheCheckRefuses) {
  ASSERT_OK(store_->Create(kId, Document("Name", "web"), {}, os::Sync::kDurable));
  ASSERT_OK_AND_ASSIGN(const Store::Found found, store_->Scan([](const Store::Entry& entry) {
    return entry.config == Document("Name", "web") ? Status(InvalidArgument("not this one"))
                                                   : OkStatus();
  }));
  EXPECT_THAT(found.entries, IsEmpty());
  EXPECT_THAT(found.notices, ElementsAre(HasSubstr("not this one")));
}

TEST_F(StoreTest, LeavesAloneWhatIsNotOurs) {
  std::filesystem::create_directories(InContainers("lost+found"));
  std::filesystem::create_directory_symlink("/", InContainers(kId));
  const Store::Found found = Scan();
  EXPECT_THAT(found.entries, IsEmpty());
  EXPECT_TRUE(std::filesystem::exists(InContainers("lost+found")));
  EXPECT_TRUE(std::filesystem::exists("/"));
}

TEST(Store, OpensTheSameTreeAgain) {
  const test::TempDir dir;
  {
    ASSERT_OK_AND_ASSIGN(const auto store, OpenStore(dir.path(), dir.Sub("spare")));
    ASSERT_OK(store->Create(kId, Document("Name", "web"), {}, os::Sync::kDurable));
  }
  ASSERT_OK_AND_ASSIGN(const auto store, OpenStore(dir.path(), dir.Sub("spare")));
  ASSERT_OK_AND_ASSIGN(const Store::Found found, store->Scan(AnyConfig));
  EXPECT_EQ(found.entries.size(), 1u);
}

}  // namespace
}  // namespace isulad::store
