#include "utils/json/reader.h"

#include <algorithm>
#include <limits>

#include "utils/base/strings.h"

namespace isulad::json {
namespace {

constexpr std::string_view kWholeNumber = "must be a whole number";

std::string Beneath(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

}  // namespace

Reader::Reader(const Value& value, std::string what) : Reader(value, std::move(what), "") {}

Reader::Reader(const Value& value, std::string what, std::string path)
    : value_(&value), what_(std::move(what)), path_(std::move(path)) {}

Error Reader::Fault(std::string_view key, std::string_view reason) const {
  std::string message = what_;
  message.append(": ").append(Quote(Beneath(path_, key))).append(" ").append(reason);
  return InvalidArgument(std::move(message));
}

Result<const Value*> Reader::Find(std::string_view key) const {
  const Object* object = value_->AsObject();
  if (object == nullptr) {
    std::string message = what_ + ": ";
    message.append(path_.empty() ? "" : Quote(path_) + " ").append("must be an object");
    return InvalidArgument(std::move(message));
  }
  const Value* member = object->Find(key);
  return member != nullptr && member->IsNull() ? nullptr : member;
}

Result<const Value*> Reader::Get(std::string_view key) const {
  ASSIGN_OR_RETURN(const Value* member, Find(key));
  if (member == nullptr) {
    return Fault(key, "is missing");
  }
  return member;
}

bool Reader::Has(std::string_view key) const {
  const Result<const Value*> member = Find(key);
  return member.has_value() && *member != nullptr;
}

Result<std::string> Reader::String(std::string_view key) const {
  ASSIGN_OR_RETURN(const Value* member, Get(key));
  const std::string* text = member->AsString();
  if (text == nullptr) {
    return Fault(key, "must be a string");
  }
  return *text;
}

Result<std::string> Reader::StringOr(std::string_view key, std::string_view fallback) const {
  ASSIGN_OR_RETURN(const Value* member, Find(key));
  return member != nullptr ? String(key) : std::string(fallback);
}

Result<int64_t> Reader::Int64(std::string_view key) const {
  ASSIGN_OR_RETURN(const Value* member, Get(key));
  if (const int64_t* number = member->AsInt64()) {
    return *number;
  }
  return Fault(key, member->AsUint64() != nullptr ? "is too large" : kWholeNumber);
}

Result<int64_t> Reader::Int64Or(std::string_view key, int64_t fallback) const {
  ASSIGN_OR_RETURN(const Value* member, Find(key));
  return member != nullptr ? Int64(key) : fallback;
}

Result<int32_t> Reader::Int32(std::string_view key, int32_t lowest, int32_t highest) const {
  ASSIGN_OR_RETURN(const int64_t number, Int64(key));
  if (number < lowest || number > highest) {
    return Fault(key, "must be from " + std::to_string(lowest) + " to " + std::to_string(highest));
  }
  return static_cast<int32_t>(number);
}

Result<uint64_t> Reader::Uint64(std::string_view key) const {
  ASSIGN_OR_RETURN(const Value* member, Get(key));
  if (const uint64_t* number = member->AsUint64()) {
    return *number;
  }
  const int64_t* number = member->AsInt64();
  if (number == nullptr) {
    return Fault(key, kWholeNumber);
  }
  if (*number < 0) {
    return Fault(key, "must not be negative");
  }
  return static_cast<uint64_t>(*number);
}

Result<uint64_t> Reader::Uint64Or(std::string_view key, uint64_t fallback) const {
  ASSIGN_OR_RETURN(const Value* member, Find(key));
  return member != nullptr ? Uint64(key) : fallback;
}

Result<bool> Reader::Bool(std::string_view key) const {
  ASSIGN_OR_RETURN(const Value* member, Get(key));
  const bool* flag = member->AsBool();
  if (flag == nullptr) {
    return Fault(key, "must be true or false");
  }
  return *flag;
}

Result<bool> Reader::BoolOr(std::string_view key, bool fallback) const {
  ASSIGN_OR_RETURN(const Value* member, Find(key));
  return member != nullptr ? Bool(key) : fallback;
}

Result<std::vector<std::string>> Reader::Strings(std::string_view key) const {
  std::vector<std::string> strings;
  ASSIGN_OR_RETURN(const Value* member, Find(key));
  if (member == nullptr) {
    return strings;
  }
  const Array* array = member->AsArray();
  if (array == nullptr) {
    return Fault(key, "must be an array of strings");
  }
  for (const Value& element : *array) {
    const std::string* text = element.AsString();
    if (text == nullptr) {
      return Fault(key, "must be an array of strings");
    }
    strings.push_back(*text);
  }
  return strings;
}

Result<Reader> Reader::Child(std::string_view key) const {
  ASSIGN_OR_RETURN(const Value* member, Get(key));
  if (member->AsObject() == nullptr) {
    return Fault(key, "must be an object");
  }
  return Reader(*member, what_, Beneath(path_, key));
}

Result<std::vector<Reader>> Reader::Children(std::string_view key) const {
  std::vector<Reader> children;
  ASSIGN_OR_RETURN(const Value* member, Find(key));
  if (member == nullptr) {
    return children;
  }
  const Array* array = member->AsArray();
  if (array == nullptr) {
    return Fault(key, "must be an array of objects");
  }
  for (const Value& element : *array) {
    const std::string name = std::string(key) + "[" + std::to_string(children.size()) + "]";
    if (element.AsObject() == nullptr) {
      return Fault(name, "must be an object");
    }
    children.push_back(Reader(element, what_, Beneath(path_, name)));
  }
  return children;
}

Status Reader::CheckKeys(const std::vector<std::string_view>& known) const {
  // Called only for its check that the value is an object.
  RETURN_IF_ERROR(Find(""));
  for (const Member& member : value_->AsObject()->members()) {
    if (std::find(known.begin(), known.end(), member.first) == known.end()) {
      return InvalidArgument(what_ + ": unknown key " + Quote(Beneath(path_, member.first)));
    }
  }
  return OkStatus();
}

}  // namespace isulad::json
