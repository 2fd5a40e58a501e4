// What a fake monitor is to do with its start, and what the process does that it starts.
#ifndef ISULAD_TEST_SUPPORT_FAKES_START_PLAN_H_
#define ISULAD_TEST_SUPPORT_FAKES_START_PLAN_H_

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "shim_protocol/messages.h"

namespace isulad::test {

class FakeShim;

// A process in callbacks, each of which may be missing. They are called with no lock held, by
// whatever thread brought the news, and may call the shim that they are given.
struct FakeProgram {
  std::function<void(FakeShim&)> on_start;  // behind the news of the start
  // While it runs; what came before is given with the start.
  std::function<void(FakeShim&, const std::string& bytes)> on_input;
  std::function<void(FakeShim&)> on_input_end;
};

struct StartPlan {
  enum class Outcome {
    kStarts,
    kFails,   // kStartFailed, and no process
    kHangs,   // the process is there, but the runtime never ends: until it is abandoned
    kIsLost,  // the monitor dies when the process is there, which nobody kills with it
  };

  static StartPlan Starts(FakeProgram program = {}) {
    StartPlan plan;
    plan.program = std::move(program);
    return plan;
  }
  static StartPlan Fails(std::string reason, int exit_code = 0) {
    StartPlan plan;
    plan.outcome = Outcome::kFails;
    plan.failure.reason = std::move(reason);
    plan.failure.exit_code = exit_code;
    return plan;
  }
  static StartPlan Hangs() { return Of(Outcome::kHangs); }
  static StartPlan IsLost() { return Of(Outcome::kIsLost); }
  // Starts and ends at once.
  static StartPlan Exits(int code);

  Outcome outcome = Outcome::kStarts;
  shim::StartFailed failure;
  FakeProgram program;
  std::set<int> ignored_signals;  // SIGKILL is never ignored
  // With the process of a container, those of its execs end, as the kernel ends all of a pid
  // namespace with its first process.
  bool own_pid_namespace = true;

 private:
  static StartPlan Of(Outcome outcome) {
    StartPlan plan;
    plan.outcome = outcome;
    return plan;
  }
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_START_PLAN_H_
