#include "daemon/modules/container/stop_signal.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

#include "sample.h"

namespace isulad::container {
namespace {

using os::Hearing;

TEST(StopSignal, IsWhatTheInitTakesForAShutdown) {
  EXPECT_EQ(StopSignalOfInit({"systemd", "/sbin/init"}), SIGRTMIN + 3);
  EXPECT_EQ(StopSignalOfInit({"systemd", "init"}), SIGRTMIN + 3);
  EXPECT_EQ(StopSignalOfInit({"systemd-shutdown", "/lib/systemd/systemd-shutdown"}), SIGRTMIN + 3);
  EXPECT_EQ(StopSignalOfInit({"busybox", "init"}), SIGUSR2);
  EXPECT_EQ(StopSignalOfInit({"busybox.static", "/sbin/init"}), SIGUSR2);
  EXPECT_EQ(StopSignalOfInit({"busybox", "linuxrc"}), SIGUSR2);
  EXPECT_EQ(StopSignalOfInit({"init", "init", Hearing::kLost, Hearing::kCaught}), SIGINT);
}

TEST(StopSignal, IsSigtermForWhatIsNoKnownInit) {
  EXPECT_EQ(StopSignalOfInit({"busybox", "sh"}), SIGTERM);
  EXPECT_EQ(StopSignalOfInit({"busybox", ""}), SIGTERM);
  EXPECT_EQ(StopSignalOfInit({"init", "/init", Hearing::kCaught, Hearing::kCaught}), SIGTERM);
  EXPECT_EQ(StopSignalOfInit({"init", "/init", Hearing::kLost, Hearing::kLost}), SIGTERM);
  EXPECT_EQ(StopSignalOfInit({"sleep", "sleep", Hearing::kLost, Hearing::kCaught}), SIGTERM);
  EXPECT_EQ(StopSignalOfInit({"tini", "/sbin/init"}), SIGTERM);
  EXPECT_EQ(StopSignalOfInit({"systemd-nspawn", "init"}), SIGTERM);
  EXPECT_EQ(StopSignalOfInit({"", ""}), SIGTERM);
}

ContainerConfig WithStopSignal(int signal) {
  ContainerConfig config = SampleConfig();
  config.stop_signal = signal;
  return config;
}

State RunningAs(pid_t pid) {
  State state;
  state.phase = Phase::kRunning;
  state.pid = pid;
  return state;
}

TEST(StopSignal, IsTheUsersWhereOneWasAskedFor) {
  const Container container(WithStopSignal(SIGHUP), RunningAs(::getpid()));
  EXPECT_EQ(StopSignalOf(container), SIGHUP);
}

TEST(StopSignal, IsSigtermWhereNothingRunsOrNothingIsKnown) {
  EXPECT_EQ(StopSignalOf(Container(WithStopSignal(kStopSignalOfInit), RunningAs(0))), SIGTERM);
  // This test is no init, and no process has the largest number.
  EXPECT_EQ(StopSignalOf(Container(WithStopSignal(kStopSignalOfInit), RunningAs(::getpid()))),
            SIGTERM);
  EXPECT_EQ(StopSignalOf(Container(WithStopSignal(kStopSignalOfInit), RunningAs(INT32_MAX))),
            SIGTERM);
}

TEST(StopSignal, IsHeardWhereThereIsNothingToWaitFor) {
  EXPECT_EQ(HearingOf(Container(WithStopSignal(SIGTERM), RunningAs(0)), SIGTERM), Hearing::kCaught);
  EXPECT_EQ(HearingOf(Container(WithStopSignal(SIGTERM), RunningAs(INT32_MAX)), SIGTERM),
            Hearing::kCaught);
  EXPECT_EQ(HearingOf(Container(WithStopSignal(SIGTERM), RunningAs(::getpid())), SIGUSR2),
            Hearing::kLost);
}

TEST(StopHearing, SendsNothingMoreToWhatHasHeard) {
  for (const Hearing hearing : {Hearing::kCaught, Hearing::kBlocked}) {
    StopHearing stop(SIGTERM, hearing);
    for (int look = 0; look < 1000; ++look) {
      EXPECT_FALSE(stop.Look(SIGTERM, hearing));
    }
    EXPECT_TRUE(stop.settled());
  }
}

TEST(StopHearing, SendsNothingMoreToWhatNeverListens) {
  StopHearing stop(SIGTERM, Hearing::kLost);
  for (int look = 0; look < 1000; ++look) {
    EXPECT_FALSE(stop.Look(SIGTERM, Hearing::kLost));
  }
  EXPECT_FALSE(stop.settled());
}

TEST(StopHearing, SendsOnceMoreWhenItBeginsToListen) {
  StopHearing stop(SIGTERM, Hearing::kLost);
  EXPECT_FALSE(stop.Look(SIGTERM, Hearing::kLost));
  EXPECT_TRUE(stop.Look(SIGTERM, Hearing::kCaught));
  EXPECT_FALSE(stop.Look(SIGTERM, Hearing::kCaught));
}

TEST(StopHearing, DoesNotTakeAMomentForListening) {
  StopHearing stop(SIGTERM, Hearing::kBlocked);  // a shell that was about to fork
  EXPECT_FALSE(stop.Look(SIGTERM, Hearing::kLost));
  EXPECT_FALSE(stop.Look(SIGTERM, Hearing::kBlocked));
  EXPECT_FALSE(stop.Look(SIGTERM, Hearing::kLost));
  EXPECT_FALSE(stop.settled());
}

TEST(StopHearing, SendsAnotherSignalToWhatHasBecomeAnotherProgram) {
  const int halt = SIGRTMIN + 3;
  StopHearing stop(SIGTERM, Hearing::kBlocked);
  EXPECT_FALSE(stop.Look(halt, Hearing::kLost));
  EXPECT_FALSE(stop.Look(halt, Hearing::kBlocked));
  EXPECT_TRUE(stop.Look(halt, Hearing::kBlocked));
  EXPECT_FALSE(stop.Look(halt, Hearing::kBlocked));
}

}  // namespace
}  // namespace isulad::container
