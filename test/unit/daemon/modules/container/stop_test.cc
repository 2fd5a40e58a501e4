// stop and rm -f as tasks: over an event loop and two threads for requests, a monitor played by the
// test, and a cgroup of plain files.
#include "daemon/modules/container/stop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "daemon/modules/cgroup/cgroup.h"
#include "daemon/modules/container/remove.h"
#include "daemon/modules/store/store.h"
#include "fake_monitor.h"
#include "sample.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/base/mutex.h"

namespace isulad::container {
namespace {

using test::IsErrorWith;
using ::testing::ElementsAre;

constexpr int kForever = -1;
constexpr std::chrono::seconds kPatience(30);

class StopTest : public testing::Test {
 protected:
  StopTest() {
    Write("cgroup.controllers", "cpu\n");
    Freeze("0");
    store_ = *store::OpenStore(directory_.Sub("graph"), directory_.Sub("spare"));
    cgroups_ = *cgroup::OpenHierarchy(directory_.Sub("cgroup"));
    Settings settings;
    settings.cgroup_parent = "/parent";
    Modules modules;
    modules.loop = loop_.get();
    modules.requests = requests_.get();
    modules.store = store_.get();
    modules.cgroups = cgroups_.get();
    context_ = std::make_unique<Context>(std::move(settings), std::move(modules));
    EXPECT_OK(store_->Create(IdOf('a'), json::Object(), {}, os::Sync::kNone));
    State state;
    state.phase = Phase::kRunning;
    ContainerConfig config = MinimalConfig(IdOf('a'), "web");
    config.stop_signal = SIGTERM;
    container_ = std::make_shared<Container>(std::move(config), state);
    container_->SetMonitor(
        std::make_shared<FakeMonitor>([this](int signal) { return OnSignal(signal); }));
    context_->registry.Add(container_, *context_->registry.Reserve("web", IdOf('a')));
    loop_thread_ = std::thread([this] { EXPECT_OK(loop_->Run()); });
  }
  ~StopTest() override {
    container_->InterruptWaits();
    requests_->Drain();
    loop_->Stop();
    loop_thread_.join();
  }

  Status OnSignal(int signal) EXCLUDES(mutex_) {
    Status answer = OkStatus();
    {
      MutexLock lock(mutex_);
      signals_.push_back(signal);
      answer = answer_;
      changed_.NotifyAll();
    }
    if (signal == SIGKILL && answer && !killed_.exchange(true)) {
      requests_->Post([this] { EndRun(137); });
    }
    return answer;
  }
  std::vector<int> Signals() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return signals_;
  }
  bool AwaitSignals(size_t number) EXCLUDES(mutex_) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    MutexLock lock(mutex_);
    while (signals_.size() < number) {
      if (!changed_.WaitUntil(mutex_, deadline)) {
        return false;
      }
    }
    return true;
  }

  // Keeps what a lambda has captured alive as long as its task.
  static Task<Status> Keep(std::function<Task<Status>()> make) { co_return co_await make(); }
  // Begins the task on the threads that serve requests.
  std::future<Status> Begin(std::function<Task<Status>()> make) {
    auto outcome = std::make_shared<std::promise<Status>>();
    requests_->Post([outcome, make = std::move(make)] {
      isulad::Begin(Keep(make), std::function<void(Status)>([outcome](Status status) {
                      outcome->set_value(std::move(status));
                    }));
    });
    return outcome->get_future();
  }
  std::future<Status> BeginStop(int seconds) {
    return Begin([this, seconds] { return Stop(*context_, container_, seconds, false); });
  }
  static Status Outcome(std::future<Status>& future) {
    return future.wait_for(kPatience) == std::future_status::ready ? future.get()
                                                                   : Status(Internal("it goes on"));
  }

  void EndRun(int code) {
    EXPECT_OK(container_->Apply(Event::kExited, [&](State& state) { state.exit_code = code; }));
    container_->NotifyExit();
  }
  void Freeze(const std::string& number) {
    Write(cgroup_ + "/cgroup.freeze", number + "\n");
    Write(cgroup_ + "/cgroup.events", "populated 1\nfrozen " + number + "\n");
  }
  void Write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = directory_.Sub("cgroup/" + name);
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }

  const std::string cgroup_ = "parent/" + IdOf('a');
  test::TempDir directory_;
  std::unique_ptr<os::EventLoop> loop_ = *os::EventLoop::Create();
  std::unique_ptr<os::WorkerPool> requests_ = *os::WorkerPool::Create(2);
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<cgroup::Hierarchy> cgroups_;
  std::unique_ptr<Context> context_;
  std::shared_ptr<Container> container_;
  std::thread loop_thread_;
  Mutex mutex_;
  CondVar changed_;
  std::vector<int> signals_ GUARDED_BY(mutex_);
  Status answer_ GUARDED_BY(mutex_) = OkStatus();
  std::atomic<bool> killed_ = false;
};

