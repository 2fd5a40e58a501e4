#include "cmd/isula/output/container_list.h"

#include <utility>

#include "cmd/isula/output/container_view.h"
#include "cmd/isula/output/table.h"
#include "utils/base/strings.h"
#include "utils/json/value.h"

namespace isulad::output {
namespace {

constexpr std::string_view kTable = "table";
constexpr std::string_view kUsualColumns =
    "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}";

// A template's text becomes a row: tabulators part the cells.
Table::Row Cells(const std::string& line) {
  Table::Row row;
  for (const std::string_view cell : Split(line, '\t')) {
    row.emplace_back(cell);
  }
  return row;
}

}  // namespace

Result<ListFormat> ListFormat::Parse(std::string_view text) {
  ListFormat format;
  format.table_ = text.empty() || text == kTable || text.starts_with("table ");
  std::string_view line = text;
  if (format.table_) {
    line = Trim(text.substr(text.empty() ? 0 : kTable.size()));
    line = line.empty() ? kUsualColumns : line;
  } else if (text == "json") {
    line = "{{json .}}";
  }
  ASSIGN_OR_RETURN(format.line_, Template::Parse(line));
  if (Result<std::string> titles = format.line_.Render(ContainerTitles()); !titles) {
    return InvalidArgument(titles.error().message());
  }
  return format;
}

Result<std::string> ListFormat::Render(const std::vector<client::ContainerSummary>& containers,
                                       Timestamp now, bool shorten) const {
  Table table;
  std::string text;
  if (table_) {
    ASSIGN_OR_RETURN(const std::string titles, line_.Render(ContainerTitles()));
    table.Add(Cells(titles));
  }
  for (const client::ContainerSummary& container : containers) {
    ASSIGN_OR_RETURN(const std::string line,
                     line_.Render(ContainerFields(container, now, shorten)));
    table_ ? table.Add(Cells(line)) : static_cast<void>(text.append(line).append("\n"));
  }
  return table_ ? table.Render() : text;
}

}  // namespace isulad::output
