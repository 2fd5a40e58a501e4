// Runs a command line against a fake daemon.
#ifndef ISULAD_TEST_UNIT_CMD_ISULA_COMMANDS_COMMANDS_FIXTURE_H_
#define ISULAD_TEST_UNIT_CMD_ISULA_COMMANDS_COMMANDS_FIXTURE_H_

#include <string>

#include "cmd/isula/commands/invocation.h"
#include "gtest/gtest.h"
#include "support/isula/fake_clients.h"

namespace isulad::commands {

class CommandsTest : public ::testing::Test {
 protected:
  // The exit status as main() would return it; an error's line is appended to what stderr got.
  int Run(const cli::Arguments& arguments) {
    Result<Invocation> invocation = ParseInvocation(arguments);
    if (!invocation) {
      output_.ErrLine(invocation.error().message());
      return cli::kExitUsage;
    }
    if (invocation->command == nullptr) {
      output_.out += invocation->text;
      return cli::kExitOk;
    }
    Context context{containers_, channels_, events_, system_, output_, clock_};
    const Result<int> exit_status = invocation->command->Run(context);
    if (exit_status) {
      return *exit_status;
    }
    output_.ErrLine(exit_status.error().message());
    return cli::ExitStatusOf(exit_status.error(), invocation->info->refusal);
  }

  void Fail(const std::string& call, const Error& error) {
    containers_.failures.insert({call, error});
  }

  const std::string id_ = std::string(64, 'a');
  test::FakeContainerClient containers_;
  test::FakeChannelClient channels_;
  test::FakeEventClient events_;
  test::FakeSystemClient system_;
  test::CapturedOutput output_;
  test::FixedClock clock_;
};

}  // namespace isulad::commands

#endif  // ISULAD_TEST_UNIT_CMD_ISULA_COMMANDS_COMMANDS_FIXTURE_H_
