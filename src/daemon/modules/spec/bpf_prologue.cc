#include "daemon/modules/spec/bpf_prologue.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "utils/os/file.h"
#include "utils/os/unique_fd.h"

namespace isulad::spec {
namespace {

// Far above any number in use; since Linux 5.1 all architectures assign the same numbers, from 424
// on.
constexpr int kNumberCeiling = 1024;
// x32 calls have the native architecture's token and this bit; the main program handles them.
constexpr uint32_t kX32Bit = 0x40000000;

uint32_t HighestKnownCall() {
  for (int number = kNumberCeiling; number > 0; --number) {
    char* name = ::seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
    if (name != nullptr) {
      ::free(name);
      return static_cast<uint32_t>(number);
    }
  }
  return kX32Bit;  // libseccomp knows no call: then none counts as new
}

sock_filter Statement(int code, uint32_t operand) {
  return {static_cast<uint16_t>(code), 0, 0, operand};
}

sock_filter Jump(int code, uint32_t operand, uint8_t if_true, uint8_t if_false) {
  return {static_cast<uint16_t>(code), if_true, if_false, operand};
}

}  // namespace

Result<std::string> ExportProgram(void* context) {
  const os::UniqueFd file(::memfd_create("seccomp", MFD_CLOEXEC));
  if (!file) {
    return SystemError(errno, "memfd_create");
  }
  const int result = ::seccomp_export_bpf(context, file.get());
  if (result < 0) {
    return SystemError(-result, "seccomp: compile the filter");
  }
  if (::lseek(file.get(), 0, SEEK_SET) < 0) {
    return SystemError(errno, "lseek");
  }
  return os::ReadAll(file.get());
}

std::string PrologueForNewCalls() {
  // Jumps count from the next instruction; falling off the end enters the main program.
  const sock_filter program[] = {
      Statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      Jump(BPF_JMP | BPF_JEQ | BPF_K, ::seccomp_arch_native(), 0, 4),
      Statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      Jump(BPF_JMP | BPF_JGT | BPF_K, HighestKnownCall(), 0, 2),
      Jump(BPF_JMP | BPF_JGE | BPF_K, kX32Bit, 1, 0),
      Statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
  };
  return {reinterpret_cast<const char*>(program), sizeof(program)};
}

}  // namespace isulad::spec
