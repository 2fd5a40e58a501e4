// The server on a real socket.
#include "daemon/entry/grpc/server.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "daemon/entry/grpc/listeners.h"
#include "fake_events.h"
#include "fake_service.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/unix_socket.h"

namespace isulad::entry {
namespace {

using test::IsErrorWith;

// Not there on any machine, so that no test needs the right to give files away.
constexpr char kNoGroup[] = "isulad-test-no-such-group";

class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    Result<std::unique_ptr<os::EventLoop>> loop = os::EventLoop::Create();
    EXPECT_OK(loop);
    loop_ = *std::move(loop);
  }
  ~ServerTest() override { Stop(); }

  std::string Path() const { return dir_.Sub("isulad.sock"); }
  Result<std::unique_ptr<Server>> Create() {
    Result<Listeners> listeners = Listeners::Claim({{"unix://" + Path()}, kNoGroup});
    if (!listeners) {
      return std::move(listeners).error();
    }
    listeners_.emplace(*std::move(listeners));
    return Server::Create(listeners_->Take(), {&service_, nullptr, &events_}, {}, workers_.get(),
                          loop_.get());
  }
  void Serve() {
    Result<std::unique_ptr<Server>> server = Create();
    ASSERT_OK(server);
    server_ = *std::move(server);
    thread_ = std::thread([this] { EXPECT_OK(loop_->Run()); });
  }
  // In the order in which the daemon does it.
  void Stop() {
    if (server_) {
      server_->Shutdown(std::chrono::milliseconds(0));
      loop_->Stop();
      thread_.join();
      server_.reset();
      listeners_.reset();
    }
  }
  grpc::Status Inspect() {
    const auto stub = v1::ContainerService::NewStub(
        grpc::CreateChannel("unix://" + Path(), grpc::InsecureChannelCredentials()));
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    v1::InspectResponse response;
    return stub->Inspect(&context, {}, &response);
  }

  test::TempDir dir_;
  FakeEvents events_;
  FakeService service_;
  std::unique_ptr<os::WorkerPool> workers_ = *os::WorkerPool::Create(4);
  std::unique_ptr<os::EventLoop> loop_;
  std::optional<Listeners> listeners_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

TEST_F(ServerTest, ServesOnItsSocket) {
  service_.inspect = [](const std::string&) -> Result<std::string> { return std::string("{}"); };
  ASSERT_NO_FATAL_FAILURE(Serve());
  for (int client = 0; client < 3; ++client) {
    const grpc::Status status = Inspect();
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
}

TEST_F(ServerTest, LetsClientsConnectBeforeItServes) {
  Result<Listeners> listeners = Listeners::Claim({{"unix://" + Path()}, kNoGroup});
  ASSERT_OK(listeners);
  EXPECT_OK(os::ConnectUnix(Path()));
  EXPECT_THAT(Listeners::Claim({{"unix://" + Path()}, kNoGroup}),
              IsErrorWith(Code::kAlreadyExists, "another program listens"));
}

TEST_F(ServerTest, KeepsTheSocketFromOtherUsers) {
  ASSERT_NO_FATAL_FAILURE(Serve());
  struct stat attributes = {};
  ASSERT_EQ(::stat(Path().c_str(), &attributes), 0);
  EXPECT_TRUE(S_ISSOCK(attributes.st_mode));
  EXPECT_EQ(attributes.st_mode & 0777, 0660u);
}

TEST_F(ServerTest, WarnsOfAGroupThatIsNotThere) {
  ASSERT_NO_FATAL_FAILURE(Serve());
  ASSERT_EQ(listeners_->warnings().size(), 1u);
  EXPECT_NE(listeners_->warnings()[0].find(kNoGroup), std::string::npos);
}

TEST_F(ServerTest, TakesItsSocketAwayAtTheEnd) {
  ASSERT_NO_FATAL_FAILURE(Serve());
  Stop();
  struct stat attributes = {};
  EXPECT_NE(::lstat(Path().c_str(), &attributes), 0);
}

TEST_F(ServerTest, ReplacesASocketThatNobodyAnswersOn) {
  ASSERT_OK(os::ListenUnix(Path(), 0600));  // closed at once; the file stays
  struct stat attributes = {};
  ASSERT_EQ(::lstat(Path().c_str(), &attributes), 0);
  EXPECT_OK(Create());
}

TEST_F(ServerTest, LeavesASocketThatIsInUse) {
  ASSERT_OK_AND_ASSIGN(const os::UniqueFd other, os::ListenUnix(Path(), 0600));
  EXPECT_THAT(Create(), IsErrorWith(Code::kAlreadyExists, "another program listens"));
  EXPECT_OK(os::ConnectUnix(Path()));
}

TEST_F(ServerTest, ReplacesASocketThatOnlyAChildOfItsDaemonHas) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  os::UniqueFd waits(ends[0]);
  os::UniqueFd ends_child(ends[1]);
  const pid_t daemon = ::fork();
  if (daemon == 0) {
    const Result<os::UniqueFd> listener = os::ListenUnix(Path(), 0600);
    if (::fork() == 0) {
      ends_child.reset();
      char none = 0;
      ::_exit(static_cast<int>(::read(waits.get(), &none, 1)));  // until the test closes its end
    }
    ::_exit(listener ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(daemon, &status, 0), daemon);
  ASSERT_EQ(status, 0);
  EXPECT_OK(os::ConnectUnix(Path()));
  EXPECT_OK(Create());
}

TEST_F(ServerTest, LetsManyClientsConnectAtOnce) {
  ASSERT_OK_AND_ASSIGN(const auto server, Create());  // nobody accepts while its loop does not run
  struct sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  ASSERT_LT(Path().size(), sizeof(address.sun_path));
  Path().copy(address.sun_path, Path().size());
  std::vector<os::UniqueFd> clients;
  for (int client = 0; client < 120; ++client) {
    clients.emplace_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    ASSERT_EQ(::connect(clients.back().get(), reinterpret_cast<struct sockaddr*>(&address),
                        sizeof(address)),
              0)
        << "client " << client << ": " << std::strerror(errno);
  }
}

TEST_F(ServerTest, LeavesAFileThatIsNoSocket) {
  std::ofstream(Path()) << "mine";
  EXPECT_THAT(Create(), IsErrorWith(Code::kAlreadyExists, "is not a socket"));
  std::string text;
  std::ifstream(Path()) >> text;
  EXPECT_EQ(text, "mine");
}

TEST(Peers, KnowsWhoConnectedLast) {
  Peers peers;
  EXPECT_EQ(peers.Find("fd:7").uid, static_cast<uid_t>(-1));
  peers.Set(7, {1000, 42});
  EXPECT_EQ(peers.Find("fd:7").uid, 1000u);
  EXPECT_EQ(peers.Find("fd:7").pid, 42);
  peers.Set(7, {0, 1});
  EXPECT_EQ(peers.Find("fd:7").pid, 1);
  EXPECT_EQ(peers.Find("unix:").pid, 0);
}

}  // namespace
}  // namespace isulad::entry
