#include "daemon/modules/events/journal.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "journal_fixture.h"

namespace isulad::events {
namespace {

using ::testing::ElementsAre;

// Room for a few events, in the files and in memory.
constexpr Limits kTight = {.segment_bytes = 1000, .segments = 2, .memory_bytes = 400};

TEST_F(JournalTest, GivesWhatWasPublishedInOrderWithTimes) {
  Open();
  Publish("a");
  clock_.Set({2000});
  Event event = Named("b", EventType::kDie);
  event.attributes = {{"image", "none"}, {"exitCode", "3"}};
  ASSERT_OK(journal_->Publish(event));
  const auto reader = Read();
  ASSERT_OK_AND_ASSIGN(const Batch batch, reader->Next());
  event.time = {2000};
  Event first = Named("a");
  first.time = {1000};
  EXPECT_THAT(batch.events, ElementsAre(first, event));
  EXPECT_EQ(batch.missed, 0u);
  EXPECT_FALSE(batch.ended);
}

TEST_F(JournalTest, TimesDoNotGoBackWithTheClock) {
  Open();
  Publish("a");
  clock_.Set({5});
  Publish("b");
  Open();
  Publish("c");
  ASSERT_OK_AND_ASSIGN(const Batch batch, Read()->Next());
  ASSERT_EQ(batch.events.size(), 3u);
  for (const Event& event : batch.events) {
    EXPECT_EQ(event.time, Timestamp{1000});
  }
}

TEST_F(JournalTest, HistoryOutlivesIt) {
  Open();
  Publish("a");
  Publish("b");
  Open();
  EXPECT_EQ(AllNames(), "a b ");
  Publish("c");
  Open();
  EXPECT_EQ(AllNames(), "a b c ");
}

TEST_F(JournalTest, WithoutSinceAReaderGetsOnlyWhatComes) {
  Open();
  Publish("a");
  const auto reader = Read({});
  EXPECT_EQ(Names(*reader), "");
  Publish("b");
  EXPECT_EQ(Names(*reader), "b ");
  EXPECT_EQ(Names(*reader), "");
}

TEST_F(JournalTest, SinceAndUntilIncludeTheirTimes) {
  Open();
  for (const int64_t time : {1000, 2000, 3000, 4000}) {
    clock_.Set({time});
    Publish(std::to_string(time));
  }
  EXPECT_EQ(Names(*Read({Timestamp{2000}, Timestamp{3000}, {}})), "2000 3000 end");
  EXPECT_EQ(Names(*Read({Timestamp{3001}, {}, {}})), "4000 ");
}

TEST_F(JournalTest, EndsWhenUntilHasPassed) {
  Open();
  const auto reader = Read({{}, Timestamp{2000}, {}});
  Publish("a");
  EXPECT_EQ(Names(*reader), "a ");
  clock_.Set({2000});
  EXPECT_EQ(Names(*reader), "");
  clock_.Set({2001});
  EXPECT_EQ(Names(*reader), "end");
}

TEST_F(JournalTest, FiltersByNameIdAndBeginningOfAnId) {
  Open();
  for (const char digit : {'a', 'b'}) {
    Event event = Named(std::string("web-") + digit);
    event.id = std::string(64, digit);
    ASSERT_OK(journal_->Publish(event));
  }
  EXPECT_EQ(Names(*Read({Timestamp{0}, {}, {"web-a"}})), "web-a ");
  EXPECT_EQ(Names(*Read({Timestamp{0}, {}, {std::string(64, 'b')}})), "web-b ");
  EXPECT_EQ(Names(*Read({Timestamp{0}, {}, {"bbb"}})), "web-b ");
  EXPECT_EQ(Names(*Read({Timestamp{0}, {}, {"web-a", "b"}})), "web-a web-b ");
  EXPECT_EQ(Names(*Read({Timestamp{0}, {}, {"web", ""}})), "");
}

TEST_F(JournalTest, KeepsTwoFilesOfLimitedSize) {
  Open(kTight);
  for (int i = 0; i < 100; ++i) {
    Publish(std::to_string(i));
    EXPECT_LE(Files().size(), 2u);
  }
  for (const std::string& file : Files()) {
    EXPECT_LE(Text(file).size(), kTight.segment_bytes) << file;
  }
  const std::string names = AllNames();
  EXPECT_TRUE(names.ends_with(" 97 98 99 ")) << names;
  EXPECT_FALSE(names.starts_with("0 ")) << names;
  // What a new one finds is the same, and it goes on from there.
  Open(kTight);
  EXPECT_EQ(AllNames(), names);
  Publish("100");
  EXPECT_TRUE(AllNames().ends_with("99 100 "));
}

TEST_F(JournalTest, AReaderThatKeepsUpMissesNothingOverRotations) {
  Open(kTight);
  const auto reader = Read({});
  std::string wanted;
  std::string got;
  for (int i = 0; i < 100; ++i) {
    Publish(std::to_string(i));
    wanted += std::to_string(i) + " ";
    got += Names(*reader);
  }
  EXPECT_EQ(got, wanted);
}

TEST_F(JournalTest, AReaderThatComesEverySoOftenReadsTheFilesWithoutAGap) {
  Open({.segment_bytes = 4000, .segments = 2, .memory_bytes = 1});
  const auto reader = Read({});
  std::string wanted;
  std::string got;
  for (int i = 0; i < 300; ++i) {
    Publish(std::to_string(i));
    wanted += std::to_string(i) + " ";
    if (i % 20 == 0) {
      got += Names(*reader);
    }
  }
  EXPECT_EQ(got + Names(*reader), wanted);
}

TEST_F(JournalTest, AReaderThatIsTooSlowIsToldHowManyItMissed) {
  Open(kTight);
  const auto reader = Read({});
  Publish("0");
  EXPECT_EQ(Names(*reader), "0 ");
  for (int i = 1; i < 100; ++i) {
    Publish(std::to_string(i));
  }
  const std::string left = AllNames();
  const int first = std::stoi(left);
  EXPECT_GT(first, 1);
  EXPECT_EQ(Names(*reader), "(" + std::to_string(first - 1) + " missed) " + left);
}

TEST_F(JournalTest, HistoryThatWasDroppedBeforehandIsNoGap) {
  Open(kTight);
  for (int i = 0; i < 100; ++i) {
    Publish(std::to_string(i));
  }
  EXPECT_EQ(AllNames().find("missed"), std::string::npos);
}

TEST_F(JournalTest, WakesOnceWhenSomethingComes) {
  Open();
  int woken = 0;
  const auto reader = Read({});
  reader->WakeOnce([&woken] { ++woken; });
  EXPECT_EQ(woken, 0);
  Publish("a");
  Publish("b");
  EXPECT_EQ(woken, 1);
  reader->WakeOnce([&woken] { ++woken; });  // there is something already
  EXPECT_EQ(woken, 2);
  EXPECT_EQ(Names(*reader), "a b ");
}

TEST_F(JournalTest, DoesNotWakeAReaderThatHasGone) {
  Open();
  int woken = 0;
  {
    const auto reader = Read({});
    reader->WakeOnce([&woken] { ++woken; });
    reader->WakeOnce([&woken] { ++woken; });
  }
  Publish("a");
  EXPECT_EQ(woken, 0);
}

// Follows `journal` until it has `wanted` events; returns their names.
std::vector<std::string> Follow(Journal& journal, size_t wanted) {
  std::mutex mutex;
  std::condition_variable changed;
  bool woken = false;
  const auto reader = journal.Read({Timestamp{0}, {}, {}});
  std::vector<std::string> names;
  while (names.size() < wanted) {
    Result<Batch> batch = reader->Next();
    if (!batch || batch->missed > 0) {
      return {};
    }
    for (const Event& event : batch->events) {
      names.push_back(event.name);
    }
    if (batch->events.empty()) {
      reader->WakeOnce([&] {
        const std::lock_guard lock(mutex);
        woken = true;
        changed.notify_one();
      });
      std::unique_lock lock(mutex);
      if (!changed.wait_for(lock, std::chrono::seconds(60), [&] { return woken; })) {
        return {};
      }
      woken = false;
    }
  }
  return names;
}

TEST_F(JournalTest, ManyPublishersAndReadersSeeOneOrder) {
  constexpr int kPublishers = 4;
  constexpr int kEach = 500;
  Open({.segment_bytes = 1u << 20, .segments = 2, .memory_bytes = 2000});
  std::vector<std::vector<std::string>> seen(3);
  std::vector<std::thread> threads;
  for (std::vector<std::string>& names : seen) {
    threads.emplace_back([&] { names = Follow(*journal_, kPublishers * kEach); });
  }
  for (int publisher = 0; publisher < kPublishers; ++publisher) {
    threads.emplace_back([&, publisher] {
      for (int i = 0; i < kEach; ++i) {
        EXPECT_OK(journal_->Publish(Named(std::to_string(publisher) + "." + std::to_string(i))));
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  ASSERT_EQ(seen[0].size(), static_cast<size_t>(kPublishers * kEach));
  EXPECT_EQ(seen[1], seen[0]);
  EXPECT_EQ(seen[2], seen[0]);
  // Each publisher's events in its own order.
  std::map<char, int> next;
  for (const std::string& name : seen[0]) {
    EXPECT_EQ(std::stoi(name.substr(2)), next[name[0]]++);
  }
}

}  // namespace
}  // namespace isulad::events
