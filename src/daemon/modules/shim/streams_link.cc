#include "daemon/modules/shim/streams_link.h"

#include <algorithm>
#include <string_view>

namespace isulad::shim {
namespace {

// Far below the limit of a frame, so that the monitor never holds much of what the container does
// not read.
constexpr size_t kMaxStdinPayload = 32u << 10;

}  // namespace

StreamsLink::StreamsLink(os::EventLoop* loop, std::shared_ptr<StreamsObserver> observer)
    : loop_(loop), observer_(std::move(observer)) {}

void StreamsLink::Start(os::UniqueFd socket, const Attach& what) {
  socket_ = FrameSocket::Create(loop_, std::move(socket), {}, this);
  socket_->Send(FrameType::kAttach, Encode(what));
  socket_->ResumeReading();
}

void StreamsLink::ReadMore() {
  if (socket_) {
    socket_->ResumeReading();
  }
}

void StreamsLink::WriteStdin(const std::string& bytes, std::function<void()> taken) {
  if (!socket_) {
    return;
  }
  for (std::string_view rest = bytes; !rest.empty();) {
    const std::string_view piece = rest.substr(0, kMaxStdinPayload);
    socket_->Send(FrameType::kStdin, piece);
    rest.remove_prefix(piece.size());
  }
  taken_.emplace_back(socket_->total_sent() + socket_->queued(), std::move(taken));
  ReportTaken();
}

void StreamsLink::Send(FrameType type, const std::string& payload) {
  if (socket_) {
    socket_->Send(type, payload);
  }
}

void StreamsLink::Detach() {
  observer_.reset();
  End(Ending::kComplete);
}

void StreamsLink::OnFrame(Frame frame) {
  switch (frame.type) {
    case FrameType::kStdout:
    case FrameType::kStderr:
      socket_->PauseReading();
      return observer_->OnOutput(frame.type == FrameType::kStderr, std::move(frame.payload));
    case FrameType::kStreamsEnd:
      return End(Ending::kComplete);
    default:
      return End(Ending::kCut);  // it does not speak our protocol: nothing further can be read
  }
}

void StreamsLink::OnClosed(const Error&) { End(Ending::kCut); }

void StreamsLink::ReportTaken() {
  while (socket_ && !taken_.empty() && taken_.front().first <= socket_->total_sent()) {
    const auto taken = std::move(taken_.front().second);
    taken_.pop_front();
    taken();
  }
}

void StreamsLink::End(Ending ending) {
  if (socket_) {
    socket_->Close();
    socket_.reset();
  }
  taken_.clear();
  if (const auto observer = std::move(observer_)) {
    ending == Ending::kComplete ? observer->OnEnd() : observer->OnCut();
  }
}

LoopStreams::LoopStreams(os::EventLoop* loop, os::UniqueFd socket, const Attach& what,
                         std::shared_ptr<StreamsObserver> observer)
    : loop_(loop), link_(std::make_shared<StreamsLink>(loop, std::move(observer))) {
  // A task of the loop must be copyable, which a descriptor is not.
  auto shared = std::make_shared<os::UniqueFd>(std::move(socket));
  loop_->Post([link = link_, shared, what] { link->Start(std::move(*shared), what); });
}

LoopStreams::~LoopStreams() {
  loop_->Post([link = link_] { link->Detach(); });
}

void LoopStreams::ReadMore() {
  loop_->Post([link = link_] { link->ReadMore(); });
}

void LoopStreams::WriteStdin(std::string bytes, std::function<void()> taken) {
  loop_->Post([link = link_, bytes = std::move(bytes), taken = std::move(taken)] {
    link->WriteStdin(bytes, taken);
  });
}

void LoopStreams::CloseStdin() {
  loop_->Post([link = link_] { link->Send(FrameType::kCloseStdin, {}); });
}

void LoopStreams::Resize(WindowSize size) {
  loop_->Post([link = link_, size] { link->Send(FrameType::kResize, Encode(size)); });
}

}  // namespace isulad::shim
