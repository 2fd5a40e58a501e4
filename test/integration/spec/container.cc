#include "integration/spec/container.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <system_error>

#include "daemon/modules/spec/capabilities.h"
#include "daemon/modules/spec/seccomp.h"
#include "utils/base/base64.h"
#include "utils/json/value.h"
#include "utils/os/file.h"
#include "utils/os/process.h"
#include "utils/os/system_info.h"

namespace isulad::spec {
namespace {

namespace fs = std::filesystem;

constexpr const char* kApplets[] = {
    "sh",   "ls",     "cat",   "id",     "ip", "mount", "unshare", "head",  "hostname", "env",
    "grep", "reboot", "mkdir", "umount", "dd", "stat",  "pwd",     "touch", "sleep"};

struct Pipe {
  os::UniqueFd read;
  os::UniqueFd write;
};

Result<Pipe> MakePipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return SystemError(errno, "pipe2");
  }
  return Pipe{os::UniqueFd(ends[0]), os::UniqueFd(ends[1])};
}

}  // namespace

Result<std::unique_ptr<Container>> Container::Create(const std::string& runtime) {
  if (::geteuid() != 0) {
    return NotFound("needs root");
  }
  std::unique_ptr<Container> container(new Container);
  ASSIGN_OR_RETURN(container->cgroups_, cgroup::OpenHierarchy());
  const bool hybrid = container->cgroups_->layout() == cgroup::Layout::kHybrid;
  ASSIGN_OR_RETURN(
      container->runtime_,
      runtime::CreateRuntime({runtime, runtime::FindRuntime(runtime), {}, container->Sub("state")},
                             hybrid));
  RETURN_IF_ERROR(container->MakeRootfs());
  container->parent_cgroup_ = "/isulad-test-" + std::to_string(::getpid());
  Input& input = container->input;
  input.id = "isulad-test-" + std::to_string(::getpid());
  input.hostname = "test-host";
  input.rootfs = container->Sub("rootfs");
  input.cgroup_path = container->parent_cgroup_ + "/c";
  ASSIGN_OR_RETURN(input.available_capabilities, os::EffectiveCapabilities());
  input.identity.home = "/root";
  return container;
}

Container::~Container() {
  stdin_.reset();
  if (runtime_ != nullptr) {
    // The cgroup's removal below is what the tests depend on.
    IgnoreError(runtime_->Delete(input.id));
  }
  if (cgroups_ != nullptr && !parent_cgroup_.empty()) {
    IgnoreError(cgroups_->Kill(parent_cgroup_));
    IgnoreError(cgroups_->Remove(parent_cgroup_, std::chrono::seconds(5)));
  }
}

Status Container::MakeRootfs() {
  std::string busybox;
  for (const char* path : {"/usr/bin/busybox", "/bin/busybox"}) {
    if (::access(path, X_OK) == 0) {
      busybox = path;
      break;
    }
  }
  if (busybox.empty()) {
    return NotFound("needs busybox");
  }
  std::error_code error;
  fs::create_directories(RootfsPath("/bin"), error);
  fs::create_directories(RootfsPath("/etc"), error);
  fs::copy_file(busybox, RootfsPath("/bin/busybox"), error);
  for (const char* applet : kApplets) {
    fs::create_symlink("busybox", RootfsPath("/bin/") + applet, error);
  }
  fs::permissions(directory_.path(), fs::perms(0755), error);
  return error ? Status(Internal("cannot make the rootfs: " + error.message())) : OkStatus();
}

void Container::AddSeccomp() {
  const auto variant =
      input.system_container ? SeccompVariant::kSystemContainer : SeccompVariant::kDefault;
  const uint64_t capabilities =
      DefaultCapabilities(input.system_container) & input.available_capabilities;
  if (runtime_->TakesSeccompProgram()) {
    if (const Result<std::string> program = CompileSeccomp(variant, capabilities); program) {
      input.seccomp_program = Base64Encode(*program);
    }
  } else {
    input.seccomp_profile = SeccompProfile(variant, capabilities);
  }
}

namespace {

void SetShell(const std::string& script, ProcessConfig& process) {
  process.clear_args();
  process.add_args("/bin/sh");
  process.add_args("-c");
  process.add_args(script);
}

}  // namespace

Status Container::Start(const std::string& script) {
  SetShell(script, input.process);
  AddSeccomp();
  ASSIGN_OR_RETURN(const spec::Output output, Build(input));
  std::ofstream(Sub("config.json")) << json::Serialize(output.config, json::Style::kIndented);
  ASSIGN_OR_RETURN(Pipe in, MakePipe());
  ASSIGN_OR_RETURN(Pipe out, MakePipe());
  os::SpawnOptions options;
  options.program = runtime_->path();
  options.argv = runtime_->StartCommand({input.id, directory_.path(), Sub("pid"), Sub("log"), ""});
  options.env = runtime_->Environment();
  options.descriptors = {{in.read.get(), 0}, {out.write.get(), 1}, {out.write.get(), 2}};
  options.hide_unified_cgroup = runtime_->NeedsUnifiedCgroupHidden();
  ASSIGN_OR_RETURN(const os::Process process, os::Spawn(options));
  stdin_ = std::move(in.write);
  stdout_ = std::move(out.read);
  ASSIGN_OR_RETURN(const os::ExitStatus status, os::WaitForExit(process.pidfd));
  if (status.ShellStatus() != 0) {
    return Internal(runtime::ExplainFailure(os::ReadFile(Sub("log")).value_or("")).reason);
  }
  return OkStatus();
}

Result<std::string> Container::Output() {
  CloseInput();
  return os::ReadAll(stdout_.get());
}

Status Container::WaitUntilReady() {
  std::string text;
  while (text.find("ready\n") == std::string::npos) {
    char byte = 0;
    if (::read(stdout_.get(), &byte, 1) != 1) {
      return Internal("the container ended, saying: " + text);
    }
    text.push_back(byte);
  }
  return OkStatus();
}

Result<std::string> Container::Exec(const std::string& script) {
  ExecInput exec;
  SetShell(script, exec.process);
  exec.identity = input.identity;
  exec.available_capabilities = input.available_capabilities;
  exec.system_container = input.system_container;
  exec.hostname = input.hostname;
  exec.container_env = input.process.env();
  ASSIGN_OR_RETURN(const json::Value process, BuildExecProcess(exec));
  std::ofstream(Sub("process.json")) << json::Serialize(process);
  ASSIGN_OR_RETURN(Pipe out, MakePipe());
  os::SpawnOptions options;
  options.program = runtime_->path();
  options.argv =
      runtime_->ExecCommand({input.id, Sub("process.json"), Sub("exec-pid"), Sub("exec-log"), ""});
  options.env = runtime_->Environment();
  options.descriptors = {{out.write.get(), 1}, {out.write.get(), 2}};
  options.hide_unified_cgroup = runtime_->NeedsUnifiedCgroupHidden();
  ASSIGN_OR_RETURN(const os::Process child, os::Spawn(options));
  out.write.reset();
  ASSIGN_OR_RETURN(const os::ExitStatus status, os::WaitForExit(child.pidfd));
  if (status.ShellStatus() != 0) {
    return Internal(runtime::ExplainFailure(os::ReadFile(Sub("exec-log")).value_or("")).reason);
  }
  return os::ReadAll(out.read.get());
}

Result<std::string> Container::Run(const std::string& script) {
  RETURN_IF_ERROR(Start(script));
  return Output();
}

}  // namespace isulad::spec
