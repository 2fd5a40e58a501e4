#include "cmd/isula/output/table.h"

#include <algorithm>

namespace isulad::output {
namespace {

constexpr size_t kPadding = 3;
constexpr size_t kMinimumWidth = 10;  // of a column with its padding

}  // namespace

size_t DisplayLength(const std::string& text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    const bool continues = (static_cast<unsigned char>(c) & 0xc0) == 0x80;
    return !continues;
  }));
}

std::vector<size_t> Table::Widths() const {
  std::vector<size_t> widths;
  for (const Row& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()), kMinimumWidth);
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], DisplayLength(row[i]) + kPadding);
    }
  }
  return widths;
}

std::string Table::Render() const {
  const std::vector<size_t> widths = Widths();
  std::string text;
  for (const Row& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) {
      text.append(row[i]);
      if (i + 1 < row.size()) {
        text.append(widths[i] - DisplayLength(row[i]), ' ');
      }
    }
    text.push_back('\n');
  }
  return text;
}

}  // namespace isulad::output
