#include <cstdint>
#include <optional>

#include "daemon/modules/spec/passes.h"

namespace isulad::spec {
namespace {

constexpr int64_t kAny = -1;

// A character device (Documentation/admin-guide/devices.txt) that a container may use.
struct Device {
  int64_t major;
  int64_t minor;
};

// The runtimes create the nodes in /dev; these rules let the container open them.
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

const char* TypeOf(const DeviceNode& node) { return node.is_block ? "b" : "c"; }

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

json::Value Node(const DeviceNode& node) {
  json::Object device;
  device.Set("path", node.mapping.path_in_container);
  device.Set("type", TypeOf(node));
  device.Set("major", node.major);
  device.Set("minor", node.minor);
  device.Set("fileMode", node.mode);
  device.Set("uid", node.uid);
  device.Set("gid", node.gid);
  return device;
}

// No node can be made in a user namespace: the host's own node is bound there instead, see
// mounts.cc.
void ApplyNodes(const Input& input, json::Object* linux_object) {
  if (input.devices.empty() || input.user_remap) {
    return;
  }
  json::Array nodes;
  for (const DeviceNode& node : input.devices) {
    nodes.push_back(Node(node));
  }
  linux_object->Set("devices", std::move(nodes));
}

int64_t NumberOf(const std::optional<uint32_t>& number) { return number ? *number : kAny; }

// Type "a" is written as one rule for each of the two types: on version 1 a rule of type "a"
// replaces all others.
void AddRule(const DeviceRule& rule, json::Array& rules) {
  for (const char* type : {"c", "b"}) {
    if (rule.type == 'a' || rule.type == *type) {
      rules.push_back(
          Rule(true, type, NumberOf(rule.major), NumberOf(rule.minor), rule.permissions.c_str()));
    }
  }
}

json::Array RulesOf(const Input& input) {
  json::Array rules;
  if (input.security.privileged) {
    rules.push_back(Rule(true, "a", kAny, kAny, "rwm"));
    return rules;
  }
  // First deny everything: runc on version 1 refuses a list that denies single devices after
  // allowing the rest.
  rules.push_back(Rule(false, "a", kAny, kAny, "rwm"));
  // Any node may be made (CAP_MKNOD is in the default set, and package managers do it); opening it
  // is a different matter.
  rules.push_back(Rule(true, "c", kAny, kAny, "m"));
  rules.push_back(Rule(true, "b", kAny, kAny, "m"));
  for (const Device& device : kAllowed) {
    rules.push_back(Rule(true, "c", device.major, device.minor, "rwm"));
  }
  for (const DeviceNode& node : input.devices) {
    rules.push_back(
        Rule(true, TypeOf(node), node.major, node.minor, node.mapping.permissions.c_str()));
  }
  for (const DeviceRule& rule : input.security.device_rules) {
    AddRule(rule, rules);
  }
  return rules;
}

}  // namespace

void ApplyDevices(const Input& input, json::Object* config) {
  json::Object& linux_object = ObjectMember(config, "linux");
  ApplyNodes(input, &linux_object);
  ObjectMember(&linux_object, "resources").Set("devices", RulesOf(input));
}

}  // namespace isulad::spec
