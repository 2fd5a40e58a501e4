#include "utils/os/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::os {
namespace {

using test::IsErrorWith;
using Names = std::vector<std::string>;

class FileTest : public testing::Test {
 protected:
  Status Write(const std::string& name, std::string_view data) {
    return WriteFileAtomic(directory_.Sub(name), data, 0644, Sync::kNone);
  }
  std::string Read(const std::string& name) {
    return ReadFile(directory_.Sub(name)).value_or("unreadable");
  }
  Names List() { return ListDirectory(directory_.path()).value_or(Names{"unreadable"}); }

  test::TempDir directory_;
};

mode_t ModeOf(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777;
}

TEST_F(FileTest, OpensCloseOnExec) {
  ASSERT_OK_AND_ASSIGN(const UniqueFd fd, Open(directory_.Sub("f"), O_CREAT | O_RDWR, 0600));
  EXPECT_EQ(::fcntl(fd.get(), F_GETFD), FD_CLOEXEC);
}

TEST_F(FileTest, NamesThePathThatCannotBeOpened) {
  const std::string path = directory_.Sub("absent");
  EXPECT_THAT(Open(path, O_RDONLY),
              IsErrorWith(Code::kNotFound, "open \"" + path + "\": No such file or directory"));
  EXPECT_THAT(ReadFile(path), test::IsErrno(ENOENT));
}

TEST_F(FileTest, ReadsWholeFilesUpToTheLimit) {
  const std::string data(100000, 'x');
  ASSERT_OK(Write("f", data));
  EXPECT_EQ(Read("f"), data);
  EXPECT_TRUE(ReadFile(directory_.Sub("f"), data.size()).has_value());
  EXPECT_THAT(ReadFile(directory_.Sub("f"), data.size() - 1),
              IsErrorWith(Code::kResourceExhausted, "holds more than 99999 bytes"));
}

TEST_F(FileTest, ReadsFilesThatHaveNoSize) {
  EXPECT_NE(ReadFile("/proc/self/status").value_or("").find("\nPid:"), std::string::npos);
}

TEST_F(FileTest, WritesAllToAPipeThatIsReadSlowly) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  ASSERT_OK(WriteAll(writer.get(), "one "));
  ASSERT_OK(WriteAll(writer.get(), ""));
  ASSERT_OK(WriteAll(writer.get(), "two"));
  writer.reset();
  EXPECT_EQ(ReadAll(reader.get()).value_or(""), "one two");
}

TEST_F(FileTest, ReplacesAtomicallyWithTheModeAsked) {
  const mode_t before = ::umask(077);
  ASSERT_OK(WriteFileAtomic(directory_.Sub("f"), "old", 0644, Sync::kNone));
  ASSERT_OK_AND_ASSIGN(const UniqueFd reader, Open(directory_.Sub("f"), O_RDONLY));
  ASSERT_OK(WriteFileAtomic(directory_.Sub("f"), "new", 0755, Sync::kDurable));
  ::umask(before);
  EXPECT_EQ(Read("f"), "new");
  EXPECT_EQ(ModeOf(directory_.Sub("f")), 0755u);
  EXPECT_EQ(ReadAll(reader.get()).value_or(""), "old") << "who had it open sees the old file whole";
  EXPECT_EQ(List(), Names{"f"});
}

TEST_F(FileTest, LeavesNothingWhereItCannotReplace) {
  ASSERT_EQ(::mkdir(directory_.Sub("d").c_str(), 0700), 0);
  EXPECT_THAT(Write("d", "data"), test::IsErrno(EISDIR));
  EXPECT_EQ(List(), Names{"d"});
  EXPECT_THAT(WriteFileAtomic("/nonexistent/f", "", 0600, Sync::kNone), test::IsErrno(ENOENT));
}

TEST_F(FileTest, ReplacesALinkAndNotWhatItPointsTo) {
  ASSERT_OK(Write("target", "kept"));
  ASSERT_EQ(::symlink("target", directory_.Sub("link").c_str()), 0);
  ASSERT_OK(Write("link", "new"));
  EXPECT_EQ(Read("target"), "kept");
  EXPECT_EQ(Read("link"), "new");
}

TEST_F(FileTest, TakesNamesAsLongAsTheKernelDoes) {
  const std::string longest(255, 'n');
  ASSERT_OK(Write(longest, "data"));
  EXPECT_EQ(Read(longest), "data");
}

TEST_F(FileTest, WritesKernelFilesInPlaceOnly) {
  EXPECT_THAT(WriteKernelFile(directory_.Sub("absent"), "1"), test::IsErrno(ENOENT));
  ASSERT_OK(Write("f", "12345"));
  ASSERT_OK(WriteKernelFile(directory_.Sub("f"), "ab"));
  EXPECT_EQ(Read("f"), "ab345");
  EXPECT_THAT(WriteKernelFile("/dev/full", "1"),
              IsErrorWith(Code::kResourceExhausted, "write \"/dev/full\""));
}

TEST_F(FileTest, SeesDanglingLinks) {
  ASSERT_EQ(::symlink("nowhere", directory_.Sub("link").c_str()), 0);
  EXPECT_TRUE(PathExists(directory_.Sub("link")));
  EXPECT_FALSE(PathExists(directory_.Sub("absent")));
}

}  // namespace
}  // namespace isulad::os
