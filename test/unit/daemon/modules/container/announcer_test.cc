// What is announced, and what a new daemon announces in place of one that was killed at any moment.
#include "daemon/modules/container/announcer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/events/journal.h"
#include "sample.h"
#include "support/fakes/fake_clock.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::container {
namespace {

using events::EventType;

// The types of the events, with the attributes that tell one event from another.
std::string SummaryOf(const events::Event& event) {
  std::string text(events::TypeName(event.type));
  for (const char* key : {"exitCode", "signal", "execID", "hostPath"}) {
    if (const std::string* value = events::FindAttribute(event, key); value != nullptr) {
      text += ":" + *value;
    }
  }
  return text + " ";
}

class AnnouncerTest : public testing::Test {
 protected:
  AnnouncerTest() { Begin(); }

  // Starts a daemon, after the one before it was killed.
  void Begin(const events::Limits& limits = {}) {
    announcer_.reset();
    journal_.reset();
    Result<std::unique_ptr<events::Journal>> journal =
        events::Journal::Open(dir_.Sub("events"), &clock_, limits);
    ASSERT_OK(journal);
    journal_ = *std::move(journal);
    announcer_ = std::make_unique<Announcer>(journal_.get());
    announcer_->Learn();
  }
  // Makes the journal drop everything older.
  void Forget() {
    Begin({.segment_bytes = 1, .segments = 1});
    for (int i = 0; i < 2; ++i) {
      clock_.Advance(std::chrono::nanoseconds(1000));
      ASSERT_OK(journal_->Publish({{}, EventType::kUpdate, IdOf('f'), "other", {}}));
    }
    Begin();
  }
  void Recover(const Container& container) {
    announcer_->CatchUpRemovals([](const std::string&) { return true; }, {}, {});
    announcer_->CatchUp(container);
  }

  Container Make(State state = {}, bool auto_remove = false) {
    ContainerConfig config = MinimalConfig(IdOf('a'), "web");
    config.created = created_;
    config.spec.mutable_host()->set_auto_remove(auto_remove);
    config.channels = {{"/h1", "/c1", host_channel::Access::kReadWrite, 4096, {}},
                       {"/h2", "/c2", host_channel::Access::kReadOnly, 4096, {}}};
    return Container(std::move(config), std::move(state));
  }
  State Running() {
    State state;
    state.phase = Phase::kRunning;
    state.started_at = clock_.Now();
    return state;
  }
  State Ended(int exit_code) {
    State state;
    state.phase = Phase::kExited;
    state.started_at = clock_.Now();
    state.finished_at = {clock_.Now().nanoseconds + 1};
    state.exit_code = exit_code;
    return state;
  }

  std::string Told(const std::string& id = IdOf('a')) {
    std::string told;
    const auto reader = journal_->Read({Timestamp{0}, {}, {id}});
    for (;;) {
      Result<events::Batch> batch = reader->Next();
      if (!batch || (batch->events.empty() && batch->missed == 0)) {
        return told;
      }
      for (const events::Event& event : batch->events) {
        told += SummaryOf(event);
      }
    }
  }

