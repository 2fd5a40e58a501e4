#include "daemon/modules/container/defaults.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/result_matchers.h"

namespace isulad::container {
namespace {

using test::IsErrorWith;
using ::testing::ElementsAre;

TEST(Defaults, OfUlimitsHoldForWhatIsNotNamed) {
  Defaults defaults;
  defaults.ulimits = {{"nofile", 1, 2}, {"core", 0, 0}};
  EXPECT_EQ(WithDefaults(defaults, std::vector<Ulimit>()), defaults.ulimits);
  EXPECT_THAT(WithDefaults(defaults, std::vector<Ulimit>{{"nproc", 7, 7}, {"nofile", 3, 4}}),
              ElementsAre(Ulimit{"nproc", 7, 7}, Ulimit{"nofile", 3, 4}, Ulimit{"core", 0, 0}));
}

TEST(Defaults, OfHooksRunFirst) {
  Defaults defaults;
  defaults.hooks.prestart = {{"/bin/a", {}, {}, 0}};
  defaults.hooks.poststop = {{"/bin/b", {}, {}, 0}};
  spec::Hooks asked;
  asked.prestart = {{"/bin/c", {}, {}, 0}};
  asked.poststart = {{"/bin/d", {}, {}, 0}};
  const spec::Hooks all = WithDefaults(defaults, asked);
  EXPECT_THAT(all.prestart, ElementsAre(defaults.hooks.prestart[0], asked.prestart[0]));
  EXPECT_EQ(all.poststart, asked.poststart);
  EXPECT_EQ(all.poststop, defaults.hooks.poststop);
}

TEST(Defaults, OfTheLogHoldForItsDriver) {
  Defaults defaults;
  EXPECT_EQ(*LogWithDefaults(defaults, "", {}), logs::LogOptions{});
  defaults.log_options = {"max-size=1m", "max-file=3"};
  const logs::LogOptions wanted{logs::Driver::kJsonFile, 1 << 20, 3};
  EXPECT_EQ(*LogWithDefaults(defaults, "", {}), wanted);
  EXPECT_EQ(*LogWithDefaults(defaults, "json-file", {}), wanted);
  EXPECT_EQ(LogWithDefaults(defaults, "", {"max-file=5"})->max_files, 5u);
  EXPECT_EQ(LogWithDefaults(defaults, "", {"max-file=5"})->max_bytes, 1u << 20);
  EXPECT_EQ(LogWithDefaults(defaults, "none", {})->driver, logs::Driver::kNone);
  EXPECT_THAT(LogWithDefaults(defaults, "", {"colour=red"}),
              IsErrorWith(Code::kInvalidArgument, "colour"));
  defaults = {};
  defaults.log_driver = "none";
  EXPECT_EQ(LogWithDefaults(defaults, "", {})->driver, logs::Driver::kNone);
  EXPECT_EQ(LogWithDefaults(defaults, "json-file", {})->driver, logs::Driver::kJsonFile);
}

TEST(ReadHooks, WantsProgramsOfTheHost) {
  EXPECT_TRUE(ReadHooks("")->empty());
  EXPECT_EQ(ReadHooks(R"({"prestart": [{"path": "/bin/true"}]})")->prestart.size(), 1u);
  for (const char* path : {"/no/such", "/etc", "/etc/passwd"}) {
    EXPECT_THAT(ReadHooks(R"({"prestart": [{"path": ")" + std::string(path) + "\"}]}"),
                IsErrorWith(Code::kInvalidArgument, "is not a program"));
  }
}

}  // namespace
}  // namespace isulad::container
