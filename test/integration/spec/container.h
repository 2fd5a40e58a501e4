// A container made from a configuration of the spec module, run by a real runtime without the
// engine.
#ifndef ISULAD_TEST_INTEGRATION_SPEC_CONTAINER_H_
#define ISULAD_TEST_INTEGRATION_SPEC_CONTAINER_H_

#include <memory>
#include <string>

#include "daemon/modules/cgroup/cgroup.h"
#include "daemon/modules/runtime/oci_runtime.h"
#include "daemon/modules/spec/builder.h"
#include "support/temp_dir.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::spec {

class Container {
 public:
  // A small rootfs with busybox and the runtime called `runtime`. kNotFound, with the reason, where
  // this machine lacks something that the test needs.
  static Result<std::unique_ptr<Container>> Create(const std::string& runtime);
  // Deletes the container and its cgroup.
  ~Container();

  // What the test may change before Start(). The process is a shell that runs the script of
  // Start().
  Input input;

  // Builds the configuration and starts the container.
  Status Start(const std::string& script);
  // All that it prints to standard output and error; ends when it has ended.
  Result<std::string> Output();
  // What it prints up to and including the line "ready".
  Status WaitUntilReady();
  // Lets a script that waits in `read line` go on.
  void CloseInput() { stdin_.reset(); }
  // Runs Start() and Output().
  Result<std::string> Run(const std::string& script);

  // Runs `script` beside it, as `isula exec` does, and returns what it prints.
  Result<std::string> Exec(const std::string& script);

  std::string RootfsPath(const std::string& path) const { return directory_.Sub("rootfs") + path; }
  std::string Sub(const std::string& name) const { return directory_.Sub(name); }
  const cgroup::Hierarchy& cgroups() const { return *cgroups_; }
  const runtime::OciRuntime& runtime() const { return *runtime_; }

 private:
  Container() = default;
  Status MakeRootfs();
  void AddSeccomp();

  test::TempDir directory_;
  std::unique_ptr<runtime::OciRuntime> runtime_;
  std::unique_ptr<cgroup::Hierarchy> cgroups_;
  std::string parent_cgroup_;
  os::UniqueFd stdin_;
  os::UniqueFd stdout_;
};

}  // namespace isulad::spec

#endif  // ISULAD_TEST_INTEGRATION_SPEC_CONTAINER_H_
