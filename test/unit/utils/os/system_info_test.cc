#include "utils/os/system_info.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

#include <string>

#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

TEST(SystemInfo, AgreesWithProcfs) {
  EXPECT_EQ(KernelRelease() + "\n", ReadFile("/proc/sys/kernel/osrelease").value_or(""));
  EXPECT_EQ(HostName() + "\n", ReadFile("/proc/sys/kernel/hostname").value_or(""));
  EXPECT_EQ(BootId().value_or("") + "\n",
            ReadFile("/proc/sys/kernel/random/boot_id").value_or("unreadable"));
}

TEST(SystemInfo, KnowsMemoryInBytes) {
  EXPECT_GE(PageSize(), 4096u);
  EXPECT_EQ(PageSize() & (PageSize() - 1), 0u);
  ASSERT_OK_AND_ASSIGN(const uint64_t memory, PhysicalMemory());
  EXPECT_GT(memory, 64u << 20);
  EXPECT_EQ(memory % PageSize(), 0u);
}

TEST(SystemInfo, CountsTheProcessorsThatItMayUse) {
  test::RunInChild([] {
    EXPECT_GE(ProcessorCount(), 1);
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(::sched_getcpu(), &one);
    ASSERT_EQ(::sched_setaffinity(0, sizeof(one), &one), 0);
    EXPECT_EQ(ProcessorCount(), 1);
  });
}

TEST(SystemInfo, ReadsTheEffectiveCapabilities) {
  ASSERT_OK_AND_ASSIGN(const uint64_t capabilities, EffectiveCapabilities());
  ASSERT_OK_AND_ASSIGN(const std::string status, ReadFile("/proc/self/status"));
  const size_t line = status.find("CapEff:\t");
  ASSERT_NE(line, std::string::npos);
  EXPECT_EQ(capabilities, std::stoull(status.substr(line + 8, 16), nullptr, 16));
}

TEST(SystemInfo, KnowsItsOwnOomScoreAdj) {
  ASSERT_OK_AND_ASSIGN(const int64_t score, OomScoreAdj());
  EXPECT_GE(score, -1000);
  EXPECT_LE(score, 1000);
}

}  // namespace
}  // namespace isulad::os
