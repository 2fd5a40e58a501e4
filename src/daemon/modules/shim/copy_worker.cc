#include "daemon/modules/shim/copy_worker.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>

#include <optional>
#include <utility>

#include "utils/base/mutex.h"
#include "utils/os/nonblocking_io.h"
#include "utils/os/process.h"
#include "utils/os/unique_fd.h"
#include "utils/os/unix_socket.h"

namespace isulad::shim {
namespace {

constexpr size_t kChunk = 256u << 10;
// How long a worker may take to remove half a file when nobody wants the rest.
constexpr std::chrono::milliseconds kGrace(500);
// How often it is looked whether one that cannot be watched is gone.
constexpr std::chrono::milliseconds kGlance(100);

struct Descriptors {
  os::UniqueFd input;   // written to
  os::UniqueFd output;  // read from
  os::UniqueFd life;    // the worker dies when it is closed
  os::Process process;
};

// Whether the process is there, for other threads.
class Life {
 public:
  void End() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    ended_ = true;
    changed_.NotifyAll();
  }
  bool Wait(std::chrono::milliseconds timeout) EXCLUDES(mutex_) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    MutexLock lock(mutex_);
    while (!ended_ && std::chrono::steady_clock::now() < deadline) {
      changed_.WaitUntil(mutex_, deadline);
    }
    return ended_;
  }

 private:
  Mutex mutex_;
  CondVar changed_;
  bool ended_ GUARDED_BY(mutex_) = false;
};

// All but `life` belongs to the loop's thread. The watch on the process, or the timer instead of
// it, keeps it until that has been reaped.
class Link final : public std::enable_shared_from_this<Link> {
 public:
  Link(os::EventLoop* loop, Descriptors descriptors)
      : loop_(loop), descriptors_(std::move(descriptors)) {}

  Life life;

  void Start() {
    const Status watched = loop_->Add(descriptors_.process.pidfd.get(), EPOLLIN,
                                      [self = shared_from_this()](uint32_t) { self->OnExit(); });
    if (!watched) {
      End(watched.error());
      LookAgain();
    }
  }

  void Read(CopyWorker::Chunk done) {
    reader_ = std::move(done);
    TryRead();
  }

  void Write(std::string bytes, std::function<void()> taken) {
    pending_ = std::move(bytes);
    taken_ = std::move(taken);
    TryWrite();
  }

  void CloseInput() {
    if (taken_) {
      close_when_taken_ = true;
    } else {
      DropInput();
    }
  }

  void End(const Error& reason) {
    if (!reason_) {
      reason_ = reason;
    }
    Kill();
    TryRead();
  }

  void WhenEnded(std::function<void()> ended) {
    if (status_) {
      ended();
    } else {
      ended_ = std::move(ended);
    }
  }

  void Abandon() {
    if (std::exchange(abandoned_, true)) {
      return;
    }
    reader_ = nullptr;
    taken_ = nullptr;
    DropInput();
    DropOutput();
    if (!status_) {
      loop_->After(kGrace, [self = shared_from_this()] {
        self->descriptors_.life.reset();
        self->Kill();
      });
    }
  }

 private:
  void Kill() {
    if (!status_) {
      IgnoreError(os::SendSignal(descriptors_.process.pidfd, SIGKILL));  // it may have ended
    }
  }

  // For what has been killed and cannot be watched.
  void LookAgain() {
    OnExit();
    if (!status_) {
      loop_->After(kGlance, [self = shared_from_this()] { self->LookAgain(); });
    }
  }

  void OnExit() {
    const Result<os::ExitStatus> status = os::TryReap(descriptors_.process.pidfd);
    if (!status && status.error().code() == Code::kUnavailable) {
      return;
    }
    status_ = status ? *status : os::ExitStatus{1, 0};
    loop_->Remove(descriptors_.process.pidfd.get());
    life.End();
    if (const auto ended = std::exchange(ended_, nullptr)) {
      ended();
    }
    TryRead();
  }

  void TryRead() {
    if (!reader_) {
      return;
    }
    if (reason_) {
      return Deliver(*reason_);
    }
    if (descriptors_.output) {
      std::string bytes(kChunk, '\0');
      const Result<std::optional<size_t>> count =
          os::ReadSome(descriptors_.output.get(), bytes.data(), bytes.size());
      if (!count) {
        return Deliver(count.error());
      }
      if (!*count) {
        return WatchOutput();
      }
      if (**count > 0) {
        bytes.resize(**count);
        return Deliver(std::move(bytes));
      }
      DropOutput();
    }
    if (status_) {
      Deliver(status_->ShellStatus() == 0
                  ? Result<std::string>(std::string())
                  : Error(Code::kAborted, "the copy was cut short: its worker has ended"));
    }
  }

  void Deliver(Result<std::string> bytes) {
    const CopyWorker::Chunk reader = std::exchange(reader_, nullptr);
    reader(std::move(bytes));
  }

  void WatchOutput() {
    if (std::exchange(watches_output_, true)) {
      return;
    }
    const Status watched =
        loop_->Add(descriptors_.output.get(), EPOLLIN, [self = shared_from_this()](uint32_t) {
          self->UnwatchOutput();
          self->TryRead();
        });
    if (!watched) {
      watches_output_ = false;
      Deliver(watched.error());
    }
  }

