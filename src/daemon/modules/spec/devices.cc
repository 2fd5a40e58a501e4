#include <cstdint>

#include "daemon/modules/spec/passes.h"

namespace isulad::spec {
namespace {

constexpr int64_t kAny = -1;

// A character device (Documentation/admin-guide/devices.txt) that a container may use.
struct Device {
  int64_t major;
  int64_t minor;
};

// The nodes in /dev are made by the runtimes; these rules let the container open them.
constexpr Device kAllowed[] = {
    {1, 3},       // null
    {1, 5},       // zero
    {1, 7},       // full
    {1, 8},       // random
    {1, 9},       // urandom
    {5, 0},       // tty
    {5, 1},       // console
    {5, 2},       // ptmx
    {136, kAny},  // the terminals of /dev/pts
};

json::Value Rule(bool allow, const char* type, int64_t major, int64_t minor, const char* access) {
  json::Object rule;
  rule.Set("allow", allow);
  rule.Set("type", type);
  if (major != kAny) {
    rule.Set("major", major);
  }
  if (minor != kAny) {
    rule.Set("minor", minor);
  }
  rule.Set("access", access);
  return rule;
}

}  // namespace

void ApplyDevices(json::Object* config) {
  json::Array rules;
  // First the denial of all: runc on version 1 refuses a list that takes single devices out of an
  // allowed rest.
  rules.push_back(Rule(false, "a", kAny, kAny, "rwm"));
  // Any node may be made (CAP_MKNOD is in the default set, and package managers do it); opening it
  // is another matter.
  rules.push_back(Rule(true, "c", kAny, kAny, "m"));
  rules.push_back(Rule(true, "b", kAny, kAny, "m"));
  for (const Device& device : kAllowed) {
    rules.push_back(Rule(true, "c", device.major, device.minor, "rwm"));
  }
  json::Object& linux_object = ObjectMember(config, "linux");
  ObjectMember(&linux_object, "resources").Set("devices", std::move(rules));
}

}  // namespace isulad::spec
