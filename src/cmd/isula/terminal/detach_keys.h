// Finds the detach keys in typed input. Pure; not thread-safe.
#ifndef ISULAD_CMD_ISULA_TERMINAL_DETACH_KEYS_H_
#define ISULAD_CMD_ISULA_TERMINAL_DETACH_KEYS_H_

#include <string>
#include <string_view>
#include <utility>

#include "utils/base/result.h"

namespace isulad::terminal {

class DetachKeys {
 public:
  struct Outcome {
    std::string pass_on;    // to the container
    bool detached = false;  // the keys were pressed; what follows them is dropped
  };

  // ctrl-p ctrl-q.
  DetachKeys();
  // A comma list of ASCII characters and of `ctrl-` with a letter or one of @ [ \ ] ^ _.
  // kInvalidArgument otherwise.
  static Result<DetachKeys> Parse(std::string_view text);

  // Keys that may begin the sequence are held back until the next key decides.
  Outcome Filter(std::string_view typed);
  // Returns the keys held back, to be passed on if nothing more will be typed.
  std::string Flush();

 private:
  explicit DetachKeys(std::string sequence) : sequence_(std::move(sequence)) {}

  std::string sequence_;
  std::string held_;  // a proper prefix of the sequence
};

}  // namespace isulad::terminal

#endif  // ISULAD_CMD_ISULA_TERMINAL_DETACH_KEYS_H_
