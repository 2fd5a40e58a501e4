// A JSON value (RFC 8259). yajl reads and writes the text; callers see only this type.
//
// Objects keep the order in which members were added. Numbers are 64-bit signed integers, 64-bit
// unsigned integers or doubles. Thread-safety: as for any value.
#ifndef ISULAD_UTILS_JSON_VALUE_H_
#define ISULAD_UTILS_JSON_VALUE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "utils/base/result.h"

namespace isulad::json {

class Value;
using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;

class Object {
 public:
  // Adds a member, or replaces the one with the same key.
  Value& Set(std::string_view key, Value value);
  // Like Set(), but for a key that is known to be new: does not search for it.
  Value& Append(std::string key, Value value);
  // nullptr if there is none.
  const Value* Find(std::string_view key) const;
  Value* Find(std::string_view key);
  const std::vector<Member>& members() const { return members_; }
  bool empty() const;
  size_t size() const;
  // Whether both have the same members, in any order.
  friend bool operator==(const Object&, const Object&);

 private:
  std::vector<Member> members_;
};

class Value {
 public:
  Value() = default;                                // null
  Value(std::nullptr_t) {}                          // NOLINT: implicit by design
  Value(bool value) : data_(value) {}               // NOLINT
  Value(int value) : data_(int64_t{value}) {}       // NOLINT
  Value(int64_t value) : data_(value) {}            // NOLINT
  Value(uint32_t value) : data_(int64_t{value}) {}  // NOLINT
  // Stored as a signed integer if it fits, so that equal numbers compare equal.
  Value(uint64_t value);                                        // NOLINT
  Value(double value) : data_(value) {}                         // NOLINT
  Value(std::string value) : data_(std::move(value)) {}         // NOLINT
  Value(std::string_view value) : data_(std::string(value)) {}  // NOLINT
  Value(const char* value) : data_(std::string(value)) {}       // NOLINT
  Value(Array value) : data_(std::move(value)) {}               // NOLINT
  Value(Object value) : data_(std::move(value)) {}              // NOLINT
  Value(const std::vector<std::string>& strings);               // NOLINT

  // nullptr if the value is of another type.
  const bool* AsBool() const { return std::get_if<bool>(&data_); }
  const int64_t* AsInt64() const { return std::get_if<int64_t>(&data_); }
  // Non-null only for numbers over INT64_MAX.
  const uint64_t* AsUint64() const { return std::get_if<uint64_t>(&data_); }
  const double* AsDouble() const { return std::get_if<double>(&data_); }
  const std::string* AsString() const { return std::get_if<std::string>(&data_); }
  const Array* AsArray() const { return std::get_if<Array>(&data_); }
  const Object* AsObject() const { return std::get_if<Object>(&data_); }
  Array* AsArray() { return std::get_if<Array>(&data_); }
  Object* AsObject() { return std::get_if<Object>(&data_); }
  bool IsNull() const { return std::holds_alternative<std::monostate>(data_); }

  friend bool operator==(const Value&, const Value&);

 private:
  std::variant<std::monostate, bool, int64_t, uint64_t, double, std::string, Array, Object> data_;
};

struct ParseLimits {
  size_t max_bytes = 16u << 20;
  int max_depth = 64;
};

// Reads one JSON text. kInvalidArgument with the place of the fault (`line 3, column 7: ...`), also
// for duplicate keys, trailing text, invalid UTF-8, numbers out of range, and text that exceeds
// `limits`.
Result<Value> Parse(std::string_view text, const ParseLimits& limits = {});

enum class Style { kCompact, kIndented };
// Writes `value` as UTF-8; kIndented means four spaces and a newline at the end. Bytes that are not
// UTF-8 are written as U+FFFD. Doubles that are not finite and values nested deeper than 100 are
// written as null.
std::string Serialize(const Value& value, Style style = Style::kCompact);

// `text` as a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD.
std::string QuoteString(std::string_view text);

}  // namespace isulad::json

#endif  // ISULAD_UTILS_JSON_VALUE_H_
