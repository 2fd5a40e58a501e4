// The client's side of a copy: files or a tar archive on this side, bytes to and from the daemon on
// the other.
#ifndef ISULAD_CMD_ISULA_COPY_TRANSFER_H_
#define ISULAD_CMD_ISULA_COPY_TRANSFER_H_

#include <functional>
#include <string>
#include <string_view>

#include "cmd/isula/client/container_client.h"
#include "cmd/isula/copy/progress.h"
#include "cmd/isula/output/output.h"
#include "utils/archive/entry.h"
#include "utils/base/result.h"

namespace isulad::copy {

// A copy to a container.
struct Upload {
  std::string path;  // on the client; "-": a tar archive on standard input
  bool follow_link = false;
  client::CopyToOptions to;
};

// A copy from a container.
struct Download {
  std::string path;  // on the client; "-": as a tar archive to standard output
  bool archive = false;
  client::CopyFromOptions from;
};

// Error messages are lines for the user. Files are made regardless of the umask, with their modes
// on the other side.
Status Send(client::ContainerClient& client, const Upload& upload, output::Output& output,
            bool show_progress);
Status Fetch(client::ContainerClient& client, const Download& download, output::Output& output,
             bool show_progress);

// Runs `call`, which passes on the bytes of a copy, decodes them and passes the result to `sink`.
// If it succeeds the copy was complete.
Status Decode(const std::function<Status(const client::ByteSink& sink)>& call, archive::Sink& sink);

// Writes the whole root file system of a container as a tar archive to `writer`.
Status Export(client::ContainerClient& client, const std::string& container,
              const client::ByteSink& writer, output::Output& output, bool show_progress);

}  // namespace isulad::copy

#endif  // ISULAD_CMD_ISULA_COPY_TRANSFER_H_