  test::TempDir dir_;
  test::FakeClock clock_{{1000}};
  Timestamp created_{1000};
  std::unique_ptr<events::Journal> journal_;
  std::unique_ptr<Announcer> announcer_;
};

constexpr char kMounts[] = "channel_mount:/h1 channel_mount:/h2 ";

TEST_F(AnnouncerTest, TellsALife) {
  const Container container = Make(Running());
  announcer_->Publish(container, EventType::kCreate);
  announcer_->Start(container, container.channels(), true);
  announcer_->ExecStart(container, "e");
  announcer_->ExecEnd(container, "e", 4);
  State state = Ended(137);
  state.oom_killed = true;
  announcer_->End(container, state);
  announcer_->Removal(container, container.channels());
  EXPECT_EQ(Told(), std::string("create ") + kMounts +
                        "attach start exec_create:e exec_start:e exec_die:4:e oom die:137 "
                        "channel_unmount:/h1 channel_unmount:/h2 destroy ");
}

TEST_F(AnnouncerTest, EventsCarryNameImageAndTimeOfTheEnd) {
  const Container container = Make(Running());
  announcer_->End(container, Ended(0));
  const auto reader = journal_->Read({Timestamp{0}, {}, {}});
  ASSERT_OK_AND_ASSIGN(const events::Batch batch, reader->Next());
  const events::Event& die = batch.events.back();
  EXPECT_EQ(die.name, "web");
  EXPECT_EQ(*events::FindAttribute(die, "image"), "none");
  EXPECT_EQ(*events::FindAttribute(die, "finishedAt"), FormatTimestamp(Timestamp{1001}));
}

TEST_F(AnnouncerTest, WithoutAJournalNothingIsTold) {
  const Container container = Make(Running());
  Announcer announcer(nullptr);
  announcer.Learn();
  announcer.CatchUp(container);
  announcer.Start(container, {}, false);
  announcer.Removal(container, container.channels());
  EXPECT_EQ(Told(), "");
}

TEST_F(AnnouncerTest, AnExecThatEndsAfterItsContainerIsGoneIsNotTold) {
  const Container container = Make(Running());
  announcer_->Publish(container, EventType::kCreate);
  announcer_->ExecStart(container, "e");
  announcer_->Removal(container, container.channels());
  announcer_->ExecEnd(container, "e", 137);
  EXPECT_EQ(Told(), "create exec_create:e exec_start:e exec_die:e destroy ");
}

TEST_F(AnnouncerTest, AKilledDaemonsCreateIsToldByTheNext) {
  Begin();
  Recover(Make());
  EXPECT_EQ(Told(), "create ");
  Begin();
  Recover(Make());
  EXPECT_EQ(Told(), "create ");
}

TEST_F(AnnouncerTest, AKilledDaemonsStartIsToldByTheNext) {
  announcer_->Publish(Make(), EventType::kCreate);
  Begin();
  Recover(Make(Running()));
  EXPECT_EQ(Told(), std::string("create ") + kMounts + "start ");
  Begin();
  Recover(Make(Running()));
  EXPECT_EQ(Told(), std::string("create ") + kMounts + "start ");
}

TEST_F(AnnouncerTest, AKilledDaemonsPauseIsToldByTheNext) {
  announcer_->Publish(Make(), EventType::kCreate);
  announcer_->Start(Make(Running()), {}, false);
  State paused = Running();
  paused.phase = Phase::kPaused;
  for (int i = 0; i < 2; ++i) {
    Begin();
    Recover(Make(paused));
    EXPECT_EQ(Told(), "create start pause ");
  }
  for (int i = 0; i < 2; ++i) {
    Begin();
    Recover(Make(Running()));
    EXPECT_EQ(Told(), "create start pause unpause ");
  }
}

TEST_F(AnnouncerTest, AStartToldInPartIsToldToItsEnd) {
  const Container container = Make(Running());
  announcer_->Publish(container, EventType::kCreate);
  announcer_->Publish(container, EventType::kChannelMount, {{"hostPath", "/h1"}});
  Begin();
  Recover(Make(Running()));
  EXPECT_EQ(Told(), std::string("create ") + kMounts + "start ");
}

TEST_F(AnnouncerTest, AKilledDaemonsEndIsToldByTheNext) {
  const Container container = Make(Running());
  announcer_->Publish(container, EventType::kCreate);
  announcer_->Start(container, {}, false);
  Begin();
  Recover(Make(Ended(3)));
  EXPECT_EQ(Told(), "create start die:3 ");
  Begin();
  Recover(Make(Ended(3)));
  EXPECT_EQ(Told(), "create start die:3 ");
}

TEST_F(AnnouncerTest, AnEndIsNotMistakenForAnEarlierOne) {
  const Container container = Make(Running());
  announcer_->Publish(container, EventType::kCreate);
  announcer_->Start(container, container.channels(), false);
  announcer_->End(container, Ended(3));
  Begin();
  clock_.Set({5000});
  Recover(Make(Ended(4)));
  EXPECT_EQ(Told(), std::string("create ") + kMounts + "start die:3 start die:4 ");
}

TEST_F(AnnouncerTest, AnEndToldTwiceIsToldOnce) {
  const Container container = Make(Running());
  announcer_->Publish(container, EventType::kCreate);
  announcer_->Start(container, {}, false);
  announcer_->End(container, Ended(3));
  Begin();
  Recover(Make(Ended(3)));
  announcer_->End(container, Ended(3));  // its clean-up was interrupted: the end is handled again
  EXPECT_EQ(Told(), "create start die:3 ");
}

TEST_F(AnnouncerTest, WhatGoesWhenItEndsHasItsEndInTheJournalAlone) {
  const Container container = Make(Running(), true);
  announcer_->Publish(container, EventType::kCreate);
  announcer_->Start(container, {}, false);
  announcer_->End(container, Ended(3));
  Begin();
  Recover(Make(Running(), true));  // the end is not saved
  State lost = Ended(255);
  lost.finished_at = {9000};
  announcer_->End(container, lost);
  EXPECT_EQ(Told(), "create start die:3 ");
}

TEST_F(AnnouncerTest, ARunSoShortThatItsEndLiesBeforeItsStartIsToldOnce) {
  // The daemon records the start when it is told of it, the monitor records the end when it
  // happens.
  State ended = Ended(0);
  ended.finished_at = {900};
  const Container container = Make(Running(), true);
  announcer_->Publish(container, EventType::kCreate);
  announcer_->Start(container, {}, false);
  announcer_->End(container, ended);
  Begin();
  Recover(Make(Running(), true));
  announcer_->End(container, ended);
  EXPECT_EQ(Told(), "create start die:0 ");
}

TEST_F(AnnouncerTest, ARunIsNotMistakenForAnEarlierOne) {
  const Container container = Make(Running());
  announcer_->Publish(container, EventType::kCreate);
  announcer_->Start(container, container.channels(), false);
  Begin();
  clock_.Set({5000});
  Recover(Make(Running()));
  EXPECT_EQ(Told(), std::string("create ") + kMounts + "start start ");
}

TEST_F(AnnouncerTest, ARemovalIsToldByTheNext) {
  const Container container = Make(Running());
  announcer_->Publish(container, EventType::kCreate);
  announcer_->Start(container, container.channels(), false);
  announcer_->ExecStart(container, "e");
  announcer_->End(container, Ended(0));
  const std::string before = Told();
  Begin();
  announcer_->CatchUpRemovals([](const std::string&) { return false; }, {{IdOf('a'), "web", {}}},
                              {});
  const std::string after = before + "exec_die:e channel_unmount:/h1 channel_unmount:/h2 destroy ";
  EXPECT_EQ(Told(), after);
  Begin();
  announcer_->CatchUpRemovals([](const std::string&) { return false; }, {{IdOf('a'), "web", {}}},
                              {});
  EXPECT_EQ(Told(), after);
}

TEST_F(AnnouncerTest, ARemovalOfWhatTheJournalHasForgottenIsTold) {
  Forget();
  announcer_->CatchUpRemovals([](const std::string& id) { return id == IdOf('f'); },
                              {{IdOf('a'), "web", {}}}, {});
  EXPECT_EQ(Told(), "destroy ");
}

// Two containers share /h1 and /h2; "web", with which their mounts are announced, is removed first.
class SharedChannelEvents : public AnnouncerTest {
 protected:
  SharedChannelEvents() {
    announcer_->Publish(web_, EventType::kCreate);
    announcer_->Start(web_, web_.channels(), false);
    announcer_->Publish(db_, EventType::kCreate);
    announcer_->Start(db_, {}, false);
  }
  Container MakeOther() {
    ContainerConfig config = MinimalConfig(IdOf('b'), "db");
    config.created = created_;
    config.channels = web_.channels();
    return Container(std::move(config), Running());
  }
  std::string ToldOfOther() { return AnnouncerTest::Told(IdOf('b')); }

