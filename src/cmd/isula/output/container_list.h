// The forms in which `ps` prints its list: the table, --format, -q.
#ifndef ISULAD_CMD_ISULA_OUTPUT_CONTAINER_LIST_H_
#define ISULAD_CMD_ISULA_OUTPUT_CONTAINER_LIST_H_

#include <string>
#include <string_view>
#include <vector>

#include "cmd/isula/client/container_types.h"
#include "cmd/isula/output/template.h"
#include "utils/base/clock.h"
#include "utils/base/result.h"

namespace isulad::output {

// Thread-safety: as for any value.
class ListFormat {
 public:
  // "" or "table": the usual table; "table TEMPLATE": a table with a column for each tab-separated
  // part; "json": an object a line; else a template for each line. kInvalidArgument with the
  // reason; what a template names is checked here, so that an empty list does not hide an error.
  static Result<ListFormat> Parse(std::string_view text);

  Result<std::string> Render(const std::vector<client::ContainerSummary>& containers, Timestamp now,
                             bool shorten) const;

 private:
  bool table_ = false;
  Template line_;
};

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_CONTAINER_LIST_H_
