// The options for name resolution in a container: lines of its hosts and resolv.conf. Pure,
// thread-safe.
#ifndef ISULAD_DAEMON_MODULES_SPEC_NAME_OPTIONS_H_
#define ISULAD_DAEMON_MODULES_SPEC_NAME_OPTIONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"

namespace isulad::spec {

// One --add-host.
struct HostEntry {
  std::string name;
  std::string address;  // IPv4 or IPv6, without brackets
  friend bool operator==(const HostEntry&, const HostEntry&) = default;
};

struct NameOptions {
  std::vector<HostEntry> hosts;
  std::vector<std::string> servers;  // addresses
  std::vector<std::string> search;   // domains; "." alone: none
  std::vector<std::string> options;  // "ndots:2"
  friend bool operator==(const NameOptions&, const NameOptions&) = default;
};

// Errors are kInvalidArgument with a reason that quotes the text that is wrong.

// Reads NAME:ADDRESS or NAME=ADDRESS; an IPv6 address may be in brackets.
Result<HostEntry> ParseHostEntry(std::string_view text);
// Writes NAME:ADDRESS, as ParseHostEntry reads it.
std::string FormatHostEntry(const HostEntry& entry);

Status CheckServer(std::string_view text);
Status CheckSearchDomain(std::string_view text);
Status CheckResolverOption(std::string_view text);

// The text of a resolv.conf: the host's, with the lines replaced that the options set.
std::string ResolvConf(std::string_view of_host, const NameOptions& options);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_NAME_OPTIONS_H_
