#include "cmd/isula/copy/tar_library.h"

#include <dlfcn.h>

#include <clocale>
#include <string>

namespace isulad::copy {
namespace {

constexpr char kLibrary[] = "libarchive.so.13";

struct Loaded {
  TarLibrary library;
  std::string missing;  // the library or function that could not be loaded; empty: none
};

Loaded Load() {
  Loaded loaded;
  // Names in archives are UTF-8, or bytes if they are not. In the C locale the library accepts
  // neither.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  void* const handle = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    loaded.missing = kLibrary;
    return loaded;
  }
#define ISULAD_TAR_LOAD(name)                                                        \
  loaded.library.name = reinterpret_cast<decltype(&::name)>(::dlsym(handle, #name)); \
  if (loaded.library.name == nullptr) {                                              \
    loaded.missing = #name;                                                          \
  }
  ISULAD_TAR_FUNCTIONS(ISULAD_TAR_LOAD)
#undef ISULAD_TAR_LOAD
  return loaded;
}

}  // namespace

Result<const TarLibrary*> LoadTarLibrary() {
  static const Loaded loaded = Load();
  if (!loaded.missing.empty()) {
    return FailedPrecondition("tar archives need libarchive, of which " + loaded.missing +
                              " was not found: install libarchive13");
  }
  return &loaded.library;
}

}  // namespace isulad::copy
