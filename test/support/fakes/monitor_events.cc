#include "support/fakes/monitor_events.h"

#include <gtest/gtest.h>

#include <utility>

namespace isulad::test {

std::optional<shim::Started> MonitorEvents::AwaitStarted() {
  AwaitThat([this] { return started_.has_value() || failed_ || lost_; });
  if (failed_) {
    ADD_FAILURE() << "the start failed: " << failed_->reason;
  }
  return started_;
}

std::optional<shim::StartFailed> MonitorEvents::AwaitStartFailed() {
  AwaitThat([this] { return failed_.has_value() || started_ || lost_; });
  return failed_;
}

std::optional<shim::Exited> MonitorEvents::AwaitExited() {
  AwaitThat([this] { return exited_.has_value() || failed_ || lost_; });
  if (failed_) {
    ADD_FAILURE() << "the start failed: " << failed_->reason;
  }
  return exited_;
}

bool MonitorEvents::AwaitLost() {
  return AwaitThat([this] { return lost_; });
}

bool MonitorEvents::ExitedWithin(std::chrono::milliseconds patience) {
  return AwaitThat([this] { return exited_.has_value(); }, patience);
}

void MonitorEvents::Note(const std::string& word) {
  Apply([&] {
    calls_.push_back(word);
    threads_.insert(std::this_thread::get_id());
  });
}

std::vector<std::string> MonitorEvents::calls() {
  std::vector<std::string> calls;
  Apply([&] { calls = calls_; });
  return calls;
}

std::set<std::thread::id> MonitorEvents::threads() {
  std::set<std::thread::id> threads;
  Apply([&] { threads = threads_; });
  return threads;
}

void MonitorEvents::OnStarted(const shim::Started& started) {
  Note("started");
  Apply([&] { started_ = started; });
}

void MonitorEvents::OnStartFailed(const shim::StartFailed& failed) {
  Note("failed");
  Apply([&] { failed_ = failed; });
}

void MonitorEvents::OnExited(const shim::Exited& exited) {
  Note("exited");
  Apply([&] { exited_ = exited; });
}

void MonitorEvents::OnLost(const Error&) {
  Note("lost");
  Apply([&] { lost_ = true; });
}

void StreamsClient::SetStreams(std::unique_ptr<shim::Streams> streams) {
  Apply([&] {
    streams_ = std::move(streams);
    if (owed_ && !stalled_) {
      streams_->ReadMore();
    }
  });
}

void StreamsClient::Leave() {
  std::unique_ptr<shim::Streams> streams;  // destroyed without the lock
  Apply([&] { streams = std::move(streams_); });
}

void StreamsClient::Unstall() {
  Apply([&] {
    stalled_ = false;
    if (owed_) {
      streams_->ReadMore();
    }
  });
}

bool StreamsClient::Write(const std::string& bytes, size_t piece) {
  for (size_t at = 0; at < bytes.size(); at += piece) {
    const auto taken = std::make_shared<bool>(false);
    streams_->WriteStdin(bytes.substr(at, piece), [this, taken] {
      Apply([&] {
        *taken = true;
        threads_.insert(std::this_thread::get_id());
      });
    });
    if (!AwaitThat([&] { return *taken; })) {
      return false;
    }
  }
  return true;
}

std::optional<std::string> StreamsClient::AwaitEnd(bool error) {
  if (!AwaitThat([this] { return ends_ > 0; })) {
    return std::nullopt;
  }
  return text_[error ? 1 : 0];
}

bool StreamsClient::AwaitOutput(const std::string& text) {
  return AwaitThat([&] { return text_[0].find(text) != std::string::npos; });
}

std::string StreamsClient::output() {
  std::string text;
  Apply([&] { text = text_[0]; });
  return text;
}

size_t StreamsClient::pieces() {
  size_t pieces = 0;
  Apply([&] { pieces = pieces_; });
  return pieces;
}

bool StreamsClient::has_ended() {
  bool ended = false;
  Apply([&] { ended = ends_ > 0; });
  return ended;
}

std::set<std::thread::id> StreamsClient::threads() {
  std::set<std::thread::id> threads;
  Apply([&] { threads = threads_; });
  return threads;
}

void StreamsClient::OnOutput(bool error, std::string bytes) {
  Apply([&] {
    threads_.insert(std::this_thread::get_id());
    EXPECT_EQ(ends_, 0) << "output behind the end";
    text_[error ? 1 : 0] += bytes;
    ++pieces_;
    if (stalled_ || !streams_) {
      owed_ = true;
    } else {
      streams_->ReadMore();
    }
  });
}

void StreamsClient::OnEnd() {
  Apply([&] {
    threads_.insert(std::this_thread::get_id());
    EXPECT_EQ(++ends_, 1) << "more than one end";
  });
}

void StreamsClient::OnCut() {
  Apply([&] {
    threads_.insert(std::this_thread::get_id());
    EXPECT_EQ(++ends_, 1) << "more than one end";
    cut_ = true;
  });
}

}  // namespace isulad::test
