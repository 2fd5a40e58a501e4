// Trees that are read, and made again as they were.
#include "utils/archive/pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cstring>
#include <string>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "unit/utils/archive/recorder.h"
#include "utils/archive/extents.h"
#include "utils/archive/source.h"
#include "utils/archive/tree.h"

namespace isulad::archive {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

struct stat StatOf(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status;
}

class PackTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(::mkdir(from_.c_str(), 0750), 0); }

  void PackTo(Sink& sink) const {
    ASSERT_OK_AND_ASSIGN(const os::UniqueFd descriptors, OpenDescriptors());
    ASSERT_OK_AND_ASSIGN(const FoundSource found, FindSource({}, from_, false));
    ASSERT_OK(Pack(found.fd.get(), {descriptors.get(), false}, sink));
    ASSERT_OK(sink.OnEnd());
  }
  void Copy() {
    Destination destination = IntoDirectory(directory_.path());
    destination.name = "to";
    Unpacker unpacker(std::move(destination), {}, [this](std::string_view line) {
      notices_.emplace_back(line);
      return OkStatus();
    });
    PackTo(unpacker);
  }

  test::TempDir directory_;
  const std::string from_ = directory_.Sub("from");
  const std::string to_ = directory_.Sub("to");
  std::vector<std::string> notices_;
};

TEST_F(PackTest, CopiesFilesDirectoriesAndLinks) {
  ASSERT_EQ(::mkdir((from_ + "/a").c_str(), 0700), 0);
  WriteText(from_ + "/a/file", "text");
  WriteText(from_ + "/odd \n \xff", "");
  ASSERT_EQ(::chmod((from_ + "/a/file").c_str(), 0421), 0);
  ASSERT_EQ(::symlink("/nowhere", (from_ + "/link").c_str()), 0);
  ASSERT_EQ(::link((from_ + "/a/file").c_str(), (from_ + "/hard").c_str()), 0);
  ASSERT_EQ(::mkfifo((from_ + "/fifo").c_str(), 0600), 0);
  const timespec times[2] = {{1, 0}, {1234567890, 123456789}};
  for (const char* name : {"/a/file", "/link", "/a", ""}) {
    ASSERT_EQ(::utimensat(AT_FDCWD, (from_ + name).c_str(), times, AT_SYMLINK_NOFOLLOW), 0);
  }
  Copy();
  EXPECT_EQ(ReadText(to_ + "/a/file"), "text");
  EXPECT_EQ(ReadText(to_ + "/hard"), "text");
  EXPECT_EQ(StatOf(to_ + "/hard").st_ino, StatOf(to_ + "/a/file").st_ino);
  EXPECT_EQ(StatOf(to_ + "/odd \n \xff").st_size, 0);
  EXPECT_EQ(StatOf(to_ + "/a/file").st_mode & 07777, 0421U);
  EXPECT_EQ(StatOf(to_).st_mode & 07777, 0750U);
  EXPECT_TRUE(S_ISLNK(StatOf(to_ + "/link").st_mode));
  EXPECT_TRUE(S_ISFIFO(StatOf(to_ + "/fifo").st_mode));
  for (const char* name : {"/a/file", "/link", "/a", ""}) {
    EXPECT_EQ(StatOf(to_ + name).st_mtim.tv_sec, 1234567890) << name;
    EXPECT_EQ(StatOf(to_ + name).st_mtim.tv_nsec, 123456789) << name;
  }
  EXPECT_THAT(notices_, IsEmpty());
}

