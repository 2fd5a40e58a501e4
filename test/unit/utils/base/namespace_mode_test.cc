#include "utils/base/namespace_mode.h"

#include <gtest/gtest.h>

#include <string>

#include "support/result_matchers.h"

namespace isulad {
namespace {

using test::IsErrorWith;

TEST(NamespaceMode, ReadsBackWhatItWrote) {
  for (const NamespaceKind* kind : kNamespaceKinds) {
    for (const std::string text : {kind->own, "host"}) {
      ASSERT_OK_AND_ASSIGN(const NamespaceChoice choice, ParseNamespace(*kind, text));
      EXPECT_EQ(choice.own(), text == kind->own);
      EXPECT_EQ(FormatNamespace(*kind, choice), text);
    }
    EXPECT_TRUE(ParseNamespace(*kind, "")->own());
  }
  for (const NamespaceKind* kind : {&kNetworkNamespace, &kIpcNamespace, &kPidNamespace}) {
    ASSERT_OK_AND_ASSIGN(const NamespaceChoice choice, ParseNamespace(*kind, "container:web"));
    EXPECT_TRUE(choice.joins());
    EXPECT_EQ(choice.container, "web");
    EXPECT_EQ(FormatNamespace(*kind, choice), "container:web");
  }
}

TEST(NamespaceMode, TakesShareableForPrivate) {
  EXPECT_EQ(*ParseNamespace(kIpcNamespace, "shareable"), NamespaceChoice{});
}

TEST(NamespaceMode, RefusalNamesTheChoices) {
  const struct {
    const NamespaceKind* kind;
    std::string text;
    std::string reason;
  } cases[] = {
      {&kNetworkNamespace, "bridge",
       "--net \"bridge\" is not one of none, host or container:CONTAINER"},
      {&kNetworkNamespace, "container:", "\"container:\""},
      {&kNetworkNamespace, "container", "\"container\""},
      {&kNetworkNamespace, "private", "\"private\""},
      {&kIpcNamespace, "none", "private, shareable, host or container:CONTAINER"},
      {&kPidNamespace, "private", "--pid \"private\" is not one of host or container:CONTAINER"},
      {&kUtsNamespace, "container:web", "--uts \"container:web\" is not one of host"},
      {&kCgroupNamespace, "container:web", "is not one of private, host"},
      {&kCgroupNamespace, "Host", "\"Host\""},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseNamespace(*c.kind, c.text), IsErrorWith(Code::kInvalidArgument, c.reason));
  }
}

}  // namespace
}  // namespace isulad
