#include "support/fakes/fake_runtime.h"

#include <utility>

namespace isulad::test {
namespace {

void AppendWhereGiven(const char* option, const std::string& value,
                      std::vector<std::string>* command) {
  if (!value.empty()) {
    command->insert(command->end(), {option, value});
  }
}

}  // namespace

void FakeRuntime::set_on_delete(OnDelete on_delete) {
  MutexLock lock(mutex_);
  on_delete_ = std::move(on_delete);
}

void FakeRuntime::Add(const std::string& id) {
  MutexLock lock(mutex_);
  containers_.insert(id);
}

bool FakeRuntime::Has(const std::string& id) const {
  MutexLock lock(mutex_);
  return containers_.contains(id);
}

std::string FakeRuntime::Dump() const {
  MutexLock lock(mutex_);
  std::string text;
  for (const std::string& id : containers_) {
    text.append("runtime ").append(id).append("\n");
  }
  return text;
}

std::vector<std::string> FakeRuntime::StartCommand(const runtime::StartRequest& request) const {
  std::vector<std::string> command = {name_,          "run",        request.id,      "--bundle",
                                      request.bundle, "--pid-file", request.pid_file};
  AppendWhereGiven("--log", request.log_file, &command);
  AppendWhereGiven("--console-socket", request.console_socket, &command);
  return command;
}

std::vector<std::string> FakeRuntime::ExecCommand(const runtime::ExecRequest& request) const {
  std::vector<std::string> command = {
      name_, "exec", request.id, "--process", request.process_file, "--pid-file", request.pid_file};
  AppendWhereGiven("--log", request.log_file, &command);
  AppendWhereGiven("--console-socket", request.console_socket, &command);
  AppendWhereGiven("--cgroup", request.cgroup, &command);
  return command;
}

Status FakeRuntime::Delete(const std::string& id) const {
  RETURN_IF_ERROR(steps_ == nullptr ? OkStatus() : steps_->Take("runtime Delete"));
  OnDelete on_delete;
  {
    MutexLock lock(mutex_);
    if (containers_.erase(id) == 0) {
      return OkStatus();
    }
    on_delete = on_delete_;
  }
  if (on_delete) {
    on_delete(id);
  }
  return OkStatus();
}

}  // namespace isulad::test
