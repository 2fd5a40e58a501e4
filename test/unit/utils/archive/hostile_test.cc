// What comes from a container, or from anybody's archive, and must not reach beyond its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "unit/utils/archive/recorder.h"
#include "utils/archive/pack.h"
#include "utils/archive/receive.h"
#include "utils/archive/source.h"

namespace isulad::archive {
namespace {

using test::IsErrorWith;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class HostileTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(::mkdir(place_.c_str(), 0755), 0);
    ASSERT_EQ(::mkdir(outside_.c_str(), 0755), 0);
    WriteText(outside_ + "/secret", "untouched");
  }
  // Nothing has come to it, and nothing of it has changed.
  void ExpectOutsideUntouched() const {
    EXPECT_EQ(ReadText(outside_ + "/secret"), "untouched");
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(outside_)) {
      names.push_back(entry.path().filename());
    }
    EXPECT_THAT(names, ElementsAre("secret"));
    struct stat status = {};
    EXPECT_EQ(::stat((outside_ + "/secret").c_str(), &status), 0);
    EXPECT_EQ(status.st_nlink, 1U);
    EXPECT_EQ(status.st_mode & 07777, 0644U);
  }
  std::vector<std::string> NamesInPlace() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(place_)) {
      names.push_back(entry.path().filename());
    }
    return names;
  }
  Unpacker MakeUnpacker(bool archive = false) {
    return Unpacker(IntoDirectory(place_), {archive}, [this](std::string_view line) {
      notices_.emplace_back(line);
      return OkStatus();
    });
  }

  test::TempDir directory_;
  const std::string place_ = directory_.Sub("place");
  const std::string outside_ = directory_.Sub("outside");
  std::vector<std::string> notices_;
};

TEST_F(HostileTest, WritesThroughNoLinkThatTheArchiveMade) {
  Unpacker unpacker = MakeUnpacker();
  ASSERT_OK(unpacker.OnEntry(MakeEntry(Type::kSymbolicLink, "link", outside_)));
  EXPECT_THAT(unpacker.OnEntry(MakeFile("link/secret", 1)),
              IsErrorWith(Code::kFailedPrecondition, "symbolic link"));
  EXPECT_THAT(unpacker.OnEntry(MakeEntry(Type::kDirectory, "link")),
              IsErrorWith(Code::kFailedPrecondition, "symbolic link"));
  EXPECT_THAT(unpacker.OnEntry(MakeEntry(Type::kHardLink, "here", "link/secret")),
              IsErrorWith(Code::kFailedPrecondition, "symbolic link"));
  ExpectOutsideUntouched();
}

TEST_F(HostileTest, WritesThroughNoLinkThatWasThere) {
  ASSERT_EQ(::symlink(outside_.c_str(), (place_ + "/link").c_str()), 0);
  Unpacker unpacker = MakeUnpacker();
  EXPECT_THAT(unpacker.OnEntry(MakeFile("link/x/y", 1)),
              IsErrorWith(Code::kFailedPrecondition, "symbolic link"));
  ExpectOutsideUntouched();
}

TEST_F(HostileTest, ReplacesLinksAndDoesNotWriteToWhatTheyName) {
  const std::string secret = outside_ + "/secret";
  ASSERT_EQ(::symlink(secret.c_str(), (place_ + "/link").c_str()), 0);
  Unpacker unpacker = MakeUnpacker();
  ASSERT_OK(unpacker.OnEntry(MakeFile("link", 3)));
  ASSERT_OK(unpacker.OnData(0, "new"));
  ASSERT_OK(unpacker.OnEntry(MakeEntry(Type::kSymbolicLink, "other", secret)));
  ASSERT_OK(unpacker.OnEntry(MakeFile("other", 3)));
  ASSERT_OK(unpacker.OnData(0, "two"));
  ASSERT_OK(unpacker.OnEnd());
  EXPECT_EQ(ReadText(place_ + "/link"), "new");
  EXPECT_EQ(ReadText(place_ + "/other"), "two");
  ExpectOutsideUntouched();
}

TEST_F(HostileTest, WritesToNoFileThatIsLinkedElsewhere) {
  ASSERT_EQ(::link((outside_ + "/secret").c_str(), (place_ + "/hard").c_str()), 0);
  Unpacker unpacker = MakeUnpacker();
  ASSERT_OK(unpacker.OnEntry(MakeFile("hard", 3)));
  ASSERT_OK(unpacker.OnData(0, "new"));
  ASSERT_OK(unpacker.OnEnd());
  EXPECT_EQ(ReadText(place_ + "/hard"), "new");
  ExpectOutsideUntouched();
}

