// Looking into a configuration that was built.
#ifndef ISULAD_TEST_UNIT_DAEMON_MODULES_SPEC_JSON_PATH_H_
#define ISULAD_TEST_UNIT_DAEMON_MODULES_SPEC_JSON_PATH_H_

#include <string>
#include <string_view>
#include <vector>

#include "utils/json/value.h"

namespace isulad::spec {

// The value at "a/b/c", null where there is none.
inline json::Value At(const json::Value& value, std::string_view path) {
  const json::Value* current = &value;
  while (!path.empty()) {
    const size_t slash = path.find('/');
    const json::Object* object = current->AsObject();
    current = object == nullptr ? nullptr : object->Find(path.substr(0, slash));
    if (current == nullptr) {
      return {};
    }
    path = slash == std::string_view::npos ? "" : path.substr(slash + 1);
  }
  return *current;
}

inline std::vector<std::string> Strings(const json::Value& value) {
  std::vector<std::string> result;
  for (const json::Value& element : *value.AsArray()) {
    result.push_back(*element.AsString());
  }
  return result;
}

}  // namespace isulad::spec

#endif  // ISULAD_TEST_UNIT_DAEMON_MODULES_SPEC_JSON_PATH_H_