TEST_F(PackTest, KeepsHoles) {
  const int fd = ::open((from_ + "/sparse").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  constexpr off_t kSize = off_t{1} << 40;
  ASSERT_EQ(::ftruncate(fd, kSize), 0);
  ASSERT_EQ(::pwrite(fd, "middle", 6, kSize / 2), 6);
  ::close(fd);
  Recorder recorder;
  recorder.keeps_data = false;
  PackTo(recorder);
  ASSERT_NE(recorder.Find("sparse"), nullptr);
  EXPECT_EQ(recorder.Find("sparse")->extents.size(), 1U);
  Copy();
  const struct stat status = StatOf(to_ + "/sparse");
  EXPECT_EQ(status.st_size, kSize);
  EXPECT_LT(status.st_blocks, 1024);
}

constexpr uint64_t kMiB = 1u << 20;

TEST_F(PackTest, ExtentsEndWhereTheFileIsSaidTo) {
  const os::UniqueFd fd(::open((from_ + "/f").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  const std::string text(kMiB, 'x');
  ASSERT_EQ(::pwrite(fd.get(), text.data(), kMiB, kMiB), off_t{kMiB});
  ASSERT_EQ(::pwrite(fd.get(), text.data(), kMiB, 4 * kMiB), off_t{kMiB});
  ASSERT_EQ(::ftruncate(fd.get(), 8 * kMiB), 0);
  EXPECT_THAT(FindExtents(fd.get(), 8 * kMiB),
              ElementsAre(Extent{kMiB, kMiB}, Extent{4 * kMiB, kMiB}));
  // Since it was looked at it has grown, in its data, in a hole; or become shorter.
  EXPECT_THAT(FindExtents(fd.get(), kMiB + 100), ElementsAre(Extent{kMiB, 100}));
  EXPECT_THAT(FindExtents(fd.get(), 2 * kMiB), ElementsAre(Extent{kMiB, kMiB}));
  EXPECT_THAT(FindExtents(fd.get(), 3 * kMiB), ElementsAre(Extent{kMiB, kMiB}));
  EXPECT_THAT(FindExtents(fd.get(), kMiB), ElementsAre(Extent{kMiB, 0}));
  EXPECT_THAT(FindExtents(fd.get(), 100), ElementsAre(Extent{100, 0}));
  EXPECT_THAT(FindExtents(fd.get(), 20 * kMiB),
              ElementsAre(Extent{kMiB, kMiB}, Extent{4 * kMiB, kMiB}));
}

TEST_F(PackTest, WhatCannotSayWhereItsHolesAreHasNone) {
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  EXPECT_THAT(FindExtents(ends[0], kMiB), IsEmpty());  // ESPIPE
  ::close(ends[0]);
  ::close(ends[1]);
}

// A file that another has a lease of cannot be opened: the rest is copied.
TEST_F(PackTest, LeavesOutWhatCannotBeOpened) {
  WriteText(from_ + "/a", "x");
  ASSERT_EQ(::link((from_ + "/a").c_str(), (from_ + "/b").c_str()), 0);
  WriteText(from_ + "/c", "c");
  const auto before = ::signal(SIGIO, SIG_IGN);  // what the holder of a lease is told by
  const os::UniqueFd fd(::open((from_ + "/a").c_str(), O_RDWR | O_CLOEXEC));
  if (::fcntl(fd.get(), F_SETLEASE, F_WRLCK) != 0) {
    GTEST_SKIP() << "no leases on this file system";
  }
  Recorder recorder;
  PackTo(recorder);
  EXPECT_THAT(recorder.notices,
              UnorderedElementsAre("left out \"a\": Resource temporarily unavailable",
                                   "left out \"b\": Resource temporarily unavailable"));
  EXPECT_EQ(recorder.Find("a"), nullptr);
  EXPECT_EQ(recorder.Find("b"), nullptr) << "a link to what is not there";
  EXPECT_EQ(recorder.data["c"], "c");
  // The source itself.
  ASSERT_OK_AND_ASSIGN(const os::UniqueFd descriptors, OpenDescriptors());
  ASSERT_OK_AND_ASSIGN(const FoundSource found, FindSource({}, from_ + "/a", false));
  EXPECT_THAT(Pack(found.fd.get(), {descriptors.get(), false}, recorder), test::IsErrno(EAGAIN));
  ::signal(SIGIO, before);
}

// Makes directories in one another, with names of 250 bytes; returns the innermost.
os::UniqueFd MakeDeep(const std::string& path, size_t levels) {
  const std::string name(250, 'd');
  os::UniqueFd fd(::open(path.c_str(), O_PATH | O_CLOEXEC));
  for (size_t i = 0; i < levels; ++i) {
    EXPECT_EQ(::mkdirat(fd.get(), name.c_str(), 0755), 0);
    fd.reset(::openat(fd.get(), name.c_str(), O_PATH | O_CLOEXEC));
  }
  return fd;
}

TEST_F(PackTest, LeavesOutWhatHasTooLongAPath) {
  MakeDeep(from_, 300);
  WriteText(from_ + "/file", "x");
  Recorder recorder;
  PackTo(recorder);
  EXPECT_THAT(recorder.notices, ElementsAre(HasSubstr("whose path is too long")));
  EXPECT_NE(recorder.Find("file"), nullptr);
  for (const Entry& entry : recorder.entries) {
    EXPECT_LE(entry.path.size(), kMaxEntryPath);
  }
}

TEST_F(PackTest, WhatLiesTooDeepIsLeftOutAndTheRestCanBeMade) {
  os::UniqueFd fd(::open(from_.c_str(), O_PATH | O_CLOEXEC));
  for (size_t i = 0; i < kMaxDepth + 5; ++i) {
    ASSERT_EQ(::mkdirat(fd.get(), "d", 0755), 0);
    fd.reset(::openat(fd.get(), "d", O_PATH | O_CLOEXEC));
  }
  WriteText(from_ + "/file", "x");
  Copy();
  EXPECT_THAT(notices_, ElementsAre(HasSubstr("399 directories deep")));
  EXPECT_EQ(ReadText(to_ + "/file"), "x");
}

// Counts them.
class HardLinkCounter final : public Sink {
 public:
  Status OnSource(const Source&) override { return OkStatus(); }
  Status OnEntry(const Entry& entry) override {
    count += entry.type == Type::kHardLink ? 1 : 0;
    return OkStatus();
  }
  Status OnData(uint64_t, std::string_view) override { return OkStatus(); }
  Status OnNotice(std::string_view) override { return OkStatus(); }
  Status OnEnd() override { return OkStatus(); }
  int count = 0;
};

// Their paths have 70 MB together, of which 64 MiB are remembered.
TEST_F(PackTest, RemembersHardLinksWithinBounds) {
  const test::TempDir memory(test::TempDir::Place::kMemory);
  const os::UniqueFd fd = MakeDeep(memory.path(), 255);
  constexpr int kFiles = 1100;
  for (int i = 0; i < kFiles; ++i) {
    const std::string name = std::to_string(i);
    ASSERT_EQ(::mknodat(fd.get(), name.c_str(), S_IFREG | 0600, 0), 0);
    ASSERT_EQ(::linkat(fd.get(), name.c_str(), fd.get(), (name + "b").c_str(), 0), 0);
  }
  ASSERT_OK_AND_ASSIGN(const os::UniqueFd descriptors, OpenDescriptors());
  ASSERT_OK_AND_ASSIGN(const FoundSource found, FindSource({}, memory.path(), false));
  HardLinkCounter counter;
  ASSERT_OK(Pack(found.fd.get(), {descriptors.get(), false}, counter));
  EXPECT_LT(counter.count, kFiles - 10);
  EXPECT_GT(counter.count, kFiles - 100);
}

TEST_F(PackTest, SaysWhereThereAreTooManyAttributes) {
  const test::TempDir memory(test::TempDir::Place::kMemory);
  WriteText(memory.Sub("file"), "x");
  const std::string value(60000, 'v');
  for (int i = 0; i < 20; ++i) {
    const std::string name = "user." + std::to_string(i);
    if (::setxattr(memory.Sub("file").c_str(), name.c_str(), value.data(), value.size(), 0) != 0) {
      GTEST_SKIP() << "not so many attributes on this file system";
    }
  }
  ASSERT_OK_AND_ASSIGN(const os::UniqueFd descriptors, OpenDescriptors());
  ASSERT_OK_AND_ASSIGN(const FoundSource found, FindSource({}, memory.path(), false));
  Recorder recorder;
  ASSERT_OK(Pack(found.fd.get(), {descriptors.get(), false}, recorder));
  EXPECT_THAT(recorder.notices, ElementsAre("\"file\" has more attributes than are copied"));
  ASSERT_NE(recorder.Find("file"), nullptr);
  EXPECT_EQ(recorder.Find("file")->xattrs.size(), 17U);
  EXPECT_EQ(recorder.data["file"], "x");
}

TEST_F(PackTest, SetIdBitsAreNotCopiedUnasked) {
  WriteText(from_ + "/su", "x");
  ASSERT_EQ(::chmod((from_ + "/su").c_str(), 06755), 0);
  Copy();
  EXPECT_EQ(StatOf(to_ + "/su").st_mode & 07777, 0755U);
}

TEST_F(PackTest, LeavesSocketsOutAndOpensNoFifo) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, (from_ + "/s").c_str(), sizeof(address.sun_path) - 1);
  ASSERT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  ASSERT_EQ(::mkfifo((from_ + "/fifo").c_str(), 0600), 0);
  Recorder recorder;
  PackTo(recorder);  // would wait for a writer
  EXPECT_THAT(recorder.notices, ElementsAre(HasSubstr("a socket")));
  ASSERT_NE(recorder.Find("fifo"), nullptr);
  ::close(fd);
}

TEST_F(PackTest, UserAttributesAreCopied) {
  WriteText(from_ + "/file", "x");
  if (::setxattr((from_ + "/file").c_str(), "user.a", "value", 5, 0) != 0) {
    GTEST_SKIP() << "no user attributes on this file system";
  }
  Copy();
  char value[16] = {};
  EXPECT_EQ(::getxattr((to_ + "/file").c_str(), "user.a", value, sizeof(value)), 5);
  EXPECT_STREQ(value, "value");
}

}  // namespace
}  // namespace isulad::archive
