// Ends a process where a `kill -9` would hurt most, or does something else at that moment.
#ifndef ISULAD_TEST_INTEGRATION_HOST_CHANNEL_KILL_AT_CALL_H_
#define ISULAD_TEST_INTEGRATION_HOST_CHANNEL_KILL_AT_CALL_H_

#include <functional>

namespace isulad::host_channel::test {

enum class Ended {
  kKilled,     // before the call was carried out
  kByItself,   // `body` made fewer such calls
  kNotTraced,  // this machine does not let processes be traced
};

// Runs `body` in a forked child and kills it on the way into the `number`th system call, counted
// from 0, that changes files, directories or mounts. Source: ptrace(2).
Ended RunAndKillAtCall(int number, const std::function<void()>& body);

// Runs `body` in a forked child, holds it on the way into the `number`th call that looks a name up
// or changes something, runs `act` in the calling process, and lets it go on.
enum class Acted { kYes, kTooFewCalls, kNotTraced };
Acted RunAndActAtCall(int number, const std::function<void()>& act,
                      const std::function<void()>& body);

}  // namespace isulad::host_channel::test

#endif  // ISULAD_TEST_INTEGRATION_HOST_CHANNEL_KILL_AT_CALL_H_