TEST_F(HostileTest, ADirectoryIsNotReplacedNorAFileByADirectory) {
  ASSERT_EQ(::mkdir((place_ + "/dir").c_str(), 0755), 0);
  WriteText(place_ + "/file", "x");
  Unpacker unpacker = MakeUnpacker();
  EXPECT_THAT(unpacker.OnEntry(MakeFile("dir", 0)),
              IsErrorWith(Code::kFailedPrecondition, "is a directory"));
  EXPECT_THAT(unpacker.OnEntry(MakeEntry(Type::kSymbolicLink, "dir", "x")),
              IsErrorWith(Code::kFailedPrecondition, "is a directory"));
  EXPECT_FALSE(unpacker.OnEntry(MakeEntry(Type::kDirectory, "file")));
  EXPECT_EQ(ReadText(place_ + "/file"), "x");
}

TEST_F(HostileTest, DevicesAreLeftOutAndSaid) {
  Unpacker unpacker = MakeUnpacker();
  ASSERT_OK(unpacker.OnEntry(MakeEntry(Type::kBlockDevice, "disk")));
  EXPECT_THAT(notices_, ElementsAre(HasSubstr("a device")));
  EXPECT_NE(::access((place_ + "/disk").c_str(), F_OK), 0);
}

TEST_F(HostileTest, DataThatDoesNotFitIsRefusedAndHalfAFileRemoved) {
  {
    Unpacker unpacker = MakeUnpacker();
    EXPECT_THAT(unpacker.OnData(0, "x"), IsErrorWith(Code::kDataLoss, "without a file"));
    ASSERT_OK(unpacker.OnEntry(MakeFile("file", 10)));
    EXPECT_THAT(unpacker.OnData(5, "123456"), IsErrorWith(Code::kDataLoss, "longer"));
    EXPECT_THAT(unpacker.OnData(~uint64_t{0}, "1"), IsErrorWith(Code::kDataLoss, "longer"));
    ASSERT_OK(unpacker.OnData(0, "123"));
  }
  EXPECT_THAT(NamesInPlace(), IsEmpty()) << "the copy has not come to its end";
}

TEST_F(HostileTest, WhatIsReplacedStandsUntilTheNewOneIsWhole) {
  WriteText(place_ + "/file", "old");
  {
    Unpacker unpacker = MakeUnpacker();
    ASSERT_OK(unpacker.OnEntry(MakeFile("file", 10)));
    ASSERT_OK(unpacker.OnData(0, "new"));
    EXPECT_EQ(ReadText(place_ + "/file"), "old");
  }
  EXPECT_EQ(ReadText(place_ + "/file"), "old");
  EXPECT_THAT(NamesInPlace(), ElementsAre("file"));
  Unpacker unpacker = MakeUnpacker();
  const std::string longest(255, 'n');
  ASSERT_OK(unpacker.OnEntry(MakeFile("file", 3)));
  ASSERT_OK(unpacker.OnData(0, "new"));
  ASSERT_OK(unpacker.OnEntry(MakeFile(longest, 0)));
  EXPECT_EQ(ReadText(place_ + "/file"), "new");
  ASSERT_OK(unpacker.OnEnd());
  EXPECT_THAT(NamesInPlace(), UnorderedElementsAre("file", longest));
}

TEST_F(HostileTest, LinksAndFifosReplaceWhatIsThereToo) {
  WriteText(place_ + "/file", "text");
  for (const char* name : {"link", "hard", "fifo"}) {
    WriteText(place_ + "/" + name, "old");
  }
  Unpacker unpacker = MakeUnpacker();
  for (int i = 0; i < 2; ++i) {  // the second time they are there
    ASSERT_OK(unpacker.OnEntry(MakeEntry(Type::kSymbolicLink, "link", "file")));
    ASSERT_OK(unpacker.OnEntry(MakeEntry(Type::kHardLink, "hard", "file")));
    ASSERT_OK(unpacker.OnEntry(MakeEntry(Type::kFifo, "fifo")));
  }
  ASSERT_OK(unpacker.OnEnd());
  EXPECT_THAT(NamesInPlace(), UnorderedElementsAre("file", "link", "hard", "fifo"));
  EXPECT_TRUE(std::filesystem::is_symlink(place_ + "/link"));
  EXPECT_TRUE(std::filesystem::is_fifo(place_ + "/fifo"));
  EXPECT_TRUE(std::filesystem::equivalent(place_ + "/hard", place_ + "/file"));
}

TEST_F(HostileTest, LinksToWhatWasLeftOutAreLeftOut) {
  WriteText(place_ + "/hard", "old");
  Unpacker unpacker = MakeUnpacker();
  ASSERT_OK(unpacker.OnEntry(MakeEntry(Type::kCharacterDevice, "device")));
  ASSERT_OK(unpacker.OnEntry(MakeEntry(Type::kHardLink, "hard", "device")));
  ASSERT_OK(unpacker.OnEntry(MakeEntry(Type::kHardLink, "other", "none/device")));
  ASSERT_OK(unpacker.OnEntry(MakeFile("file", 0)));
  ASSERT_OK(unpacker.OnEnd());
  EXPECT_THAT(notices_, ElementsAre(HasSubstr("a device"), HasSubstr("is not there"),
                                    HasSubstr("is not there")));
  EXPECT_THAT(NamesInPlace(), UnorderedElementsAre("file", "hard"));
  EXPECT_EQ(ReadText(place_ + "/hard"), "old");
}

