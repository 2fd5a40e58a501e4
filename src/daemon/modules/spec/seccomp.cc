#include "daemon/modules/spec/seccomp.h"

#include <seccomp.h>

#include <cerrno>
#include <cstddef>
#include <memory>
#include <vector>

#include "daemon/modules/spec/bpf_prologue.h"
#include "daemon/modules/spec/seccomp_table.h"
#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

struct ReleaseContext {
  void operator()(void* context) const { ::seccomp_release(context); }
};
using Context = std::unique_ptr<void, ReleaseContext>;

// The architectures whose calls a process can make on this machine besides the native ones: its
// 32-bit modes.
const std::vector<uint32_t>& CompatArchitectures() {
  static const auto* const kList = new std::vector<uint32_t> {
#if defined(__x86_64__)
    SCMP_ARCH_X86, SCMP_ARCH_X32,
#elif defined(__aarch64__)
    SCMP_ARCH_ARM,
#endif
  };
  return *kList;
}

std::vector<std::string> ArchitectureNames() {
#if defined(__x86_64__)
  return {"SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"};
#elif defined(__aarch64__)
  return {"SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"};
#elif defined(__riscv)
  return {"SCMP_ARCH_RISCV64"};
#else
#error "the names of this architecture are not known to the seccomp profile"
#endif
}

Error LibraryError(int negative_errno, std::string_view what) {
  return SystemError(-negative_errno, "seccomp: " + std::string(what));
}

scmp_arg_cmp ToCompare(const SeccompCondition& condition) {
  switch (condition.op) {
    case SeccompOperator::kEqual:
      return {condition.argument, SCMP_CMP_EQ, condition.value, 0};
    case SeccompOperator::kNotEqual:
      return {condition.argument, SCMP_CMP_NE, condition.value, 0};
    case SeccompOperator::kMaskedEqual:
      break;
  }
  return {condition.argument, SCMP_CMP_MASKED_EQ, condition.mask, condition.value};
}

Status AddRule(const Context& context, const SeccompRule& rule) {
  const uint32_t action =
      rule.error == 0 ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(static_cast<uint32_t>(rule.error));
  std::vector<scmp_arg_cmp> compares;
  for (const SeccompCondition& condition : rule.conditions) {
    compares.push_back(ToCompare(condition));
  }
  for (std::string_view name : rule.names) {
    const int number = ::seccomp_syscall_resolve_name(std::string(name).c_str());
    if (number == __NR_SCMP_ERROR) {
      continue;
    }
    const int result = ::seccomp_rule_add_array(
        context.get(), action, number, static_cast<unsigned>(compares.size()), compares.data());
    // EDOM: the call exists on none of these architectures.
    if (result < 0 && result != -EDOM) {
      return LibraryError(result, "add a rule for " + Quote(name));
    }
  }
  return OkStatus();
}

Result<Context> MakeContext() {
  Context context(::seccomp_init(SCMP_ACT_ERRNO(kSeccompDefaultErrno)));
  if (context == nullptr) {
    return Internal("seccomp: cannot make a filter");
  }
  for (const uint32_t architecture : CompatArchitectures()) {
    const int result = ::seccomp_arch_add(context.get(), architecture);
    if (result < 0 && result != -EEXIST) {
      return LibraryError(result, "add an architecture");
    }
  }
  // A binary tree over the numbers: 20 instructions per call on average and 30 at most, compared to
  // 310 and 610 with the default, a list. libseccomp before 2.5 does not support this, but its list
  // is correct all the same.
  ::seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
  return context;
}

json::Value ToJson(const SeccompCondition& condition) {
  json::Object object;
  object.Set("index", condition.argument);
  if (condition.op == SeccompOperator::kMaskedEqual) {
    object.Set("value", condition.mask);
    object.Set("valueTwo", condition.value);
    object.Set("op", "SCMP_CMP_MASKED_EQ");
  } else {
    object.Set("value", condition.value);
    object.Set("op", condition.op == SeccompOperator::kEqual ? "SCMP_CMP_EQ" : "SCMP_CMP_NE");
  }
  return object;
}

// Names that this libseccomp knows: a runtime may refuse a profile with others.
std::vector<std::string> KnownNames(const SeccompRule& rule) {
  std::vector<std::string> names;
  for (std::string_view name : rule.names) {
    std::string text(name);
    if (::seccomp_syscall_resolve_name(text.c_str()) != __NR_SCMP_ERROR) {
      names.push_back(std::move(text));
    }
  }
  return names;
}

json::Value ToJson(const SeccompRule& rule) {
  json::Object object;
  object.Set("names", KnownNames(rule));
  if (rule.error == 0) {
    object.Set("action", "SCMP_ACT_ALLOW");
  } else {
    object.Set("action", "SCMP_ACT_ERRNO");
    object.Set("errnoRet", rule.error);
  }
  if (!rule.conditions.empty()) {
    json::Array conditions;
    for (const SeccompCondition& condition : rule.conditions) {
      conditions.push_back(ToJson(condition));
    }
    object.Set("args", std::move(conditions));
  }
  return object;
}

}  // namespace

Result<std::string> CompileSeccomp(SeccompVariant variant, uint64_t capabilities) {
  ASSIGN_OR_RETURN(const Context context, MakeContext());
  for (const SeccompRule& rule : SeccompRules(variant, capabilities)) {
    RETURN_IF_ERROR(AddRule(context, rule));
  }
  ASSIGN_OR_RETURN(const std::string program, ExportProgram(context.get()));
  return PrologueForNewCalls() + program;
}

json::Value SeccompProfile(SeccompVariant variant, uint64_t capabilities) {
  json::Object profile;
  profile.Set("defaultAction", "SCMP_ACT_ERRNO");
  profile.Set("defaultErrnoRet", kSeccompDefaultErrno);
  profile.Set("architectures", ArchitectureNames());
  json::Array calls;
  for (const SeccompRule& rule : SeccompRules(variant, capabilities)) {
    json::Value call = ToJson(rule);
    if (!call.AsObject()->Find("names")->AsArray()->empty()) {
      calls.push_back(std::move(call));
    }
  }
  profile.Set("syscalls", std::move(calls));
  return profile;
}

}  // namespace isulad::spec
