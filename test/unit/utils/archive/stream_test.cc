#include "utils/archive/stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/result_matchers.h"
#include "unit/utils/archive/recorder.h"

namespace isulad::archive {
namespace {

using test::IsErrorWith;
using ::testing::ElementsAre;

class StreamTest : public testing::Test {
 protected:
  std::string bytes_;
  StreamEncoder encoder_{[this](std::string_view bytes) {
    bytes_.append(bytes);
    return OkStatus();
  }};
  Recorder recorder_;
  StreamDecoder decoder_{&recorder_};
};

Entry FullEntry() {
  Entry entry = MakeFile("a/b \xff", 100000);
  entry.mode = 06755;
  entry.uid = 100000;
  entry.gid = 4294967294;
  entry.mtime_seconds = -5;
  entry.mtime_nanoseconds = 999999999;
  entry.xattrs = {{"user.a", std::string("x\0y", 3)}, {"user.b", ""}};
  entry.extents = {{0, 10}, {70000, 30000}};
  return entry;
}

TEST_F(StreamTest, BringsAllOverInPiecesOfAnySize) {
  const Source source{"b", true, true, false, 17};
  ASSERT_OK(encoder_.OnSource(source));
  ASSERT_OK(encoder_.OnEntry(FullEntry()));
  ASSERT_OK(encoder_.OnData(0, "0123456789"));
  ASSERT_OK(encoder_.OnData(70000, std::string(30000, 'x')));
  Entry device = MakeEntry(Type::kBlockDevice, "dev");
  device.major = 8;
  device.minor = 1;
  ASSERT_OK(encoder_.OnEntry(device));
  ASSERT_OK(encoder_.OnEntry(MakeEntry(Type::kHardLink, "c", "a/b")));
  ASSERT_OK(encoder_.OnEntry(MakeEntry(Type::kSymbolicLink, "d", "/../x")));
  ASSERT_OK(encoder_.OnNotice("left out"));
  ASSERT_OK(encoder_.OnEnd());
  for (const char byte : bytes_) {
    ASSERT_OK(decoder_.Add(std::string_view(&byte, 1)));
  }
  EXPECT_TRUE(decoder_.ended());
  EXPECT_TRUE(recorder_.ended);
  EXPECT_EQ(recorder_.source, source);
  EXPECT_THAT(recorder_.entries,
              ElementsAre(FullEntry(), device, MakeEntry(Type::kHardLink, "c", "a/b"),
                          MakeEntry(Type::kSymbolicLink, "d", "/../x")));
  const std::string& data = recorder_.data[FullEntry().path];
  EXPECT_EQ(data.size(), 100000U);
  EXPECT_EQ(data.substr(0, 11), std::string("0123456789\0", 11));
  EXPECT_EQ(data.substr(69999, 2), std::string("\0x", 2));
  EXPECT_THAT(recorder_.notices, ElementsAre("left out"));
}

TEST_F(StreamTest, PassesTheOtherSidesErrorOn) {
  ASSERT_OK(encoder_.OnError(SystemError(ENOSPC, "write \"/x\"")));
  EXPECT_THAT(decoder_.Add(bytes_), IsErrorWith(Code::kResourceExhausted, "write \"/x\""));
  EXPECT_TRUE(decoder_.peer_failed());
  EXPECT_FALSE(decoder_.ended());
}

TEST_F(StreamTest, RefusesWhatIsNoCopy) {
  EXPECT_THAT(decoder_.Add(std::string("?\1\0\0\0x", 6)), IsErrorWith(Code::kDataLoss, "damaged"));
  EXPECT_FALSE(decoder_.peer_failed());
  EXPECT_THAT(StreamDecoder(&recorder_).Add(std::string("D\xff\xff\xff\xff", 5)),
              IsErrorWith(Code::kDataLoss, "too long"));
  EXPECT_THAT(StreamDecoder(&recorder_).Add(std::string("E\1\0\0\0\1", 6)),
              IsErrorWith(Code::kDataLoss, "entry"));
}

// Whoever writes the bytes: what comes out has clean paths.
TEST_F(StreamTest, RefusesPathsThatLeadOut) {
  for (const char* path : {"/x", "../x", "a/../b", "a//b", "./a", "a/"}) {
    bytes_.clear();
    ASSERT_OK(encoder_.OnEntry(MakeFile(path, 0)));
    ASSERT_OK(encoder_.Flush());
    EXPECT_THAT(StreamDecoder(&recorder_).Add(bytes_), IsErrorWith(Code::kDataLoss, "entry"))
        << path;
  }
  bytes_.clear();
  ASSERT_OK(encoder_.OnEntry(MakeEntry(Type::kHardLink, "a", "../x")));
  ASSERT_OK(encoder_.Flush());
  EXPECT_FALSE(decoder_.Add(bytes_));
  bytes_.clear();
  ASSERT_OK(encoder_.OnSource({"..", false, false, false, 0}));
  EXPECT_FALSE(StreamDecoder(&recorder_).Add(bytes_));
}

TEST_F(StreamTest, SaysOnlySoManyNotices) {
  for (int i = 0; i < 1000; ++i) {
    ASSERT_OK(encoder_.OnNotice("left out"));
  }
  ASSERT_OK(encoder_.OnEnd());
  ASSERT_OK(decoder_.Add(bytes_));
  EXPECT_EQ(recorder_.notices.size(), 101U);
  EXPECT_EQ(recorder_.notices.back(), "more was left out");
}

TEST_F(StreamTest, HasNothingAfterItsEnd) {
  ASSERT_OK(encoder_.OnEnd());
  ASSERT_OK(decoder_.Add(bytes_));
  EXPECT_THAT(decoder_.Add(bytes_), IsErrorWith(Code::kDataLoss, "after its end"));
}

}  // namespace
}  // namespace isulad::archive
