#include "utils/archive/stream_fields.h"

#include <utility>

#include "utils/base/wire.h"

namespace isulad::archive {
namespace {

// Shared by both directions, so that they cannot differ.
template <typename Fields, typename Wire>
void EntryFields(Fields& entry, Wire& wire) {
  wire(entry.path, entry.mode, entry.uid, entry.gid, entry.mtime_seconds, entry.mtime_nanoseconds,
       entry.size, entry.target, entry.major, entry.minor);
}

template <typename Fields, typename Wire>
void SourceFields(Fields& source, Wire& wire) {
  wire(source.name, source.directory, source.contents, source.tar, source.total);
}

bool IsClean(const std::string& path) {
  const Result<std::string> clean = CleanEntryPath(path);
  return clean && *clean == path;
}

bool IsSound(const Entry& entry) {
  constexpr uint32_t kModeBits = 07777;
  constexpr uint32_t kNanoseconds = 1'000'000'000;
  return IsClean(entry.path) && (entry.type != Type::kHardLink || IsClean(entry.target)) &&
         entry.target.find('\0') == std::string::npos && (entry.mode & ~kModeBits) == 0 &&
         entry.mtime_nanoseconds < kNanoseconds;
}

}  // namespace

std::string EncodeEntry(const Entry& entry) {
  WireWriter wire;
  wire(static_cast<uint8_t>(entry.type));
  EntryFields(entry, wire);
  wire(static_cast<uint32_t>(entry.xattrs.size()));
  for (const auto& [name, value] : entry.xattrs) {
    wire(name, value);
  }
  wire(static_cast<uint32_t>(entry.extents.size()));
  for (const Extent& extent : entry.extents) {
    wire(extent.offset, extent.length);
  }
  return std::move(wire).Take();
}

bool DecodeEntry(std::string_view bytes, Entry& entry) {
  WireReader wire(bytes);
  uint8_t type = 0;
  wire(type);
  entry.type = static_cast<Type>(type);
  EntryFields(entry, wire);
  // No reserve(count): the count is chosen by the peer, and the end of the bytes ends the loops.
  uint32_t count = 0;
  wire(count);
  for (uint32_t i = 0; wire.ok() && i < count; ++i) {
    auto& [name, value] = entry.xattrs.emplace_back();
    wire(name, value);
  }
  wire(count);
  for (uint32_t i = 0; wire.ok() && i < count; ++i) {
    Extent& extent = entry.extents.emplace_back();
    wire(extent.offset, extent.length);
  }
  return wire.ok() && wire.at_end() && entry.type >= Type::kFile && entry.type <= Type::kFifo &&
         IsSound(entry);
}

std::string EncodeSource(const Source& source) {
  WireWriter wire;
  SourceFields(source, wire);
  return std::move(wire).Take();
}

bool DecodeSource(std::string_view bytes, Source& source) {
  WireReader wire(bytes);
  SourceFields(source, wire);
  return wire.ok() && wire.at_end() && IsClean(source.name) &&
         source.name.find('/') == std::string::npos;
}

}  // namespace isulad::archive
