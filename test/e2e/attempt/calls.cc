#include "calls.h"

#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <linux/mount.h>
#include <linux/perf_event.h>
#include <linux/reboot.h>
#include <linux/vm_sockets.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/quota.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/timex.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace isulad::test {
namespace {

using Arguments = std::vector<std::string>;

long Number(const Arguments& arguments, size_t index) {
  return index < arguments.size() ? std::strtol(arguments[index].c_str(), nullptr, 0) : 0;
}

const char* Text(const Arguments& arguments, size_t index, const char* fallback) {
  return index < arguments.size() ? arguments[index].c_str() : fallback;
}

// Time.

long SetTime(const Arguments&) {
  timespec now = {};
  ::clock_gettime(CLOCK_REALTIME, &now);
  now.tv_sec += 3600;
  return ::syscall(SYS_clock_settime, CLOCK_REALTIME, &now);
}

long SetTimeOfDay(const Arguments&) {
  timespec now = {};
  ::clock_gettime(CLOCK_REALTIME, &now);
  const timeval wanted = {now.tv_sec + 3600, 0};
  return ::syscall(SYS_settimeofday, &wanted, nullptr);
}

long AdjustTime(const Arguments&) {
  timex change = {};
  change.modes = ADJ_FREQUENCY;
  change.freq = 1 << 16;
  return ::syscall(SYS_clock_adjtime, CLOCK_REALTIME, &change);
}

// The kernel.

long SetHostName(const Arguments&) { return ::syscall(SYS_sethostname, "pwned", 5); }
long InitModule(const Arguments&) { return ::syscall(SYS_init_module, "", 0, ""); }
long LoadModule(const Arguments&) { return ::syscall(SYS_finit_module, 0, "", 0); }
long DeleteModule(const Arguments& a) {
  return ::syscall(SYS_delete_module, Text(a, 0, "loop"), O_NONBLOCK);
}
long KexecLoad(const Arguments&) { return ::syscall(SYS_kexec_load, 0, 0, nullptr, 0); }
long KexecFileLoad(const Arguments&) { return ::syscall(SYS_kexec_file_load, 0, 0, 0, "", 0); }
// The argument is the command: 0 for the one that only takes Ctrl-Alt-Del from the host.
long Reboot(const Arguments& a) {
  return ::syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, Number(a, 0), nullptr);
}
long Bpf(const Arguments&) {
  bpf_attr attributes = {};
  attributes.map_type = BPF_MAP_TYPE_ARRAY;
  attributes.key_size = 4;
  attributes.value_size = 4;
  attributes.max_entries = 1;
  return ::syscall(SYS_bpf, BPF_MAP_CREATE, &attributes, sizeof(attributes));
}
long PerfEvent(const Arguments&) {
  perf_event_attr attributes = {};
  attributes.size = sizeof(attributes);
  attributes.type = PERF_TYPE_SOFTWARE;
  attributes.config = PERF_COUNT_SW_CPU_CLOCK;
  return ::syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0);
}
long UserFault(const Arguments&) { return ::syscall(SYS_userfaultfd, 1 /* user mode only */); }
long IoUring(const Arguments&) {
  char parameters[120] = {};
  return ::syscall(SYS_io_uring_setup, 1, parameters);
}
long Syslog(const Arguments&) { return ::syscall(SYS_syslog, 5 /* clear */, nullptr, 0); }
long Fanotify(const Arguments&) { return ::syscall(SYS_fanotify_init, 0, O_RDONLY); }
long AddKey(const Arguments&) {
  return ::syscall(SYS_add_key, "user", "isulad-test", "x", 1, KEY_SPEC_USER_KEYRING);
}
long KeyControl(const Arguments&) {
  return ::syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_KEYRING, 1);
}
long Iopl(const Arguments&) {
#ifdef SYS_iopl
  return ::syscall(SYS_iopl, 3);
#else
  errno = ENOSYS;
  return -1;
#endif
}
long Ioperm(const Arguments&) {
#ifdef SYS_ioperm
  return ::syscall(SYS_ioperm, 0x80, 1, 1);
#else
  errno = ENOSYS;
  return -1;
#endif
}

// Files and mounts.