  const Container web_ = Make(Running());
  const Container db_ = MakeOther();
};

TEST_F(SharedChannelEvents, TheUnmountIsToldWithTheLast) {
  announcer_->Removal(web_, {});
  EXPECT_EQ(Told(), std::string("create ") + kMounts + "start destroy ");
  announcer_->Removal(db_, db_.channels());
  EXPECT_EQ(ToldOfOther(), "create start channel_unmount:/h1 channel_unmount:/h2 destroy ");
}

TEST_F(SharedChannelEvents, TheNextDaemonTellsNoMountAgain) {
  announcer_->Removal(web_, {});
  Begin();
  Recover(db_);
  announcer_->CatchUpStart(db_);
  EXPECT_EQ(ToldOfOther(), "create start ");
  announcer_->Removal(db_, db_.channels());
  EXPECT_EQ(ToldOfOther(), "create start channel_unmount:/h1 channel_unmount:/h2 destroy ");
}

TEST_F(SharedChannelEvents, TheNextDaemonTellsNoUnmountOfWhatGoesOn) {
  Begin();
  announcer_->CatchUpRemovals([](const std::string& id) { return id == IdOf('b'); },
                              {{IdOf('a'), "web", {"/h1", "/h2"}}}, {"/h1", "/h2"});
  EXPECT_EQ(Told(), std::string("create ") + kMounts + "start destroy ");
}

TEST_F(SharedChannelEvents, TheNextDaemonTellsTheUnmountOfTheLastOnce) {
  announcer_->Removal(web_, {});
  for (int daemon = 0; daemon < 2; ++daemon) {
    Begin();
    announcer_->CatchUpRemovals([](const std::string&) { return false; },
                                {{IdOf('b'), "db", {"/h1", "/h2"}}}, {});
    EXPECT_EQ(ToldOfOther(), "create start channel_unmount:/h1 channel_unmount:/h2 destroy ");
  }
}

TEST_F(SharedChannelEvents, TheNextDaemonTellsItOnceWhereAllHaveGoneUntold) {
  Begin();
  announcer_->CatchUpRemovals(
      [](const std::string&) { return false; },
      {{IdOf('a'), "web", {"/h1", "/h2"}}, {IdOf('b'), "db", {"/h1", "/h2"}}}, {});
  EXPECT_EQ(Told(), std::string("create ") + kMounts +
                        "start channel_unmount:/h1 channel_unmount:/h2 destroy ");
  EXPECT_EQ(ToldOfOther(), "create start destroy ");
}

TEST_F(AnnouncerTest, ChannelsComeAndGoWhileTheContainerIsThere) {
  const Container container = Make();
  const host_channel::HostChannel channel = container.channels().front();
  announcer_->Publish(container, EventType::kCreate);
  announcer_->Mount(container, channel);
  announcer_->AttachChannel(container, channel);
  announcer_->Mount(container, channel);
  announcer_->DetachChannel(container, channel);
  announcer_->Unmount(container, {channel});
  announcer_->Unmount(container, {channel});
  EXPECT_EQ(Told(),
            "create channel_mount:/h1 channel_attach:/h1 channel_detach:/h1 channel_unmount:/h1 ");
}

TEST_F(AnnouncerTest, TheEndOfAChannelThatWasTakenAwayIsToldByTheNext) {
  const Container container = Make();
  announcer_->Publish(container, EventType::kCreate);
  for (const host_channel::HostChannel& channel : container.channels()) {
    announcer_->Mount(container, channel);
  }
  for (int round = 0; round < 2; ++round) {
    Begin();
    announcer_->CatchUpChannels(container, {"/h2"});
    EXPECT_EQ(Told(), "create channel_mount:/h1 channel_mount:/h2 channel_unmount:/h1 ");
  }
}

TEST_F(AnnouncerTest, ExecsThatEndedWhileNobodyLookedAreTold) {
  const Container container = Make(Running());
  announcer_->Publish(container, EventType::kCreate);
  announcer_->Start(container, {}, false);
  announcer_->ExecStart(container, "e");
  announcer_->ExecStart(container, "f");
  Begin();
  const Container running = Make(Running());
  Recover(running);
  announcer_->CatchUpExecs(running, {"f"});
  announcer_->ExecEnd(running, "f", 5);
  EXPECT_EQ(Told(),
            "create start exec_create:e exec_start:e exec_create:f exec_start:f exec_die:e "
            "exec_die:5:f ");
}

TEST_F(AnnouncerTest, WhatTheJournalHasForgottenIsNotToldAgain) {
  announcer_->Publish(Make(), EventType::kCreate);
  announcer_->Start(Make(Running()), {}, false);
  const State running = Running();
  const State ended = Ended(0);
  Forget();
  Recover(Make(running));
  EXPECT_EQ(Told(), "");
  Begin();
  Recover(Make(ended));
  EXPECT_EQ(Told(), "");
  Begin();
  Recover(Make());
  EXPECT_EQ(Told(), "");
}

TEST_F(AnnouncerTest, WhatHappensAfterThatIsTold) {
  const State running = Running();
  Forget();
  const Container container = Make(running);
  Recover(container);
  State ended = Ended(0);
  ended.started_at = running.started_at;
  announcer_->End(container, ended);
  announcer_->Removal(container, container.channels());
  EXPECT_EQ(Told(), "die:0 channel_unmount:/h1 channel_unmount:/h2 destroy ");
}

TEST_F(AnnouncerTest, AnEndAfterAForgottenStartIsToldByTheNext) {
  const State running = Running();
  Forget();
  State ended = Ended(6);
  ended.started_at = running.started_at;
  Recover(Make(ended));
  EXPECT_EQ(Told(), "die:6 ");
}

TEST_F(AnnouncerTest, AContainerFromBeforeTheJournalIsNotCreatedAgain) {
  created_ = {999};
  Recover(Make());
  EXPECT_EQ(Told(), "");
}

TEST_F(AnnouncerTest, OfAStateThatCouldNotBeReadOnlyTheEndIsTold) {
  State unreadable;
  unreadable.phase = Phase::kExited;
  unreadable.exit_code = 255;
  unreadable.finished_at = {1};
  announcer_->Publish(Make(), EventType::kCreate);
  Begin();
  Recover(Make(unreadable));
  EXPECT_EQ(Told(), "create ");
  announcer_->Start(Make(Running()), {}, false);
  Begin();
  Recover(Make(unreadable));
  EXPECT_EQ(Told(), "create start die:255 ");
}

}  // namespace
}  // namespace isulad::container
