// The real daemon with directories of its own, and a client that checks nothing: what the API
// refuses is refused by the daemon, not by the command line.
#ifndef ISULAD_TEST_INTEGRATION_DAEMON_REAL_DAEMON_H_
#define ISULAD_TEST_INTEGRATION_DAEMON_REAL_DAEMON_H_

#include <memory>
#include <string>
#include <vector>

#include "services/containers/v1/containers.grpc.pb.h"
#include "support/temp_dir.h"
#include "utils/os/process.h"

namespace isulad::test {

namespace api = ::isula::containers::v1;

class RealDaemon {
 public:
  // Starts it and waits until it answers; aborts where it does not.
  RealDaemon();
  // Ends it; fails the current test where it does not end with 0.
  ~RealDaemon();
  RealDaemon(const RealDaemon&) = delete;
  RealDaemon& operator=(const RealDaemon&) = delete;

  std::string graph() const { return directory_.Sub("graph"); }
  std::string state() const { return directory_.Sub("state"); }
  std::string rootfs() const { return directory_.Sub("rootfs"); }
  std::string shared() const { return directory_.Sub("shared"); }  // for host paths of channels

  // A request that would succeed.
  api::CreateRequest GoodRequest() const;
  grpc::Status Create(const api::CreateRequest& request, std::string* id = nullptr);
  grpc::Status Remove(const std::string& container);
  // Names of all containers.
  std::vector<std::string> Containers();
  // What is in the directories that a refused create must not change, sorted.
  std::vector<std::string> Files() const;

 private:
  TempDir directory_;
  os::Process process_;
  std::unique_ptr<api::ContainerService::Stub> stub_;
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_INTEGRATION_DAEMON_REAL_DAEMON_H_
