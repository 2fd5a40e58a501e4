#include "cmd/isula/copy/transfer.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "cmd/isula/copy/tap.h"
#include "cmd/isula/copy/tar_reader.h"
#include "cmd/isula/copy/tar_writer.h"
#include "utils/archive/pack.h"
#include "utils/archive/receive.h"
#include "utils/archive/source.h"
#include "utils/archive/stream.h"
#include "utils/archive/tree.h"
#include "utils/base/strings.h"

namespace isulad::copy {
namespace {

constexpr char kStandardStream[] = "-";

class ScopedUmask {
 public:
  ScopedUmask() : before_(::umask(0)) {}
  ~ScopedUmask() { ::umask(before_); }
  ScopedUmask(const ScopedUmask&) = delete;
  ScopedUmask& operator=(const ScopedUmask&) = delete;

 private:
  const mode_t before_;
};

// Makes `text` one line that a terminal takes for text, whatever characters it has.
std::string OneLine(std::string_view text) {
  constexpr unsigned char kAfterControls = 0xa0;  // of control characters that take two bytes
  std::string line;
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    const std::string_view sequence = text.substr(0, std::max<size_t>(length, 1));
    const bool control =
        HasControlCharacter(sequence) || (length == 2 && sequence.front() == '\xc2' &&
                                          static_cast<unsigned char>(sequence[1]) < kAfterControls);
    line.append(length == 0 || control ? std::string_view(" ") : sequence);
    text.remove_prefix(sequence.size());
  }
  return line;
}

Status Warn(output::Output& output, std::string_view line) {
  output.Warn(OneLine(line));
  return OkStatus();
}

// The outcome of an upload has nothing but notices.
class OutcomeSink final : public archive::Sink {
 public:
  explicit OutcomeSink(output::Output& output) : output_(output) {}
  Status OnSource(const archive::Source&) override { return Unexpected(); }
  Status OnEntry(const archive::Entry&) override { return Unexpected(); }
  Status OnData(uint64_t, std::string_view) override { return Unexpected(); }
  Status OnNotice(std::string_view line) override { return Warn(output_, line); }
  Status OnEnd() override { return OkStatus(); }

 private:
  static Status Unexpected() {
    return Error(Code::kDataLoss, "Error: the daemon's answer is no outcome of a copy");
  }
  output::Output& output_;
};

// The error as one of the daemon, for which kUnavailable is not used.
Error OfDaemon(const Error& error) {
  return Error(error.code() == Code::kUnavailable ? Code::kFailedPrecondition : error.code(),
               "Error response from daemon: " + OneLine(error.message()));
}

Status ReadSource(const Upload& upload, archive::Sink& sink) {
  if (upload.path == kStandardStream) {
    return ReadTar(STDIN_FILENO, sink);
  }
  ASSIGN_OR_RETURN(const os::UniqueFd descriptors, archive::OpenDescriptors());
  ASSIGN_OR_RETURN(const archive::FoundSource found,
                   archive::FindSource({}, upload.path, upload.follow_link));
  RETURN_IF_ERROR(sink.OnSource(found.source));
  return archive::Pack(found.fd.get(), {descriptors.get(), false}, sink);
}

std::string NameOf(const std::string& path) {
  return archive::SaysContents(path) ? std::string() : std::string(archive::LastComponent(path));
}

}  // namespace

Status Decode(const std::function<Status(const client::ByteSink& sink)>& call,
              archive::Sink& sink) {
  archive::StreamDecoder decoder(&sink);
  RETURN_IF_ERROR(call([&decoder](std::string_view bytes) -> Status {
    Status added = decoder.Add(bytes);
    return !added && decoder.peer_failed() ? OfDaemon(added.error()) : added;
  }));
  return decoder.ended() ? OkStatus() : Status(Error(Code::kDataLoss, "the copy was cut short"));
}

Status Send(client::ContainerClient& client, const Upload& upload, output::Output& output,
            bool show_progress) {
  std::string outcome;
  {
    Progress progress(output, show_progress);
    ASSIGN_OR_RETURN(outcome, client.CopyTo(upload.to, [&](const client::ByteSink& bytes) {
      archive::StreamEncoder encoder(bytes);
      Tap tap(encoder, progress);
      const Status read = ReadSource(upload, tap);
      return read ? encoder.OnEnd() : read;
    }));
  }
  OutcomeSink sink(output);
  return Decode([&outcome](const client::ByteSink& bytes) { return bytes(outcome); }, sink);
}

Status Fetch(client::ContainerClient& client, const Download& download, output::Output& output,
             bool show_progress) {
  const auto warn = [&output](std::string_view line) { return Warn(output, line); };
  Progress progress(output, show_progress);
  const auto call = [&](const client::ByteSink& bytes) {
    return client.CopyFrom(download.from, bytes);
  };
  if (download.path == kStandardStream) {
    ASSIGN_OR_RETURN(
        const std::unique_ptr<archive::Sink> writer,
        NewTarWriter([&output](std::string_view bytes) { return output.Out(bytes); }, warn));
    Tap tap(*writer, progress);
    return Decode(call, tap);
  }
  const ScopedUmask no_umask;
  archive::Receiver receiver({}, download.path, {download.archive}, warn);
  Tap tap(receiver, progress, NameOf(download.from.path));
  return Decode(call, tap);
}

Status Export(client::ContainerClient& client, const std::string& container,
              const client::ByteSink& writer, output::Output& output, bool show_progress) {
  Progress progress(output, show_progress);
  ASSIGN_OR_RETURN(
      const std::unique_ptr<archive::Sink> tar,
      NewTarWriter(writer, [&output](std::string_view line) { return Warn(output, line); }));
  Tap tap(*tar, progress);
  return Decode([&](const client::ByteSink& bytes) { return client.Export(container, bytes); },
                tap);
}

}  // namespace isulad::copy
