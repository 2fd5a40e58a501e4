#include "utils/json/value.h"

#include <algorithm>
#include <limits>

namespace isulad::json {

Value& Object::Set(std::string_view key, Value value) {
  if (Value* existing = Find(key)) {
    *existing = std::move(value);
    return *existing;
  }
  return Append(std::string(key), std::move(value));
}

Value& Object::Append(std::string key, Value value) {
  return members_.emplace_back(std::move(key), std::move(value)).second;
}

const Value* Object::Find(std::string_view key) const {
  const auto found = std::find_if(members_.begin(), members_.end(),
                                  [key](const Member& member) { return member.first == key; });
  return found != members_.end() ? &found->second : nullptr;
}

Value* Object::Find(std::string_view key) {
  return const_cast<Value*>(std::as_const(*this).Find(key));
}

bool Object::empty() const { return members_.empty(); }

size_t Object::size() const { return members_.size(); }

bool operator==(const Object& a, const Object& b) {
  return a.size() == b.size() &&
         std::all_of(a.members_.begin(), a.members_.end(), [&b](const Member& member) {
           const Value* other = b.Find(member.first);
           return other != nullptr && *other == member.second;
         });
}

Value::Value(uint64_t value) {
  if (value <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
    data_ = static_cast<int64_t>(value);
  } else {
    data_ = value;
  }
}

Value::Value(const std::vector<std::string>& strings) {
  data_ = Array(strings.begin(), strings.end());
}

bool operator==(const Value& a, const Value& b) { return a.data_ == b.data_; }

}  // namespace isulad::json
