#include "cmd/isula/output/row_format.h"

#include <utility>

#include "cmd/isula/output/table.h"
#include "utils/base/strings.h"

namespace isulad::output {
namespace {

constexpr std::string_view kTable = "table";

// Splits the text of a template into the cells of a row at its tabs.
Table::Row Cells(const std::string& line) {
  Table::Row row;
  for (const std::string_view cell : Split(line, '\t')) {
    row.emplace_back(cell);
  }
  return row;
}

}  // namespace

Result<RowFormat> RowFormat::Parse(std::string_view text, std::string_view usual_columns,
                                   json::Object titles) {
  RowFormat format;
  format.table_ = text.empty() || text == kTable || text.starts_with("table ");
  std::string_view line = text;
  if (format.table_) {
    line = Trim(text.substr(text.empty() ? 0 : kTable.size()));
    line = line.empty() ? usual_columns : line;
  }
  ASSIGN_OR_RETURN(format.line_,
                   format.table_ ? Template::Parse(line) : Template::ParseFormat(line));
  format.titles_ = std::move(titles);
  if (Result<std::string> checked = format.line_.Render(format.titles_); !checked) {
    return InvalidArgument(checked.error().message());
  }
  return format;
}

Result<std::string> RowFormat::Render(const std::vector<json::Object>& rows, bool painted) const {
  Table table;
  std::string text;
  if (table_) {
    ASSIGN_OR_RETURN(const std::string titles, line_.Render(titles_));
    table.Add(Cells(titles));
  }
  for (const json::Object& row : rows) {
    ASSIGN_OR_RETURN(const std::string line, line_.Render(row));
    table_ ? table.Add(Cells(line)) : static_cast<void>(text.append(line).append("\n"));
  }
  return table_ ? table.Render(painted) : text;
}

}  // namespace isulad::output
