// What every runtime::OciRuntime promises, as one suite for all of them: a test program compiles
// runtime_contract.cc and instantiates RuntimeContract with a factory.
#ifndef ISULAD_TEST_SUPPORT_FAKES_RUNTIME_CONTRACT_H_
#define ISULAD_TEST_SUPPORT_FAKES_RUNTIME_CONTRACT_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "daemon/modules/runtime/oci_runtime.h"

namespace isulad::test {

// A runtime and containers of one sleeping process that it has started. Leaves none behind.
class RuntimeWorld {
 public:
  virtual ~RuntimeWorld() = default;
  virtual const runtime::OciRuntime& runtime() const = 0;
  // Runs the start command of a container to its end: a process in a cgroup of its own is up then.
  virtual Status Start(const std::string& id) = 0;
  // The same up to where the process would become the container's command.
  virtual Status Create(const std::string& id) = 0;
  // Ends that process from outside; the runtime is not told.
  virtual void EndProcess(const std::string& id) = 0;
  virtual bool IsUp(const std::string& id) = 0;
  virtual bool HasCgroup(const std::string& id) = 0;
  // Whether the runtime has a state of it.
  virtual bool IsKnown(const std::string& id) = 0;
};

// nullptr where this machine does not let it work: the case is skipped then.
using RuntimeWorldFactory = std::function<std::unique_ptr<RuntimeWorld>()>;

class RuntimeContract : public ::testing::TestWithParam<RuntimeWorldFactory> {
 protected:
  void SetUp() override;
  const runtime::OciRuntime& runtime() const { return world_->runtime(); }
  void ExpectNothingOf(const std::string& id);

  std::unique_ptr<RuntimeWorld> world_;
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_RUNTIME_CONTRACT_H_
