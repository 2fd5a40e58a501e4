#include "support/fakes/store_contract.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "support/result_matchers.h"
#include "utils/os/file.h"

namespace isulad::test {

using os::Sync;
using store::Store;

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kFirst(64, 'a');
const std::string kSecond(64, 'b');

json::Value Document(const std::string& key, const std::string& text) {
  json::Object object;
  object.Set(key, text);
  return object;
}

Status ReadsAll(const Store::Entry& /*entry*/) { return OkStatus(); }

std::vector<std::string> IdsOf(const std::vector<Store::Entry>& entries) {
  std::vector<std::string> ids;
  for (const Store::Entry& entry : entries) {
    ids.push_back(entry.id);
  }
  return ids;
}

std::string ParentOf(const std::string& path) { return path.substr(0, path.rfind('/')); }

}  // namespace

void StoreContract::Create(const std::string& id, const std::string& name) {
  ASSERT_OK(store().Create(id, Document("Name", name), {}, Sync::kNone));
}

void StoreContract::Write(const std::string& path, const std::string& text) {
  ASSERT_OK(os::WriteFileAtomic(path, text, 0600, Sync::kNone));
}

Store::Found StoreContract::Scan() {
  Result<Store::Found> found = store().Scan(ReadsAll);
  EXPECT_OK(found);
  return found ? *std::move(found) : Store::Found();
}

std::vector<std::string> StoreContract::NamesIn(const std::string& directory) {
  Result<std::vector<std::string>> names = os::ListDirectory(directory);
  EXPECT_OK(names);
  return names.value_or(std::vector<std::string>());
}

TEST_P(StoreContract, FindsNothingAtFirst) {
  const Store::Found found = Scan();
  EXPECT_THAT(found.entries, IsEmpty());
  EXPECT_THAT(found.gone, IsEmpty());
  EXPECT_THAT(found.damaged, IsEmpty());
  EXPECT_THAT(found.notices, IsEmpty());
  EXPECT_THAT(NamesIn(store().Directory()), IsEmpty());
}

TEST_P(StoreContract, FindsAgainWhatWasCreated) {
  ASSERT_OK(store().Create(kFirst, Document("Name", "web"), {{"hosts", "127.0.0.1 localhost\n"}},
                           Sync::kDurable));
  Create(kSecond, "db");
  const Store::Found found = Scan();
  ASSERT_THAT(IdsOf(found.entries), ElementsAre(kFirst, kSecond));
  EXPECT_EQ(found.entries[0].config, Document("Name", "web"));
  EXPECT_EQ(found.entries[1].config, Document("Name", "db"));
  EXPECT_FALSE(found.entries[0].state.has_value());
  EXPECT_FALSE(found.entries[0].state_lost);
  EXPECT_THAT(found.notices, IsEmpty());
  EXPECT_EQ(os::ReadFile(store().DirectoryOf(kFirst) + "/hosts").value_or(""),
            "127.0.0.1 localhost\n");
  EXPECT_THAT(NamesIn(store().Directory()), ElementsAre(kFirst, kSecond));
}

TEST_P(StoreContract, LeavesNothingOfACreateThatFails) {
  EXPECT_FALSE(store().Create(kFirst, Document("Name", "web"),
                              {{"hosts", "x"}, {"no/such/directory", "x"}}, Sync::kDurable));
  EXPECT_THAT(NamesIn(store().Directory()), IsEmpty());
  EXPECT_THAT(Scan().entries, IsEmpty());
  Create(kFirst, "web");
}

TEST_P(StoreContract, RefusesAnIdThatIsThere) {
  Create(kFirst, "first");
  Write(store().DirectoryOf(kFirst) + "/file", "kept");
  EXPECT_THAT(store().Create(kFirst, Document("Name", "second"), {}, Sync::kDurable),
              IsErrorWith(Code::kFailedPrecondition, kFirst));
  const Store::Found found = Scan();
  ASSERT_THAT(IdsOf(found.entries), ElementsAre(kFirst));
  EXPECT_EQ(found.entries[0].config, Document("Name", "first"));
  EXPECT_EQ(os::ReadFile(store().DirectoryOf(kFirst) + "/file").value_or(""), "kept");
  EXPECT_THAT(NamesIn(store().Directory()), ElementsAre(kFirst));
}

TEST_P(StoreContract, ReplacesConfigurationAndState) {
  Create(kFirst, "web");
  Create(kSecond, "db");
  ASSERT_OK(store().WriteState(kFirst, Document("Status", "running"), Sync::kNone));
  ASSERT_OK(store().WriteState(kFirst, Document("Status", "exited"), Sync::kDurable));
  ASSERT_OK(store().ReplaceConfig(kFirst, Document("Name", "new"), Sync::kDurable));
  const Store::Found found = Scan();
  ASSERT_THAT(IdsOf(found.entries), ElementsAre(kFirst, kSecond));
  EXPECT_EQ(found.entries[0].config, Document("Name", "new"));
  EXPECT_EQ(found.entries[0].state, Document("Status", "exited"));
  EXPECT_EQ(found.entries[1].config, Document("Name", "db"));
  EXPECT_FALSE(found.entries[1].state.has_value());
}

