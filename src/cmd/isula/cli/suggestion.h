// Suggestions for a mistyped word.
#ifndef ISULAD_CMD_ISULA_CLI_SUGGESTION_H_
#define ISULAD_CMD_ISULA_CLI_SUGGESTION_H_

#include <string>
#include <string_view>
#include <vector>

namespace isulad::cli {

// The word of `words` that is closest to `typed`. Up to two edits are allowed, but fewer than half
// of its letters; an edit is a letter added, removed or replaced, or two letters swapped. Of
// equally close words the first; empty if none is close. Letter case is ignored.
std::string_view Suggest(std::string_view typed, const std::vector<std::string_view>& words);

// " Did you mean 'WORD'?", or empty if `word` is empty.
std::string DidYouMean(std::string_view word);

}  // namespace isulad::cli

#endif  // ISULAD_CMD_ISULA_CLI_SUGGESTION_H_
