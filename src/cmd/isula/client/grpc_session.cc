#include "cmd/isula/client/grpc_session.h"

#include <grpcpp/client_context.h>

#include <functional>
#include <string>
#include <utility>

#include "cmd/isula/client/convert.h"
#include "cmd/isula/client/errors.h"

namespace isulad::client {
namespace {

using containers_v1::AttachRequest;
using containers_v1::AttachResponse;
using containers_v1::ContainerService;
using containers_v1::ExecRequest;
using containers_v1::ExecResponse;

StreamOpened OpenedFrom(AttachResponse& response) {
  return {response.opened().terminal(), ToStrings(response.opened().warnings()),
          response.opened().stdin()};
}

// Attach: the answer says whether the container has a terminal.
Result<StreamEvent> ToEvent(AttachResponse& response, bool /*asked_for_terminal*/) {
  switch (response.message_case()) {
    case AttachResponse::kOpened:
      return StreamEvent(OpenedFrom(response));
    case AttachResponse::kStdout:
      return StreamEvent(StdoutData{std::move(*response.mutable_stdout())});
    case AttachResponse::kStderr:
      return StreamEvent(StderrData{std::move(*response.mutable_stderr())});
    case AttachResponse::kExitCode:
      return StreamEvent(StreamExited{response.exit_code(), ToStrings(response.notices())});
    case AttachResponse::MESSAGE_NOT_SET:
      break;
  }
  return Internal("Error: the daemon sent a message that this client does not know");
}

Result<StreamEvent> ToEvent(ExecResponse& response, bool asked_for_terminal) {
  switch (response.message_case()) {
    case ExecResponse::kStarted:
      return StreamEvent(StreamOpened{asked_for_terminal, {}, true});
    case ExecResponse::kStdout:
      return StreamEvent(StdoutData{std::move(*response.mutable_stdout())});
    case ExecResponse::kStderr:
      return StreamEvent(StderrData{std::move(*response.mutable_stderr())});
    case ExecResponse::kExitCode:
      return StreamEvent(StreamExited{response.exit_code(), {}});
    case ExecResponse::MESSAGE_NOT_SET:
      break;
  }
  return Internal("Error: the daemon sent a message that this client does not know");
}

template <typename Request, typename Response>
class GrpcSession final : public StreamSession {
 public:
  using Stream = grpc::ClientReaderWriterInterface<Request, Response>;

  GrpcSession(std::string_view call, const Connection& connection, bool terminal)
      : call_(call), connection_(connection), terminal_(terminal) {}

  ~GrpcSession() override {
    if (!finished_) {
      context_.TryCancel();
      // The outcome of an abandoned stream is of no interest.
      static_cast<void>(stream_->Finish());
    }
  }

  void Open(const std::function<std::unique_ptr<Stream>(grpc::ClientContext*)>& begin_call,
            const Request& open) {
    stream_ = begin_call(&context_);
    // If this fails, the first Receive() reports the reason.
    Send(open);
  }

  Result<StreamEvent> Receive() override {
    Response response;
    if (!finished_ && stream_->Read(&response)) {
      return ToEvent(response, terminal_);
    }
    if (!finished_) {
      finished_ = true;
      RETURN_IF_ERROR(connection_.Finish(call_, begin_, stream_->Finish(), context_));
    }
    return Unavailable(std::string(kConnectionLost));
  }

  bool SendStdin(std::string_view bytes) override {
    Request request;
    request.set_stdin(bytes.data(), bytes.size());
    return Send(request);
  }

  bool CloseStdin() override {
    Request request;
    request.set_close_stdin(true);
    return Send(request);
  }

  bool SendResize(WindowSize size) override {
    Request request;
    ToProto(size, request.mutable_resize());
    return Send(request);
  }

  bool SendSignal(int number) override {
    Request request;
    request.set_signal(number);
    return Send(request);
  }

  void Cancel() override { context_.TryCancel(); }

 private:
  bool Send(const Request& request) { return stream_->Write(request, grpc::WriteOptions()); }

  const std::string_view call_;
  const Connection& connection_;
  const bool terminal_;
  const Connection::Time begin_ = std::chrono::steady_clock::now();
  grpc::ClientContext context_;
  std::unique_ptr<Stream> stream_;
  bool finished_ = false;  // set by the receiver
};

}  // namespace

std::unique_ptr<StreamSession> NewAttachSession(ContainerService::StubInterface& stub,
                                                const Connection& connection,
                                                const AttachOptions& options) {
  AttachRequest request;
  ToProto(options, &request);
  auto session =
      std::make_unique<GrpcSession<AttachRequest, AttachResponse>>("Attach", connection, false);
  session->Open([&stub](grpc::ClientContext* context) { return stub.Attach(context); }, request);
  return session;
}

std::unique_ptr<StreamSession> NewExecSession(ContainerService::StubInterface& stub,
                                              const Connection& connection,
                                              const ExecOptions& options) {
  ExecRequest request;
  ToProto(options, &request);
  auto session = std::make_unique<GrpcSession<ExecRequest, ExecResponse>>(
      "Exec", connection, options.process.terminal());
  session->Open([&stub](grpc::ClientContext* context) { return stub.Exec(context); }, request);
  return session;
}

}  // namespace isulad::client
