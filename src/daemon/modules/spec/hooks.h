// Host programs that the runtime runs at certain moments of a container's life: the value of
// --hook-spec, which is the member "hooks" of an OCI configuration (runtime-spec 1.0) with the
// three moments below.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOOKS_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOOKS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"
#include "utils/json/value.h"

namespace isulad::spec {

struct Hook {
  std::string path;               // absolute, on the host
  std::vector<std::string> args;  // including the name of the program
  std::vector<std::string> env;   // "K=V"
  int64_t timeout = 0;            // seconds; 0: none
  friend bool operator==(const Hook&, const Hook&) = default;
};

struct Hooks {
  std::vector<Hook> prestart;   // before the container's process is started
  std::vector<Hook> poststart;  // after it has been started
  std::vector<Hook> poststop;   // after it has ended
  bool empty() const { return prestart.empty() && poststart.empty() && poststop.empty(); }
  friend bool operator==(const Hooks&, const Hooks&) = default;
};

// Reads the text of a hook specification; empty: no hooks. kInvalidArgument if it is not one.
Result<Hooks> ParseHooks(const std::string& text);

// kInvalidArgument if `value` is not what HooksToJson writes; an unknown member is named. `what`
// names the document.
Result<Hooks> HooksFromJson(const json::Value& value, std::string_view what);
json::Value HooksToJson(const Hooks& hooks);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOOKS_H_
