// Columns of text, as wide as necessary. Pure; not thread-safe.
#ifndef ISULAD_CMD_ISULA_OUTPUT_TABLE_H_
#define ISULAD_CMD_ISULA_OUTPUT_TABLE_H_

#include <string>
#include <vector>

namespace isulad::output {

class Table {
 public:
  using Row = std::vector<std::string>;

  void Add(Row row) { rows_.push_back(std::move(row)); }
  // A line for each row. The last cell of a row is not padded. Widths count characters, not bytes.
  // With `painted` the first row stands out.
  std::string Render(bool painted = false) const;

 private:
  std::vector<size_t> Widths() const;
  static std::string Line(const Row& row, const std::vector<size_t>& widths);

  std::vector<Row> rows_;
};

// The number of characters of a text in UTF-8.
size_t DisplayLength(const std::string& text);

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_TABLE_H_
