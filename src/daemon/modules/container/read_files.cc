#include "daemon/modules/container/read_files.h"

#include <string>
#include <string_view>
#include <utility>

#include "utils/base/byte_size.h"
#include "utils/base/strings.h"

namespace isulad::container {
namespace {

Result<uint64_t> ReadShmSize(const spec::FilesConfig& texts, uint64_t page) {
  if (!texts.has_shm_size()) {
    return uint64_t{0};
  }
  const int64_t asked = texts.shm_size();
  if (asked < 0 || static_cast<uint64_t>(asked) < page) {
    return InvalidArgument("--shm-size " + Quote(std::to_string(asked)) + " must be at least " +
                           std::to_string(page) + " bytes, a page");
  }
  return RoundUpToPage(static_cast<uint64_t>(asked), page);
}

Result<std::vector<spec::MountOption>> ReadMounts(const spec::Texts& texts) {
  std::vector<spec::MountOption> mounts;
  for (const std::string& text : texts) {
    Result<spec::MountOption> mount = spec::ParseMount(text);
    if (!mount) {
      return std::move(mount).error().AddContext("mount " + Quote(text));
    }
    mounts.push_back(*std::move(mount));
  }
  return mounts;
}

Result<std::vector<spec::Tmpfs>> ReadTmpfs(const spec::Texts& texts) {
  std::vector<spec::Tmpfs> list;
  for (const std::string& text : texts) {
    Result<spec::Tmpfs> tmpfs = spec::ParseTmpfs(text);
    if (!tmpfs) {
      return std::move(tmpfs).error().AddContext("tmpfs " + Quote(text));
    }
    list.push_back(*std::move(tmpfs));
  }
  return list;
}

// Checks each of `texts`; an error carries the flag's name.
Result<std::vector<std::string>> ReadChecked(const char* flag, const spec::Texts& texts,
                                             Status (*check)(std::string_view)) {
  for (const std::string& text : texts) {
    if (Status status = check(text); !status) {
      return std::move(status).error().AddContext(flag);
    }
  }
  return std::vector<std::string>(texts.begin(), texts.end());
}

Result<spec::NameOptions> ReadNames(const spec::FilesConfig& texts) {
  spec::NameOptions names;
  for (const std::string& text : texts.add_hosts()) {
    Result<spec::HostEntry> entry = spec::ParseHostEntry(text);
    if (!entry) {
      return std::move(entry).error().AddContext("--add-host");
    }
    names.hosts.push_back(*std::move(entry));
  }
  ASSIGN_OR_RETURN(names.servers, ReadChecked("--dns", texts.dns(), spec::CheckServer));
  ASSIGN_OR_RETURN(names.search,
                   ReadChecked("--dns-search", texts.dns_search(), spec::CheckSearchDomain));
  ASSIGN_OR_RETURN(names.options,
                   ReadChecked("--dns-option", texts.dns_options(), spec::CheckResolverOption));
  return names;
}

}  // namespace

Result<std::vector<spec::BindMount>> ReadVolumes(const spec::Texts& texts) {
  std::vector<spec::BindMount> volumes;
  for (const std::string& text : texts) {
    ASSIGN_OR_RETURN(spec::BindMount volume, spec::ParseVolume(text));
    for (const spec::BindMount& other : volumes) {
      if (other.target == volume.target) {
        return InvalidArgument("volume " + Quote(text) + ": target " + Quote(volume.target) +
                               " is given more than once");
      }
    }
    volumes.push_back(std::move(volume));
  }
  return volumes;
}

Result<spec::FileOptions> ReadFiles(const spec::FilesConfig& texts, uint64_t page_size) {
  spec::FileOptions options;
  ASSIGN_OR_RETURN(options.shm_size, ReadShmSize(texts, page_size));
  ASSIGN_OR_RETURN(options.mounts, ReadMounts(texts.mounts()));
  ASSIGN_OR_RETURN(options.tmpfs, ReadTmpfs(texts.tmpfs()));
  ASSIGN_OR_RETURN(options.names, ReadNames(texts));
  return options;
}

}  // namespace isulad::container
