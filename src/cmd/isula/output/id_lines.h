// The output of -q for a list. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_OUTPUT_ID_LINES_H_
#define ISULAD_CMD_ISULA_OUTPUT_ID_LINES_H_

#include <string>
#include <vector>

#include "utils/base/ids.h"

namespace isulad::output {

// A line for the `id` of each element. To be written in one piece: writing a line at a time would
// wake the reader for each line.
template <typename Listed>
std::string IdLines(const std::vector<Listed>& list, bool shorten) {
  std::string text;
  for (const Listed& listed : list) {
    text.append(shorten ? ShortId(listed.id) : listed.id).append("\n");
  }
  return text;
}

}  // namespace isulad::output

#endif  // ISULAD_CMD_ISULA_OUTPUT_ID_LINES_H_
