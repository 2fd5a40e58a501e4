#include "shim_protocol/messages.h"

#include <concepts>
#include <optional>
#include <type_traits>

#include "utils/base/strings.h"
#include "utils/base/wire.h"

namespace isulad::shim {
namespace {

// One list of fields per message serves both directions, so that they cannot diverge.
template <typename M, typename Message>
concept Either = std::same_as<std::remove_const_t<M>, Message>;

template <Either<WindowSize> M>
void VisitFields(M& m, auto& visit) {
  visit(m.rows, m.columns);
}
template <Either<Config> M>
void VisitFields(M& m, auto& visit) {
  // The version must always come first: it must be readable whatever follows.
  visit(m.version, m.id, m.directory, m.start_command, m.environment, m.oom_score_adj, m.umask,
        m.hide_unified_cgroup, m.namespace_mounts, m.namespace_trees, m.own_cgroups, m.v1_tasks,
        m.terminal, m.window.rows, m.window.columns, m.open_stdin, m.stdin_once, m.wait_for_attach,
        m.log_path, m.log_max_bytes, m.log_max_files, m.exit_record_path, m.exit_record_durable,
        m.exit_record_spare_path);
}
template <Either<Attach> M>
void VisitFields(M& m, auto& visit) {
  visit(m.standard_input, m.standard_output, m.standard_error);
}
template <Either<Started> M>
void VisitFields(M& m, auto& visit) {
  visit(m.pid, m.start_time);
}
template <Either<StartFailed> M>
void VisitFields(M& m, auto& visit) {
  visit(m.exit_code, m.reason);
}
template <Either<Exited> M>
void VisitFields(M& m, auto& visit) {
  visit(m.code, m.signal, m.time);
}
template <Either<Signal> M>
void VisitFields(M& m, auto& visit) {
  visit(m.number);
}
template <Either<SignalResult> M>
void VisitFields(M& m, auto& visit) {
  visit(m.system_errno);
}

template <typename Message>
std::string EncodeMessage(const Message& message) {
  WireWriter writer;
  VisitFields(message, writer);
  return std::move(writer).Take();
}

template <typename Message>
Result<Message> DecodeMessage(std::string_view payload, std::string_view name) {
  WireReader reader(payload);
  Message message;
  VisitFields(message, reader);
  if (!reader.ok()) {
    return Error(Code::kDataLoss, std::string(name).append(" message is cut short or malformed"));
  }
  if (!reader.at_end()) {
    return Error(Code::kDataLoss, std::string(name).append(" message has bytes left over"));
  }
  return message;
}

constexpr std::string_view kExitRecordWord = "isulad-exit";
constexpr std::string_view kExitRecordVersion = "1";

Result<int32_t> ParseStatus(std::string_view text, int32_t limit) {
  const std::optional<uint64_t> value = ParseUint64(text);
  if (!value || *value > static_cast<uint64_t>(limit)) {
    return Error(Code::kDataLoss, "exit record: bad number " + Quote(text));
  }
  return static_cast<int32_t>(*value);
}

}  // namespace

std::string Encode(const Config& message) { return EncodeMessage(message); }
std::string Encode(const Attach& message) { return EncodeMessage(message); }
std::string Encode(const WindowSize& message) { return EncodeMessage(message); }
std::string Encode(const Started& message) { return EncodeMessage(message); }
std::string Encode(const StartFailed& message) { return EncodeMessage(message); }
std::string Encode(const Exited& message) { return EncodeMessage(message); }
std::string Encode(const Signal& message) { return EncodeMessage(message); }
std::string Encode(const SignalResult& message) { return EncodeMessage(message); }

template <>
Result<Config> Decode<Config>(std::string_view payload) {
  WireReader reader(payload);
  uint32_t version = 0;
  reader(version);
  if (reader.ok() && version != kProtocolVersion) {
    return FailedPrecondition("protocol version " + std::to_string(version) +
                              ", this monitor speaks " + std::to_string(kProtocolVersion));
  }
  return DecodeMessage<Config>(payload, "configuration");
}
template <>
Result<Attach> Decode<Attach>(std::string_view payload) {
  return DecodeMessage<Attach>(payload, "attach");
}
template <>
Result<WindowSize> Decode<WindowSize>(std::string_view payload) {
  return DecodeMessage<WindowSize>(payload, "window size");
}
template <>
Result<Started> Decode<Started>(std::string_view payload) {
  return DecodeMessage<Started>(payload, "started");
}
template <>
Result<StartFailed> Decode<StartFailed>(std::string_view payload) {
  return DecodeMessage<StartFailed>(payload, "start failed");
}
template <>
Result<Exited> Decode<Exited>(std::string_view payload) {
  return DecodeMessage<Exited>(payload, "exited");
}
template <>
Result<Signal> Decode<Signal>(std::string_view payload) {
  return DecodeMessage<Signal>(payload, "signal");
}
template <>
Result<SignalResult> Decode<SignalResult>(std::string_view payload) {
  return DecodeMessage<SignalResult>(payload, "signal result");
}

std::string EncodeExitRecord(const Exited& exited) {
  std::string record(kExitRecordWord);
  record.append(" ").append(kExitRecordVersion);
  record.append(" ").append(std::to_string(exited.code));
  record.append(" ").append(std::to_string(exited.signal));
  record.append(" ").append(std::to_string(exited.time)).append("\n");
  return record;
}

Result<Exited> DecodeExitRecord(std::string_view text) {
  if (!text.ends_with('\n')) {
    return Error(Code::kDataLoss, "exit record: not one whole line");
  }
  text.remove_suffix(1);
  const std::vector<std::string_view> words = Split(text, ' ');
  if (words.size() != 5 || words[0] != kExitRecordWord || words[1] != kExitRecordVersion) {
    return Error(Code::kDataLoss, "exit record: unknown format " + Quote(text));
  }
  Exited exited;
  ASSIGN_OR_RETURN(exited.code, ParseStatus(words[2], 255));
  ASSIGN_OR_RETURN(exited.signal, ParseStatus(words[3], 127));
  const std::optional<int64_t> time = ParseInt64(words[4]);
  if (!time) {
    return Error(Code::kDataLoss, "exit record: bad time " + Quote(words[4]));
  }
  exited.time = *time;
  return exited;
}

}  // namespace isulad::shim
