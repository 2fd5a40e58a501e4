// System calls by which somebody in a container could reach for its host, by name.
#ifndef ISULAD_TEST_E2E_ATTEMPT_CALLS_H_
#define ISULAD_TEST_E2E_ATTEMPT_CALLS_H_

#include <string>
#include <vector>

namespace isulad::test {

struct Attempt {
  const char* name;
  // The call's result: negative, with errno, where it was refused.
  long (*call)(const std::vector<std::string>& arguments);
};

const std::vector<Attempt>& Attempts();

}  // namespace isulad::test

#endif  // ISULAD_TEST_E2E_ATTEMPT_CALLS_H_
