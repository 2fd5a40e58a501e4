#include "daemon/modules/spec/name_options.h"

#include <arpa/inet.h>

#include <algorithm>

#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

constexpr size_t kMaxNameBytes = 253;    // RFC 1035, as text
constexpr size_t kMaxOptionBytes = 255;  // resolvers accept lines of at least this length

bool IsPlain(char c, std::string_view further) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         further.find(c) != std::string_view::npos;
}

bool IsPlain(std::string_view text, std::string_view further) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return IsPlain(c, further); });
}

bool IsHostName(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameBytes && IsPlain(text, "-._");
}

bool IsAddress(std::string_view text) {
  const std::string address(text);
  unsigned char bytes[sizeof(in6_addr)];
  return address.find('\0') == std::string::npos &&
         (::inet_pton(AF_INET, address.c_str(), bytes) == 1 ||
          ::inet_pton(AF_INET6, address.c_str(), bytes) == 1);
}

std::string_view WithoutBrackets(std::string_view text) {
  return text.size() >= 2 && text.front() == '[' && text.back() == ']'
             ? text.substr(1, text.size() - 2)
             : text;
}

Error NoAddress(std::string_view text) {
  return InvalidArgument(Quote(text) + " is no IPv4 or IPv6 address");
}

bool IsReplaced(std::string_view line, const NameOptions& options) {
  const std::string_view trimmed = Trim(line);
  const std::string_view word = trimmed.substr(0, trimmed.find_first_of(" \t"));
  return (word == "nameserver" && !options.servers.empty()) ||
         ((word == "search" || word == "domain") && !options.search.empty()) ||
         (word == "options" && !options.options.empty());
}

}  // namespace

Result<HostEntry> ParseHostEntry(std::string_view text) {
  const size_t equals = text.find('=');
  const size_t end = equals != std::string_view::npos ? equals : text.find(':');
  if (end == std::string_view::npos) {
    return InvalidArgument(Quote(text) + " must be NAME:IP or NAME=IP");
  }
  const std::string_view name = text.substr(0, end);
  const std::string_view address = WithoutBrackets(text.substr(end + 1));
  if (!IsHostName(name)) {
    return InvalidArgument("name " + Quote(name) +
                           " must be 1 to 253 letters, digits, \"-\", \".\" and \"_\"");
  }
  if (address == "host-gateway") {
    return InvalidArgument("\"host-gateway\" is not supported: no network of a container has one");
  }
  if (!IsAddress(address)) {
    return NoAddress(address);
  }
  return HostEntry{std::string(name), std::string(address)};
}

std::string FormatHostEntry(const HostEntry& entry) { return entry.name + ":" + entry.address; }

Status CheckServer(std::string_view text) {
  return IsAddress(text) ? OkStatus() : Status(NoAddress(text));
}

Status CheckSearchDomain(std::string_view text) {
  return IsHostName(text)
             ? OkStatus()
             : Status(InvalidArgument("domain " + Quote(text) +
                                      " must be 1 to 253 letters, digits, \"-\", \".\" and \"_\""));
}

Status CheckResolverOption(std::string_view text) {
  if (text.empty() || text.size() > kMaxOptionBytes || !IsPlain(text, "-._:")) {
    return InvalidArgument("option " + Quote(text) + " must be one word such as \"ndots:2\"");
  }
  return OkStatus();
}

std::string ResolvConf(std::string_view of_host, const NameOptions& options) {
  if (options.servers.empty() && options.search.empty() && options.options.empty()) {
    return std::string(of_host);
  }
  std::string text;
  for (const std::string_view line : Split(of_host, '\n')) {
    if (!line.empty() && !IsReplaced(line, options)) {
      text.append(line).append("\n");
    }
  }
  for (const std::string& server : options.servers) {
    text.append("nameserver ").append(server).append("\n");
  }
  if (!options.search.empty() && options.search != std::vector<std::string>{"."}) {
    text.append("search ").append(Join(options.search, " ")).append("\n");
  }
  if (!options.options.empty()) {
    text.append("options ").append(Join(options.options, " ")).append("\n");
  }
  return text;
}

}  // namespace isulad::spec
