#include "daemon/modules/container/namespaces_json.h"

#include <string>
#include <utility>

#include "utils/base/ids.h"

namespace isulad::container {

void AddNamespacesToJson(const NamespaceOptions& options, json::Object& object) {
  for (const NamespaceKind* kind : kNamespaceKinds) {
    object.Set(kind->key, FormatNamespace(*kind, options.*kind->choice));
  }
}

Result<NamespaceOptions> NamespacesFromJson(const json::Reader& reader) {
  NamespaceOptions options;
  for (const NamespaceKind* kind : kNamespaceKinds) {
    ASSIGN_OR_RETURN(const std::string text, reader.StringOr(kind->key, ""));
    Result<NamespaceChoice> choice = ParseNamespace(*kind, text);
    if (!choice) {
      return reader.Fault(kind->key, choice.error().message());
    }
    if (choice->joins() && !IsValidId(choice->container)) {
      return reader.Fault(kind->key, "names a container by something else than its id");
    }
    options.*kind->choice = *std::move(choice);
  }
  return options;
}

}  // namespace isulad::container
