#include "daemon/modules/container/generated_files.h"

#include "utils/os/file.h"

namespace isulad::container {

std::vector<store::Store::File> GenerateFiles(const ContainerConfig& config) {
  const std::string hosts =
      "127.0.0.1\tlocalhost\n"
      "::1\tlocalhost ip6-localhost ip6-loopback\n"
      "fe00::0\tip6-localnet\n"
      "ff02::1\tip6-allnodes\n"
      "ff02::2\tip6-allrouters\n"
      "127.0.1.1\t" +
      config.hostname + "\n";
  // A host without the file resolves nothing, and neither does the container.
  const std::string resolv = os::ReadFile("/etc/resolv.conf").value_or(std::string());
  return {{kGeneratedFiles[0].name, config.hostname + "\n"},
          {kGeneratedFiles[1].name, hosts},
          {kGeneratedFiles[2].name, resolv}};
}

}  // namespace isulad::container
