#include "utils/os/service_notify.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {
namespace {

using test::IsErrno;
using test::IsErrorWith;

// The socket of a service manager. `name`: as it stands in the variable.
UniqueFd Listen(const std::string& name) {
  UniqueFd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, name.data(), name.size());
  if (name[0] == '@') {
    address.sun_path[0] = '\0';
  }
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  EXPECT_EQ(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), length), 0);
  return socket;
}

std::string Received(const UniqueFd& socket) {
  char text[100];
  const ssize_t length = ::recv(socket.get(), text, sizeof(text), 0);
  return length < 0 ? "nothing" : std::string(text, static_cast<size_t>(length));
}

TEST(ServiceNotifier, SendsToAPath) {
  const test::TempDir dir;
  const UniqueFd socket = Listen(dir.Sub("notify"));
  EXPECT_OK(ServiceNotifier(dir.Sub("notify")).Send(kServiceReady));
  EXPECT_EQ(Received(socket), "READY=1");
}

TEST(ServiceNotifier, SendsToAnAbstractName) {
  const std::string name = "@isulad-test-" + std::to_string(::getpid());
  const UniqueFd socket = Listen(name);
  EXPECT_OK(ServiceNotifier(name).Send(kServiceStopping));
  EXPECT_EQ(Received(socket), "STOPPING=1");
}

TEST(ServiceNotifier, TakesTheAddressOutOfTheEnvironment) {
  const test::TempDir dir;
  const UniqueFd socket = Listen(dir.Sub("notify"));
  ASSERT_EQ(::setenv("NOTIFY_SOCKET", dir.Sub("notify").c_str(), 1), 0);
  const ServiceNotifier notifier = ServiceNotifier::FromEnvironment();
  EXPECT_EQ(std::getenv("NOTIFY_SOCKET"), nullptr);
  EXPECT_OK(notifier.Send(kServiceReady));
  EXPECT_EQ(Received(socket), "READY=1");
}

TEST(ServiceNotifier, DoesNothingWhereNobodyAsks) {
  ::unsetenv("NOTIFY_SOCKET");
  EXPECT_OK(ServiceNotifier::FromEnvironment().Send(kServiceReady));
}

TEST(ServiceNotifier, SaysWhatIsWrong) {
  const test::TempDir dir;
  EXPECT_THAT(ServiceNotifier(dir.Sub("nosuch")).Send(kServiceReady), IsErrno(ENOENT));
  for (const std::string& address :
       {std::string("vsock:2:1"), std::string("@"), "/" + std::string(200, 'x')}) {
    EXPECT_THAT(ServiceNotifier(address).Send(kServiceReady),
                IsErrorWith(Code::kInvalidArgument, "NOTIFY_SOCKET"));
  }
}

}  // namespace
}  // namespace isulad::os
