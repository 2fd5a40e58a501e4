// The table of destination.h, in a tree of its own and on the host.
#include "utils/archive/destination.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "unit/utils/archive/recorder.h"
#include "utils/archive/source.h"
#include "utils/os/file.h"

namespace isulad::archive {
namespace {

using test::IsErrno;
using test::IsErrorWith;

const Source kFileSource{"src", false, false, false, 0};
const Source kDirectorySource{"src", true, false, false, 0};
const Source kContents{"src", true, true, false, 0};
const Source kTar{"", true, true, true, 0};

class DestinationTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(::mkdir(directory_.Sub("dir").c_str(), 0755), 0);
    WriteText(directory_.Sub("file"), "x");
    ASSERT_EQ(::symlink("/dir", directory_.Sub("to-dir").c_str()), 0);
    ASSERT_EQ(::symlink("dir/../file", directory_.Sub("to-file").c_str()), 0);
    ASSERT_EQ(::symlink("../../../dir/new", directory_.Sub("dangling").c_str()), 0);
    ASSERT_EQ(::symlink("loop", directory_.Sub("loop").c_str()), 0);
    root_ = IntoDirectory(directory_.path()).directory;
  }

  // "directory:name", or the reason.
  std::string Find(const std::string& path, const Source& source) const {
    const Result<Destination> found = FindDestination({root_.get()}, path, source);
    if (!found) {
      return found.error().message();
    }
    const std::string place = os::DescriptorPath(found->directory.get()).value_or("?");
    return place.substr(directory_.path().size()) + ":" + found->name;
  }

  test::TempDir directory_;
  os::UniqueFd root_;
};

TEST_F(DestinationTest, OfAFile) {
  EXPECT_EQ(Find("/new", kFileSource), ":new");
  EXPECT_EQ(Find("dir/new", kFileSource), "/dir:new");
  EXPECT_EQ(Find("/file", kFileSource), ":file");
  EXPECT_EQ(Find("/dir", kFileSource), "/dir:src");
  EXPECT_EQ(Find("/dir/", kFileSource), "/dir:src");
  EXPECT_EQ(Find("/", kFileSource), ":src");
  EXPECT_EQ(Find("/../..", kFileSource), ":src");
  EXPECT_EQ(Find("/new/", kFileSource), "there is no directory \"/new/\" to copy a file into");
  EXPECT_EQ(Find("/none/new", kFileSource), "open \"/none\": No such file or directory");
  EXPECT_EQ(Find("/file/", kFileSource), "open \"/file/\": Not a directory");
  EXPECT_EQ(Find("/file/new", kFileSource), "open \"/file/new\": Not a directory");
}

TEST_F(DestinationTest, OfADirectory) {
  EXPECT_EQ(Find("/new", kDirectorySource), ":new");
  EXPECT_EQ(Find("/new/", kDirectorySource), ":new");
  EXPECT_EQ(Find("/dir", kDirectorySource), "/dir:src");
  EXPECT_EQ(Find("/file", kDirectorySource),
            "a directory cannot be copied over \"/file\", which is none");
  EXPECT_EQ(Find("/none/new", kDirectorySource), "open \"/none\": No such file or directory");
}

TEST_F(DestinationTest, WhatIsNeitherAFileNorADirectoryIsNotReplaced) {
  ASSERT_EQ(::mkfifo(directory_.Sub("fifo").c_str(), 0600), 0);
  ASSERT_EQ(::symlink("fifo", directory_.Sub("to-fifo").c_str()), 0);
  EXPECT_EQ(Find("/fifo", kFileSource), "\"/fifo\" must be a directory or a regular file");
  EXPECT_EQ(Find("/to-fifo", kFileSource), "\"/to-fifo\" must be a directory or a regular file");
  EXPECT_EQ(Find("/fifo", kDirectorySource),
            "a directory cannot be copied over \"/fifo\", which is none");
  EXPECT_THAT(FindDestination({}, "/dev/null", kFileSource),
              IsErrorWith(Code::kFailedPrecondition,
                          "\"/dev/null\" must be a directory or a regular file"));
}

TEST_F(DestinationTest, OfContents) {
  EXPECT_EQ(Find("/dir", kContents), "/dir:");
  EXPECT_EQ(Find("/new", kContents), ":new");
  EXPECT_EQ(Find("/", kContents), ":");
}

TEST_F(DestinationTest, OfAnArchive) {
  EXPECT_EQ(Find("/dir", kTar), "/dir:");
  EXPECT_EQ(Find("/file", kTar), "an archive is unpacked into a directory, and \"/file\" is none");
  EXPECT_EQ(Find("/new", kTar),
            "an archive is unpacked into a directory, and \"/new\" does not exist");
}

TEST_F(DestinationTest, FollowsLinksWithinTheTree) {
  EXPECT_EQ(Find("/to-dir", kFileSource), "/dir:src");
  EXPECT_EQ(Find("/to-dir/new", kFileSource), "/dir:new");
  EXPECT_EQ(Find("/to-file", kFileSource), ":file");
  EXPECT_EQ(Find("/dangling", kFileSource), "/dir:new");
  EXPECT_THAT(FindDestination({root_.get()}, "/loop", kFileSource), IsErrno(ELOOP));
}

TEST_F(DestinationTest, HasNoPlaceInWhatTheKernelMakesUp) {
  EXPECT_THAT(FindDestination({}, "/proc/self", kFileSource),
              IsErrorWith(Code::kFailedPrecondition, "the kernel's"));
  EXPECT_THAT(FindSource({}, "/proc/self/status", false),
              IsErrorWith(Code::kFailedPrecondition, "no file to copy"));
  os::UniqueFd root(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
  EXPECT_THAT(FindSource({root.get()}, "/proc/self/root/etc", false), IsErrno(ELOOP));
}

TEST_F(DestinationTest, SourcesAreWhatTheirPathsSay) {
  const auto find = [this](const std::string& path, bool follow) {
    Result<FoundSource> found = FindSource({root_.get()}, path, follow);
    return found ? found->source : Source{found.error().message(), false, false, false, 0};
  };
  EXPECT_EQ(find("/file", false), (Source{"file", false, false, false, 1}));
  EXPECT_EQ(find("/dir/", false), (Source{"dir", true, false, false, 0}));
  EXPECT_EQ(find("/dir/.", false), (Source{"", true, true, false, 0}));
  EXPECT_EQ(find("/", false), (Source{"", true, true, false, 0}));
  EXPECT_EQ(find("/to-dir", false), (Source{"to-dir", false, false, false, 0}));
  EXPECT_EQ(find("/to-dir", true), (Source{"to-dir", true, false, false, 0}));
  EXPECT_EQ(find("/to-dir/", false), (Source{"to-dir", true, false, false, 0}));
  EXPECT_EQ(find("/dangling", false), (Source{"dangling", false, false, false, 0}));
  EXPECT_EQ(find("/dangling", true).name, "open \"/dangling\": No such file or directory");
  EXPECT_EQ(find("/file/", false).name, "open \"/file/\": Not a directory");
}

}  // namespace
}  // namespace isulad::archive
