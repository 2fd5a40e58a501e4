#include "cmd/isula/options/file_options.h"

#include "cmd/isula/options/setters.h"

namespace isulad::options {
namespace {

using client::containers_v1::FilesConfig;

void AddNameFlags(cli::FlagSet& flags, FilesConfig* files) {
  flags.AddValues({"add-host"}, Append(files->mutable_add_hosts()),
                  {"NAME:IP", "A line of its hosts file; NAME=IP, too (repeatable)"});
  flags.AddValues({"dns"}, Append(files->mutable_dns()),
                  {"IP", "Name server (default: those of the host; repeatable)"});
  flags.AddValues({"dns-search"}, Append(files->mutable_dns_search()),
                  {"DOMAIN",
                   "Domain to look names up in, . for none (default: the host's; "
                   "repeatable)"});
  flags.AddValues({"dns-option"}, Append(files->mutable_dns_options()),
                  {"OPTION",
                   "Option of the resolver, ndots:2 for one (default: the host's; "
                   "repeatable)"});
  flags.AddValues({"dns-opt"}, Append(files->mutable_dns_options()), {"OPTION", "As --dns-option"});
}

}  // namespace

void AddFileFlags(cli::FlagSet& flags, FilesConfig* files) {
  flags.AddValues({"mount"}, Append(files->mutable_mounts()),
                  {"KEY=VALUE,...",
                   "Mount type=bind,source=,target=[,readonly][,bind-propagation=] or "
                   "type=tmpfs,target=[,readonly][,tmpfs-size=][,tmpfs-mode=] (repeatable)"});
  flags.AddValues({"tmpfs"}, Append(files->mutable_tmpfs()),
                  {"PATH[:OPTION,...]",
                   "Mount a tmpfs: size=BYTES, mode=, uid=, gid=, ro, exec, suid, dev (default: "
                   "rw,noexec,nosuid,nodev,mode=1777, half of the host's memory; repeatable)"});
  flags.AddValue({"shm-size"}, Bytes(Into(files, &FilesConfig::set_shm_size)),
                 {"BYTES",
                  "Size of /dev/shm, with a unit k, m, g (default: 64M, or a quarter of a system "
                  "container's memory)"});
  AddNameFlags(flags, files);
}

}  // namespace isulad::options