long MakeBlockNode(const Arguments& a) {
  return ::mknod(
      Text(a, 0, "/node"), S_IFBLK | 0600,
      ::gnu_dev_makedev(static_cast<unsigned>(Number(a, 1)), static_cast<unsigned>(Number(a, 2))));
}
long MakeCharacterNode(const Arguments& a) {
  return ::mknod(
      Text(a, 0, "/node"), S_IFCHR | 0600,
      ::gnu_dev_makedev(static_cast<unsigned>(Number(a, 1)), static_cast<unsigned>(Number(a, 2))));
}
long Open(const Arguments& a) { return ::open(Text(a, 0, ""), O_RDONLY | O_NONBLOCK); }
long OpenToWrite(const Arguments& a) { return ::open(Text(a, 0, ""), O_WRONLY | O_NONBLOCK); }
// PATH BLOCKS: reads so many blocks of 64 KiB past the page cache.
long ReadDirect(const Arguments& a) {
  constexpr size_t kBlock = 64 << 10;
  void* const buffer = std::aligned_alloc(kBlock, kBlock);
  const int file = ::open(Text(a, 0, ""), O_RDONLY | O_DIRECT);
  for (long block = 0; file >= 0 && block < Number(a, 1); ++block) {
    if (::read(file, buffer, kBlock) != static_cast<ssize_t>(kBlock)) {
      return -1;
    }
  }
  return file;
}
// SOURCE TARGET TYPE FLAGS
long Mount(const Arguments& a) {
  return ::syscall(SYS_mount, Text(a, 0, "none"), Text(a, 1, "/mnt"), Text(a, 2, "tmpfs"),
                   Number(a, 3), nullptr);
}
long Unmount(const Arguments& a) { return ::syscall(SYS_umount2, Text(a, 0, ""), MNT_DETACH); }
long FsOpen(const Arguments& a) { return ::syscall(SYS_fsopen, Text(a, 0, "tmpfs"), 0); }
long OpenTree(const Arguments& a) {
  return ::syscall(SYS_open_tree, AT_FDCWD, Text(a, 0, "/"), OPEN_TREE_CLONE);
}
long MountSetAttributes(const Arguments& a) {
  mount_attr attributes = {};
  attributes.attr_clr = MOUNT_ATTR_RDONLY;
  return ::syscall(SYS_mount_setattr, AT_FDCWD, Text(a, 0, ""), 0, &attributes, sizeof(attributes));
}
long MoveMount(const Arguments& a) {
  return ::syscall(SYS_move_mount, AT_FDCWD, Text(a, 0, ""), AT_FDCWD, Text(a, 1, ""), 0);
}
long PivotRoot(const Arguments&) { return ::syscall(SYS_pivot_root, ".", "."); }
long SwapOn(const Arguments& a) { return ::syscall(SYS_swapon, Text(a, 0, "/swap"), 0); }
long SwapOff(const Arguments& a) { return ::syscall(SYS_swapoff, Text(a, 0, "/swap")); }
long Quota(const Arguments&) { return ::syscall(SYS_quotactl, QCMD(Q_SYNC, USRQUOTA), 0, 0, 0); }
long Account(const Arguments& a) { return ::syscall(SYS_acct, Text(a, 0, "/etc/passwd")); }
// By a handle that was made up: inode 2 is the root of most file systems.
long OpenByHandle(const Arguments&) {
  struct {
    file_handle handle;
    unsigned char bytes[8];
  } root = {{8, 1, {}}, {2, 0, 0, 0, 0, 0, 0, 0}};
  const int mount = ::open("/", O_RDONLY | O_DIRECTORY);
  return ::syscall(SYS_open_by_handle_at, mount, &root, O_RDONLY);
}
// The way out of a chroot: a root beneath the working directory does not hold it. Then looks for
// the file that the argument names.
long BreakChroot(const Arguments& a) {
  ::mkdir("/tmp/jail", 0700);
  if (::chroot("/tmp/jail") != 0) {
    return -1;
  }
  for (int depth = 0; depth < 100; ++depth) {
    if (::chdir("..") != 0) {
      return -1;
    }
  }
  if (::chroot(".") != 0) {
    return -1;
  }
  return ::access(Text(a, 0, "/"), F_OK);
}

// Namespaces and processes.

