// The documentation of each program and each command, made from the declarations that parse their
// command lines and produce their --help. Pure, except for making the declarations.
#ifndef ISULAD_CMD_REFERENCE_PAGE_H_
#define ISULAD_CMD_REFERENCE_PAGE_H_

#include <string>
#include <utility>
#include <vector>

namespace isulad::reference {

// A term and its explanation, one sentence without a full stop.
struct Entry {
  std::string term;
  std::string text;
};

struct Page {
  std::string name;      // "isula channel ls"
  int section = 1;       // of the manual
  std::string synopsis;  // "isula channel ls [OPTIONS] [CONTAINER]"
  std::string summary;   // one line without a full stop
  std::vector<Entry> commands;
  std::vector<Entry> flags;  // flags of all commands are listed for the program only
  std::vector<Entry> exit_statuses;
};

// The programs (`isula` first), each command group, and each command that --help lists, in the
// order of the help.
std::vector<Page> Pages();

}  // namespace isulad::reference

#endif  // ISULAD_CMD_REFERENCE_PAGE_H_
