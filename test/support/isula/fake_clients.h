// Stand-ins for the daemon that behave: what a command asks is recorded, what it gets is set by the
// test.
#ifndef ISULAD_TEST_SUPPORT_ISULA_FAKE_CLIENTS_H_
#define ISULAD_TEST_SUPPORT_ISULA_FAKE_CLIENTS_H_

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cmd/isula/client/channel_client.h"
#include "cmd/isula/client/container_client.h"
#include "cmd/isula/client/errors.h"
#include "cmd/isula/client/event_client.h"
#include "cmd/isula/client/system_client.h"
#include "cmd/isula/output/output.h"
#include "utils/base/clock.h"
#include "utils/base/mutex.h"
#include "utils/base/strings.h"

namespace isulad::test {

class CapturedOutput final : public output::Output {
 public:
  Status Out(std::string_view bytes) override {
    if (out_status) {
      out.append(bytes);
    }
    return out_status;
  }
  Status Err(std::string_view bytes) override {
    err.append(bytes);
    return OkStatus();
  }
  Status OutStatus() const override { return out_status; }
  bool IsTerminal() const override { return terminal; }
  bool ErrIsTerminal() const override { return false; }
  bool PaintsOut() const override { return colours; }
  bool PaintsErr() const override { return colours; }

  bool terminal = false;
  bool colours = false;
  std::string out;
  std::string err;
  Status out_status;
};

class FixedClock final : public Clock {
 public:
  Timestamp Now() const override { return now; }
  void SleepFor(std::chrono::milliseconds time) const override { slept += time; }
  mutable std::chrono::milliseconds slept{0};
  Timestamp now{1'000'000'000'000'000'000};
};

// Plays `events`, then fails as a broken connection does. Cancel() and what was sent are recorded.
class FakeSession final : public client::StreamSession {
 public:
  struct Record {
    Mutex mutex;
    CondVar changed;
    std::vector<std::string> sent GUARDED_BY(mutex);
    bool cancelled GUARDED_BY(mutex) = false;

    void WaitForCancel() {
      MutexLock lock(mutex);
      while (!cancelled) {
        changed.Wait(mutex);
      }
    }
    std::vector<std::string> Sent() {
      MutexLock lock(mutex);
      return sent;
    }
  };

  // With `until_cancelled` the stream does not break at the end of the events but waits for
  // Cancel().
  FakeSession(std::shared_ptr<Record> record, std::deque<Result<client::StreamEvent>> events,
              bool until_cancelled = false)
      : record_(std::move(record)), events_(std::move(events)), until_cancelled_(until_cancelled) {}

  Result<client::StreamEvent> Receive() override {
    if (!events_.empty()) {
      Result<client::StreamEvent> event = std::move(events_.front());
      events_.pop_front();
      return event;
    }
    if (until_cancelled_) {
      record_->WaitForCancel();
    }
    return Unavailable(std::string(client::kConnectionLost));
  }

  bool SendStdin(std::string_view bytes) override { return Sent("stdin " + std::string(bytes)); }
  bool CloseStdin() override { return Sent("close_stdin"); }
  bool SendResize(client::WindowSize size) override {
    return Sent("resize " + std::to_string(size.rows) + "x" + std::to_string(size.columns));
  }
  bool SendSignal(int number) override { return Sent("signal " + std::to_string(number)); }
  void Cancel() override {
    MutexLock lock(record_->mutex);
    record_->cancelled = true;
    record_->changed.NotifyAll();
  }

 private:
  bool Sent(std::string what) {
    MutexLock lock(record_->mutex);
    record_->sent.push_back(std::move(what));
    record_->changed.NotifyAll();
    return true;
  }

