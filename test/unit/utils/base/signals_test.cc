#include "utils/base/signals.h"

#include <gtest/gtest.h>

#include <csignal>
#include <string>

#include "support/result_matchers.h"

namespace isulad {
namespace {

TEST(ParseSignal, TakesNamesWithAndWithoutPrefixInEitherCase) {
  for (const std::string text : {"TERM", "SIGTERM", "sigterm", "term", "15"}) {
    EXPECT_EQ(ParseSignal(text).value_or(0), SIGTERM) << text;
  }
  EXPECT_EQ(ParseSignal("KILL").value_or(0), SIGKILL);
  EXPECT_EQ(ParseSignal("SIGIO").value_or(0), SIGIO);
}

TEST(ParseSignal, CountsRealTimeSignalsAsTheCLibraryDoes) {
  EXPECT_EQ(ParseSignal("RTMIN").value_or(0), SIGRTMIN);
  EXPECT_EQ(ParseSignal("SIGRTMIN+3").value_or(0), SIGRTMIN + 3);
  EXPECT_EQ(ParseSignal("sigrtmax-1").value_or(0), SIGRTMAX - 1);
  EXPECT_EQ(ParseSignal("64").value_or(0), 64);
}

TEST(ParseSignal, RefusesWhatIsNoSignal) {
  for (const std::string text : {"", "0", "65", "-9", "SIG", "NOPE", "SIGSIGTERM", "RTMIN-1",
                                 "RTMAX+1", "RTMIN+", "RTMIN+31", "RTMINX", "TERM ", "9x"}) {
    EXPECT_THAT(ParseSignal(text), test::IsErrorWith(Code::kInvalidArgument, "unknown signal"))
        << text;
  }
}

TEST(SignalName, IsReadBackForEverySignal) {
  EXPECT_EQ(SignalName(SIGTERM), "SIGTERM");
  EXPECT_EQ(SignalName(SIGRTMIN), "SIGRTMIN");
  EXPECT_EQ(SignalName(SIGRTMIN + 3), "SIGRTMIN+3");
  for (int signal = 1; signal <= SIGRTMAX; ++signal) {
    EXPECT_EQ(ParseSignal(SignalName(signal)).value_or(0), signal) << SignalName(signal);
  }
}

}  // namespace
}  // namespace isulad