long SetNamespace(const Arguments& a) {
  const int file = ::open(Text(a, 0, "/proc/self/ns/mnt"), O_RDONLY);
  return file < 0 ? -1 : ::syscall(SYS_setns, file, 0);
}
long Unshare(const Arguments& a) { return ::syscall(SYS_unshare, Number(a, 0)); }
long Clone(const Arguments& a) {
  const long child = ::syscall(SYS_clone, Number(a, 0) | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) {
    ::_exit(0);
  }
  return child;
}
long Clone3(const Arguments& a) {
  unsigned long long arguments[11] = {static_cast<unsigned long long>(Number(a, 0))};
  arguments[4] = SIGCHLD;
  const long child = ::syscall(SYS_clone3, arguments, 64);
  if (child == 0) {
    ::_exit(0);
  }
  return child;
}
long Trace(const Arguments& a) { return ::syscall(SYS_ptrace, PTRACE_SEIZE, Number(a, 0), 0, 0); }
long Kill(const Arguments& a) { return ::kill(static_cast<pid_t>(Number(a, 0)), 0); }
long ReadMemory(const Arguments& a) {
  char byte = 0;
  iovec local = {&byte, 1};
  iovec remote = {reinterpret_cast<void*>(0x400000), 1};
  return ::syscall(SYS_process_vm_readv, Number(a, 0), &local, 1, &remote, 1, 0);
}
// MEBIBYTES of memory, in use.
long Grow(const Arguments& a) {
  const auto bytes = static_cast<size_t>(Number(a, 0)) << 20;
  auto* const memory = static_cast<volatile char*>(std::malloc(bytes));
  for (size_t at = 0; memory != nullptr && at < bytes; at += 4096) {
    memory[at] = 1;
  }
  return memory == nullptr ? -1 : 0;
}
long Personality(const Arguments&) { return ::syscall(SYS_personality, ADDR_NO_RANDOMIZE); }
long RaiseLimit(const Arguments&) {
  rlimit limit = {};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_max += 1;
  return ::setrlimit(RLIMIT_NOFILE, &limit);
}
long RealTime(const Arguments&) {
  const sched_param parameters = {50};
  return ::syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &parameters);
}
long Nice(const Arguments&) { return ::setpriority(PRIO_PROCESS, 0, -20); }

// Sockets.

long Vsock(const Arguments&) { return ::socket(AF_VSOCK, SOCK_STREAM, 0); }
long ConnectAbstract(const Arguments& a) {
  const std::string name = Text(a, 0, "");
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path + 1, name.data(), name.size());
  const int client = ::socket(AF_UNIX, SOCK_STREAM, 0);
  return ::connect(client, reinterpret_cast<const sockaddr*>(&address),
                   static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size()));
}

}  // namespace

const std::vector<Attempt>& Attempts() {
  static const auto* const kAttempts = new std::vector<Attempt>{
      {"settime", SetTime},
      {"settimeofday", SetTimeOfDay},
      {"adjtime", AdjustTime},
      {"sethostname", SetHostName},
      {"init_module", InitModule},
      {"finit_module", LoadModule},
      {"delete_module", DeleteModule},
      {"kexec_load", KexecLoad},
      {"kexec_file_load", KexecFileLoad},
      {"reboot", Reboot},
      {"bpf", Bpf},
      {"perf_event_open", PerfEvent},
      {"userfaultfd", UserFault},
      {"io_uring", IoUring},
      {"syslog", Syslog},
      {"fanotify", Fanotify},
      {"add_key", AddKey},
      {"keyctl", KeyControl},
      {"iopl", Iopl},
      {"ioperm", Ioperm},
      {"mknod_block", MakeBlockNode},
      {"mknod_char", MakeCharacterNode},
      {"open", Open},
      {"open_to_write", OpenToWrite},
      {"read_direct", ReadDirect},
      {"mount", Mount},
      {"umount", Unmount},
      {"fsopen", FsOpen},
      {"open_tree", OpenTree},
      {"mount_setattr", MountSetAttributes},
      {"move_mount", MoveMount},
      {"pivot_root", PivotRoot},
      {"swapon", SwapOn},
      {"swapoff", SwapOff},
      {"quotactl", Quota},
      {"acct", Account},
      {"open_by_handle_at", OpenByHandle},
      {"break_chroot", BreakChroot},
      {"setns", SetNamespace},
      {"unshare", Unshare},
      {"clone", Clone},
      {"clone3", Clone3},
      {"ptrace", Trace},
      {"kill", Kill},
      {"process_vm_readv", ReadMemory},
      {"grow", Grow},
      {"personality", Personality},
      {"raise_limit", RaiseLimit},
      {"realtime", RealTime},
      {"nice", Nice},
      {"vsock", Vsock},
      {"connect_abstract", ConnectAbstract},
  };
  return *kAttempts;
}

}  // namespace isulad::test