TEST_P(StoreContract, WritesNothingOfAContainerThatIsNotThere) {
  EXPECT_THAT(store().ReplaceConfig(kFirst, Document("Name", "web"), Sync::kNone),
              IsErrorWith(Code::kNotFound, kFirst));
  EXPECT_THAT(store().WriteState(kFirst, Document("Status", "running"), Sync::kNone),
              IsErrorWith(Code::kNotFound, kFirst));
  Create(kSecond, "web");
  ASSERT_OK(store().Retire(kSecond, Sync::kNone));
  EXPECT_THAT(store().WriteState(kSecond, Document("Status", "running"), Sync::kNone),
              IsErrorWith(Code::kNotFound, kSecond));
  EXPECT_THAT(Scan().entries, IsEmpty());
  EXPECT_FALSE(Scan().gone[0].state.has_value());
}

TEST_P(StoreContract, SaysThatAStateIsLostRatherThanThatThereWasNone) {
  Create(kFirst, "web");
  ASSERT_OK(store().WriteState(kFirst, Document("Status", "running"), Sync::kNone));
  world_->SpoilState(kFirst);
  const Store::Found found = Scan();
  ASSERT_THAT(IdsOf(found.entries), ElementsAre(kFirst));
  EXPECT_FALSE(found.entries[0].state.has_value());
  EXPECT_TRUE(found.entries[0].state_lost);
  ASSERT_OK(store().WriteState(kFirst, Document("Status", "exited"), Sync::kNone));
  EXPECT_EQ(Scan().entries[0].state, Document("Status", "exited"));
  EXPECT_FALSE(Scan().entries[0].state_lost);
}

TEST_P(StoreContract, ReadsAndRemovesAnExitRecord) {
  Create(kFirst, "web");
  EXPECT_THAT(store().ReadExitRecord(kFirst), IsErrorWith(Code::kNotFound, ""));
  EXPECT_EQ(ParentOf(store().ExitRecordPath(kFirst)), store().DirectoryOf(kFirst));
  Write(store().ExitRecordPath(kFirst), "isulad-exit 1 0 0 1\n");
  EXPECT_EQ(store().ReadExitRecord(kFirst).value_or(""), "isulad-exit 1 0 0 1\n");
  EXPECT_FALSE(store().HasUnsavedEnd(kFirst));
  EXPECT_OK(store().RemoveExitRecord(kFirst));
  EXPECT_THAT(store().ReadExitRecord(kFirst), IsErrorWith(Code::kNotFound, ""));
  EXPECT_OK(store().RemoveExitRecord(kFirst));
}

TEST_P(StoreContract, FindsAnExitRecordInTheSparePlace) {
  Create(kFirst, "web");
  EXPECT_FALSE(store().HasUnsavedEnd(kFirst));
  Write(store().SpareExitRecordPath(kFirst), "isulad-exit 1 7 0 1\n");
  EXPECT_TRUE(store().HasUnsavedEnd(kFirst));
  EXPECT_EQ(store().ReadExitRecord(kFirst).value_or(""), "isulad-exit 1 7 0 1\n");
  EXPECT_OK(store().RemoveExitRecord(kFirst));
  EXPECT_FALSE(store().HasUnsavedEnd(kFirst));
}

TEST_P(StoreContract, KeepsAnEndThatCouldNotBeSaved) {
  Create(kFirst, "web");
  std::filesystem::remove_all(ParentOf(store().SpareExitRecordPath(kFirst)));
  EXPECT_OK(store().KeepUnsavedEnd(kFirst, "isulad-exit 1 7 0 1\n"));
  EXPECT_OK(store().KeepUnsavedEnd(kFirst, "isulad-exit 1 8 0 1\n"));
  EXPECT_EQ(store().ReadExitRecord(kFirst).value_or(""), "isulad-exit 1 7 0 1\n");
  EXPECT_OK(store().ForgetUnsavedEnd(kFirst));
  EXPECT_OK(store().ForgetUnsavedEnd(kFirst));
  EXPECT_THAT(store().ReadExitRecord(kFirst), IsErrorWith(Code::kNotFound, ""));
}

TEST_P(StoreContract, LeavesTheMonitorsOwnRecordAsTheOneThatCounts) {
  Create(kFirst, "web");
  Write(store().ExitRecordPath(kFirst), "isulad-exit 1 0 9 1\n");
  EXPECT_OK(store().KeepUnsavedEnd(kFirst, "isulad-exit 1 137 0 1\n"));
  EXPECT_FALSE(store().HasUnsavedEnd(kFirst));
  EXPECT_EQ(store().ReadExitRecord(kFirst).value_or(""), "isulad-exit 1 0 9 1\n");
}

