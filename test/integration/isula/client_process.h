// The real `isula` as a child process, on a terminal or on pipes.
#ifndef ISULAD_TEST_INTEGRATION_ISULA_CLIENT_PROCESS_H_
#define ISULAD_TEST_INTEGRATION_ISULA_CLIENT_PROCESS_H_

#include <sys/types.h>
#include <termios.h>

#include <string>
#include <string_view>
#include <vector>

#include "utils/os/unique_fd.h"

namespace isulad::test {

struct Ended {
  int exit_status = -1;  // -1 where a signal killed it
  int signal = 0;
};

// Killed where it still runs at the end.
class ClientProcess {
 public:
  // `arguments` follow the program's name; ISULAD_HOST is `socket`.
  static ClientProcess OnTerminal(const std::string& socket, std::vector<std::string> arguments);
  static ClientProcess OnPipes(const std::string& socket, std::vector<std::string> arguments);
  ClientProcess(ClientProcess&& other) noexcept;
  ClientProcess& operator=(ClientProcess&&) = delete;
  ~ClientProcess();

  void Type(std::string_view text) const;
  void CloseInput() { input_.reset(); }
  void CloseOutput() { output_.reset(); }
  // What the client has written until `text` is there; all there is where it ends before.
  std::string ReadUntil(std::string_view text);
  std::string ReadAll() { return ReadUntil(std::string_view()); }
  std::string ReadErrors() const;
  void Kill(int signal) const;
  Ended Wait();

  // On a terminal only.
  termios Mode() const;
  void Resize(unsigned short rows, unsigned short columns) const;

 private:
  ClientProcess() = default;

  pid_t pid_ = -1;
  os::UniqueFd input_;
  os::UniqueFd output_;
  os::UniqueFd errors_;    // pipes only
  os::UniqueFd terminal_;  // the client's side, held so that its mode can be seen afterwards
  std::string read_;
};

bool IsRaw(const termios& mode);
bool operator==(const termios& a, const termios& b);

}  // namespace isulad::test

#endif  // ISULAD_TEST_INTEGRATION_ISULA_CLIENT_PROCESS_H_
