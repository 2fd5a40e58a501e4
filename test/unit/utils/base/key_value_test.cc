#include "utils/base/key_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/result_matchers.h"

namespace isulad {
namespace {

using test::IsErrorWith;
using testing::ElementsAre;
using testing::Pair;

TEST(KeyValue, SplitsAtTheFirstEqualsSign) {
  EXPECT_THAT(*ParseKeyValue("a=b=c"), Pair("a", "b=c"));
  EXPECT_THAT(*ParseKeyValue("a"), Pair("a", ""));
  EXPECT_THAT(*ParseKeyValue("a="), Pair("a", ""));
  for (const char* text : {"", "=b", "a\n=b", "a=\x01", "a=\xff"}) {
    EXPECT_THAT(ParseKeyValue(text), IsErrorWith(Code::kInvalidArgument, "must be"));
  }
}

TEST(KeyValue, TheLastValueOfAKeyHolds) {
  EXPECT_THAT(*ParseKeyValues({"a=1", "b=2", "a=3"}), ElementsAre(Pair("a", "3"), Pair("b", "2")));
}

TEST(KeyValueLines, LeavesOutBlankLinesAndComments) {
  EXPECT_THAT(KeyValueLines("a=1\n\n  # no\n  b = 2 \r\n\t\nc"), ElementsAre("a=1", "b = 2 ", "c"));
}

TEST(CheckAnnotation, RefusesWhatTellsTheRuntimeWhatToDo) {
  EXPECT_OK(CheckAnnotation("org.example.a"));
  EXPECT_OK(CheckAnnotation("run.ocish"));
  for (const char* key :
       {"run.oci.seccomp_bpf_data", "run.oci.hooks.stdout", "org.systemd.property.DeviceAllow"}) {
    EXPECT_THAT(CheckAnnotation(key), IsErrorWith(Code::kInvalidArgument, key));
  }
}

}  // namespace
}  // namespace isulad
