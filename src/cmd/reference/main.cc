// isulad-reference: writes the command reference, for docs/ and for the manual. Used by the build.
//
//     isulad-reference markdown         to standard output
//     isulad-reference man DIRECTORY    a file for each page
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/reference/page.h"
#include "cmd/reference/render.h"

namespace isulad::reference {
namespace {

bool WriteFile(const std::string& path, const std::string& text) {
  std::FILE* file = path.empty() ? stdout : std::fopen(path.c_str(), "w");
  if (file == nullptr) {
    return false;
  }
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const bool flushed = std::fflush(file) == 0;
  return (path.empty() || std::fclose(file) == 0) && written && flushed;
}

bool WriteManual(const std::string& directory) {
  for (const Page& page : Pages()) {
    if (!WriteFile(directory + "/" + ManFileName(page), ManPage(page, ISULAD_VERSION))) {
      return false;
    }
  }
  return true;
}

int Main(const std::vector<std::string_view>& arguments) {
  if (arguments.size() == 1 && arguments[0] == "markdown") {
    return WriteFile("", Markdown(Pages())) ? 0 : 1;
  }
  if (arguments.size() == 2 && arguments[0] == "man") {
    return WriteManual(std::string(arguments[1])) ? 0 : 1;
  }
  std::fputs("usage: isulad-reference markdown | man DIRECTORY\n", stderr);
  return 125;
}

}  // namespace
}  // namespace isulad::reference

int main(int argc, char** argv) {
  const int status = isulad::reference::Main({argv + (argc > 0 ? 1 : 0), argv + argc});
  if (status == 1) {
    std::perror("isulad-reference");
  }
  return status;
}
