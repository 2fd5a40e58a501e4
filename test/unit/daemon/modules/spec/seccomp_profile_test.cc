#include "daemon/modules/spec/seccomp_profile.h"

#include <gtest/gtest.h>
#include <linux/capability.h>

#include <string>

#include "support/result_matchers.h"

namespace isulad::spec {
namespace {

using test::IsErrorWith;

// The object that `text` becomes.
std::string Resolve(std::string_view text, uint64_t capabilities = 0,
                    const std::string& kernel = "6.1.0-18-amd64") {
  const Result<SeccompProfileText> profile = ParseSeccompProfile(text);
  EXPECT_OK(profile);
  return profile ? json::Serialize(ResolveSeccompProfile(*profile, {capabilities, kernel})) : "";
}

// A profile with one rule that has `member` as well.
std::string WithMember(const std::string& member) {
  return R"({"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["read"],)"
         R"("action":"SCMP_ACT_ALLOW",)" +
         member + "}]}";
}

bool ProfileAllows(const std::string& member, uint64_t capabilities = 0,
                   const std::string& kernel = "6.1.0-18-amd64") {
  return Resolve(WithMember(member), capabilities, kernel).find("read") != std::string::npos;
}

TEST(SeccompProfileText, TakesTheObjectOfTheSpecificationAsItIs) {
  const std::string text = R"({"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":38,)"
                           R"("architectures":["SCMP_ARCH_X86_64","SCMP_ARCH_AARCH64"],)"
                           R"("flags":["SECCOMP_FILTER_FLAG_LOG"],)"
                           R"("syscalls":[{"names":["read","write"],"action":"SCMP_ACT_ALLOW"},)"
                           R"({"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":13,)"
                           R"("args":[{"index":1,"value":18446744073709551615,"valueTwo":7,)"
                           R"("op":"SCMP_CMP_MASKED_EQ"}]}]})";
  EXPECT_EQ(Resolve(text), text);
}

TEST(SeccompProfileText, LeavesOutCallsThatTheLibraryDoesNotKnow) {
  EXPECT_EQ(Resolve(R"({"defaultAction":"SCMP_ACT_ALLOW","syscalls":[)"
                    R"({"names":["not_a_call"],"action":"SCMP_ACT_ERRNO"},)"
                    R"({"names":["read","nor_this"],"action":"SCMP_ACT_KILL"}]})"),
            R"({"defaultAction":"SCMP_ACT_ALLOW",)"
            R"("syscalls":[{"names":["read"],"action":"SCMP_ACT_KILL"}]})");
}

TEST(SeccompProfileText, TakesTheOldNameOfOneCallAndWhatIsNull) {
  EXPECT_EQ(Resolve(R"({"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"name":"read","names":null,)"
                    R"("action":"SCMP_ACT_LOG","args":null,"comment":"","includes":{},)"
                    R"("excludes":{}}]})"),
            R"({"defaultAction":"SCMP_ACT_ALLOW",)"
            R"("syscalls":[{"names":["read"],"action":"SCMP_ACT_LOG"}]})");
}

TEST(SeccompProfileText, ChoosesTheArchitecturesOfThisMachine) {
  const std::string resolved =
      Resolve(R"({"defaultAction":"SCMP_ACT_ALLOW","archMap":[)"
              R"({"architecture":"SCMP_ARCH_X86_64","subArchitectures":["SCMP_ARCH_X86"]},)"
              R"({"architecture":"SCMP_ARCH_AARCH64","subArchitectures":["SCMP_ARCH_ARM"]}]})");
#if defined(__x86_64__)
  EXPECT_EQ(resolved, R"({"defaultAction":"SCMP_ACT_ALLOW","architectures":["SCMP_ARCH_X86_64",)"
                      R"("SCMP_ARCH_X86"],"syscalls":[]})");
#else
  EXPECT_NE(resolved.find("architectures"), std::string::npos);
#endif
}

