// Type-checked access to an object's members: a wrong type is an error that names the member's full
// path.
//
//   Reader reader(value, "config.json");
//   ASSIGN_OR_RETURN(config.name, reader.String("Name"));
//   ASSIGN_OR_RETURN(config.memory, reader.Int64Or("Memory", 0));
//
// The Reader borrows the value. All errors are kInvalidArgument: `config.json: "HostConfig.Memory"
// must be a whole number`. A null member counts as a missing one.
#ifndef ISULAD_UTILS_JSON_READER_H_
#define ISULAD_UTILS_JSON_READER_H_

#include <string>
#include <string_view>
#include <vector>

#include "utils/json/value.h"

namespace isulad::json {

class Reader {
 public:
  // `what` names the document in messages. If `value` is not an object, the first access fails.
  Reader(const Value& value, std::string what);

  bool Has(std::string_view key) const;

  Result<std::string> String(std::string_view key) const;
  Result<std::string> StringOr(std::string_view key, std::string_view fallback) const;
  Result<int64_t> Int64(std::string_view key) const;
  Result<int64_t> Int64Or(std::string_view key, int64_t fallback) const;
  // A whole number of a narrower type: a number outside lowest..highest is an error, never
  // truncated.
  Result<int32_t> Int32(std::string_view key, int32_t lowest, int32_t highest) const;
  Result<uint64_t> Uint64(std::string_view key) const;
  Result<uint64_t> Uint64Or(std::string_view key, uint64_t fallback) const;
  Result<bool> Bool(std::string_view key) const;
  Result<bool> BoolOr(std::string_view key, bool fallback) const;
  // Empty if missing.
  Result<std::vector<std::string>> Strings(std::string_view key) const;
  // A member object; an error if missing.
  Result<Reader> Child(std::string_view key) const;
  // The elements of a member array, each to be read as an object; empty if missing.
  Result<std::vector<Reader>> Children(std::string_view key) const;
  // Fails with `unknown key "x"` if a member's key is not among `known`.
  Status CheckKeys(const std::vector<std::string_view>& known) const;

  const Value& value() const { return *value_; }
  // An error that names the place in the document, `config.json: "HostConfig"`, for the caller's
  // own checks.
  Error Fault(std::string_view key, std::string_view reason) const;

 private:
  Reader(const Value& value, std::string what, std::string path);
  Result<const Value*> Get(std::string_view key) const;
  // nullptr if missing or null.
  Result<const Value*> Find(std::string_view key) const;

  const Value* value_;
  std::string what_;
  std::string path_;
};

}  // namespace isulad::json

#endif  // ISULAD_UTILS_JSON_READER_H_
