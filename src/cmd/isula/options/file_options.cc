#include "cmd/isula/options/file_options.h"

#include "cmd/isula/options/limit_options.h"

namespace isulad::options {

namespace {

void AddNameFlags(cli::FlagSet& flags, client::FileOptions* files) {
  flags.AddStrings({"add-host"}, &files->add_hosts,
                   {"NAME:IP", "A line of its hosts file; NAME=IP, too (repeatable)"});
  flags.AddStrings({"dns"}, &files->dns,
                   {"IP", "Name server (default: those of the host; repeatable)"});
  flags.AddStrings({"dns-search"}, &files->dns_search,
                   {"DOMAIN",
                    "Domain to look names up in, . for none (default: the host's; "
                    "repeatable)"});
  flags.AddStrings({"dns-option"}, &files->dns_options,
                   {"OPTION",
                    "Option of the resolver, ndots:2 for one (default: the host's; "
                    "repeatable)"});
  flags.AddStrings({"dns-opt"}, &files->dns_options, {"OPTION", "As --dns-option"});
}

}  // namespace

void AddFileFlags(cli::FlagSet& flags, client::FileOptions* files) {
  flags.AddStrings({"mount"}, &files->mounts,
                   {"KEY=VALUE,...",
                    "Mount type=bind,source=,target=[,readonly][,bind-propagation=] or "
                    "type=tmpfs,target=[,readonly][,tmpfs-size=][,tmpfs-mode=] (repeatable)"});
  flags.AddStrings({"tmpfs"}, &files->tmpfs,
                   {"PATH[:OPTION,...]",
                    "Mount a tmpfs: size=BYTES, mode=, uid=, gid=, ro, exec, suid, dev (default: "
                    "rw,noexec,nosuid,nodev,mode=1777, half of the host's memory; repeatable)"});
  flags.AddValue({"shm-size"}, Bytes([files](int64_t bytes) { files->shm_size = bytes; }),
                 {"BYTES",
                  "Size of /dev/shm, with a unit k, m, g (default: 64M, or a quarter of a system "
                  "container's memory)"});
  AddNameFlags(flags, files);
}

}  // namespace isulad::options