  void UnwatchOutput() {
    if (std::exchange(watches_output_, false)) {
      loop_->Remove(descriptors_.output.get());
    }
  }

  void DropOutput() {
    UnwatchOutput();
    descriptors_.output.reset();
  }

  void TryWrite() {
    while (descriptors_.input && !pending_.empty()) {
      const Result<size_t> count = os::WriteSome(descriptors_.input.get(), pending_);
      if (!count) {
        DropInput();  // it has ended, and has said why
      } else if (*count == 0) {
        return WatchInput();
      } else {
        pending_.erase(0, *count);
      }
    }
    pending_.clear();
    if (const auto taken = std::exchange(taken_, nullptr)) {
      taken();
    }
    if (std::exchange(close_when_taken_, false)) {
      DropInput();
    }
  }

  void WatchInput() {
    if (std::exchange(watches_input_, true)) {
      return;
    }
    const Status watched =
        loop_->Add(descriptors_.input.get(), EPOLLOUT, [self = shared_from_this()](uint32_t) {
          self->UnwatchInput();
          self->TryWrite();
        });
    if (!watched) {
      watches_input_ = false;
      End(watched.error());
    }
  }

  void UnwatchInput() {
    if (std::exchange(watches_input_, false)) {
      loop_->Remove(descriptors_.input.get());
    }
  }

  void DropInput() {
    UnwatchInput();
    descriptors_.input.reset();
  }

  os::EventLoop* const loop_;
  Descriptors descriptors_;
  CopyWorker::Chunk reader_;
  std::string pending_;
  std::function<void()> taken_;
  std::function<void()> ended_;
  bool abandoned_ = false;
  bool close_when_taken_ = false;
  bool watches_output_ = false;
  bool watches_input_ = false;
  std::optional<os::ExitStatus> status_;
  std::optional<Error> reason_;
};

class LoopCopyWorker final : public CopyWorker {
 public:
  LoopCopyWorker(os::EventLoop* loop, Descriptors descriptors)
      : loop_(loop), link_(std::make_shared<Link>(loop, std::move(descriptors))) {
    loop_->Post([link = link_] { link->Start(); });
  }
  ~LoopCopyWorker() override { LoopCopyWorker::Abandon(); }

  void Read(Chunk done) override {
    loop_->Post([link = link_, done = std::move(done)] { link->Read(done); });
  }
  void Write(std::string bytes, std::function<void()> taken) override {
    loop_->Post([link = link_, bytes = std::move(bytes), taken = std::move(taken)] {
      link->Write(bytes, taken);
    });
  }
  void CloseInput() override {
    loop_->Post([link = link_] { link->CloseInput(); });
  }
  void Abandon() override {
    loop_->Post([link = link_] { link->Abandon(); });
  }
  void WhenEnded(std::function<void()> ended) override {
    loop_->Post([link = link_, ended = std::move(ended)] { link->WhenEnded(ended); });
  }
  void End(const Error& reason) override {
    loop_->Post([link = link_, reason] { link->End(reason); });
  }
  bool WaitEnded(std::chrono::milliseconds timeout) override { return link_->life.Wait(timeout); }

 private:
  os::EventLoop* const loop_;
  const std::shared_ptr<Link> link_;
};

}  // namespace

Result<std::unique_ptr<CopyWorker>> StartCopyWorker(const std::string& program, os::EventLoop* loop,
                                                    const CopyJob& job,
                                                    const CopyEntrance& entrance) {
  ASSIGN_OR_RETURN(auto input, os::Pipe());
  ASSIGN_OR_RETURN(auto output, os::Pipe());
  ASSIGN_OR_RETURN(auto life, os::Pipe());
  os::SpawnOptions options;
  options.program = program;
  options.argv = ToArguments(job);
  options.argv.insert(options.argv.begin(), "isulad-shim");
  options.descriptors = {{input.first.get(), STDIN_FILENO},
                         {output.second.get(), STDOUT_FILENO},
                         {life.first.get(), kCopyLifeDescriptor},
                         {entrance.root, kCopyRootDescriptor}};
  if (entrance.place >= 0) {
    options.descriptors.emplace_back(entrance.place, kCopyPlaceDescriptor);
  }
  options.new_session = true;
  RETURN_IF_ERROR(os::SetNonBlocking(input.second.get()));
  RETURN_IF_ERROR(os::SetNonBlocking(output.first.get()));
  // Fewer wake-ups for what is large; where the limit for pipes is reached it goes on without.
  ::fcntl(input.second.get(), F_SETPIPE_SZ, kChunk);
  ::fcntl(output.first.get(), F_SETPIPE_SZ, kChunk);
  Descriptors descriptors;
  ASSIGN_OR_RETURN(descriptors.process, os::Spawn(options));
  descriptors.input = std::move(input.second);
  descriptors.output = std::move(output.first);
  descriptors.life = std::move(life.second);
  return std::unique_ptr<CopyWorker>(
      std::make_unique<LoopCopyWorker>(loop, std::move(descriptors)));
}

}  // namespace isulad::shim
