#include "daemon/modules/spec/host_channel/host_channel.h"

#include "daemon/modules/spec/host_channel/channel_path.h"
#include "utils/base/byte_size.h"
#include "utils/base/strings.h"

namespace isulad::host_channel {
namespace {

constexpr std::string_view kSyntax = "expected HOST:CONTAINER[:[ACCESS][:[SIZE][:OPTIONS]]]";
constexpr std::string_view kReadWriteName = "rw";
constexpr std::string_view kReadOnlyName = "ro";

// The fields as written in the text; a field that is left out is empty.
struct Fields {
  std::string_view host_path;
  std::string_view container_path;
  std::string_view access;
  std::string_view size;
  std::string_view options;
};

// Cuts `text` up to the next colon off its front. The last field takes what is left, colons
// included.
std::string_view TakeField(std::string_view& text) {
  const size_t colon = text.find(':');
  const std::string_view field = text.substr(0, colon);
  text.remove_prefix(colon == std::string_view::npos ? text.size() : colon + 1);
  return field;
}

Result<Fields> SplitFields(std::string_view text) {
  if (text.find(':') == std::string_view::npos) {
    return InvalidArgument("host channel " + Quote(text) +
                           " has no container path: " + std::string(kSyntax));
  }
  Fields fields;
  std::string_view rest = text;
  fields.host_path = TakeField(rest);
  fields.container_path = TakeField(rest);
  fields.access = TakeField(rest);
  fields.size = TakeField(rest);
  fields.options = rest;
  return fields;
}

Result<Access> ParseAccess(std::string_view text) {
  if (text.empty() || text == kReadWriteName) {
    return Access::kReadWrite;
  }
  if (text == kReadOnlyName) {
    return Access::kReadOnly;
  }
  return FieldError("access", text, "is not known: \"rw\" or \"ro\"");
}

}  // namespace

Result<HostChannel> Parse(std::string_view text, uint64_t page_size) {
  ASSIGN_OR_RETURN(const Fields fields, SplitFields(text));
  HostChannel channel;
  ASSIGN_OR_RETURN(channel.host_path, CleanChannelPath(kHostPathField, fields.host_path));
  ASSIGN_OR_RETURN(channel.container_path,
                   CleanChannelPath(kContainerPathField, fields.container_path));
  ASSIGN_OR_RETURN(channel.access, ParseAccess(fields.access));
  ASSIGN_OR_RETURN(channel.size, fields.size.empty() ? RoundUpToPage(kDefaultSize, page_size)
                                                     : ParseSize(fields.size, page_size));
  ASSIGN_OR_RETURN(channel.options, ParseOptions(fields.options));
  return channel;
}

Result<uint64_t> ParseSize(std::string_view text, uint64_t page_size) {
  constexpr std::string_view kRange =
      "at least 4096 bytes (one page), at most half of physical memory";
  const Result<uint64_t> size = ParseByteSize(text);
  if (!size) {
    return FieldError("size", text,
                      "is not valid (" + size.error().message() + "): " + std::string(kRange));
  }
  if (*size < kMinimumSize) {
    return FieldError("size", text, "is too small: " + std::string(kRange));
  }
  const Result<uint64_t> rounded = RoundUpToPage(*size, page_size);
  if (!rounded) {
    return FieldError("size", text, "is too large: " + std::string(kRange));
  }
  return *rounded;
}

std::string Format(const HostChannel& channel) {
  std::string text = channel.host_path;
  text.append(":").append(channel.container_path);
  text.append(":").append(AccessName(channel.access));
  text.append(":").append(FormatByteSize(channel.size));
  const std::vector<std::string> options = FormatOptions(channel.options);
  if (!options.empty()) {
    text.append(":").append(Join(options, ","));
  }
  return text;
}

std::string_view AccessName(Access access) {
  return access == Access::kReadWrite ? kReadWriteName : kReadOnlyName;
}

}  // namespace isulad::host_channel
