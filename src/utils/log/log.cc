#include "utils/log/log.h"

// Child processes must not inherit the log file.
#define SPDLOG_PREVENT_CHILD_FD
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <memory>
#include <utility>

#include "utils/base/mutex.h"
#include "utils/base/strings.h"

namespace isulad::log {
namespace {

constexpr char kPattern[] = "%Y-%m-%dT%H:%M:%S.%eZ %v";
constexpr size_t kLevelWidth = 6;  // "ERROR" and a space

constexpr std::array<std::pair<std::string_view, Level>, 6> kLevels = {{{"TRACE", Level::kTrace},
                                                                        {"DEBUG", Level::kDebug},
                                                                        {"INFO", Level::kInfo},
                                                                        {"WARN", Level::kWarn},
                                                                        {"ERROR", Level::kError},
                                                                        {"FATAL", Level::kFatal}}};

std::string_view NameOf(Level level) { return kLevels[static_cast<size_t>(level)].first; }

spdlog::level::level_enum ToSpdlog(Level level) {
  // Both enumerations count from trace up by one.
  return static_cast<spdlog::level::level_enum>(level);
}

std::shared_ptr<spdlog::logger> NewLogger(Level level, spdlog::sink_ptr sink) {
  auto logger = std::make_shared<spdlog::logger>("isulad", std::move(sink));
  logger->set_formatter(
      std::make_unique<spdlog::pattern_formatter>(kPattern, spdlog::pattern_time_type::utc));
  logger->set_level(ToSpdlog(level));
  // A buffered line would be lost if the daemon is killed, and it is the one that explains why.
  logger->flush_on(spdlog::level::trace);
  return logger;
}

class Current {
 public:
  std::shared_ptr<spdlog::logger> Get() EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    return logger_;
  }
  void Set(std::shared_ptr<spdlog::logger> logger) EXCLUDES(mutex_) {
    const MutexLock lock(mutex_);
    logger_ = std::move(logger);
  }

 private:
  Mutex mutex_;
  std::shared_ptr<spdlog::logger> logger_ GUARDED_BY(mutex_) =
      NewLogger(Level::kWarn, std::make_shared<spdlog::sinks::stderr_sink_mt>());
};

// Never destroyed: the destructors of other objects may log.
Current& CurrentLogger() {
  static Current& current = *new Current;
  return current;
}

Result<spdlog::sink_ptr> OpenSink(const std::string& file) {
  if (file.empty()) {
    return spdlog::sink_ptr(std::make_shared<spdlog::sinks::stderr_sink_mt>());
  }
  try {
    return spdlog::sink_ptr(std::make_shared<spdlog::sinks::basic_file_sink_mt>(file));
  } catch (const spdlog::spdlog_ex& fault) {  // the only way a sink reports an error
    return Internal("open log file " + Quote(file) + ": " + fault.what());
  }
}

bool NeedsQuotes(std::string_view text) {
  return text.empty() || text.find_first_of(" \"\\=") != std::string_view::npos ||
         HasControlCharacter(text) || !IsValidUtf8(text);
}

std::string Line(Level level, std::string_view text, Fields fields) {
  std::string line(NameOf(level));
  line.resize(kLevelWidth, ' ');
  line.append(HasControlCharacter(text) ? Quote(text) : text);
  for (const Field& field : fields) {
    line.append(" ").append(field.key).append("=");
    line.append(NeedsQuotes(field.value) ? Quote(field.value) : field.value);
  }
  return line;
}

}  // namespace

Result<Level> ParseLevel(std::string_view text) {
  for (const auto& [name, level] : kLevels) {
    const bool same = std::equal(text.begin(), text.end(), name.begin(), name.end(),
                                 [](char a, char b) { return a == b || a == b + ('a' - 'A'); });
    if (same) {
      return level;
    }
  }
  return InvalidArgument("unknown log level " + Quote(text) +
                         ": must be FATAL, ERROR, WARN, INFO, DEBUG or TRACE");
}

Status Open(Level level, const std::string& file) {
  ASSIGN_OR_RETURN(spdlog::sink_ptr sink, OpenSink(file));
  CurrentLogger().Set(NewLogger(level, std::move(sink)));
  return OkStatus();
}

void Write(Level level, std::string_view text, Fields fields) {
  const std::shared_ptr<spdlog::logger> logger = CurrentLogger().Get();
  if (logger->should_log(ToSpdlog(level))) {
    logger->log(ToSpdlog(level), Line(level, text, fields));
  }
}

}  // namespace isulad::log
