#include <sys/epoll.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <utility>

#include "daemon/modules/shim/monitor.h"
#include "daemon/modules/shim/monitor_link.h"
#include "daemon/modules/shim/streams_link.h"
#include "utils/base/strings.h"
#include "utils/os/event_loop.h"
#include "utils/os/process.h"
#include "utils/os/unix_socket.h"

namespace isulad::shim {
namespace {

constexpr mode_t kSocketMode = 0600;
constexpr char kProcessName[] = "isulad-shim";

std::string SocketPath(const std::string& directory) {
  return directory + "/" + kControlSocketName;
}

Result<os::UniqueFd> Connect(const std::string& directory) {
  ASSIGN_OR_RETURN(os::UniqueFd socket, os::ConnectUnix(SocketPath(directory)));
  RETURN_IF_ERROR(os::SetNonBlocking(socket.get()));
  return socket;
}

// A socket where nobody listens was left by a monitor that was killed.
Status RemoveStaleSocket(const std::string& directory) {
  const std::string path = SocketPath(directory);
  if (os::ConnectUnix(path)) {
    return FailedPrecondition("a monitor runs in " + Quote(directory) + " already");
  }
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return SystemError(errno, "remove " + Quote(path));
  }
  return OkStatus();
}

// Takes the socket away again where the monitor could not be started.
class ScopedListener {
 public:
  static Result<ScopedListener> Create(const std::string& directory) {
    RETURN_IF_ERROR(RemoveStaleSocket(directory));
    ASSIGN_OR_RETURN(os::UniqueFd fd, os::ListenUnix(SocketPath(directory), kSocketMode));
    return ScopedListener(SocketPath(directory), std::move(fd));
  }
  ScopedListener(ScopedListener&&) = default;
  ScopedListener& operator=(ScopedListener&&) = delete;
  ~ScopedListener() {
    if (fd_) {
      ::unlink(path_.c_str());
    }
  }
  int fd() const { return fd_.get(); }
  void Commit() { fd_.reset(); }

 private:
  ScopedListener(std::string path, os::UniqueFd fd) : path_(std::move(path)), fd_(std::move(fd)) {}

  std::string path_;
  os::UniqueFd fd_;
};

class LoopLauncher final : public Launcher {
 public:
  LoopLauncher(LauncherSettings settings, os::EventLoop* loop)
      : settings_(std::move(settings)), loop_(loop) {}

  Result<std::shared_ptr<Monitor>> Launch(const Config& config,
                                          std::shared_ptr<MonitorObserver> observer) override;
  Result<std::shared_ptr<Monitor>> Reconnect(const std::string& directory,
                                             std::shared_ptr<MonitorObserver> observer) override;
  Result<std::unique_ptr<Streams>> AttachStreams(
      const std::string& directory, const Attach& what,
      std::shared_ptr<StreamsObserver> observer) override;

 private:
  Result<os::Process> SpawnMonitor(const Config& config, int daemon, int listener) const;
  void ReapWhenEnded(os::UniqueFd pidfd);

  const LauncherSettings settings_;
  os::EventLoop* const loop_;
  const std::shared_ptr<LinkRegistry> links_ = std::make_shared<LinkRegistry>();
};

Result<std::shared_ptr<Monitor>> LoopLauncher::Launch(const Config& config,
                                                      std::shared_ptr<MonitorObserver> observer) {
  std::string payload = Encode(config);
  if (payload.size() >= kMaxFrameBytes) {
    return InvalidArgument("the configuration of the monitor has " +
                           std::to_string(payload.size()) + " bytes, allowed are " +
                           std::to_string(kMaxFrameBytes - 1));
  }
  ASSIGN_OR_RETURN(ScopedListener listener, ScopedListener::Create(config.directory));
  ASSIGN_OR_RETURN(auto sockets, os::SocketPair());
  RETURN_IF_ERROR(os::SetNonBlocking(sockets.first.get()));
  ASSIGN_OR_RETURN(os::Process process, SpawnMonitor(config, sockets.second.get(), listener.fd()));
  listener.Commit();
  ReapWhenEnded(std::move(process.pidfd));
  return std::shared_ptr<Monitor>(MonitorLink::Open(loop_, links_, std::move(sockets.first),
                                                    FrameType::kConfigure, std::move(payload),
                                                    std::move(observer)));
}

Result<os::Process> LoopLauncher::SpawnMonitor(const Config& config, int daemon,
                                               int listener) const {
  os::SpawnOptions options;
  options.program = settings_.shim_program;
  options.descriptor_limit = settings_.descriptor_limit;
  options.argv = {kProcessName, config.id};
  options.descriptors = {{daemon, kDaemonDescriptor}, {listener, kListenerDescriptor}};
  if (!config.namespace_trees.empty()) {
    options.descriptors.emplace_back(settings_.mount_namespace, kNamespaceDescriptor);
  }
  options.new_session = true;
  auto process = os::Spawn(options);
  if (!process) {
    return std::move(process.error()).AddContext("start " + Quote(settings_.shim_program));
  }
  return process;
}

void LoopLauncher::ReapWhenEnded(os::UniqueFd pidfd) {
  auto shared = std::make_shared<os::UniqueFd>(std::move(pidfd));
  loop_->Post([loop = loop_, shared] {
    // Not watched for want of memory: a zombie stays until the daemon ends, and nothing else is
    // lost.
    IgnoreError(loop->Add(shared->get(), EPOLLIN, [loop, shared](uint32_t) {
      loop->Remove(shared->get());
      // How it ended is of no interest: what it had to tell came over its connection.
      IgnoreError(os::TryReap(*shared));
    }));
  });
}

Result<std::shared_ptr<Monitor>> LoopLauncher::Reconnect(
    const std::string& directory, std::shared_ptr<MonitorObserver> observer) {
  ASSIGN_OR_RETURN(os::UniqueFd socket, Connect(directory));
  return std::shared_ptr<Monitor>(MonitorLink::Open(
      loop_, links_, std::move(socket), FrameType::kSubscribe, {}, std::move(observer)));
}

Result<std::unique_ptr<Streams>> LoopLauncher::AttachStreams(
    const std::string& directory, const Attach& what, std::shared_ptr<StreamsObserver> observer) {
  auto socket = Connect(directory);
  if (!socket) {
    return Unavailable(socket.error().message());
  }
  return std::unique_ptr<Streams>(
      std::make_unique<LoopStreams>(loop_, *std::move(socket), what, std::move(observer)));
}

}  // namespace

Result<std::unique_ptr<Launcher>> CreateLauncher(LauncherSettings settings, os::EventLoop* loop) {
  if (::access(settings.shim_program.c_str(), X_OK) != 0) {
    return SystemError(errno, "the monitor's program " + Quote(settings.shim_program));
  }
  return std::unique_ptr<Launcher>(std::make_unique<LoopLauncher>(std::move(settings), loop));
}

}  // namespace isulad::shim
