#include "daemon/modules/container/generated_files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <string_view>

#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/safe_open.h"

namespace isulad::container {

namespace {

constexpr size_t kMaxEnvFileBytes = 1 << 20;

std::string_view NameOf(std::string_view line) { return line.substr(0, line.find('=')); }

// The environment file in the rootfs, as a process in the container would find it.
std::string EnvFileOfRootfs(const ContainerConfig& config) {
  const Result<os::UniqueFd> rootfs =
      os::OpenNoSymlinks(AT_FDCWD, config.rootfs(), O_PATH | O_DIRECTORY);
  if (!rootfs) {
    return "";
  }
  const Result<os::UniqueFd> file =
      os::OpenInRoot(rootfs->get(), config.host().env_target_file(), O_RDONLY | O_NONBLOCK);
  struct stat attributes = {};
  if (!file || ::fstat(file->get(), &attributes) != 0 || !S_ISREG(attributes.st_mode) ||
      static_cast<size_t>(attributes.st_size) > kMaxEnvFileBytes) {
    return "";
  }
  return os::ReadAll(file->get(), kMaxEnvFileBytes).value_or(std::string());
}

std::string EnvFile(const ContainerConfig& config) {
  std::string text;
  const std::string existing = EnvFileOfRootfs(config);
  for (const std::string_view line : Split(existing, '\n')) {
    const bool replaced =
        std::any_of(config.process().env().begin(), config.process().env().end(),
                    [line](const std::string& entry) { return NameOf(entry) == NameOf(line); });
    if (!line.empty() && !replaced) {
      text.append(line).append("\n");
    }
  }
  for (const std::string& entry : config.process().env()) {
    text.append(entry).append("\n");
  }
  return text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> GeneratedNames(const ContainerConfig& config) {
  std::vector<std::pair<std::string, std::string>> names;
  for (const GeneratedName& file : kGeneratedFiles) {
    names.emplace_back(file.name, file.target);
  }
  if (!config.host().env_target_file().empty()) {
    names.emplace_back(kEnvFileName, config.host().env_target_file());
  }
  return names;
}

std::string DirectoryOfNames(const store::Store& store, const ContainerConfig& config) {
  const NamespaceChoice& network = config.namespaces.network;
  return store.DirectoryOf(network.joins() ? network.container : config.id);
}

std::vector<store::Store::File> GenerateFiles(const ContainerConfig& config) {
  std::string hosts =
      "127.0.0.1\tlocalhost\n"
      "::1\tlocalhost ip6-localhost ip6-loopback\n"
      "fe00::0\tip6-localnet\n"
      "ff02::1\tip6-allnodes\n"
      "ff02::2\tip6-allrouters\n"
      "127.0.1.1\t" +
      config.process().hostname() + "\n";
  for (const spec::HostEntry& entry : config.files.names.hosts) {
    hosts.append(entry.address).append("\t").append(entry.name).append("\n");
  }
  // A host without the file resolves nothing, and neither does the container.
  const std::string resolv = spec::ResolvConf(
      os::ReadFile("/etc/resolv.conf").value_or(std::string()), config.files.names);
  std::vector<store::Store::File> files = {
      {kGeneratedFiles[0].name, config.process().hostname() + "\n"},
      {kGeneratedFiles[1].name, hosts},
      {kGeneratedFiles[2].name, resolv}};
  if (!config.host().env_target_file().empty()) {
    files.push_back({kEnvFileName, EnvFile(config)});
  }
  return files;
}

}  // namespace isulad::container
