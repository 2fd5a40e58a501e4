// A container behind a fake daemon that does what is typed: "exit" ends it with 7, all else is only
// recorded.
#ifndef ISULAD_TEST_INTEGRATION_ISULA_SCRIPTED_CONTAINER_H_
#define ISULAD_TEST_INTEGRATION_ISULA_SCRIPTED_CONTAINER_H_

#include <chrono>
#include <string>
#include <vector>

#include "support/isula/fake_daemon.h"
#include "utils/base/mutex.h"

namespace isulad::test {

class ScriptedContainer {
 public:
  explicit ScriptedContainer(bool terminal) : terminal_(terminal) {}

  // Serves one attach. What it writes first is "ready".
  grpc::Status Serve(FakeContainerService::AttachStream* stream) {
    containers_v1::AttachRequest request;
    if (!stream->Read(&request)) {
      return grpc::Status::CANCELLED;
    }
    const containers_v1::AttachRequest::Open open = request.open();
    Record("open " + std::to_string(open.window().rows()) + "x" +
           std::to_string(open.window().columns()) + (open.stdin() ? " stdin" : ""));
    containers_v1::AttachResponse response;
    response.mutable_opened()->set_terminal(terminal_);
    response.mutable_opened()->set_stdin(true);
    stream->Write(response);
    response.set_stdout("ready" + flood);
    stream->Write(response);
    while (stream->Read(&request)) {
      if (const int exit_code = Handle(request); exit_code >= 0) {
        response.set_exit_code(exit_code);
        stream->Write(response);
        return grpc::Status::OK;
      }
    }
    Record("gone");
    return grpc::Status::CANCELLED;
  }

  // Whether `what` was recorded, waiting for it no longer than a hanging test should take.
  bool Saw(const std::string& what) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    MutexLock lock(mutex_);
    while (!Contains(what)) {
      if (!changed_.WaitUntil(mutex_, deadline)) {
        return Contains(what);
      }
    }
    return true;
  }

  // Written behind "ready".
  std::string flood;

 private:
  // The exit status, -1 to go on.
  int Handle(const containers_v1::AttachRequest& request) {
    switch (request.message_case()) {
      case containers_v1::AttachRequest::kStdin:
        Record("stdin " + request.stdin());
        return request.stdin() == "exit" ? 7 : -1;
      case containers_v1::AttachRequest::kCloseStdin:
        Record("close_stdin");
        return 0;
      case containers_v1::AttachRequest::kResize:
        Record("resize " + std::to_string(request.resize().rows()) + "x" +
               std::to_string(request.resize().columns()));
        return -1;
      case containers_v1::AttachRequest::kSignal:
        Record("signal " + std::to_string(request.signal()));
        return 128 + request.signal();
      default:
        return 1;
    }
  }

  void Record(const std::string& what) {
    MutexLock lock(mutex_);
    seen_.push_back(what);
    changed_.NotifyAll();
  }
  bool Contains(const std::string& what) REQUIRES(mutex_) {
    for (const std::string& seen : seen_) {
      if (seen == what) {
        return true;
      }
    }
    return false;
  }

  const bool terminal_;
  Mutex mutex_;
  CondVar changed_;
  std::vector<std::string> seen_ GUARDED_BY(mutex_);
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_INTEGRATION_ISULA_SCRIPTED_CONTAINER_H_
