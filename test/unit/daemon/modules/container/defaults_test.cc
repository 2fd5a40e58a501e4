#include "daemon/modules/container/defaults.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/from_text.h"
#include "support/result_matchers.h"

namespace isulad::container {
namespace {

using test::IsErrorWith;
using ::testing::ElementsAre;

// `text`, a HostConfig, with the defaults added.
spec::HostConfig WithDefaults(const Defaults& defaults, const std::string& text) {
  auto host = test::FromText<spec::HostConfig>(text);
  EXPECT_OK(AddDefaults(defaults, host));
  return host;
}

TEST(Defaults, OfUlimitsHoldForWhatIsNotNamed) {
  Defaults defaults;
  defaults.ulimits = {{"nofile", 1, 2}, {"core", 0, 0}};
  EXPECT_THAT(WithDefaults(defaults, "").security().ulimits(),
              ElementsAre("nofile=1:2", "core=0:0"));
  EXPECT_THAT(WithDefaults(defaults, "security { ulimits: 'nproc=7' ulimits: 'nofile=3:4' }")
                  .security()
                  .ulimits(),
              ElementsAre("nproc=7", "nofile=3:4", "core=0:0"));
}

TEST(Defaults, OfHooksRunFirst) {
  Defaults defaults;
  defaults.hooks.prestart = {{"/bin/a", {}, {}, 0}};
  defaults.hooks.poststop = {{"/bin/b", {}, {}, 0}};
  spec::Hooks asked;
  asked.prestart = {{"/bin/c", {}, {}, 0}};
  asked.poststart = {{"/bin/d", {}, {}, 0}};
  spec::HostConfig host;
  host.set_hook_spec(json::Serialize(spec::HooksToJson(asked)));
  ASSERT_OK(AddDefaults(defaults, host));
  const spec::Hooks all = *spec::ParseHooks(host.hook_spec());
  EXPECT_THAT(all.prestart, ElementsAre(defaults.hooks.prestart[0], asked.prestart[0]));
  EXPECT_EQ(all.poststart, asked.poststart);
  EXPECT_EQ(all.poststop, defaults.hooks.poststop);
  EXPECT_EQ(*spec::ParseHooks(WithDefaults(defaults, "").hook_spec()), defaults.hooks);
  EXPECT_EQ(WithDefaults({}, "").hook_spec(), "");
}

TEST(Defaults, DoNotHideHooksThatAreNone) {
  Defaults defaults;
  defaults.hooks.prestart = {{"/bin/a", {}, {}, 0}};
  auto host = test::FromText<spec::HostConfig>("hook_spec: '{}}'");
  EXPECT_THAT(AddDefaults(defaults, host), IsErrorWith(Code::kInvalidArgument, ""));
}

TEST(Defaults, OfTheLogHoldForItsDriver) {
  Defaults defaults;
  EXPECT_EQ(WithDefaults(defaults, "").log_driver(), "json-file");
  EXPECT_THAT(WithDefaults(defaults, "").log_options(), ElementsAre());
  defaults.log_options = {"max-size=1m", "max-file=3"};
  for (const char* text : {"", "log_driver: 'json-file'"}) {
    EXPECT_THAT(WithDefaults(defaults, text).log_options(),
                ElementsAre("max-size=1m", "max-file=3"));
  }
  EXPECT_THAT(WithDefaults(defaults, "log_options: 'max-file=5'").log_options(),
              ElementsAre("max-file=5", "max-size=1m"));
  EXPECT_THAT(WithDefaults(defaults, "log_driver: 'none'").log_options(), ElementsAre());
  defaults = {};
  defaults.log_driver = "none";
  EXPECT_EQ(WithDefaults(defaults, "").log_driver(), "none");
  EXPECT_EQ(WithDefaults(defaults, "log_driver: 'json-file'").log_driver(), "json-file");
}

TEST(CheckHooks, WantsProgramsOfTheHost) {
  spec::Hooks hooks;
  EXPECT_OK(CheckHooks(hooks));
  hooks.prestart = {{"/bin/true", {}, {}, 0}};
  EXPECT_OK(CheckHooks(hooks));
  for (const char* path : {"/no/such", "/etc", "/etc/passwd"}) {
    hooks.prestart[0].path = path;
    EXPECT_THAT(CheckHooks(hooks), IsErrorWith(Code::kInvalidArgument, "is not a program"));
  }
}

}  // namespace
}  // namespace isulad::container
