#include "daemon/modules/spec/seccomp_profile.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "utils/base/strings.h"
#include "utils/json/reader.h"

namespace isulad::spec {
namespace {

constexpr char kDocument[] = "seccomp profile";
constexpr int64_t kMaxErrno = 4095;
constexpr int64_t kLastArgument = 5;

constexpr std::string_view kActions[] = {
    "SCMP_ACT_KILL",  "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_TRAP",
    "SCMP_ACT_ERRNO", "SCMP_ACT_TRACE",        "SCMP_ACT_ALLOW",       "SCMP_ACT_LOG"};
constexpr std::string_view kNotify = "SCMP_ACT_NOTIFY";
constexpr std::string_view kOperators[] = {"SCMP_CMP_NE",       "SCMP_CMP_LT", "SCMP_CMP_LE",
                                           "SCMP_CMP_EQ",       "SCMP_CMP_GE", "SCMP_CMP_GT",
                                           "SCMP_CMP_MASKED_EQ"};
constexpr std::string_view kArchitectures[] = {
    "SCMP_ARCH_X86",     "SCMP_ARCH_X86_64",   "SCMP_ARCH_X32",         "SCMP_ARCH_ARM",
    "SCMP_ARCH_AARCH64", "SCMP_ARCH_MIPS",     "SCMP_ARCH_MIPS64",      "SCMP_ARCH_MIPS64N32",
    "SCMP_ARCH_MIPSEL",  "SCMP_ARCH_MIPSEL64", "SCMP_ARCH_MIPSEL64N32", "SCMP_ARCH_PPC",
    "SCMP_ARCH_PPC64",   "SCMP_ARCH_PPC64LE",  "SCMP_ARCH_S390",        "SCMP_ARCH_S390X",
    "SCMP_ARCH_PARISC",  "SCMP_ARCH_PARISC64", "SCMP_ARCH_RISCV64"};
constexpr std::string_view kFlags[] = {"SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_LOG",
                                       "SECCOMP_FILTER_FLAG_SPEC_ALLOW"};

template <size_t N>
bool IsOneOf(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

template <size_t N>
Result<std::vector<std::string>> ReadWords(const json::Reader& reader, const char* key,
                                           const std::string_view (&known)[N]) {
  ASSIGN_OR_RETURN(std::vector<std::string> words, reader.Strings(key));
  for (const std::string& word : words) {
    if (!IsOneOf(known, word)) {
      return reader.Fault(key, "has " + Quote(word) + ", which is not known");
    }
  }
  return words;
}

Result<std::string> ReadAction(const json::Reader& reader, const char* key) {
  ASSIGN_OR_RETURN(std::string action, reader.String(key));
  if (action == kNotify) {
    return reader.Fault(key, "is SCMP_ACT_NOTIFY: there is nobody here to answer");
  }
  if (!IsOneOf(kActions, action)) {
    return reader.Fault(key, "is " + Quote(action) + ", which is no action");
  }
  return action;
}

Result<std::optional<int64_t>> ReadErrno(const json::Reader& reader, const char* key) {
  if (!reader.Has(key)) {
    return std::optional<int64_t>();
  }
  ASSIGN_OR_RETURN(const int32_t number, reader.Int32(key, 0, kMaxErrno));
  return std::optional<int64_t>(number);
}

Result<json::Array> ReadArguments(const json::Reader& rule) {
  json::Array arguments;
  ASSIGN_OR_RETURN(const std::vector<json::Reader> children, rule.Children("args"));
  for (const json::Reader& child : children) {
    RETURN_IF_ERROR(child.CheckKeys({"index", "value", "valueTwo", "op"}));
    json::Object argument;
    ASSIGN_OR_RETURN(const int32_t index, child.Int32("index", 0, kLastArgument));
    ASSIGN_OR_RETURN(const uint64_t value, child.Uint64("value"));
    ASSIGN_OR_RETURN(const uint64_t second, child.Uint64Or("valueTwo", 0));
    ASSIGN_OR_RETURN(std::string compare, child.String("op"));
    if (!IsOneOf(kOperators, compare)) {
      return child.Fault("op", "is " + Quote(compare) + ", which is no comparison");
    }
    argument.Set("index", index);
    argument.Set("value", value);
    argument.Set("valueTwo", second);
    argument.Set("op", std::move(compare));
    arguments.emplace_back(std::move(argument));
  }
  return arguments;
}

Result<SeccompScope> ReadScope(const json::Reader& rule, const char* key) {
  SeccompScope scope;
  if (!rule.Has(key)) {
    return scope;
  }
  ASSIGN_OR_RETURN(const json::Reader reader, rule.Child(key));
  RETURN_IF_ERROR(reader.CheckKeys({"caps", "arches", "minKernel"}));
  ASSIGN_OR_RETURN(scope.capabilities, reader.Strings("caps"));
  ASSIGN_OR_RETURN(scope.architectures, reader.Strings("arches"));
  ASSIGN_OR_RETURN(scope.kernel, reader.StringOr("minKernel", ""));
  const std::vector<std::string_view> numbers = Split(scope.kernel, '.');
  if (!scope.kernel.empty() &&
      (numbers.size() != 2 || !ParseUint64(numbers[0]) || !ParseUint64(numbers[1]))) {
    return reader.Fault("minKernel", "must be a version such as 4.8");
  }
  return scope;
}

Result<SeccompProfileRule> ReadRule(const json::Reader& reader) {
  RETURN_IF_ERROR(reader.CheckKeys(
      {"name", "names", "action", "errnoRet", "args", "comment", "includes", "excludes"}));
  SeccompProfileRule rule;
  ASSIGN_OR_RETURN(rule.names, reader.Strings("names"));
  ASSIGN_OR_RETURN(std::string name, reader.StringOr("name", ""));
  if (name.empty() == rule.names.empty()) {
    return reader.Fault("names", "or \"name\" must say which calls, one of the two");
  }
  if (!name.empty()) {
    rule.names.push_back(std::move(name));
  }
  ASSIGN_OR_RETURN(rule.action, ReadAction(reader, "action"));
  ASSIGN_OR_RETURN(rule.error, ReadErrno(reader, "errnoRet"));
  ASSIGN_OR_RETURN(rule.arguments, ReadArguments(reader));
  ASSIGN_OR_RETURN(rule.includes, ReadScope(reader, "includes"));
  ASSIGN_OR_RETURN(rule.excludes, ReadScope(reader, "excludes"));
  return rule;
}

Result<std::vector<SeccompArchitectures>> ReadArchitectureMap(const json::Reader& reader) {
  std::vector<SeccompArchitectures> map;
  ASSIGN_OR_RETURN(const std::vector<json::Reader> children, reader.Children("archMap"));
  for (const json::Reader& child : children) {
    RETURN_IF_ERROR(child.CheckKeys({"architecture", "subArchitectures"}));
    SeccompArchitectures entry;
    ASSIGN_OR_RETURN(entry.native, child.String("architecture"));
    if (!IsOneOf(kArchitectures, entry.native)) {
      return child.Fault("architecture", "is " + Quote(entry.native) + ", which is not known");
    }
    ASSIGN_OR_RETURN(entry.others, ReadWords(child, "subArchitectures", kArchitectures));
    map.push_back(std::move(entry));
  }
  return map;
}

}  // namespace

Result<SeccompProfileText> ParseSeccompProfile(std::string_view text) {
  Result<json::Value> value = json::Parse(text, {kMaxSeccompProfileBytes});
  if (!value) {
    return std::move(value).error().AddContext(kDocument);
  }
  const json::Reader reader(*value, kDocument);
  RETURN_IF_ERROR(reader.CheckKeys(
      {"defaultAction", "defaultErrnoRet", "architectures", "archMap", "flags", "syscalls"}));
  SeccompProfileText profile;
  ASSIGN_OR_RETURN(profile.default_action, ReadAction(reader, "defaultAction"));
  ASSIGN_OR_RETURN(profile.default_error, ReadErrno(reader, "defaultErrnoRet"));
  ASSIGN_OR_RETURN(profile.architectures, ReadWords(reader, "architectures", kArchitectures));
  ASSIGN_OR_RETURN(profile.architecture_map, ReadArchitectureMap(reader));
  if (!profile.architectures.empty() && !profile.architecture_map.empty()) {
    return reader.Fault("archMap", "and \"architectures\" exclude one another");
  }
  ASSIGN_OR_RETURN(profile.flags, ReadWords(reader, "flags", kFlags));
  ASSIGN_OR_RETURN(const std::vector<json::Reader> rules, reader.Children("syscalls"));
  for (const json::Reader& rule : rules) {
    ASSIGN_OR_RETURN(SeccompProfileRule read, ReadRule(rule));
    profile.rules.push_back(std::move(read));
  }
  return profile;
}

}  // namespace isulad::spec
