#include "daemon/modules/spec/host_channel/channel_path.h"

#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {

Error FieldError(std::string_view field, std::string_view text, std::string_view reason) {
  std::string message = "host channel ";
  message.append(field).append(" ").append(Quote(text)).append(" ").append(reason);
  return InvalidArgument(std::move(message));
}

Result<std::string> CleanChannelPath(std::string_view field, std::string_view path) {
  Result<std::string> clean = CleanAbsolutePath(path);
  if (!clean) {
    return FieldError(field, path, clean.error().message());
  }
  if (*clean == "/") {
    return FieldError(field, path, "must not be the root directory");
  }
  if (clean->find(':') != std::string::npos) {
    return FieldError(field, path, "must not contain \":\"");
  }
  return clean;
}

}  // namespace isulad::host_channel
