#include "integration/isula/client_process.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "gtest/gtest.h"

namespace isulad::test {
namespace {

// Everything the child needs between fork and exec, made before: other threads may hold the heap's
// lock.
struct Program {
  Program(const std::string& socket, std::vector<std::string> words)
      : arguments(std::move(words)), host("ISULAD_HOST=unix://" + socket) {
    arguments.insert(arguments.begin(), ISULA_PROGRAM);
    for (std::string& argument : arguments) {
      argv.push_back(argument.data());
    }
    argv.push_back(nullptr);
  }
  [[noreturn]] void Exec() {
    std::array<char*, 2> environment = {host.data(), nullptr};
    ::execve(argv[0], argv.data(), environment.data());
    ::_exit(99);
  }

  std::vector<std::string> arguments;
  std::string host;
  std::vector<char*> argv;
};

struct Pipe {
  Pipe() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    read_end.reset(ends[0]);
    write_end.reset(ends[1]);
  }
  os::UniqueFd read_end;
  os::UniqueFd write_end;
};

}  // namespace

ClientProcess ClientProcess::OnTerminal(const std::string& socket,
                                        std::vector<std::string> arguments) {
  Program program(socket, std::move(arguments));
  ClientProcess client;
  int master = -1;
  int slave = -1;
  winsize size{};
  size.ws_row = 24;
  size.ws_col = 80;
  EXPECT_EQ(::openpty(&master, &slave, nullptr, nullptr, &size), 0);
  client.input_.reset(master);
  client.output_.reset(::fcntl(master, F_DUPFD_CLOEXEC, 0));
  client.terminal_.reset(::fcntl(slave, F_DUPFD_CLOEXEC, 0));
  client.pid_ = ::fork();
  if (client.pid_ == 0) {
    ::close(master);
    ::login_tty(slave);
    program.Exec();
  }
  ::close(slave);
  return client;
}

ClientProcess ClientProcess::OnPipes(const std::string& socket,
                                     std::vector<std::string> arguments) {
  Program program(socket, std::move(arguments));
  ClientProcess client;
  Pipe in;
  Pipe out;
  Pipe err;
  client.pid_ = ::fork();
  if (client.pid_ == 0) {
    ::dup2(in.read_end.get(), STDIN_FILENO);
    ::dup2(out.write_end.get(), STDOUT_FILENO);
    ::dup2(err.write_end.get(), STDERR_FILENO);
    program.Exec();
  }
  client.input_ = std::move(in.write_end);
  client.output_ = std::move(out.read_end);
  client.errors_ = std::move(err.read_end);
  return client;
}

ClientProcess::ClientProcess(ClientProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      input_(std::move(other.input_)),
      output_(std::move(other.output_)),
      errors_(std::move(other.errors_)),
      terminal_(std::move(other.terminal_)),
      read_(std::move(other.read_)) {}

ClientProcess::~ClientProcess() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    Wait();
  }
}

void ClientProcess::Type(std::string_view text) const {
  EXPECT_EQ(::write(input_.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
}

std::string ClientProcess::ReadUntil(std::string_view text) {
  char buffer[64 * 1024];
  while (text.empty() || read_.find(text) == std::string::npos) {
    const ssize_t count = ::read(output_.get(), buffer, sizeof(buffer));
    if (count <= 0) {
      break;
    }
    read_.append(buffer, static_cast<size_t>(count));
  }
  return std::exchange(read_, "");
}

std::string ClientProcess::ReadErrors() const {
  std::string text;
  char buffer[4096];
  for (ssize_t n = 0; (n = ::read(errors_.get(), buffer, sizeof(buffer))) > 0;) {
    text.append(buffer, static_cast<size_t>(n));
  }
  return text;
}

void ClientProcess::Kill(int signal) const { EXPECT_EQ(::kill(pid_, signal), 0); }

Ended ClientProcess::Wait() {
  int status = 0;
  EXPECT_GT(::waitpid(std::exchange(pid_, -1), &status, 0), 0);
  if (WIFSIGNALED(status)) {
    return {-1, WTERMSIG(status)};
  }
  return {WEXITSTATUS(status), 0};
}

termios ClientProcess::Mode() const {
  termios mode{};
  EXPECT_EQ(::tcgetattr(terminal_.get(), &mode), 0);
  return mode;
}

void ClientProcess::Resize(unsigned short rows, unsigned short columns) const {
  winsize size{};
  size.ws_row = rows;
  size.ws_col = columns;
  EXPECT_EQ(::ioctl(input_.get(), TIOCSWINSZ, &size), 0);
}

bool IsRaw(const termios& mode) {
  return (mode.c_lflag & (ICANON | ECHO | ISIG)) == 0 && (mode.c_oflag & OPOST) == 0;
}

bool operator==(const termios& a, const termios& b) {
  return a.c_iflag == b.c_iflag && a.c_oflag == b.c_oflag && a.c_cflag == b.c_cflag &&
         a.c_lflag == b.c_lflag && std::memcmp(a.c_cc, b.c_cc, sizeof(a.c_cc)) == 0;
}

}  // namespace isulad::test