  std::shared_ptr<Record> record_;
  std::deque<Result<client::StreamEvent>> events_;
  bool until_cancelled_;
};

class FakeContainerClient final : public client::ContainerClient {
 public:
  Result<client::Created> Create(const client::ContainerOptions& options) override {
    calls.push_back("create");
    created_with = options;
    RETURN_IF_ERROR(FailureOf("create"));
    return client::Created{id, warnings};
  }
  Result<std::vector<std::string>> Start(const std::string& container) override {
    RETURN_IF_ERROR(Called("start", container));
    return warnings;
  }
  Status Stop(const std::string& container, int timeout_seconds, bool force) override {
    return Called("stop", container + " " + std::to_string(timeout_seconds) + (force ? " f" : ""));
  }
  Status Kill(const std::string& container, const std::string& signal) override {
    return Called("kill", container + " " + signal);
  }
  Result<std::vector<std::string>> Restart(const std::string& container,
                                           int timeout_seconds) override {
    RETURN_IF_ERROR(Called("restart", container + " " + std::to_string(timeout_seconds)));
    return warnings;
  }
  Result<std::vector<std::string>> Update(const std::string& container,
                                          const client::UpdateOptions& options) override {
    updated = options;
    RETURN_IF_ERROR(Called("update", container));
    return warnings;
  }
  client::UpdateOptions updated;
  Result<std::vector<std::string>> Top(const std::string& container,
                                       const std::vector<std::string>& ps_arguments) override {
    RETURN_IF_ERROR(Called("top", container + " " + Join(ps_arguments, " ")));
    return std::vector<std::string>{"PID CMD", "  1 init"};
  }
  Status Pause(const std::string& container) override { return Called("pause", container); }
  Status Unpause(const std::string& container) override { return Called("unpause", container); }
  Status Rename(const std::string& container, const std::string& new_name) override {
    return Called("rename", container + " " + new_name);
  }
  Result<client::Removed> Remove(const std::string& container, bool force) override {
    RETURN_IF_ERROR(Called("remove", container + (force ? " f" : "")));
    return client::Removed{id, warnings};
  }
  Result<std::vector<client::ContainerSummary>> List(
      bool all, const std::vector<std::string>& filters) override {
    std::string call = all ? "list all" : "list";
    for (const std::string& filter : filters) {
      call.append(" ").append(filter);
    }
    calls.push_back(call);
    RETURN_IF_ERROR(FailureOf(call));
    return containers;
  }
  // One of `looks` after the other; then the daemon is gone.
  Result<std::vector<client::ContainerStats>> Stats(const std::vector<std::string>& names,
                                                    bool all) override {
    calls.push_back(std::string(all ? "stats all" : "stats") + " " + Join(names, " "));
    if (looks.empty()) {
      return Unavailable(std::string(client::kConnectionLost));
    }
    std::vector<client::ContainerStats> look = std::move(looks.front());
    looks.pop_front();
    return look;
  }
  Result<std::string> Inspect(const std::string& container) override {
    RETURN_IF_ERROR(Called("inspect", container));
    return json;
  }
  Result<int> Wait(const std::string& container) override {
    RETURN_IF_ERROR(Called("wait", container));
    return 137;
  }
  Status Logs(const client::LogsOptions& options, const client::LogSink& sink) override {
    logs_with = options;
    RETURN_IF_ERROR(Called("logs", options.container));
    RETURN_IF_ERROR(sink({"to out\n", "", ""}));
    RETURN_IF_ERROR(sink({"", "", "a notice"}));
    return sink({"", "to err\n", ""});
  }
  Status CopyFrom(const client::CopyFromOptions& options, const client::ByteSink& sink) override {
    RETURN_IF_ERROR(Called(
        "copy from", options.container + " " + options.path + (options.follow_link ? " L" : "")));
    return sink(copied);
  }
  Result<std::string> CopyTo(const client::CopyToOptions& options,
                             const client::ByteSource& source) override {
    RETURN_IF_ERROR(
        Called("copy to", options.container + " " + options.path + (options.archive ? " a" : "")));
    RETURN_IF_ERROR(source([this](std::string_view bytes) {
      taken.append(bytes);
      return OkStatus();
    }));
    return outcome;
  }
  Status Export(const std::string& container, const client::ByteSink& sink) override {
    RETURN_IF_ERROR(Called("export", container));
    return sink(copied);
  }
  std::string copied;   // what comes from a container
  std::string taken;    // what has gone to one
  std::string outcome;  // of that

  std::unique_ptr<client::StreamSession> Attach(const client::AttachOptions& options) override {
    calls.push_back("attach " + options.container);
    attached_with = options;
    return std::make_unique<FakeSession>(session, std::move(events));
  }
  std::unique_ptr<client::StreamSession> Exec(const client::ExecOptions& options) override {
    calls.push_back("exec " + options.container);
    executed_with = options;
    return std::make_unique<FakeSession>(session, std::move(events));
  }

  // What is answered.
  std::string id = std::string(64, 'a');
  std::vector<std::string> warnings;
  std::deque<std::vector<client::ContainerStats>> looks;
  std::vector<client::ContainerSummary> containers;
  std::string json = "{}";
  std::deque<Result<client::StreamEvent>> events;
  std::map<std::string, Error> failures;  // by call: "start c1"
  // What was asked.
  std::vector<std::string> calls;
  client::ContainerOptions created_with;
  client::AttachOptions attached_with;
  client::LogsOptions logs_with;
  client::ExecOptions executed_with;
  std::shared_ptr<FakeSession::Record> session = std::make_shared<FakeSession::Record>();

 private:
  Status Called(const std::string& verb, const std::string& rest) {
    calls.push_back(verb + " " + rest);
    return FailureOf(calls.back());
  }
  Status FailureOf(const std::string& call) const {
    const auto found = failures.find(call);
    return found == failures.end() ? OkStatus() : Status(found->second);
  }
};

class FakeChannelClient final : public client::ChannelClient {
 public:
  Result<std::vector<client::Channel>> List(const std::string& container) override {
    RETURN_IF_ERROR(Called("list " + container));
    return channels;
  }

  Result<client::ChannelChange> Add(const std::string& container,
                                    const std::string& spec) override {
    RETURN_IF_ERROR(Called("add " + container + " " + spec));
    return change;
  }

  Result<client::ChannelChange> Remove(const std::string& container,
                                       const std::string& host_path) override {
    RETURN_IF_ERROR(Called("remove " + container + " " + host_path));
    return change;
  }

  Result<client::ChannelChange> Resize(const std::string& container, const std::string& host_path,
                                       const std::string& size) override {
    RETURN_IF_ERROR(Called("resize " + container + " " + host_path + " " + size));
    return change;
  }

  // What is answered.
  std::vector<client::Channel> channels;
  client::ChannelChange change{"abc", {}};
  Status status;
  // What was asked.
  std::vector<std::string> calls;

 private:
  Status Called(std::string call) {
    calls.push_back(std::move(call));
    return status;
  }
};

// Passes `batches` on, and ends as `status` says.
class FakeEventClient final : public client::EventClient {
 public:
  Status Subscribe(const client::EventQuery& query, const client::EventSink& sink) override {
    asked = query;
    for (const client::EventBatch& batch : batches) {
      RETURN_IF_ERROR(sink(batch));
    }
    return status;
  }

  std::vector<client::EventBatch> batches;
  Status status;
  client::EventQuery asked;
};

class FakeSystemClient final : public client::SystemClient {
 public:
  Result<client::ServerVersion> Version() override { return version; }
  Result<client::SystemInfo> Info() override { return info; }

  Result<client::ServerVersion> version = client::ServerVersion{"1.2.3", "abcdef", "v1"};
  client::SystemInfo info;
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_ISULA_FAKE_CLIENTS_H_
