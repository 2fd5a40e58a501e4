#include "daemon/modules/spec/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/modules/spec/capabilities.h"
#include "support/result_matchers.h"

namespace isulad::spec {
namespace {

using ::testing::ElementsAre;

Status CheckVolume(std::string_view text) {
  const auto mount = ParseVolume(text);
  return mount ? OkStatus() : Status(mount.error());
}

TEST(ParseVolume, ReadsAllForms) {
  EXPECT_EQ(*ParseVolume("/a:/b"), (BindMount{"/a", "/b", false, "rprivate"}));
  EXPECT_EQ(*ParseVolume("/a:/b:ro"), (BindMount{"/a", "/b", true, "rprivate"}));
  EXPECT_EQ(*ParseVolume("/a:/b:rslave,ro"), (BindMount{"/a", "/b", true, "rslave"}));
  EXPECT_EQ(*ParseVolume("/a//x/./:/b/:shared"), (BindMount{"/a/x", "/b", false, "shared"}));
}

TEST(ParseVolume, NamesTheFieldThatIsWrong) {
  EXPECT_THAT(CheckVolume(""), test::IsErrorWith(Code::kInvalidArgument, "SOURCE:TARGET"));
  EXPECT_THAT(CheckVolume("/a"), test::IsErrorWith(Code::kInvalidArgument, "SOURCE:TARGET"));
  EXPECT_THAT(CheckVolume("/a:/b:ro:x"),
              test::IsErrorWith(Code::kInvalidArgument, "SOURCE:TARGET"));
  EXPECT_THAT(CheckVolume("a:/b"), test::IsErrorWith(Code::kInvalidArgument, "source \"a\""));
  EXPECT_THAT(CheckVolume(":/b"), test::IsErrorWith(Code::kInvalidArgument, "source \"\""));
  EXPECT_THAT(CheckVolume("/a:b"), test::IsErrorWith(Code::kInvalidArgument, "target \"b\""));
  EXPECT_THAT(CheckVolume("/a:/b/../c"), test::IsErrorWith(Code::kInvalidArgument, "target"));
  EXPECT_THAT(CheckVolume("/a:/"), test::IsErrorWith(Code::kInvalidArgument, "rootfs itself"));
  EXPECT_THAT(CheckVolume("/a:/b:"), test::IsErrorWith(Code::kInvalidArgument, "mode \"\""));
  EXPECT_THAT(CheckVolume("/a:/b:rw,ro"),
              test::IsErrorWith(Code::kInvalidArgument, "more than one of ro and rw"));
  EXPECT_THAT(CheckVolume("/a:/b:slave,shared"),
              test::IsErrorWith(Code::kInvalidArgument, "more than one propagation"));
  EXPECT_THAT(CheckVolume("/a:/b:z"), test::IsErrorWith(Code::kInvalidArgument, "mode \"z\""));
}

TEST(ValidateProcess, AcceptsWhatAContainerCanRun) {
  EXPECT_OK(ValidateProcess({{"sh"}, {"A=1", "B="}, "user", "/work", true}));
}

TEST(ValidateProcess, RefusesMissingCommand) {
  EXPECT_THAT(ValidateProcess({}), test::IsErrorWith(Code::kInvalidArgument, "no command"));
  EXPECT_THAT(ValidateProcess({{""}, {}, "", "", false}),
              test::IsErrorWith(Code::kInvalidArgument, "no command"));
}

TEST(ValidateProcess, RefusesBadEnvironment) {
  for (const char* entry : {"", "=x", "NAME", "A=\xff"}) {
    EXPECT_THAT(ValidateProcess({{"sh"}, {entry}, "", "", false}),
                test::IsErrorWith(Code::kInvalidArgument, "--env"))
        << entry;
  }
}

TEST(ValidateProcess, RefusesZeroBytesInArguments) {
  EXPECT_THAT(ValidateProcess({{"sh", std::string("a\0b", 3)}, {}, "", "", false}),
              test::IsErrorWith(Code::kInvalidArgument, "the argument"));
}

TEST(ValidateProcess, RefusesRelativeWorkdir) {
  EXPECT_THAT(ValidateProcess({{"sh"}, {}, "", "work", false}),
              test::IsErrorWith(Code::kInvalidArgument, "--workdir \"work\""));
}

TEST(ValidateResources, AcceptsNothingAndSensibleLimits) {
  EXPECT_OK(ValidateResources({}, 2));
  EXPECT_OK(ValidateResources({6 << 20, 6 << 20, 2'000'000'000, 1}, 2));
  EXPECT_OK(ValidateResources({64 << 20, -1, 10'000'000, -1}, 1));
  EXPECT_OK(ValidateResources({0, -1, 0, 0}, 1));
}

TEST(ValidateResources, NamesTheFlagAndTheRange) {
  EXPECT_THAT(ValidateResources({(6 << 20) - 1, 0, 0, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--memory \"6291455\""));
  EXPECT_THAT(ValidateResources({-1, 0, 0, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--memory \"-1\""));
  EXPECT_THAT(ValidateResources({64 << 20, 32 << 20, 0, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--memory-swap \"32M\""));
  EXPECT_THAT(ValidateResources({0, 32 << 20, 0, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "needs --memory"));
  EXPECT_THAT(ValidateResources({64 << 20, -2, 0, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--memory-swap \"-2\""));
  EXPECT_THAT(ValidateResources({0, 0, 2'000'000'001, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "between 0.01 and 2"));
  EXPECT_THAT(ValidateResources({0, 0, 9'999'999, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--cpus"));
  EXPECT_THAT(ValidateResources({0, 0, -1, 0}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--cpus"));
  EXPECT_THAT(ValidateResources({0, 0, 0, -2}, 2),
              test::IsErrorWith(Code::kInvalidArgument, "--pids-limit \"-2\""));
}

TEST(Capabilities, NamesBitsInOrder) {
  EXPECT_THAT(CapabilityNames(1 | 1 << 5 | uint64_t{1} << 40),
              ElementsAre("CAP_CHOWN", "CAP_KILL", "CAP_CHECKPOINT_RESTORE"));
  EXPECT_TRUE(CapabilityNames(0).empty());
  EXPECT_EQ(CapabilityNames(~uint64_t{0}).size(), 41u);
}

TEST(Capabilities, DefaultSetHasFourteenAndSystemContainersMayReboot) {
  EXPECT_EQ(CapabilityNames(DefaultCapabilities(false)).size(), 14u);
  EXPECT_THAT(CapabilityNames(DefaultCapabilities(true) & ~DefaultCapabilities(false)),
              ElementsAre("CAP_SYS_BOOT"));
}

}  // namespace
}  // namespace isulad::spec
