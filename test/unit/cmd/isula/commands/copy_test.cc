#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "cmd/isula/copy/tar_reader.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "unit/cmd/isula/commands/commands_fixture.h"
#include "unit/utils/archive/recorder.h"
#include "utils/archive/stream.h"
#include "utils/os/file.h"

namespace isulad::commands {
namespace {

using archive::MakeEntry;
using archive::MakeFile;
using archive::ReadText;
using archive::WriteText;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

template <typename Say>
std::string Encode(Say say) {
  std::string bytes;
  archive::StreamEncoder encoder([&bytes](std::string_view more) {
    bytes.append(more);
    return OkStatus();
  });
  say(encoder);
  EXPECT_OK(encoder.Flush());
  return bytes;
}

std::string FileCopy(const std::string& name, const std::string& text) {
  return Encode([&](archive::StreamEncoder& encoder) {
    EXPECT_OK(encoder.OnSource({name, false, false, false, 0}));
    EXPECT_OK(encoder.OnEntry(MakeFile("", text.size())));
    EXPECT_OK(encoder.OnData(0, text));
    EXPECT_OK(encoder.OnEnd());
  });
}

class CopyCommandsTest : public CommandsTest {
 protected:
  CopyCommandsTest() {
    containers_.outcome =
        Encode([](archive::StreamEncoder& encoder) { EXPECT_OK(encoder.OnEnd()); });
  }
  test::TempDir directory_;
};

TEST_F(CopyCommandsTest, MakesWhatComesUnderTheNameThatTheUserGave) {
  containers_.copied = FileCopy("another", "text");
  EXPECT_EQ(Run({"cp", "-L", "web:/etc/name", directory_.path()}), 0);
  EXPECT_THAT(containers_.calls, ElementsAre("copy from web /etc/name L"));
  EXPECT_EQ(ReadText(directory_.Sub("name")), "text");
  EXPECT_EQ(output_.out + output_.err, "");
}

TEST_F(CopyCommandsTest, SendsAFileAndShowsWhatWasLeftOut) {
  WriteText(directory_.Sub("a:b"), "text");
  containers_.outcome = Encode([](archive::StreamEncoder& encoder) {
    EXPECT_OK(encoder.OnNotice("left out a device"));
    EXPECT_OK(encoder.OnEnd());
  });
  EXPECT_EQ(Run({"cp", "-a", directory_.Sub("a:b"), "web:/tmp"}), 0);
  EXPECT_THAT(containers_.calls, ElementsAre("copy to web /tmp a"));
  archive::Recorder recorder;
  archive::StreamDecoder decoder(&recorder);
  ASSERT_OK(decoder.Add(containers_.taken));
  EXPECT_TRUE(decoder.ended());
  EXPECT_EQ(recorder.source.name, "a:b");
  EXPECT_EQ(recorder.data[""], "text");
  EXPECT_THAT(output_.err, HasSubstr("left out a device"));
}

TEST_F(CopyCommandsTest, ErrorsFromThereAreTheDaemons) {
  containers_.copied = Encode([](archive::StreamEncoder& encoder) {
    EXPECT_OK(encoder.OnError(NotFound("open \"/x\":\nNo such file or directory")));
  });
  EXPECT_EQ(Run({"cp", "web:/x", directory_.path()}), 1);
  EXPECT_EQ(output_.err, "Error response from daemon: open \"/x\": No such file or directory\n");
  output_.err.clear();
  containers_.outcome = containers_.copied;
  EXPECT_EQ(Run({"cp", directory_.path(), "web:/x"}), 1);
  EXPECT_THAT(output_.err, HasSubstr("Error response from daemon"));
}

TEST_F(CopyCommandsTest, WhatIsLeftOutIsSaidWithoutControlCharacters) {
  containers_.outcome = Encode([](archive::StreamEncoder& encoder) {
    EXPECT_OK(encoder.OnNotice("a\x1b[31m\nb\x7f\xc2\x9bz\xff\xc3\xbc"));
    EXPECT_OK(encoder.OnEnd());
  });
  WriteText(directory_.Sub("f"), "text");
  EXPECT_EQ(Run({"cp", directory_.Sub("f"), "web:/tmp"}), 0);
  EXPECT_EQ(output_.err, "WARNING: a [31m b  z \xc3\xbc\n");
  containers_.copied = Encode([](archive::StreamEncoder& encoder) {
    EXPECT_OK(encoder.OnSource({"d", true, false, false, 0}));
    EXPECT_OK(encoder.OnNotice("a\rb"));
    EXPECT_OK(encoder.OnEnd());
  });
  for (const cli::Arguments& arguments :
       {cli::Arguments{"cp", "web:/d", directory_.Sub("d")}, cli::Arguments{"export", "web"}}) {
    output_.err.clear();
    EXPECT_EQ(Run(arguments), 0);
    EXPECT_EQ(output_.err, "WARNING: a b\n");
  }
}

TEST_F(CopyCommandsTest, ATarArchiveThatIsDamagedFails) {
  constexpr size_t kBlock = 512;
  containers_.copied = FileCopy("f", "text");
  ASSERT_EQ(Run({"cp", "web:/f", "-"}), 0);
  // The second time its checksum is wrong.
  const std::string one = output_.out.substr(0, output_.out.find("text") + kBlock);
  std::string two = output_.out;
  ++two[0];
  WriteText(directory_.Sub("t.tar"), one + two);
  ASSERT_OK_AND_ASSIGN(const os::UniqueFd fd, os::Open(directory_.Sub("t.tar"), O_RDONLY));
  archive::Recorder recorder;
  EXPECT_THAT(copy::ReadTar(fd.get(), recorder),
              test::IsErrorWith(Code::kInvalidArgument, "read a tar archive"));
  EXPECT_EQ(recorder.entries.size(), 1U);
}

TEST_F(CopyCommandsTest, ACopyThatIsNotWholeFails) {
  containers_.copied = FileCopy("f", "text");
  containers_.copied.resize(containers_.copied.size() - 5);
  EXPECT_EQ(Run({"cp", "web:/f", directory_.Sub("f")}), 1);
  EXPECT_THAT(output_.err, HasSubstr("cut short"));
  EXPECT_NE(::access(directory_.Sub("f").c_str(), F_OK), 0);
}

TEST_F(CopyCommandsTest, HostileEntriesReachNothingOutside) {
  ASSERT_EQ(::mkdir(directory_.Sub("in").c_str(), 0755), 0);
  containers_.copied = Encode([](archive::StreamEncoder& encoder) {
    EXPECT_OK(encoder.OnSource({"d", true, false, false, 0}));
    EXPECT_OK(encoder.OnEntry(MakeEntry(archive::Type::kDirectory, "")));
    EXPECT_OK(encoder.OnEntry(MakeEntry(archive::Type::kSymbolicLink, "l", "../..")));
    EXPECT_OK(encoder.OnEntry(MakeFile("l/escaped", 0)));
    EXPECT_OK(encoder.OnEnd());
  });
  EXPECT_EQ(Run({"cp", "web:/d", directory_.Sub("in")}), 1);
  EXPECT_THAT(output_.err, HasSubstr("symbolic link"));
  EXPECT_NE(::access(directory_.Sub("escaped").c_str(), F_OK), 0);
}

TEST_F(CopyCommandsTest, ArchivesGoWhereNoTerminalIs) {
  output_.terminal = true;
  EXPECT_EQ(Run({"cp", "web:/x", "-"}), 1);
  EXPECT_EQ(Run({"export", "web"}), 1);
  EXPECT_THAT(containers_.calls, IsEmpty());
  output_.terminal = false;
  containers_.copied = FileCopy("f", "text");
  EXPECT_EQ(Run({"cp", "web:/f", "-"}), 0);
  EXPECT_THAT(output_.out, HasSubstr("ustar"));
  EXPECT_THAT(output_.out, HasSubstr("text"));
}

TEST_F(CopyCommandsTest, AnExportThatFailsLeavesNoFile) {
  const std::string file = directory_.Sub("x.tar");
  containers_.copied = "no copy";
  EXPECT_EQ(Run({"export", "-o", file, "web"}), 1);
  EXPECT_TRUE(std::filesystem::is_empty(directory_.path()));
  containers_.copied = FileCopy("f", "text");
  EXPECT_EQ(Run({"export", "-o", file, "web"}), 0);
  EXPECT_THAT(ReadText(file), HasSubstr("ustar"));
  containers_.copied = FileCopy("f", "other");
  EXPECT_EQ(Run({"export", "-o", file, "web"}), 0);
  EXPECT_THAT(ReadText(file), HasSubstr("other"));
  EXPECT_EQ(::unlink(file.c_str()), 0);
  EXPECT_TRUE(std::filesystem::is_empty(directory_.path()));
  EXPECT_EQ(Run({"export", "-o", directory_.path(), "web"}), 1);
  output_.err.clear();
  EXPECT_EQ(Run({"export", "-o", "/dev/full", "web"}), 1);
  EXPECT_EQ(output_.err, "write \"/dev/full\": No space left on device\n");
  EXPECT_EQ(Run({"export", "-o", "/dev/null", "web"}), 0);
}

TEST_F(CopyCommandsTest, OneOfTheTwoIsTheContainers) {
  EXPECT_EQ(Run({"cp", "a", "b"}), 125);
  EXPECT_EQ(Run({"cp", "web:/a", "web:/b"}), 125);
  EXPECT_EQ(Run({"cp", "-", "-"}), 125);
  EXPECT_EQ(Run({"cp", "web:", "/b"}), 125);
  EXPECT_EQ(Run({"cp", ":/a", "/b"}), 125);
  EXPECT_EQ(Run({"cp", "web:/a"}), 125);
  EXPECT_EQ(Run({"cp", "./web:/a", "/b"}), 125);
  EXPECT_EQ(Run({"export"}), 125);
  EXPECT_THAT(containers_.calls, IsEmpty());
}

}  // namespace
}  // namespace isulad::commands
