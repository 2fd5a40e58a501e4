#include "daemon/modules/logs/log_stream.h"

#include <utility>

namespace isulad::logs {

void LogNews::TellMore() {
  Wake wake;
  {
    MutexLock lock(mutex_);
    more_ = true;
    wake = std::exchange(wake_, nullptr);
  }
  if (wake) {
    wake();
  }
}

void LogNews::TellEnd() {
  {
    MutexLock lock(mutex_);
    ended_ = true;
  }
  TellMore();
}

bool LogNews::BeginLook() {
  MutexLock lock(mutex_);
  more_ = false;
  return ended_;
}

void LogNews::WakeOnce(Wake wake) {
  {
    MutexLock lock(mutex_);
    if (!more_) {
      wake_ = std::move(wake);
      return;
    }
  }
  wake();
}

void LogNews::Forget() {
  Wake dropped;  // destroyed after the lock
  MutexLock lock(mutex_);
  dropped = std::exchange(wake_, nullptr);
}

LogStream::LogStream(std::unique_ptr<LogReader> reader) : reader_(std::move(reader)) {}

LogStream::LogStream(std::unique_ptr<LogReader> reader, std::shared_ptr<LogNews> news,
                     std::vector<std::function<void()>> releases)
    : reader_(std::move(reader)), news_(std::move(news)), releases_(std::move(releases)) {}

LogStream::~LogStream() {
  for (const auto& release : releases_) {
    release();
  }
  if (news_) {
    news_->Forget();
  }
}

Result<std::optional<LogChunk>> LogStream::Next() {
  // Asked before reading: the end is announced when all has been written, so a read after that
  // finds everything.
  const bool last_look = !news_ || news_->BeginLook();
  ASSIGN_OR_RETURN(std::optional<LogChunk> chunk, reader_->Next());
  ended_ = !chunk && (last_look || reader_->ended());
  return chunk;
}

void LogStream::WhenMore(std::function<void()> wake) {
  if (news_) {
    news_->WakeOnce(std::move(wake));
  }
}

}  // namespace isulad::logs
