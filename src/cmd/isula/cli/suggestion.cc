#include "cmd/isula/cli/suggestion.h"

#include <algorithm>
#include <cctype>

namespace isulad::cli {
namespace {

constexpr size_t kMostChanges = 2;

bool Same(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

// The number of edits between the two (the optimal string alignment distance).
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> cost(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const size_t replaced = cost[i - 1][j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1])) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

size_t DifferenceOfSizes(std::string_view a, std::string_view b) {
  return std::max(a.size(), b.size()) - std::min(a.size(), b.size());
}

}  // namespace

std::string_view Suggest(std::string_view typed, const std::vector<std::string_view>& words) {
  std::string_view closest;
  size_t changes = std::min(kMostChanges + 1, (typed.size() + 1) / 2);
  for (const std::string_view word : words) {
    if (DifferenceOfSizes(typed, word) >= changes) {
      continue;  // so a very long word costs nothing
    }
    if (const size_t distance = Distance(typed, word); distance < changes) {
      changes = distance;
      closest = word;
    }
  }
  return closest;
}

std::string DidYouMean(std::string_view word) {
  return word.empty() ? "" : " Did you mean '" + std::string(word) + "'?";
}

}  // namespace isulad::cli
