// The forms in which `ps` prints its list: the table, --format, -q.
#ifndef ISULAD_CMD_ISULA_OUTPUT_CONTAINER_LIST_H_
#define ISULAD_CMD_ISULA_OUTPUT_CONTAINER_LIST_H_

#include <string>
#include <string_view>
#include <vector>

#include "cmd/isula/client/container_types.h"
#include "cmd/isula/output/row_format.h"
#include "utils/base/clock.h"
#include "utils/base/result.h"

namespace isulad::output {

// Thread-safety: as for any value.
class ListFormat {
 public:
  // `text` and the errors are those of RowFormat::Parse().
  static Result<ListFormat> Parse(std::string_view text);

  Result<std::string> Render(const std::vector<client::ContainerSummary>& containers, Timestamp now,
                             bool shorten, bool painted = false) const;

 private:
  RowFormat rows_;
};

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_CONTAINER_LIST_H_
