// A log as it is read for a client: what there is, and with news what comes, until it has ended.
// Waiting costs no thread.
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

// Brings word from those who see a log grow or end to the one who reads it. Thread-safe, and
// nothing in it blocks.
class LogNews {
 public:
  // There may be more to read.
  void TellMore() EXCLUDES(mutex_);
  // Nothing will be written any more.
  void TellEnd() EXCLUDES(mutex_);

 private:
  friend class LogStream;
  using Wake = std::function<void()>;
  // To be called before looking into the log: what is told from now on counts as new. Whether the
  // end has been told.
  bool BeginLook() EXCLUDES(mutex_);
  // Calls `wake` once when there is something new since BeginLook(); at once where there is.
  void WakeOnce(Wake wake) EXCLUDES(mutex_);
  void Forget() EXCLUDES(mutex_);

  Mutex mutex_;
  bool more_ GUARDED_BY(mutex_) = false;
  bool ended_ GUARDED_BY(mutex_) = false;
  Wake wake_ GUARDED_BY(mutex_);
};

// One thread at a time.
class LogStream {
 public:
  // What there is.
  explicit LogStream(std::unique_ptr<LogReader> reader);
  // What there is and what comes until the end is told. `releases` run when the stream goes: they
  // take back what feeds `news`.
  LogStream(std::unique_ptr<LogReader> reader, std::shared_ptr<LogNews> news,
            std::vector<std::function<void()>> releases);
  ~LogStream();
  LogStream(const LogStream&) = delete;
  LogStream& operator=(const LogStream&) = delete;

  // Nothing where there is nothing now: then either ended(), or WhenMore() tells when to ask again.
  Result<std::optional<LogChunk>> Next();
  bool ended() const { return ended_; }
  // On any thread, this one included. What was not called yet is dropped with the stream.
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
