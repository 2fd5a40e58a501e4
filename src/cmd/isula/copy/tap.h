// A sink that passes everything on to another one and counts the bytes.
#ifndef ISULAD_CMD_ISULA_COPY_TAP_H_
#define ISULAD_CMD_ISULA_COPY_TAP_H_

#include <optional>
#include <string>
#include <string_view>

#include "cmd/isula/copy/progress.h"
#include "utils/archive/entry.h"
#include "utils/base/result.h"

namespace isulad::copy {

class Tap final : public archive::Sink {
 public:
  // `name`: the source's name as the user gave it, whatever the other side calls it.
  Tap(archive::Sink& sink, Progress& progress, std::optional<std::string> name = {})
      : sink_(sink), progress_(progress), name_(std::move(name)) {}

  Status OnSource(const archive::Source& source) override {
    archive::Source named = source;
    named.name = name_.value_or(source.name);
    return sink_.OnSource(named);
  }
  Status OnEntry(const archive::Entry& entry) override { return sink_.OnEntry(entry); }
  Status OnData(uint64_t offset, std::string_view bytes) override {
    progress_.Add(bytes.size());
    return sink_.OnData(offset, bytes);
  }
  Status OnNotice(std::string_view line) override { return sink_.OnNotice(line); }
  Status OnEnd() override { return sink_.OnEnd(); }

 private:
  archive::Sink& sink_;
  Progress& progress_;
  const std::optional<std::string> name_;
};

}  // namespace isulad::copy

#endif  // ISULAD_CMD_ISULA_COPY_TAP_H_
