#include <yajl/yajl_parse.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <system_error>
#include <unordered_set>

#include "utils/base/strings.h"
#include "utils/json/text_check.h"
#include "utils/json/value.h"

namespace isulad::json {
namespace {

// What yajl's callbacks return.
constexpr int kContinue = 1;
constexpr int kCancel = 0;

template <typename Number>
std::optional<Number> ParseNumber(std::string_view text) {
  Number number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && rest == end ? std::optional<Number>(number) : std::nullopt;
}

// Builds a value from yajl's events.
class Builder {
 public:
  explicit Builder(int max_depth) : max_depth_(max_depth) {}

  int Add(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return kContinue;
    }
    Container& container = open_.back();
    if (Array* array = container.value.AsArray()) {
      array->push_back(std::move(value));
    } else {
      container.value.AsObject()->Append(std::move(container.key), std::move(value));
    }
    return kContinue;
  }

  int AddNumber(std::string_view text) {
    if (const auto number = ParseNumber<int64_t>(text)) {
      return Add(*number);
    }
    if (const auto number = ParseNumber<uint64_t>(text)) {
      return Add(*number);
    }
    // Converting a whole number of more than 64 bits to a double would change it.
    const bool is_whole = text.find_first_of(".eE") == std::string_view::npos;
    if (const auto number = ParseNumber<double>(text); number && !is_whole) {
      return Add(*number);
    }
    return Refuse("number out of range");
  }

  int Begin(Value container) {
    if (static_cast<int>(open_.size()) >= max_depth_) {
      return Refuse("nested deeper than " + std::to_string(max_depth_));
    }
    open_.push_back({std::move(container), {}, {}});
    return kContinue;
  }

  int SetKey(std::string key) {
    Container& container = open_.back();
    if (!container.keys.insert(key).second) {
      return Refuse("duplicate key " + Quote(key));
    }
    container.key = std::move(key);
    return kContinue;
  }

  int End() {
    Value value = std::move(open_.back().value);
    open_.pop_back();
    return Add(std::move(value));
  }

  // Why a callback cancelled; empty if none did.
  const std::string& refusal() const { return refusal_; }
  Value TakeRoot() { return std::move(root_); }

 private:
  struct Container {
    Value value;
    std::string key;                       // of the next member
    std::unordered_set<std::string> keys;  // checked at every member: a scan would be quadratic
  };

  int Refuse(std::string why) {
    refusal_ = std::move(why);
    return kCancel;
  }

  int max_depth_;
  std::vector<Container> open_;
  Value root_;
  std::string refusal_;
};

Builder& Of(void* context) { return *static_cast<Builder*>(context); }

std::string ToString(const unsigned char* text, size_t size) {
  return std::string(reinterpret_cast<const char*>(text), size);
}

// With yajl_number set, yajl does not call yajl_integer and yajl_double.
constexpr yajl_callbacks kCallbacks = {
    .yajl_null = [](void* context) { return Of(context).Add(nullptr); },
    .yajl_boolean = [](void* context, int value) { return Of(context).Add(value != 0); },
    .yajl_integer = nullptr,
    .yajl_double = nullptr,
    .yajl_number = [](void* context, const char* text,
                      size_t size) { return Of(context).AddNumber(std::string_view(text, size)); },
    .yajl_string = [](void* context, const unsigned char* text,
                      size_t size) { return Of(context).Add(ToString(text, size)); },
    .yajl_start_map = [](void* context) { return Of(context).Begin(Object()); },
    .yajl_map_key = [](void* context, const unsigned char* key,
                       size_t size) { return Of(context).SetKey(ToString(key, size)); },
    .yajl_end_map = [](void* context) { return Of(context).End(); },
    .yajl_start_array = [](void* context) { return Of(context).Begin(Array()); },
    .yajl_end_array = [](void* context) { return Of(context).End(); },
};

struct HandleDeleter {
  void operator()(yajl_handle_t* handle) const { yajl_free(handle); }
};
using Handle = std::unique_ptr<yajl_handle_t, HandleDeleter>;

std::string ReasonOf(yajl_handle_t* handle) {
  unsigned char* text = yajl_get_error(handle, 0, nullptr, 0);
  std::string reason(Trim(reinterpret_cast<const char*>(text)));
  yajl_free_error(handle, text);
  return reason;
}

// The error for a fault at `offset`: "line 3, column 7: ...".
Error FaultAt(std::string_view text, size_t offset, std::string_view reason) {
  const std::string_view before = text.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  std::string message = "line " + std::to_string(line) + ", column ";
  message.append(std::to_string(offset - line_start + 1)).append(": ").append(reason);
  return InvalidArgument(std::move(message));
}

}  // namespace

Result<Value> Parse(std::string_view text, const ParseLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return InvalidArgument("longer than " + std::to_string(limits.max_bytes) + " bytes");
  }
  if (const std::optional<TextFault> fault = FindTextFault(text)) {
    return FaultAt(text, fault->offset, fault->reason);
  }
  Builder builder(limits.max_depth);
  const Handle handle(yajl_alloc(&kCallbacks, nullptr, &builder));
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  size_t consumed = 0;
  yajl_status status = yajl_parse(handle.get(), bytes, text.size());
  if (status == yajl_status_ok) {
    consumed = text.size();
    status = yajl_complete_parse(handle.get());
  } else {
    consumed = std::min(yajl_get_bytes_consumed(handle.get()), text.size());
  }
  if (status == yajl_status_ok) {
    return builder.TakeRoot();
  }
  return FaultAt(text, consumed,
                 builder.refusal().empty() ? ReasonOf(handle.get()) : builder.refusal());
}

}  // namespace isulad::json
