// A journal in a directory of its own, under a clock that the test sets.
#ifndef ISULAD_TEST_UNIT_DAEMON_MODULES_EVENTS_JOURNAL_FIXTURE_H_
#define ISULAD_TEST_UNIT_DAEMON_MODULES_EVENTS_JOURNAL_FIXTURE_H_

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/events/journal.h"
#include "support/fakes/fake_clock.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::events {

class JournalTest : public testing::Test {
 protected:
  void Open(const Limits& limits = {}) {
    journal_.reset();
    Result<std::unique_ptr<Journal>> journal = Journal::Open(Directory(), &clock_, limits);
    ASSERT_OK(journal);
    journal_ = *std::move(journal);
  }
  std::string Directory() const { return dir_.Sub("events"); }
  std::vector<std::string> Files() const {
    return os::ListDirectory(Directory()).value_or(std::vector<std::string>());
  }
  std::string Text(const std::string& file) const {
    return os::ReadFile(Directory() + "/" + file).value_or("");
  }
  void Append(const std::string& file, const std::string& text) const {
    std::ofstream(Directory() + "/" + file, std::ios::app | std::ios::binary) << text;
  }

  static Event Named(const std::string& name, EventType type = EventType::kStart) {
    return {{}, type, std::string(64, 'a'), name, {}};
  }
  void Publish(const std::string& name) { ASSERT_OK(journal_->Publish(Named(name))); }

  static Query All() { return {Timestamp{0}, {}, {}}; }
  std::unique_ptr<Reader> Read(Query query = All()) { return journal_->Read(std::move(query)); }
  // The names of all that `reader` gets now, with "(N missed)" where it is told so and "end".
  static std::string Names(Reader& reader) {
    std::string names;
    for (;;) {
      Result<Batch> batch = reader.Next();
      if (!batch) {
        return names + "error: " + batch.error().message();
      }
      if (batch->missed > 0) {
        names += "(" + std::to_string(batch->missed) + " missed) ";
      }
      for (const Event& event : batch->events) {
        names += event.name + " ";
      }
      if (batch->ended) {
        return names + "end";
      }
      if (batch->missed == 0 && batch->events.empty()) {
        return names;
      }
    }
  }
  std::string AllNames() { return Names(*Read()); }

  test::TempDir dir_;
  test::FakeClock clock_{{1000}};
  std::unique_ptr<Journal> journal_;
};

}  // namespace isulad::events

#endif  // ISULAD_TEST_UNIT_DAEMON_MODULES_EVENTS_JOURNAL_FIXTURE_H_
