// A log as read for a client: its present contents and, with LogNews, what is written later, until
// the log has ended. Waiting needs no thread.
#ifndef ISULAD_DAEMON_MODULES_LOGS_LOG_STREAM_H_
#define ISULAD_DAEMON_MODULES_LOGS_LOG_STREAM_H_

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "daemon/modules/logs/log_reader.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"

namespace isulad::logs {

// Notifies the reader of a log when it grows or ends. Thread-safe; no method blocks.
class LogNews {
 public:
  // There may be more to read.
  void TellMore() EXCLUDES(mutex_);
  // Nothing will be written any more.
  void TellEnd() EXCLUDES(mutex_);

 private:
  friend class LogStream;
  using Wake = std::function<void()>;
  // Called before the log is read: news from now on counts as new. Returns whether the end has been
  // announced.
  bool BeginLook() EXCLUDES(mutex_);
  // Calls `wake` once when there is news since BeginLook(), at once if there is some already.
  void WakeOnce(Wake wake) EXCLUDES(mutex_);
  void Forget() EXCLUDES(mutex_);

  Mutex mutex_;
  bool more_ GUARDED_BY(mutex_) = false;
  bool ended_ GUARDED_BY(mutex_) = false;
  Wake wake_ GUARDED_BY(mutex_);
};

// For one thread at a time.
class LogStream {
 public:
  // Reads the present contents.
  explicit LogStream(std::unique_ptr<LogReader> reader);
  // Reads the present contents and what is written until the end is announced. `releases` run in
  // the destructor: they stop whatever feeds `news`.
  LogStream(std::unique_ptr<LogReader> reader, std::shared_ptr<LogNews> news,
            std::vector<std::function<void()>> releases);
  ~LogStream();
  LogStream(const LogStream&) = delete;
  LogStream& operator=(const LogStream&) = delete;

  // nullopt if there is nothing now: then either ended() is true, or WhenMore() tells when to ask
  // again.
  Result<std::optional<LogChunk>> Next();
  bool ended() const { return ended_; }
  // Calls `wake` on any thread, possibly the caller's. A call still outstanding is dropped with the
  // stream.
  void WhenMore(std::function<void()> wake);
  // LogReader::cursor().
  std::string cursor() const { return reader_->cursor(); }

 private:
  const std::unique_ptr<LogReader> reader_;
  const std::shared_ptr<LogNews> news_;
  const std::vector<std::function<void()>> releases_;
  bool ended_ = false;
};

}  // namespace isulad::logs

#endif  // ISULAD_DAEMON_MODULES_LOGS_LOG_STREAM_H_