// As a container's /etc/hosts.
TEST_F(HostileTest, AFileThatIsMountedIsWrittenInPlace) {
  test::RunInMountNamespace([this] {
    const std::string source = directory_.Sub("source");
    const std::string target = place_ + "/mounted";
    WriteText(target, "");
    WriteText(source, "longer than what comes");
    ASSERT_EQ(::mount(source.c_str(), target.c_str(), nullptr, MS_BIND, nullptr), 0);
    Unpacker unpacker = MakeUnpacker();
    EXPECT_OK(unpacker.OnEntry(MakeFile("mounted", 3)));
    EXPECT_OK(unpacker.OnData(0, "new"));
    EXPECT_THAT(unpacker.OnEntry(MakeEntry(Type::kSymbolicLink, "mounted", "x")),
                test::IsErrno(EBUSY));
    EXPECT_OK(unpacker.OnEnd());
    EXPECT_EQ(ReadText(source), "new");
    EXPECT_THAT(NamesInPlace(), ElementsAre("mounted"));
  });
}

TEST_F(HostileTest, LinksThatLeadToThemselvesDoNotHang) {
  Unpacker unpacker = MakeUnpacker();
  ASSERT_OK(unpacker.OnEntry(MakeEntry(Type::kSymbolicLink, "loop", "loop")));
  EXPECT_FALSE(unpacker.OnEntry(MakeFile("loop/x", 0)));
  EXPECT_THAT(unpacker.OnEntry(MakeEntry(Type::kHardLink, "a", "a")),
              IsErrorWith(Code::kDataLoss, "itself"));
}

TEST_F(HostileTest, NothingBeginsWithoutASource) {
  Receiver receiver({}, place_, {}, [](std::string_view) { return OkStatus(); });
  EXPECT_THAT(receiver.OnEntry(MakeFile("x", 0)), IsErrorWith(Code::kDataLoss, "no beginning"));
  ASSERT_OK(receiver.OnSource({"x", false, false, false, 0}));
  EXPECT_FALSE(receiver.OnSource({"x", false, false, false, 0}));
}

TEST_F(HostileTest, MayNotNameAPlaceByNothing) {
  Unpacker unpacker = MakeUnpacker();
  EXPECT_THAT(unpacker.OnEntry(MakeFile("", 0)), IsErrorWith(Code::kDataLoss, "no name"));
}

// Swaps `path` for a link to `target` and back, over and over.
class Swapper {
 public:
  Swapper(std::string path, std::string target)
      : path_(std::move(path)), target_(std::move(target)), thread_([this] { Run(); }) {}
  ~Swapper() {
    stop_ = true;
    thread_.join();
  }

 private:
  void Run() {
    const std::string aside = path_ + ".aside";
    while (!stop_) {
      if (::rename(path_.c_str(), aside.c_str()) == 0) {
        static_cast<void>(::symlink(target_.c_str(), path_.c_str()));
        ::unlink(path_.c_str());
        ::rename(aside.c_str(), path_.c_str());
      }
    }
  }

  const std::string path_;
  const std::string target_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

constexpr int kRounds = 2000;

TEST_F(HostileTest, ADirectoryThatIsSwappedWhileItIsWrittenToLeadsNowhere) {
  ASSERT_EQ(::mkdir((place_ + "/dir").c_str(), 0755), 0);
  const Swapper swapper(place_ + "/dir", outside_);
  for (int i = 0; i < kRounds; ++i) {
    Unpacker unpacker = MakeUnpacker();
    if (unpacker.OnEntry(MakeEntry(Type::kDirectory, "dir")) &&
        unpacker.OnEntry(MakeFile("dir/secret", 3)) && unpacker.OnData(0, "bad")) {
      IgnoreError(unpacker.OnEnd());  // whatever it comes to
    }
  }
  ExpectOutsideUntouched();
}

TEST_F(HostileTest, ADirectoryThatIsSwappedWhileItIsReadShowsNothing) {
  ASSERT_EQ(::mkdir((place_ + "/dir").c_str(), 0755), 0);
  WriteText(place_ + "/dir/secret", "inside");
  ASSERT_OK_AND_ASSIGN(const os::UniqueFd descriptors, OpenDescriptors());
  const os::UniqueFd root = IntoDirectory(place_).directory;
  const Swapper swapper(place_ + "/dir", outside_);
  for (int i = 0; i < kRounds; ++i) {
    Recorder recorder;
    const Result<FoundSource> found = FindSource({root.get()}, "/dir/secret", false);
    if (found && Pack(found->fd.get(), {descriptors.get(), false}, recorder)) {
      EXPECT_EQ(recorder.data[""], "inside");
    }
    Recorder whole;
    IgnoreError(Pack(root.get(), {descriptors.get(), false}, whole));  // names come and go
    for (const auto& [path, text] : whole.data) {
      EXPECT_EQ(text, "inside") << path;
    }
  }
}

}  // namespace
}  // namespace isulad::archive
