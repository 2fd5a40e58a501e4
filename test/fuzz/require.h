// What a fuzzer holds its subject to.
#ifndef ISULAD_TEST_FUZZ_REQUIRE_H_
#define ISULAD_TEST_FUZZ_REQUIRE_H_

#include <cstdio>
#include <cstdlib>

// Aborts where `condition` does not hold, which libFuzzer reports together with the input.
#define REQUIRE(condition)                                                         \
  do {                                                                             \
    if (!(condition)) {                                                            \
      std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                \
    }                                                                              \
  } while (false)

#endif  // ISULAD_TEST_FUZZ_REQUIRE_H_