TEST_P(StoreContract, ForgetsUnsavedEndsOfContainersThatAreGone) {
  Create(kFirst, "web");
  Write(store().SpareExitRecordPath(kFirst), "isulad-exit 1 7 0 1\n");
  Write(store().SpareExitRecordPath(kSecond), "isulad-exit 1 7 0 1\n");
  Scan();
  EXPECT_TRUE(store().HasUnsavedEnd(kFirst));
  EXPECT_FALSE(store().HasUnsavedEnd(kSecond));
  EXPECT_OK(store().Retire(kFirst, Sync::kDurable));
  EXPECT_FALSE(store().HasUnsavedEnd(kFirst));
}

TEST_P(StoreContract, FindsWhatWasRetiredUntilItIsCleared) {
  Create(kFirst, "web");
  Create(kSecond, "db");
  ASSERT_OK(store().WriteState(kFirst, Document("Status", "exited"), Sync::kNone));
  ASSERT_OK(store().Retire(kFirst, Sync::kDurable));
  EXPECT_FALSE(os::PathExists(store().DirectoryOf(kFirst)));
  const Store::Found found = Scan();
  EXPECT_THAT(IdsOf(found.entries), ElementsAre(kSecond));
  ASSERT_THAT(IdsOf(found.gone), ElementsAre(kFirst));
  EXPECT_EQ(found.gone[0].config, Document("Name", "web"));
  EXPECT_EQ(found.gone[0].state, Document("Status", "exited"));
  EXPECT_OK(store().Clear(kFirst));
  EXPECT_THAT(Scan().gone, IsEmpty());
  EXPECT_THAT(NamesIn(store().Directory()), ElementsAre(kSecond));
}

TEST_P(StoreContract, RemovesAsOftenAsAsked) {
  Create(kFirst, "web");
  Write(store().DirectoryOf(kFirst) + "/log.json", "of another module");
  EXPECT_OK(store().Retire(kFirst, Sync::kDurable));
  EXPECT_OK(store().Retire(kFirst, Sync::kNone));
  EXPECT_OK(store().Clear(kFirst));
  EXPECT_THAT(NamesIn(store().Directory()), IsEmpty());
  EXPECT_OK(store().Retire(kFirst, Sync::kDurable));
  EXPECT_OK(store().Clear(kFirst));
}

TEST_P(StoreContract, ClearsNothingThatWasNotRetired) {
  Create(kFirst, "web");
  EXPECT_OK(store().Clear(kFirst));
  EXPECT_THAT(IdsOf(Scan().entries), ElementsAre(kFirst));
  EXPECT_TRUE(os::PathExists(store().DirectoryOf(kFirst)));
}

TEST_P(StoreContract, TakesTheIdOfARetiredContainer) {
  Create(kFirst, "old");
  ASSERT_OK(store().Retire(kFirst, Sync::kNone));
  Create(kFirst, "new");
  const Store::Found found = Scan();
  ASSERT_THAT(IdsOf(found.entries), ElementsAre(kFirst));
  EXPECT_EQ(found.entries[0].config, Document("Name", "new"));
  ASSERT_THAT(IdsOf(found.gone), ElementsAre(kFirst));
  EXPECT_EQ(found.gone[0].config, Document("Name", "old"));
  ASSERT_OK(store().Clear(kFirst));
  EXPECT_TRUE(os::PathExists(store().DirectoryOf(kFirst)));
}

TEST_P(StoreContract, SetsAsideWhatTheCheckRefusesAndRemembersIt) {
  Create(kFirst, "web");
  Create(kSecond, "db");
  ASSERT_OK_AND_ASSIGN(const Store::Found found, store().Scan([](const Store::Entry& entry) {
    return entry.config == Document("Name", "web") ? Status(InvalidArgument("not this one"))
                                                   : OkStatus();
  }));
  EXPECT_THAT(IdsOf(found.entries), ElementsAre(kSecond));
  EXPECT_THAT(found.damaged, ElementsAre(kFirst));
  EXPECT_THAT(found.notices, ElementsAre(HasSubstr("not this one")));
  const Store::Found later = Scan();
  EXPECT_THAT(IdsOf(later.entries), ElementsAre(kSecond));
  EXPECT_THAT(later.damaged, ElementsAre(kFirst));
  EXPECT_THAT(later.notices, IsEmpty());
}

TEST_P(StoreContract, IsFoundTheSameByTheNextDaemon) {
  Create(kFirst, "web");
  Create(kSecond, "db");
  ASSERT_OK(store().WriteState(kFirst, Document("Status", "exited"), Sync::kNone));
  ASSERT_OK(store().KeepUnsavedEnd(kFirst, "isulad-exit 1 7 0 1\n"));
  ASSERT_OK(store().Retire(kSecond, Sync::kNone));
  const std::string directory = store().DirectoryOf(kFirst);
  world_->Reopen();
  EXPECT_EQ(store().DirectoryOf(kFirst), directory);
  const Store::Found found = Scan();
  ASSERT_THAT(IdsOf(found.entries), ElementsAre(kFirst));
  EXPECT_EQ(found.entries[0].state, Document("Status", "exited"));
  EXPECT_THAT(IdsOf(found.gone), ElementsAre(kSecond));
  EXPECT_TRUE(store().HasUnsavedEnd(kFirst));
}

}  // namespace isulad::test
