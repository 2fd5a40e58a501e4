// What somebody may have meant who mistyped a word.
#ifndef ISULAD_CMD_ISULA_CLI_SUGGESTION_H_
#define ISULAD_CMD_ISULA_CLI_SUGGESTION_H_

#include <string>
#include <string_view>
#include <vector>

namespace isulad::cli {

// The one of `words` that is closest to `typed`: a letter more, less, another one or two changed
// places, twice at most and less than half of it. Of equally close ones the first; empty where none
// is close. Letter case does not count.
std::string_view Suggest(std::string_view typed, const std::vector<std::string_view>& words);

// " Did you mean 'WORD'?", or empty where there is no word.
std::string DidYouMean(std::string_view word);

}  // namespace isulad::cli

#endif  // ISULAD_CMD_ISULA_CLI_SUGGESTION_H_
