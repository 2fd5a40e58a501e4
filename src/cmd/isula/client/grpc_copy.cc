#include "cmd/isula/client/grpc_copy.h"

#include <grpcpp/client_context.h>

#include <chrono>
#include <memory>

namespace isulad::client {
namespace {

using isula::containers::v1::ContainerService;
using isula::containers::v1::CopyData;
using std::chrono::steady_clock;

namespace containers_v1 = isula::containers::v1;

// Far below the size limit of a message.
constexpr size_t kMaxData = 256u << 10;

Status ReadAll(const Connection& connection, const char* call, grpc::ClientContext& context,
               grpc::ClientReader<CopyData>& reader, const ByteSink& sink) {
  const Connection::Time begin = steady_clock::now();
  CopyData response;
  while (reader.Read(&response)) {
    if (const Status taken = sink(response.data()); !taken) {
      context.TryCancel();
      // Cancelled here: the sink's error is the one to report.
      static_cast<void>(reader.Finish());
      return taken;
    }
  }
  return connection.Finish(call, begin, reader.Finish(), context);
}

}  // namespace

Status CopyFrom(ContainerService::Stub& stub, const Connection& connection,
                const CopyFromOptions& options, const ByteSink& sink) {
  containers_v1::CopyFromRequest request;
  request.set_container(options.container);
  request.set_path(options.path);
  request.set_follow_link(options.follow_link);
  grpc::ClientContext context;
  const auto reader = stub.CopyFrom(&context, request);
  return ReadAll(connection, "CopyFrom", context, *reader, sink);
}

Status Export(ContainerService::Stub& stub, const Connection& connection,
              const std::string& container, const ByteSink& sink) {
  containers_v1::ExportRequest request;
  request.set_container(container);
  grpc::ClientContext context;
  const auto reader = stub.Export(&context, request);
  return ReadAll(connection, "Export", context, *reader, sink);
}

Result<std::string> CopyTo(ContainerService::Stub& stub, const Connection& connection,
                           const CopyToOptions& options, const ByteSource& source) {
  const Connection::Time begin = steady_clock::now();
  grpc::ClientContext context;
  containers_v1::CopyToResponse response;
  const auto writer = stub.CopyTo(&context, &response);
  containers_v1::CopyToRequest request;
  request.mutable_open()->set_container(options.container);
  request.mutable_open()->set_path(options.path);
  request.mutable_open()->set_archive(options.archive);
  bool refused = !writer->Write(request);
  const Status sent = source([&](std::string_view bytes) -> Status {
    while (!bytes.empty() && !refused) {
      const std::string_view piece = bytes.substr(0, kMaxData);
      request.set_data(std::string(piece));
      refused = !writer->Write(request);
      bytes.remove_prefix(piece.size());
    }
    return refused ? Status(Error(Code::kCancelled, "no more is taken")) : OkStatus();
  });
  if (!sent && !refused) {
    context.TryCancel();  // what was sent is not a complete copy
    static_cast<void>(writer->Finish());
    return sent.error();
  }
  writer->WritesDone();
  RETURN_IF_ERROR(connection.Finish("CopyTo", begin, writer->Finish(), context));
  return std::move(*response.mutable_outcome());
}

}  // namespace isulad::client