TEST_F(StopTest, IsDoneWhenTheRunHasEndedOfTheStopSignal) {
  std::future<Status> stop = BeginStop(kForever);
  ASSERT_TRUE(AwaitSignals(1));
  EndRun(0);
  EXPECT_OK(Outcome(stop));
  EXPECT_THAT(Signals(), ElementsAre(SIGTERM));
}

TEST_F(StopTest, KillsWhenItsTimeIsOver) {
  std::future<Status> stop = BeginStop(1);
  EXPECT_OK(Outcome(stop));
  EXPECT_THAT(Signals(), ElementsAre(SIGTERM, SIGKILL));
  EXPECT_EQ(container_->state().exit_code, 137);
}

TEST_F(StopTest, KillsAtOnceWithoutTime) {
  std::future<Status> stop = BeginStop(0);
  EXPECT_OK(Outcome(stop));
  EXPECT_THAT(Signals(), ElementsAre(SIGKILL));
}

// An end and another client's start come before a waiter wakes.
TEST_F(StopTest, LeavesTheRunAloneThatBeganAfterTheOneItFound) {
  std::future<Status> stop = BeginStop(1);
  ASSERT_TRUE(AwaitSignals(1));
  {
    // As ends and starts do: the slot is theirs when the stop has sent its signal and waits.
    const Result<ScopedOperation> operation =
        ScopedOperation::Acquire(container_, ScopedOperation::Turn::kFirst);
    ASSERT_OK(operation);
    EndRun(0);
    ASSERT_OK(container_->Apply(Event::kStart));
    ASSERT_OK(container_->Apply(Event::kStarted));
  }
  EXPECT_OK(Outcome(stop));
  EXPECT_THAT(Signals(), ElementsAre(SIGTERM));
  EXPECT_EQ(container_->state().phase, Phase::kRunning);
}

TEST_F(StopTest, LetsWhatIsPausedMeanwhileGoOn) {
  std::future<Status> stop = BeginStop(kForever);
  ASSERT_TRUE(AwaitSignals(1));
  Freeze("1");
  ASSERT_OK(container_->Apply(Event::kPause));
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (container_->state().phase == Phase::kPaused &&
         std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(container_->state().phase, Phase::kRunning);
  EndRun(0);
  EXPECT_OK(Outcome(stop));
}

TEST_F(StopTest, TakesNoThreadWhileItWaits) {
  constexpr size_t kStops = 1000;
  std::vector<std::future<Status>> stops;
  for (size_t i = 0; i < kStops; ++i) {
    stops.push_back(BeginStop(kForever));
  }
  ASSERT_TRUE(AwaitSignals(kStops));
  // Both threads are free for other requests while all of the stops wait.
  std::promise<void> served;
  requests_->Post([&] { served.set_value(); });
  EXPECT_EQ(served.get_future().wait_for(kPatience), std::future_status::ready);
  for (const std::future<Status>& stop : stops) {
    EXPECT_EQ(stop.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  }
  EndRun(0);
  for (std::future<Status>& stop : stops) {
    EXPECT_OK(Outcome(stop));
  }
}

TEST_F(StopTest, TakesNoThreadWhileAnotherOperationHasTheContainer) {
  Result<ScopedOperation> other = ScopedOperation::Acquire(container_);
  ASSERT_OK(other);
  std::vector<std::future<Status>> stops;
  for (int i = 0; i < 100; ++i) {
    stops.push_back(BeginStop(0));
  }
  std::promise<void> served;
  requests_->Post([&] { served.set_value(); });
  EXPECT_EQ(served.get_future().wait_for(kPatience), std::future_status::ready);
  EXPECT_THAT(Signals(), ElementsAre());
  { const ScopedOperation ends = *std::move(other); }
  for (std::future<Status>& stop : stops) {
    EXPECT_OK(Outcome(stop));
  }
}

TEST_F(StopTest, EndsWithTheDaemon) {
  std::future<Status> stop = BeginStop(kForever);
  ASSERT_TRUE(AwaitSignals(1));
  container_->InterruptWaits();
  EXPECT_THAT(Outcome(stop), IsErrorWith(Code::kAborted, "the daemon is ending"));
}

TEST_F(StopTest, OfARemovedContainerFindsNone) {
  container_->NotifyRemoval(true, {});
  std::future<Status> stop = BeginStop(0);
  EXPECT_THAT(Outcome(stop), IsErrorWith(Code::kNotFound, "No such container"));
}

TEST_F(StopTest, ARemovalWhoseKillFailsLeavesTheContainer) {
  {
    MutexLock lock(mutex_);
    answer_ = Internal("the monitor refuses");
  }
  std::future<Status> removal = Begin([this]() -> Task<Status> {
    const auto removed = co_await Remove(*context_, container_, /*force=*/true);
    co_return removed ? OkStatus() : Status(removed.error());
  });
  EXPECT_THAT(Outcome(removal), IsErrorWith(Code::kInternal, "the monitor refuses"));
  EXPECT_OK(context_->registry.Find("web"));
  EXPECT_EQ(container_->state().phase, Phase::kRunning);
}

}  // namespace
}  // namespace isulad::container
