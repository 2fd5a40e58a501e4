// What -q prints of a list. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_OUTPUT_ID_LINES_H_
#define ISULAD_CMD_ISULA_OUTPUT_ID_LINES_H_

#include <string>
#include <vector>

#include "utils/base/ids.h"

namespace isulad::output {

// A line for the `id` of each. To be written in one piece: a line at a time would wake whoever
// reads them as often.
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
