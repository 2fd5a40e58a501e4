// The daemon's log: one line per event, with a text and fields. The lines are written by spdlog,
// which only log.cc refers to.
//
//   log::Info("container started", {{"id", id}, {"op", "start"}, {"pid", pid}});
//
// Libraries return errors and do not log; the layer responsible for an operation logs it once.
// Never log secrets (environment values, file contents). Thread-safe.
#ifndef ISULAD_UTILS_LOG_LOG_H_
#define ISULAD_UTILS_LOG_LOG_H_

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad::log {

enum class Level { kTrace, kDebug, kInfo, kWarn, kError, kFatal };

// Reads "FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE" in either case; kInvalidArgument for
// anything else.
Result<Level> ParseLevel(std::string_view text);

struct Field {
  Field(std::string_view name, std::string_view text) : key(name), value(text) {}
  Field(std::string_view name, const char* text) : key(name), value(text) {}
  Field(std::string_view name, const std::string& text) : key(name), value(text) {}
  template <std::integral T>
  Field(std::string_view name, T number) : key(name), value(std::to_string(number)) {}
  std::string_view key;
  std::string value;
};
using Fields = std::initializer_list<Field>;

// Sets the destination of lines and the lowest level that is logged. Called once by main(); before
// that, warnings and worse go to stderr. If `file` is empty, lines go to stderr, else they are
// appended to it.
Status Open(Level level, const std::string& file);

void Write(Level level, std::string_view text, Fields fields);

inline void Trace(std::string_view text, Fields fields = {}) { Write(Level::kTrace, text, fields); }
inline void Debug(std::string_view text, Fields fields = {}) { Write(Level::kDebug, text, fields); }
inline void Info(std::string_view text, Fields fields = {}) { Write(Level::kInfo, text, fields); }
inline void Warn(std::string_view text, Fields fields = {}) { Write(Level::kWarn, text, fields); }
inline void Error(std::string_view text, Fields fields = {}) { Write(Level::kError, text, fields); }
inline void Fatal(std::string_view text, Fields fields = {}) { Write(Level::kFatal, text, fields); }

}  // namespace isulad::log

#endif  // ISULAD_UTILS_LOG_LOG_H_
