// The payloads of frames, encoded with the fields of utils/base/wire.h. Internal to this folder.
#ifndef ISULAD_UTILS_ARCHIVE_STREAM_FIELDS_H_
#define ISULAD_UTILS_ARCHIVE_STREAM_FIELDS_H_

#include <string>
#include <string_view>

#include "utils/archive/entry.h"

namespace isulad::archive {

std::string EncodeEntry(const Entry& entry);
// Returns false if `bytes` are not an entry, or if its paths are not clean.
bool DecodeEntry(std::string_view bytes, Entry& entry);
std::string EncodeSource(const Source& source);
bool DecodeSource(std::string_view bytes, Source& source);

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_STREAM_FIELDS_H_
