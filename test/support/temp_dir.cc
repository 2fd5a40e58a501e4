#include "support/temp_dir.h"

#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <system_error>

namespace isulad::test {
namespace {

constexpr char kSharedMemory[] = "/dev/shm";

}  // namespace

TempDir::TempDir(Place place) {
  std::error_code error;
  std::filesystem::path base = std::filesystem::temp_directory_path(error);
  if (place == Place::kMemory && ::access(kSharedMemory, W_OK) == 0) {
    base = kSharedMemory;
  }
  base = std::filesystem::canonical(base, error);
  std::string pattern = (base / "isulad-test-XXXXXX").string();
  if (error || ::mkdtemp(pattern.data()) == nullptr) {
    std::perror("making a temporary directory");
    std::abort();
  }
  path_ = pattern;
}

TempDir::~TempDir() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
  if (error) {
    std::fprintf(stderr, "%s is left behind: %s\n", path_.c_str(), error.message().c_str());
  }
}

std::string TempDir::Sub(std::string_view name) const {
  return std::string(path_).append("/").append(name);
}

}  // namespace isulad::test
