// The forms in which a command prints a list: a table, or --format.
#ifndef ISULAD_CMD_ISULA_OUTPUT_ROW_FORMAT_H_
#define ISULAD_CMD_ISULA_OUTPUT_ROW_FORMAT_H_

#include <string>
#include <string_view>
#include <vector>

#include "cmd/isula/output/template.h"
#include "utils/base/result.h"
#include "utils/json/value.h"

namespace isulad::output {

// Thread-safety: as for any value.
class RowFormat {
 public:
  // "" or "table": a table of `usual_columns`, a template with a tab between the columns; "table
  // TEMPLATE": a table of other columns; "json": one object per line; otherwise a template for each
  // line. `titles` has the members that a template can name, with the titles of their columns as
  // values. kInvalidArgument with the reason; members named by a template are checked here, so that
  // an empty list does not hide an error.
  static Result<RowFormat> Parse(std::string_view text, std::string_view usual_columns,
                                 json::Object titles);

  // `rows` have the members of the titles. With `painted` the titles of a table stand out.
  Result<std::string> Render(const std::vector<json::Object>& rows, bool painted = false) const;

 private:
  bool table_ = false;
  Template line_;
  json::Object titles_;
};

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_ROW_FORMAT_H_
