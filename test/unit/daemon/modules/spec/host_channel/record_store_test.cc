#include "daemon/modules/spec/host_channel/record_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::host_channel {
namespace {

using isulad::test::TempDir;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

Record MakeRecord(char digit) {
  Record record;
  record.id = std::string(64, digit);
  record.host_path = std::string("/h") + digit;
  record.size = 4096;
  record.owners = {{{"owner", "web"}, "/c", Access::kReadWrite, 0}};
  return record;
}

class RecordStoreTest : public testing::Test {
 protected:
  RecordStoreTest() : store_(*RecordStore::Open(directory_)) {}

  std::vector<std::string> Names() const { return *os::ListDirectory(directory_); }
  RecordStore::Loaded Load() { return *store_.Load(); }
  void Damage(const Record& record, const std::string& text) {
    EXPECT_OK(os::WriteFileAtomic(directory_ + "/" + record.id + "/channel.json", text, 0600,
                                  os::Sync::kNone));
  }

  TempDir temp_;
  const std::string directory_ = temp_.Sub("channels");
  RecordStore store_;
};

TEST_F(RecordStoreTest, IsEmptyAtFirst) {
  EXPECT_THAT(Load().records, IsEmpty());
  EXPECT_THAT(Load().notices, IsEmpty());
}

TEST_F(RecordStoreTest, LoadsWhatWasCreated) {
  ASSERT_OK(store_.Create({MakeRecord('a'), MakeRecord('b')}));
  EXPECT_THAT(Load().records, UnorderedElementsAre(MakeRecord('a'), MakeRecord('b')));
}

TEST_F(RecordStoreTest, LeavesNothingOfACreateThatFails) {
  Record unwritable = MakeRecord('b');
  unwritable.id = "missing/" + unwritable.id;
  EXPECT_FALSE(store_.Create({MakeRecord('a'), unwritable}));
  EXPECT_THAT(Names(), IsEmpty());
}

TEST_F(RecordStoreTest, RemembersFlags) {
  Record record = MakeRecord('a');
  ASSERT_OK(store_.Create({record}));
  ASSERT_OK(store_.Raise(record.id, RecordStore::Flag::kStarted));
  record.started = true;
  EXPECT_THAT(Load().records, ElementsAre(record));
  ASSERT_OK(store_.Raise(record.id, RecordStore::Flag::kRemoving));
  ASSERT_OK(store_.Raise(record.id, RecordStore::Flag::kRemoving));
  record.removing = true;
  EXPECT_THAT(Load().records, ElementsAre(record));
}

TEST_F(RecordStoreTest, ForgetsLoweredFlag) {
  const Record record = MakeRecord('a');
  ASSERT_OK(store_.Create({record}));
  ASSERT_OK(store_.Raise(record.id, RecordStore::Flag::kStarted));
  ASSERT_OK(store_.Lower(record.id, RecordStore::Flag::kStarted));
  ASSERT_OK(store_.Lower(record.id, RecordStore::Flag::kStarted));
  EXPECT_THAT(Load().records, ElementsAre(record));
}

TEST_F(RecordStoreTest, ReplacesWithoutTouchingFlags) {
  Record record = MakeRecord('a');
  ASSERT_OK(store_.Create({record}));
  ASSERT_OK(store_.Raise(record.id, RecordStore::Flag::kStarted));
  record.started = true;
  record.identities = {"one", "two"};
  ASSERT_OK(store_.Replace(record, os::Sync::kDurable));
  EXPECT_THAT(Load().records, ElementsAre(record));
}

TEST_F(RecordStoreTest, DeletesRepeatedly) {
  const Record record = MakeRecord('a');
  ASSERT_OK(store_.Create({record}));
  ASSERT_OK(store_.Raise(record.id, RecordStore::Flag::kStarted));
  ASSERT_OK(store_.Delete(record.id));
  ASSERT_OK(store_.Delete(record.id));
  EXPECT_THAT(Names(), IsEmpty());
}

TEST_F(RecordStoreTest, SetsDamagedRecordsAsideAndServesTheOthers) {
  for (const std::string text : {"{", "[]", "{\"Version\": 99}"}) {
    ASSERT_OK(store_.Create({MakeRecord('a'), MakeRecord('b')}));
    Damage(MakeRecord('a'), text);
    const RecordStore::Loaded loaded = Load();
    EXPECT_THAT(loaded.records, ElementsAre(MakeRecord('b')));
    EXPECT_THAT(loaded.notices, ElementsAre(HasSubstr("has been set aside as")));
    EXPECT_THAT(Names(), UnorderedElementsAre(MakeRecord('a').id + ".damaged", MakeRecord('b').id));
    EXPECT_THAT(Load().notices, IsEmpty()) << "said once";
    ASSERT_OK(os::RemoveTree(directory_ + "/" + MakeRecord('a').id + ".damaged"));
    ASSERT_OK(store_.Delete(MakeRecord('b').id));
  }
}

TEST_F(RecordStoreTest, ClearsAwayWhatInterruptedCallsLeft) {
  const Record record = MakeRecord('a');
  ASSERT_OK(os::MakeDirectories(directory_ + "/" + record.id, 0700));
  ASSERT_OK(store_.Raise(record.id, RecordStore::Flag::kRemoving));
  EXPECT_THAT(Load().records, IsEmpty());
  EXPECT_THAT(Names(), IsEmpty());
}

TEST_F(RecordStoreTest, ClearsAwayRecordThatAPowerCutLeftEmpty) {
  ASSERT_OK(store_.Create({MakeRecord('a')}));
  Damage(MakeRecord('a'), "");
  EXPECT_THAT(Load().notices, IsEmpty());
  EXPECT_THAT(Names(), IsEmpty());
}

TEST_F(RecordStoreTest, LeavesForeignNamesAlone) {
  ASSERT_OK(os::MakeDirectories(directory_ + "/notes", 0700));
  EXPECT_THAT(Load().notices, IsEmpty());
  EXPECT_THAT(Names(), ElementsAre("notes"));
}

}  // namespace
}  // namespace isulad::host_channel
