#include "utils/base/namespace_mode.h"

#include <vector>

#include "utils/base/strings.h"

namespace isulad {
namespace {

constexpr std::string_view kHost = "host";
constexpr std::string_view kContainer = "container:";

std::string Choices(const NamespaceKind& kind) {
  std::vector<std::string> words;
  for (const char* word : {kind.own, kind.alias}) {
    if (word != nullptr && *word != '\0') {
      words.emplace_back(word);
    }
  }
  words.emplace_back(kHost);
  const std::string list = Join(words, ", ");
  return kind.joinable ? list + " or container:CONTAINER" : list;
}

}  // namespace

Result<NamespaceChoice> ParseNamespace(const NamespaceKind& kind, std::string_view text) {
  if (text.empty() || text == kind.own || (kind.alias != nullptr && text == kind.alias)) {
    return NamespaceChoice{};
  }
  if (text == kHost) {
    return NamespaceChoice{NamespaceMode::kHost};
  }
  if (kind.joinable && text.starts_with(kContainer) && text.size() > kContainer.size()) {
    return NamespaceChoice{NamespaceMode::kContainer, std::string(text.substr(kContainer.size()))};
  }
  return InvalidArgument(std::string(kind.flag) + " " + Quote(text) + " is not one of " +
                         Choices(kind));
}

std::string FormatNamespace(const NamespaceKind& kind, const NamespaceChoice& choice) {
  switch (choice.mode) {
    case NamespaceMode::kHost:
      return std::string(kHost);
    case NamespaceMode::kContainer:
      return std::string(kContainer) + choice.container;
    case NamespaceMode::kOwn:
      break;
  }
  return kind.own;
}

}  // namespace isulad
