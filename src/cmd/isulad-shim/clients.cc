#include "cmd/isulad-shim/clients.h"

#include <unistd.h>

#include <algorithm>

namespace isulad::monitor {

using shim::FrameType;

Clients::Clients(os::EventLoop* loop, os::UniqueFd listener, std::string socket_path, bool patient,
                 Observer* observer)
    : loop_(loop),
      listener_(std::move(listener)),
      socket_path_(std::move(socket_path)),
      patient_(patient),
      observer_(observer) {}

Clients::~Clients() { StopListening(); }

Status Clients::Start(os::UniqueFd daemon, shim::FrameDecoder received) {
  ASSIGN_OR_RETURN(acceptor_,
                   os::Acceptor::Create(
                       loop_, std::move(listener_),
                       [this](os::UniqueFd socket) { Add(std::move(socket), {})->ResumeReading(); },
                       [this](const Status& status) { observer_->OnAccepting(status); }));
  daemon_ = Add(std::move(daemon), std::move(received));
  daemon_->subscribed = true;
  daemon_->ResumeReading();
  return OkStatus();
}

void Clients::Publish(FrameType type, const std::string& payload) {
  news_.emplace_back(type, payload);
  for (const auto& client : clients_) {
    if (client->subscribed) {
      client->Send(type, payload);
    }
  }
}

void Clients::SendOutput(bool error, std::string_view bytes) {
  for (const auto& client : clients_) {
    if (client->attached &&
        (error ? client->attached->standard_error : client->attached->standard_output)) {
      client->Send(error ? FrameType::kStderr : FrameType::kStdout, bytes);
    }
  }
}

bool Clients::AnyFull() const {
  return std::any_of(clients_.begin(), clients_.end(),
                     [](const auto& client) { return client->full(); });
}

void Clients::ResumeInput() {
  // By index: frames that a client delivers now may remove it or add to the list.
  for (size_t i = 0; i < clients_.size() && observer_->InputHasRoom(); ++i) {
    clients_[i]->ResumeReading();
  }
}

void Clients::StopListening() {
  if (acceptor_) {
    acceptor_->AcceptAll();  // clients that the kernel has let in are served
    acceptor_.reset();
  } else if (!listener_) {
    return;
  }
  listener_.reset();
  ::unlink(socket_path_.c_str());
}

void Clients::Finish() {
  finishing_ = true;
  for (const auto& client : clients_) {
    if (client->attached) {
      client->Send(FrameType::kStreamsEnd, {});
    }
    client->Finish();
  }
  ReportAllSent();
}

void Clients::OnClientFrame(Client* client, const shim::Frame& frame) {
  if (!Dispatch(client, frame)) {
    client->Drop(Error(Code::kDataLoss, "bad or misplaced frame of type " +
                                            std::to_string(static_cast<int>(frame.type))));
  }
}

bool Clients::Dispatch(Client* client, const shim::Frame& frame) {
  switch (frame.type) {
    case FrameType::kSubscribe:
      return Subscribe(client);
    case FrameType::kAttach:
      return Attach(client, frame.payload);
    case FrameType::kStdin:
      return Input(client, frame.payload);
    case FrameType::kCloseStdin:
      return CloseInput(client);
    case FrameType::kResize:
      return Resize(frame.payload);
    case FrameType::kSignal:
      return Signal(client, frame.payload);
    case FrameType::kAbandon:
      return Abandon(frame.payload);
    default:
      return false;
  }
}

bool Clients::Subscribe(Client* client) {
  if (!client->subscribed) {
    client->subscribed = true;
    for (const auto& [type, payload] : news_) {
      client->Send(type, payload);
    }
  }
  return true;
}

bool Clients::Attach(Client* client, std::string_view payload) {
  const auto attach = shim::Decode<shim::Attach>(payload);
  if (!attach || client->attached) {
    return false;
  }
  client->attached = *attach;
  if (attach->standard_input && !input_owned_) {
    input_owned_ = true;
    input_owner_ = client;
  }
  if (finishing_) {
    client->Send(FrameType::kStreamsEnd, {});
  }
  observer_->OnAttached();
  return true;
}

bool Clients::Input(Client* client, std::string_view bytes) {
  if (!client->attached || !client->attached->standard_input) {
    return false;
  }
  observer_->OnInput(bytes);
  if (!observer_->InputHasRoom()) {
    client->PauseReading();
  }
  return true;
}

bool Clients::CloseInput(Client* client) {
  if (!client->attached || !client->attached->standard_input) {
    return false;
  }
  observer_->OnInputClosed();
  return true;
}

bool Clients::Resize(std::string_view payload) {
  const auto size = shim::Decode<shim::WindowSize>(payload);
  if (size) {
    observer_->OnResize(*size);
  }
  return size.has_value();
}

bool Clients::Signal(Client* client, std::string_view payload) {
  const auto signal = shim::Decode<shim::Signal>(payload);
  if (!signal) {
    return false;
  }
  client->Send(FrameType::kSignalResult,
               shim::Encode(shim::SignalResult{observer_->OnSignal(signal->number)}));
  return true;
}

bool Clients::Abandon(std::string_view payload) {
  if (payload.empty()) {
    observer_->OnAbandoned();
  }
  return payload.empty();
}

void Clients::OnClientProgress(Client*) {
  if (!AnyFull()) {
    observer_->OnRoom();
  }
  ReportAllSent();
}

void Clients::OnClientGone(Client* client, const Error& reason) {
  const auto found = std::find_if(clients_.begin(), clients_.end(),
                                  [client](const auto& each) { return each.get() == client; });
  gone_.push_back(std::move(*found));
  clients_.erase(found);
  loop_->Post([this] { gone_.clear(); });
  if (reason.code() == Code::kDataLoss || reason.code() == Code::kDeadlineExceeded) {
    observer_->OnDropped(reason);
  }
  if (client == input_owner_) {
    input_owner_ = nullptr;
    observer_->OnInputLeft();
  }
  if (client == daemon_) {
    daemon_ = nullptr;
    observer_->OnDaemonLeft();
  }
  if (!AnyFull()) {
    observer_->OnRoom();
  }
  ReportAllSent();
}

Client* Clients::Add(os::UniqueFd socket, shim::FrameDecoder received) {
  clients_.push_back(
      std::make_unique<Client>(loop_, std::move(socket), std::move(received), patient_, this));
  return clients_.back().get();
}

void Clients::ReportAllSent() {
  const bool all_sent = std::all_of(clients_.begin(), clients_.end(),
                                    [](const auto& client) { return client->all_sent(); });
  if (finishing_ && all_sent && !all_sent_reported_) {
    all_sent_reported_ = true;
    observer_->OnAllSent();
  }
}

}  // namespace isulad::monitor
