// A sink that remembers, and helpers for trees of files.
#ifndef ISULAD_TEST_UNIT_UTILS_ARCHIVE_RECORDER_H_
#define ISULAD_TEST_UNIT_UTILS_ARCHIVE_RECORDER_H_

#include <fcntl.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "utils/archive/entry.h"
#include "utils/archive/unpack.h"

namespace isulad::archive {

class Recorder final : public Sink {
 public:
  Status OnSource(const Source& taken) override {
    source = taken;
    return OkStatus();
  }
  Status OnEntry(const Entry& entry) override {
    entries.push_back(entry);
    return OkStatus();
  }
  Status OnData(uint64_t offset, std::string_view bytes) override {
    if (!keeps_data) {
      return OkStatus();
    }
    std::string& text = data[entries.back().path];
    text.resize(std::max<size_t>(text.size(), offset + bytes.size()));
    text.replace(offset, bytes.size(), bytes);
    return OkStatus();
  }
  Status OnNotice(std::string_view line) override {
    notices.emplace_back(line);
    return OkStatus();
  }
  Status OnEnd() override {
    ended = true;
    return OkStatus();
  }
  const Entry* Find(const std::string& path) const {
    for (const Entry& entry : entries) {
      if (entry.path == path) {
        return &entry;
      }
    }
    return nullptr;
  }

  Source source;
  std::vector<Entry> entries;
  std::map<std::string, std::string> data;
  std::vector<std::string> notices;
  bool ended = false;
  bool keeps_data = true;
};

inline void WriteText(const std::string& path, std::string_view text) {
  std::ofstream(path) << text;
}

inline std::string ReadText(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline Entry MakeEntry(Type type, std::string path, std::string target = {}) {
  Entry entry;
  entry.type = type;
  entry.path = std::move(path);
  entry.target = std::move(target);
  entry.mode = type == Type::kDirectory ? 0755 : 0644;
  return entry;
}

inline Entry MakeFile(std::string path, uint64_t size) {
  Entry entry = MakeEntry(Type::kFile, std::move(path));
  entry.size = size;
  return entry;
}

// Into the directory `path`, as its contents.
inline Destination IntoDirectory(const std::string& path) {
  Destination destination;
  destination.directory.reset(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  destination.shown = path;
  return destination;
}

}  // namespace isulad::archive

#endif  // ISULAD_TEST_UNIT_UTILS_ARCHIVE_RECORDER_H_
