#include <yajl/yajl_gen.h>

#include <charconv>
#include <cmath>
#include <memory>

#include "utils/base/strings.h"
#include "utils/json/value.h"

namespace isulad::json {
namespace {

// yajl's own limit is 128.
constexpr int kMaxDepth = 100;
constexpr std::string_view kReplacementCharacter = "\xef\xbf\xbd";  // U+FFFD

struct GeneratorDeleter {
  void operator()(yajl_gen_t* generator) const { yajl_gen_free(generator); }
};
using Generator = std::unique_ptr<yajl_gen_t, GeneratorDeleter>;

std::string RepairUtf8(std::string_view text) {
  std::string repaired;
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    repaired.append(length > 0 ? text.substr(0, length) : kReplacementCharacter);
    text.remove_prefix(length > 0 ? length : 1);
  }
  return repaired;
}

void WriteString(yajl_gen_t* out, std::string_view text) {
  std::string repaired;
  if (!IsValidUtf8(text)) {
    repaired = RepairUtf8(text);
    text = repaired;
  }
  yajl_gen_string(out, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

// yajl copies the text of a number unchanged.
void WriteVerbatim(yajl_gen_t* out, std::string_view text) {
  yajl_gen_number(out, text.data(), text.size());
}

// Replaces yajl's own function, which writes 0.1 as 0.10000000000000001, and 1.0 as 1, which reads
// back as an integer.
void WriteDouble(yajl_gen_t* out, double number) {
  if (!std::isfinite(number)) {
    yajl_gen_null(out);
    return;
  }
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof(buffer), number).ptr;
  std::string text(buffer, end);
  if (text.find_first_of(".e") == std::string::npos) {
    text.append(".0");
  }
  WriteVerbatim(out, text);
}

void Write(yajl_gen_t* out, const Value& value, int depth);

void WriteArray(yajl_gen_t* out, const Array& array, int depth) {
  // yajl would put two line breaks between the brackets.
  if (array.empty()) {
    WriteVerbatim(out, "[]");
    return;
  }
  yajl_gen_array_open(out);
  for (const Value& element : array) {
    Write(out, element, depth + 1);
  }
  yajl_gen_array_close(out);
}

void WriteObject(yajl_gen_t* out, const Object& object, int depth) {
  if (object.empty()) {
    WriteVerbatim(out, "{}");
    return;
  }
  yajl_gen_map_open(out);
  for (const auto& [key, member] : object.members()) {
    WriteString(out, key);
    Write(out, member, depth + 1);
  }
  yajl_gen_map_close(out);
}

void Write(yajl_gen_t* out, const Value& value, int depth) {
  if (value.IsNull() || depth > kMaxDepth) {
    yajl_gen_null(out);
  } else if (const bool* flag = value.AsBool()) {
    yajl_gen_bool(out, *flag);
  } else if (const int64_t* number = value.AsInt64()) {
    yajl_gen_integer(out, *number);
  } else if (const uint64_t* large = value.AsUint64()) {
    WriteVerbatim(out, std::to_string(*large));
  } else if (const double* real = value.AsDouble()) {
    WriteDouble(out, *real);
  } else if (const std::string* text = value.AsString()) {
    WriteString(out, *text);
  } else if (const Array* array = value.AsArray()) {
    WriteArray(out, *array, depth);
  } else {
    WriteObject(out, *value.AsObject(), depth);
  }
}

}  // namespace

std::string Serialize(const Value& value, Style style) {
  const Generator generator(yajl_gen_alloc(nullptr));
  if (style == Style::kIndented) {
    yajl_gen_config(generator.get(), yajl_gen_beautify, 1);
    yajl_gen_config(generator.get(), yajl_gen_indent_string, "    ");
  }
  Write(generator.get(), value, 1);
  const unsigned char* text = nullptr;
  size_t size = 0;
  yajl_gen_get_buf(generator.get(), &text, &size);
  return std::string(reinterpret_cast<const char*>(text), size);
}

std::string QuoteString(std::string_view text) { return Serialize(Value(text)); }

}  // namespace isulad::json
