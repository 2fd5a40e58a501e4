// The receiving end of a copy: finds the destination once the source is known, and unpacks there.
#ifndef ISULAD_UTILS_ARCHIVE_RECEIVE_H_
#define ISULAD_UTILS_ARCHIVE_RECEIVE_H_

#include <memory>
#include <string>

#include "utils/archive/entry.h"
#include "utils/archive/tree.h"
#include "utils/archive/unpack.h"
#include "utils/base/result.h"

namespace isulad::archive {

// Unpacks to `path` in `tree`. Not thread-safe.
class Receiver final : public Sink {
 public:
  Receiver(Tree tree, std::string path, UnpackOptions options, NoticeSink notice)
      : tree_(tree), path_(std::move(path)), options_(options), notice_(std::move(notice)) {}

  Status OnSource(const Source& source) override;
  Status OnEntry(const Entry& entry) override;
  Status OnData(uint64_t offset, std::string_view bytes) override;
  Status OnNotice(std::string_view line) override { return notice_(line); }
  Status OnEnd() override;

 private:
  Status RequireSource() const;

  const Tree tree_;
  const std::string path_;
  const UnpackOptions options_;
  const NoticeSink notice_;
  std::unique_ptr<Unpacker> unpacker_;
};

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_RECEIVE_H_
