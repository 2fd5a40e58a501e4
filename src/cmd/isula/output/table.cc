#include "cmd/isula/output/table.h"

#include <algorithm>

#include "cmd/isula/output/colours.h"

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

std::string Table::Line(const Row& row, const std::vector<size_t>& widths) {
  std::string line;
  for (size_t i = 0; i < row.size(); ++i) {
    line.append(row[i]);
    if (i + 1 < row.size()) {
      line.append(widths[i] - DisplayLength(row[i]), ' ');
    }
  }
  return line;
}

std::string Table::Render(bool painted) const {
  const std::vector<size_t> widths = Widths();
  std::string text;
  for (const Row& row : rows_) {
    const std::string line = Line(row, widths);
    text.append(painted ? Painted(line, Colour::kTitle) : line).append("\n");
    painted = false;
  }
  return text;
}

}  // namespace isulad::output
