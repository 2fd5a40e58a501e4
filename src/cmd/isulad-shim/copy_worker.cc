#include "cmd/isulad-shim/copy_worker.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "cmd/isulad-shim/copy_place.h"
#include "utils/archive/pack.h"
#include "utils/archive/receive.h"
#include "utils/archive/source.h"
#include "utils/archive/stream.h"
#include "utils/os/file.h"
#include "utils/os/retry.h"

namespace isulad::monitor {
namespace {

using archive::StreamEncoder;
using shim::CopyJob;
using shim::CopyVerb;

Status SendTree(const CopyJob& job, archive::Tree tree, int descriptors, StreamEncoder& encoder) {
  const bool whole = job.verb == CopyVerb::kExport;
  ASSIGN_OR_RETURN(const archive::FoundSource found,
                   archive::FindSource(tree, whole ? "/" : job.path, job.follow_link));
  RETURN_IF_ERROR(encoder.OnSource(found.source));
  return archive::Pack(found.fd.get(), {descriptors, whole}, encoder);
}

// The client may still be sending after it has been refused; the outcome tells it.
Status ReceiveTree(const CopyJob& job, archive::Tree tree, StreamEncoder& encoder) {
  archive::Receiver receiver(tree, job.path, {job.archive},
                             [&encoder](std::string_view line) { return encoder.OnNotice(line); });
  archive::StreamDecoder decoder(&receiver);
  std::string buffer(archive::kMaxPiece, '\0');
  while (!decoder.ended()) {
    const ssize_t count =
        os::RetryOnEintr([&buffer] { return ::read(STDIN_FILENO, buffer.data(), buffer.size()); });
    if (count < 0) {
      return SystemError(errno, "read what is copied");
    }
    if (count == 0) {
      return Error(Code::kCancelled, "the copy was cut short");
    }
    RETURN_IF_ERROR(decoder.Add(std::string_view(buffer).substr(0, static_cast<size_t>(count))));
  }
  return OkStatus();
}

Status Copy(const CopyJob& job, StreamEncoder& encoder) {
  // Opened while /proc is the host's.
  ASSIGN_OR_RETURN(const os::UniqueFd descriptors, archive::OpenDescriptors());
  ASSIGN_OR_RETURN(const os::UniqueFd root, EnterCopyPlace(job));
  const archive::Tree tree{root.get()};
  return job.verb == CopyVerb::kTo ? ReceiveTree(job, tree, encoder)
                                   : SendTree(job, tree, descriptors.get(), encoder);
}

}  // namespace

Status RunCopyWorker(const std::vector<std::string>& arguments) {
  ASSIGN_OR_RETURN(const CopyJob job, shim::CopyJobFromArguments(arguments));
  ::signal(SIGPIPE, SIG_IGN);
  RETURN_IF_ERROR(DieWithDaemon(shim::kCopyLifeDescriptor));
  StreamEncoder encoder([](std::string_view bytes) { return os::WriteAll(STDOUT_FILENO, bytes); });
  const Status copied = Copy(job, encoder);
  return copied ? encoder.OnEnd() : encoder.OnError(copied.error());
}

}  // namespace isulad::monitor
