#include "utils/os/directory_watcher.h"

#include <gtest/gtest.h>
#include <stdio.h>

#include <functional>
#include <memory>
#include <string>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/event_loop.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

class DirectoryWatcherTest : public testing::Test {
 protected:
  DirectoryWatcherTest()
      : loop_(*EventLoop::Create()), watcher_(*DirectoryWatcher::Create(&*loop_)) {}

  void Write(const std::string& name, int flags = O_CREAT | O_APPEND) {
    ASSERT_OK_AND_ASSIGN(const UniqueFd file, Open(dir_.Sub(name), O_WRONLY | flags, 0600));
    ASSERT_OK(WriteAll(file.get(), "x"));
  }
  // Runs the loop until nothing is left to tell.
  void Settle() {
    loop_->Post([this] { loop_->Post([this] { loop_->Stop(); }); });
    ASSERT_OK(loop_->Run());
  }
  // How often `told` rises by `change`: at least once, or not at all.
  bool Tells(const int& told, const std::function<void()>& change) {
    const int before = told;
    change();
    Settle();
    return told > before;
  }

  test::TempDir dir_;
  std::unique_ptr<EventLoop> loop_;
  std::unique_ptr<DirectoryWatcher> watcher_;
};

TEST_F(DirectoryWatcherTest, TellsOfFilesWrittenMadeRenamedAndRemoved) {
  int told = 0;
  ASSERT_OK(watcher_->Add(dir_.path(), [&told] { ++told; }));
  EXPECT_FALSE(Tells(told, [] {}));
  EXPECT_TRUE(Tells(told, [this] { Write("a"); }));
  EXPECT_TRUE(Tells(told, [this] { Write("a", 0); }));
  EXPECT_TRUE(Tells(
      told, [this] { ASSERT_EQ(::rename(dir_.Sub("a").c_str(), dir_.Sub("b").c_str()), 0); }));
  EXPECT_TRUE(Tells(told, [this] { ASSERT_OK(RemoveTree(dir_.Sub("b"))); }));
}

TEST_F(DirectoryWatcherTest, TellsAllThatWatchOneDirectoryAndNobodyElse) {
  ASSERT_OK(MakeDirectories(dir_.Sub("other"), 0700));
  int first = 0;
  int second = 0;
  int elsewhere = 0;
  ASSERT_OK_AND_ASSIGN(const auto id, watcher_->Add(dir_.path(), [&first] { ++first; }));
  ASSERT_OK(watcher_->Add(dir_.path(), [&second] { ++second; }));
  ASSERT_OK(watcher_->Add(dir_.Sub("other"), [&elsewhere] { ++elsewhere; }));
  EXPECT_TRUE(Tells(first, [this] { Write("a"); }));
  EXPECT_EQ(second, first);
  EXPECT_EQ(elsewhere, 0);
  watcher_->Remove(id);
  const int before = first;
  EXPECT_TRUE(Tells(second, [this] { Write("a"); }));
  EXPECT_EQ(first, before);
}

TEST_F(DirectoryWatcherTest, TellsOfTheDirectorysOwnEnd) {
  ASSERT_OK(MakeDirectories(dir_.Sub("sub"), 0700));
  int told = 0;
  ASSERT_OK_AND_ASSIGN(const auto id, watcher_->Add(dir_.Sub("sub"), [&told] { ++told; }));
  EXPECT_TRUE(Tells(told, [this] { ASSERT_OK(RemoveTree(dir_.Sub("sub"))); }));
  watcher_->Remove(id);
  watcher_->Remove(id);  // as often as one likes
}

TEST_F(DirectoryWatcherTest, MayRemoveAWatchFromItsCallback) {
  int told = 0;
  DirectoryWatcher::WatchId id = 0;
  ASSERT_OK_AND_ASSIGN(id, watcher_->Add(dir_.path(), [&] {
    ++told;
    watcher_->Remove(id);
  }));
  EXPECT_TRUE(Tells(told, [this] { Write("a"); }));
  EXPECT_FALSE(Tells(told, [this] { Write("a"); }));
}

TEST_F(DirectoryWatcherTest, SaysWhatItCannotWatch) {
  EXPECT_THAT(watcher_->Add(dir_.Sub("missing"), [] {}),
              test::IsErrorWith(Code::kNotFound, "missing"));
  Write("file");
  EXPECT_FALSE(watcher_->Add(dir_.Sub("file"), [] {}));
}

}  // namespace
}  // namespace isulad::os
