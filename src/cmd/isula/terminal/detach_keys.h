// Finds ctrl-p ctrl-q in what is typed. Pure; not thread-safe.
#ifndef ISULAD_CMD_ISULA_TERMINAL_DETACH_KEYS_H_
#define ISULAD_CMD_ISULA_TERMINAL_DETACH_KEYS_H_

#include <string>
#include <string_view>

namespace isulad::terminal {

class DetachKeys {
 public:
  struct Outcome {
    std::string pass_on;    // to the container
    bool detached = false;  // the keys were pressed; what follows them is dropped
  };

  // A ctrl-p is held back until the next key shows what it was.
  Outcome Filter(std::string_view typed);
  // What is held back: to be passed on where nothing more will be typed.
  std::string Flush();

 private:
  bool held_ = false;
};

}  // namespace isulad::terminal

#endif  // ISULAD_CMD_ISULA_TERMINAL_DETACH_KEYS_H_
