#include "cmd/isula/output/container_list.h"

#include "cmd/isula/output/container_view.h"
#include "utils/json/value.h"

namespace isulad::output {
namespace {

constexpr std::string_view kUsualColumns =
    "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}";

}  // namespace

Result<ListFormat> ListFormat::Parse(std::string_view text) {
  ListFormat format;
  ASSIGN_OR_RETURN(format.rows_, RowFormat::Parse(text, kUsualColumns, ContainerTitles()));
  return format;
}

Result<std::string> ListFormat::Render(const std::vector<client::ContainerSummary>& containers,
                                       Timestamp now, bool shorten, bool painted) const {
  std::vector<json::Object> rows;
  rows.reserve(containers.size());
  for (const client::ContainerSummary& container : containers) {
    rows.push_back(ContainerFields(container, now, shorten));
  }
  return rows_.Render(rows, painted);
}

}  // namespace isulad::output
