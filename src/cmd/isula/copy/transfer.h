// The client's side of a copy: files or a tar archive here, bytes to and from the daemon there.
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

// What is sent to a container.
struct Upload {
  std::string path;  // here; "-": a tar archive on standard input
  bool follow_link = false;
  client::CopyToOptions to;
};

// What comes from a container.
struct Download {
  std::string path;  // here; "-": as a tar archive to standard output
  bool archive = false;
  client::CopyFromOptions from;
};

// Errors carry the line for the user. Files are made without a umask, with the modes that they have
// there.
Status Send(client::ContainerClient& client, const Upload& upload, output::Output& output,
            bool show_progress);
Status Fetch(client::ContainerClient& client, const Download& download, output::Output& output,
             bool show_progress);

// Runs `call`, which passes on bytes of a copy, and tells `sink` what they say. The copy has been
// whole where it is ok.
Status Decode(const std::function<Status(const client::ByteSink& sink)>& call, archive::Sink& sink);

// All of a container's root file system as a tar archive to `writer`.
Status Export(client::ContainerClient& client, const std::string& container,
              const client::ByteSink& writer, output::Output& output, bool show_progress);

}  // namespace isulad::copy

#endif  // ISULAD_CMD_ISULA_COPY_TRANSFER_H_
