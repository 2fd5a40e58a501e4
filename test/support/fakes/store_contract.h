// What every store::Store promises, as one suite for all of them: a test program compiles
// store_contract.cc and instantiates StoreContract with a factory.
#ifndef ISULAD_TEST_SUPPORT_FAKES_STORE_CONTRACT_H_
#define ISULAD_TEST_SUPPORT_FAKES_STORE_CONTRACT_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/store/store.h"

namespace isulad::test {

// A store with nothing in it, and what can happen to it.
class StoreWorld {
 public:
  virtual ~StoreWorld() = default;
  virtual store::Store& store() = 0;
  // The daemon that had it open is gone, and another one opens it.
  virtual void Reopen() = 0;
  // What it has written of the container's state cannot be read any more.
  virtual void SpoilState(const std::string& id) = 0;
};

using StoreWorldFactory = std::function<std::unique_ptr<StoreWorld>()>;

class StoreContract : public ::testing::TestWithParam<StoreWorldFactory> {
 protected:
  StoreContract() : world_(GetParam()()) {}

  store::Store& store() { return world_->store(); }
  // Makes a container of that name; fails the case where it cannot.
  void Create(const std::string& id, const std::string& name);
  // As the monitor does.
  void Write(const std::string& path, const std::string& text);
  // What a scan finds that can read everything.
  store::Store::Found Scan();
  std::vector<std::string> NamesIn(const std::string& directory);

  std::unique_ptr<StoreWorld> world_;
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_STORE_CONTRACT_H_
