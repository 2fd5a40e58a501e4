#include "utils/os/unix_socket.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

using test::IsErrorWith;

void ExpectConversation(const std::string& path) {
  ASSERT_OK_AND_ASSIGN(const UniqueFd listener, ListenUnix(path, 0600));
  ASSERT_OK_AND_ASSIGN(UniqueFd client, ConnectUnix(path));
  ASSERT_OK_AND_ASSIGN(const UniqueFd server, Accept(listener.get(), false));
  ASSERT_OK(WriteAll(client.get(), "hello"));
  client.reset();
  EXPECT_EQ(ReadAll(server.get()).value_or(""), "hello");
}

TEST(UnixSocket, ConnectsByPath) {
  const test::TempDir directory;
  ExpectConversation(directory.Sub("s"));
}

TEST(UnixSocket, TakesPathsLongerThanAnAddress) {
  const test::TempDir directory;
  const std::string deep = directory.Sub(std::string(120, 'd') + "/" + std::string(120, 'e'));
  ASSERT_OK(MakeDirectories(deep, 0700));
  ExpectConversation(deep + "/socket");
  EXPECT_TRUE(PathExists(deep + "/socket"));
  EXPECT_THAT(ListenUnix(deep + "/" + std::string(108, 's'), 0600), test::IsErrno(ENAMETOOLONG));
}

TEST(ListenUnix, GivesTheFileTheModeWhateverTheUmask) {
  const test::TempDir directory;
  const mode_t before = ::umask(077);
  ASSERT_OK_AND_ASSIGN(const UniqueFd listener, ListenUnix(directory.Sub("s"), 0660));
  ::umask(before);
  struct stat status = {};
  ASSERT_EQ(::stat(directory.Sub("s").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0660u);
  EXPECT_EQ(::fcntl(listener.get(), F_GETFD), FD_CLOEXEC);
}

TEST(ListenUnix, RefusesWhatIsThere) {
  const test::TempDir directory;
  ASSERT_OK(WriteFileAtomic(directory.Sub("f"), "kept", 0600, Sync::kNone));
  EXPECT_THAT(ListenUnix(directory.Sub("f"), 0600), IsErrorWith(Code::kAlreadyExists, "exists"));
  EXPECT_EQ(ReadFile(directory.Sub("f")).value_or(""), "kept");
}

TEST(ConnectUnix, TellsNoSocketFromNoListener) {
  const test::TempDir directory;
  const std::string path = directory.Sub("s");
  EXPECT_THAT(ConnectUnix(path), IsErrorWith(Code::kNotFound, "connect to socket"));
  { ASSERT_OK(ListenUnix(path, 0600)); }
  EXPECT_THAT(ConnectUnix(path), IsErrorWith(Code::kUnavailable, "connect to socket"));
}

TEST(Accept, IsUnavailableWhereNobodyWaits) {
  const test::TempDir directory;
  ASSERT_OK_AND_ASSIGN(const UniqueFd listener, ListenUnix(directory.Sub("s"), 0600));
  ASSERT_OK(SetNonBlocking(listener.get()));
  EXPECT_THAT(Accept(listener.get(), true), IsErrorWith(Code::kUnavailable, ""));
  ASSERT_OK_AND_ASSIGN(const UniqueFd client, ConnectUnix(directory.Sub("s")));
  ASSERT_OK_AND_ASSIGN(const UniqueFd server, Accept(listener.get(), true));
  EXPECT_NE(::fcntl(server.get(), F_GETFL) & O_NONBLOCK, 0);
  EXPECT_EQ(::fcntl(server.get(), F_GETFD), FD_CLOEXEC);
}

void SendDescriptor(int socket, int fd) {
  char payload = 'x';
  iovec vector = {&payload, 1};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message = {};
  message.msg_iov = &vector;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(header), &fd, sizeof(fd));
  ASSERT_EQ(::sendmsg(socket, &message, 0), 1);
}

TEST(ReceiveDescriptor, TakesTheDescriptorOfAMessage) {
  ASSERT_OK_AND_ASSIGN(const auto sockets, SocketPair());
  ASSERT_OK_AND_ASSIGN(const UniqueFd null, Open("/dev/null", O_RDWR));
  SendDescriptor(sockets.first.get(), null.get());
  ASSERT_OK_AND_ASSIGN(const UniqueFd received, ReceiveDescriptor(sockets.second.get()));
  EXPECT_NE(received.get(), null.get());
  EXPECT_EQ(DescriptorPath(received.get()).value_or(""), "/dev/null");
  EXPECT_EQ(::fcntl(received.get(), F_GETFD), FD_CLOEXEC);
}

TEST(ReceiveDescriptor, TellsAnEmptyMessageFromTheEnd) {
  ASSERT_OK_AND_ASSIGN(auto sockets, SocketPair());
  ASSERT_OK(WriteAll(sockets.first.get(), "x"));
  EXPECT_THAT(ReceiveDescriptor(sockets.second.get()),
              IsErrorWith(Code::kInvalidArgument, "carries no descriptor"));
  sockets.first.reset();
  EXPECT_THAT(ReceiveDescriptor(sockets.second.get()),
              IsErrorWith(Code::kUnavailable, "closed the connection"));
}

}  // namespace
}  // namespace isulad::os
