// What a journal makes of files that a crash, a full disk or somebody else has left.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <csignal>

#include "daemon/modules/events/event_line.h"
#include "daemon/modules/events/segment.h"
#include "journal_fixture.h"

namespace isulad::events {
namespace {

const std::string kFirst = "00000000000000000001.jsonl";

TEST_F(JournalTest, BeginsAFileAtOnce) {
  Open();
  EXPECT_EQ(Files(), std::vector<std::string>{kFirst});
  EXPECT_EQ(Text(kFirst), "{\"Version\":1,\"Since\":1000}\n");
  EXPECT_EQ(journal_->CompleteSince(), Timestamp{1000});
}

TEST_F(JournalTest, PassesOverALineThatWasCutShortAndGoesOnBehindIt) {
  Open();
  Publish("a");
  Publish("b");
  journal_.reset();
  const std::string whole = Text(kFirst);
  // Whatever the length of what is left of the last line.
  const size_t last = whole.rfind('\n', whole.size() - 2) + 1;
  for (size_t length = last; length < whole.size(); ++length) {
    ASSERT_OK(os::WriteFileAtomic(Directory() + "/" + kFirst, whole.substr(0, length), 0600,
                                  os::Sync::kNone));
    Open();
    Publish("c");
    // A whole event that lacks but its newline is no loss.
    const std::string wanted = length == whole.size() - 1 ? "a b c " : "a c ";
    EXPECT_EQ(AllNames(), wanted) << length;
    Open();
    EXPECT_EQ(AllNames(), wanted) << length;
  }
}

TEST_F(JournalTest, PassesOverForeignAndDamagedLines) {
  Open();
  Publish("a");
  Append(kFirst, "junk\n{\"Seq\":1}\n" + std::string(100, '\0') + "\n");
  Open();
  Publish("b");
  EXPECT_EQ(AllNames(), "a b ");
}

TEST_F(JournalTest, PassesOverALineThatIsLongerThanAnyOfOurs) {
  Open();
  Publish("a");
  Append(kFirst, std::string(3 * kMaxLineBytes, 'x') + "\n");
  Open();
  Publish("b");
  EXPECT_EQ(AllNames(), "a b ");
}

TEST_F(JournalTest, RemovesAFileThatWasCutShortInItsHeader) {
  for (const std::string& text : {std::string(), std::string("{\"Vers"), std::string(40, '\0')}) {
    Open();
    journal_.reset();
    ASSERT_OK(os::WriteFileAtomic(Directory() + "/" + SegmentName(2), text, 0600, os::Sync::kNone));
    Open();
    EXPECT_EQ(Files(), std::vector<std::string>{kFirst});
    EXPECT_EQ(journal_->CompleteSince(), Timestamp{1000});
  }
}

TEST_F(JournalTest, LeavesAFileOfAnotherVersionAloneAndBeginsItsOwn) {
  Open();
  Publish("a");
  journal_.reset();
  const std::string other = "{\"Version\":2,\"Since\":5}\n";
  ASSERT_OK(os::WriteFileAtomic(Directory() + "/" + SegmentName(2), other, 0600, os::Sync::kNone));
  Open({.segments = 3});
  Publish("b");
  EXPECT_EQ(AllNames(), "a (1 missed) b ");  // its number is passed over
  EXPECT_EQ(Text(SegmentName(2)), other);
  Open({.segments = 3});
  EXPECT_EQ(AllNames(), "a (1 missed) b ");
  // Of what came before it, nobody knows how much is missing.
  EXPECT_EQ(journal_->CompleteSince(), Timestamp{1000});
}

TEST_F(JournalTest, IsCompleteSinceItsOldestFileWasBegun) {
  Open({.segment_bytes = 1, .segments = 2});
  for (int i = 0; i < 5; ++i) {
    clock_.Advance(std::chrono::nanoseconds(10));
    Publish(std::to_string(i));  // each in a file of its own
  }
  EXPECT_EQ(journal_->CompleteSince(), Timestamp{1040});
  Open();
  EXPECT_EQ(AllNames(), "3 4 ");
  EXPECT_EQ(journal_->CompleteSince(), Timestamp{1040});
}

TEST_F(JournalTest, IgnoresFilesWithOtherNames) {
  Open();
  Append("README", "x");
  Append("1.jsonl", "x");
  Append("0000000000000000000x.jsonl", "x");
  Open();
  Publish("a");
  EXPECT_EQ(AllNames(), "a ");
}

TEST_F(JournalTest, AFileThatSomebodyDeletedIsAGap) {
  Open({.memory_bytes = 1});
  const auto reader = Read({});
  for (const char* name : {"a", "b", "c"}) {
    Publish(name);
  }
  ASSERT_EQ(::unlink((Directory() + "/" + kFirst).c_str()), 0);
  EXPECT_EQ(Names(*reader), "(2 missed) c ");
  Publish("d");
  EXPECT_EQ(Names(*reader), "d ");
}

// Lets files grow to so many bytes only, as a full disk would.
class ScopedFileLimit {
 public:
  explicit ScopedFileLimit(rlim_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit = {bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~ScopedFileLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, SIG_DFL);
  }

 private:
  rlimit before_ = {};
};

TEST_F(JournalTest, OnAFullDiskThoseThatListenHearOfItAllTheSame) {
  Open();
  Publish("a");
  auto listening = Read({});
  {
    // Half of the next line fits.
    const ScopedFileLimit full(Text(kFirst).size() + 50);
    EXPECT_FALSE(journal_->Publish(Named("b")));
    EXPECT_FALSE(journal_->Publish(Named("c")));
    EXPECT_EQ(Names(*listening), "b c ");
  }
  Publish("d");
  EXPECT_EQ(Names(*listening), "d ");
  listening.reset();  // before its journal
  Open();
  EXPECT_EQ(AllNames(), "(2 missed) a d ");
}

TEST_F(JournalTest, OnAFullDiskTheNextFileIsBegunWhenThereIsRoomAgain) {
  {
    const ScopedFileLimit full(0);
    Open();
    EXPECT_TRUE(Files().empty());
    EXPECT_FALSE(journal_->Publish(Named("a")));
  }
  Publish("b");
  EXPECT_EQ(Files(), std::vector<std::string>{SegmentName(2)});
  Open();
  EXPECT_EQ(AllNames(), "b ");
}

}  // namespace
}  // namespace isulad::events
