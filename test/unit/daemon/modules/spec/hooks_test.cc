#include "daemon/modules/spec/hooks.h"

#include <gtest/gtest.h>

#include "support/result_matchers.h"

namespace isulad::spec {
namespace {

using test::IsErrorWith;

Result<Hooks> Read(std::string_view text) { return HooksFromJson(*json::Parse(text), "hook spec"); }

TEST(Hooks, ReadsBackWhatItWrote) {
  Hooks hooks;
  EXPECT_EQ(*HooksFromJson(HooksToJson(hooks), ""), hooks);
  EXPECT_TRUE(hooks.empty());
  hooks.prestart = {{"/bin/a", {"a", "b"}, {"K=V"}, 3}, {"/bin/b", {}, {}, 0}};
  hooks.poststart = {{"/bin/c", {}, {}, 0}};
  hooks.poststop = {{"/bin/d", {}, {}, 0}};
  EXPECT_EQ(*HooksFromJson(HooksToJson(hooks), ""), hooks);
}

TEST(Hooks, NamesWhatIsWrong) {
  const struct {
    std::string_view text;
    std::string reason;
  } cases[] = {
      {R"([])", "hook spec"},
      {R"({"prestat":[]})", "prestat"},
      {R"({"prestart":{}})", "prestart"},
      {R"({"prestart":[{}]})", "path"},
      {R"({"prestart":[{"path":"a"}]})", "must be absolute"},
      {R"({"poststop":[{"path":"/a","timeout":-1}]})", "timeout"},
      {R"({"poststop":[{"path":"/a","user":1}]})", "user"},
      {R"({"poststop":[{"path":"/a","args":"b"}]})", "args"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(Read(c.text), IsErrorWith(Code::kInvalidArgument, c.reason)) << c.text;
  }
}

}  // namespace
}  // namespace isulad::spec
