// Feeds arbitrary words, a line each, to the parser of the flags of create and run. What is wrong
// with them must be said in one line for a terminal, and the same every time.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "cmd/isula/cli/global_options.h"
#include "cmd/isula/options/container_options.h"
#include "require.h"
#include "utils/base/strings.h"

namespace isulad::options {
namespace {

// Flags whose value is a file that is read at once: on the machine that fuzzes there is no telling
// what that would be.
bool ReadsAFile(std::string_view word) {
  for (const std::string_view flag :
       {"--env-file", "--label-file", "--hook-spec", "--security-opt"}) {
    if (word.starts_with(flag)) {
      return true;
    }
  }
  return false;
}

// What is left of the words, or what is wrong with them.
Result<cli::Arguments> Parse(const cli::Arguments& words) {
  cli::GlobalOptions globals;
  client::ContainerOptions container;
  cli::FlagSet flags(cli::FlagSet::Stop::kAtFirstArgument);
  AddContainerFlags(flags, &container);
  cli::AddGlobalFlags(flags, cli::HelpLetter::kTaken, &globals);
  ASSIGN_OR_RETURN(cli::Arguments rest, flags.Parse(words));
  RETURN_IF_ERROR(TakeArguments("create", rest, &container));
  return rest;
}

void Fuzz(std::string_view text) {
  cli::Arguments words;
  for (const std::string_view word : Split(text, '\n')) {
    if (ReadsAFile(word)) {
      return;
    }
    words.emplace_back(word);
  }
  const Result<cli::Arguments> first = Parse(words);
  const Result<cli::Arguments> second = Parse(words);
  REQUIRE(first.has_value() == second.has_value());
  if (first) {
    REQUIRE(*first == *second);
    return;
  }
  REQUIRE(first.error().message() == second.error().message());
  REQUIRE(!first.error().message().empty());
  REQUIRE(!HasControlCharacter(first.error().message()));
}

}  // namespace
}  // namespace isulad::options

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  isulad::options::Fuzz({reinterpret_cast<const char*>(data), size});
  return 0;
}
