#include "utils/base/security_option.h"

#include <gtest/gtest.h>

#include <string>

#include "support/result_matchers.h"

namespace isulad {
namespace {

using test::IsErrorWith;

TEST(SecurityOption, ReadsASeccompProfileAsItStands) {
  EXPECT_EQ(ParseSecurityOption("seccomp=unconfined")->seccomp, kUnconfined);
  EXPECT_EQ(ParseSecurityOption("seccomp:unconfined")->seccomp, kUnconfined);
  EXPECT_EQ(ParseSecurityOption("seccomp={\"a\":\"=\"}")->seccomp, "{\"a\":\"=\"}");
  EXPECT_EQ(ParseSecurityOption("seccomp=/a:b=c")->seccomp, "/a:b=c");
  EXPECT_EQ(ParseSecurityOption("seccomp=x")->kind, SecurityOptionKind::kSeccomp);
}

TEST(SecurityOption, ReadsNoNewPrivileges) {
  for (const char* text :
       {"no-new-privileges", "no-new-privileges=true", "no-new-privileges:true"}) {
    ASSERT_OK_AND_ASSIGN(const SecurityOption option, ParseSecurityOption(text));
    EXPECT_EQ(option.kind, SecurityOptionKind::kNoNewPrivileges);
    EXPECT_TRUE(option.no_new_privileges);
  }
  for (const char* text : {"no-new-privileges=false", "no-new-privileges:false"}) {
    EXPECT_FALSE(ParseSecurityOption(text)->no_new_privileges);
  }
}

TEST(SecurityOption, RefusalSaysWhatThereIs) {
  const struct {
    std::string text;
    std::string reason;
  } cases[] = {
      {"", "security option \"\" is not one of seccomp=unconfined"},
      {"x", "security option \"x\" is not one of"},
      {"seccomp", "must be seccomp=unconfined or seccomp=PROFILE"},
      {"seccomp=", "must be seccomp=unconfined or seccomp=PROFILE"},
      {"no-new-privileges=1", "value \"1\" must be true or false"},
      {"no-new-privileges=", "value \"\" must be true or false"},
      {"no-new-privilege", "is not one of"},
      {"apparmor=unconfined",
       "\"apparmor=unconfined\" is not supported: this engine has no "
       "AppArmor profiles"},
      {"label=disable", "no SELinux labels"},
      {"label:type:x", "no SELinux labels"},
      {"Seccomp=unconfined", "is not one of"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseSecurityOption(c.text), IsErrorWith(Code::kInvalidArgument, c.reason));
  }
  EXPECT_LT(ParseSecurityOption(std::string(5000, 'x')).error().message().size(), 200u);
}

}  // namespace
}  // namespace isulad
