// attempt NAME [ARGUMENT...]: makes one system call, in the container that it runs in. Prints the
// name of the error and ends with 1 where it is refused; prints "done" and ends with 0 where not.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "calls.h"

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + (argc < 2 ? argc : 2), argv + argc);
  for (const isulad::test::Attempt& attempt : isulad::test::Attempts()) {
    if (argc < 2 || std::strcmp(attempt.name, argv[1]) != 0) {
      continue;
    }
    if (attempt.call(arguments) >= 0) {
      std::puts("done");
      return 0;
    }
    std::puts(::strerrorname_np(errno));
    return 1;
  }
  std::fputs("usage: attempt NAME [ARGUMENT...]\n", stderr);
  return 2;
}