TEST(SeccompProfileText, ARuleHoldsWhereItsConditionsDo) {
  const uint64_t admin = uint64_t{1} << CAP_SYS_ADMIN;
  EXPECT_TRUE(ProfileAllows(R"("includes":{"caps":["CAP_SYS_ADMIN"]})", admin));
  EXPECT_FALSE(ProfileAllows(R"("includes":{"caps":["CAP_SYS_ADMIN"]})", 0));
  EXPECT_FALSE(ProfileAllows(R"("includes":{"caps":["CAP_SYS_ADMIN","CAP_BPF"]})", admin));
  EXPECT_FALSE(ProfileAllows(R"("excludes":{"caps":["CAP_SYS_ADMIN","CAP_BPF"]})", admin));
  EXPECT_TRUE(ProfileAllows(R"("excludes":{"caps":["CAP_SYS_ADMIN"]})", 0));
  EXPECT_FALSE(ProfileAllows(R"("includes":{"caps":["CAP_OF_TOMORROW"]})", ~uint64_t{0}));
  EXPECT_FALSE(ProfileAllows(R"("includes":{"arches":["s390x"]})"));
  EXPECT_TRUE(ProfileAllows(R"("excludes":{"arches":["s390x"]})"));
  EXPECT_TRUE(ProfileAllows(R"("includes":{"arches":["amd64","arm64","riscv64"]})"));
  EXPECT_FALSE(ProfileAllows(R"("excludes":{"arches":["amd64","arm64","riscv64"]})"));
  EXPECT_TRUE(ProfileAllows(R"("includes":{"minKernel":"4.8"})"));
  EXPECT_TRUE(ProfileAllows(R"("includes":{"minKernel":"6.1"})"));
  EXPECT_FALSE(ProfileAllows(R"("includes":{"minKernel":"6.2"})"));
  EXPECT_TRUE(ProfileAllows(R"("includes":{"minKernel":"6.9"})", 0, "6.10"));
  EXPECT_FALSE(ProfileAllows(R"("excludes":{"minKernel":"4.8"})"));
  EXPECT_TRUE(ProfileAllows(R"("excludes":{"minKernel":"6.2"})"));
}

TEST(SeccompProfileText, RefusalNamesTheMember) {
  const std::string allow = R"("defaultAction":"SCMP_ACT_ALLOW")";
  const struct {
    std::string text;
    std::string reason;
  } cases[] = {
      {"", "seccomp profile"},
      {"[]", "must be an object"},
      {"{}", "\"defaultAction\" is missing"},
      {R"({"defaultAction":"ALLOW"})", "\"defaultAction\" is \"ALLOW\", which is no action"},
      {R"({"defaultAction":"SCMP_ACT_NOTIFY"})", "there is nobody here to answer"},
      {R"({"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":4096})", "from 0 to 4095"},
      {"{" + allow + R"(,"listenerPath":"/x"})", "listenerPath"},
      {"{" + allow + R"(,"architectures":["amd64"]})", "has \"amd64\", which is not known"},
      {"{" + allow + R"(,"flags":["X"]})", "\"flags\" has \"X\""},
      {"{" + allow +
           R"(,"architectures":["SCMP_ARCH_X86"],"archMap":[)"
           R"({"architecture":"SCMP_ARCH_X86"}]})",
       "exclude one another"},
      {"{" + allow + R"(,"syscalls":{}})", "syscalls"},
      {"{" + allow + R"(,"syscalls":[{"action":"SCMP_ACT_ALLOW"}]})", "must say which calls"},
      {WithMember(R"("name":"write")"), "must say which calls"},
      {WithMember(R"("errnoRet":-1)"), "from 0 to 4095"},
      {WithMember(R"("errno":"EPERM")"), "errno"},
      {WithMember(R"("args":[{"index":6,"value":1,"op":"SCMP_CMP_EQ"}])"), "from 0 to 5"},
      {WithMember(R"("args":[{"index":0,"value":-1,"op":"SCMP_CMP_EQ"}])"), "value"},
      {WithMember(R"("args":[{"index":0,"value":1,"op":"=="}])"), "\"==\", which is no comparison"},
      {WithMember(R"("includes":{"os":["linux"]})"), "os"},
      {WithMember(R"("includes":{"minKernel":"4"})"), "must be a version such as 4.8"},
      {std::string(kMaxSeccompProfileBytes + 1, ' ') + "{}", "seccomp profile"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseSeccompProfile(c.text), IsErrorWith(Code::kInvalidArgument, c.reason))
        << c.text.substr(0, 200);
  }
}

}  // namespace
}  // namespace isulad::spec
