#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "daemon/modules/spec/file_options.h"
#include "daemon/modules/spec/tmpfs_values.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

constexpr std::string_view kType = "type";
constexpr std::string_view kSource = "source";
constexpr std::string_view kTarget = "target";
constexpr std::string_view kReadOnly = "readonly";
constexpr std::string_view kPropagation = "bind-propagation";
constexpr std::string_view kSize = "tmpfs-size";
constexpr std::string_view kMode = "tmpfs-mode";

struct Key {
  std::string_view name;
  std::string_view meaning;
};
constexpr Key kKeys[] = {
    {"type", kType},         {"source", kSource},
    {"src", kSource},        {"target", kTarget},
    {"dst", kTarget},        {"destination", kTarget},
    {"readonly", kReadOnly}, {"ro", kReadOnly},
    {"tmpfs-size", kSize},   {"bind-propagation", kPropagation},
    {"tmpfs-mode", kMode},
};

using Fields = std::map<std::string_view, std::string>;  // by meaning

// One line of CSV (RFC 4180): a field in double quotes may contain commas, and doubled quotes.
Result<std::vector<std::string>> SplitCsv(std::string_view text) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool begins = fields.back().empty() && (i == 0 || text[i - 1] == ',');
    if (quoted && text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      fields.back().push_back(text[i++]);
    } else if (text[i] == '"' && quoted && (i + 1 == text.size() || text[i + 1] == ',')) {
      quoted = false;
    } else if (text[i] == '"' && !quoted && begins) {
      quoted = true;
    } else if (text[i] == '"') {
      return InvalidArgument("a quote must enclose a whole field");
    } else if (text[i] == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back().push_back(text[i]);
    }
  }
  return quoted ? Result<std::vector<std::string>>(InvalidArgument("a quote is not closed"))
                : fields;
}

Result<std::string_view> MeaningOf(std::string_view name) {
  const auto* found = std::find_if(std::begin(kKeys), std::end(kKeys),
                                   [name](const Key& key) { return key.name == name; });
  if (found == std::end(kKeys)) {
    return InvalidArgument("key " + Quote(name) +
                           " is not one of type, source, target, readonly, bind-propagation, "
                           "tmpfs-size, tmpfs-mode");
  }
  return found->meaning;
}

Result<Fields> ReadFields(std::string_view text) {
  Fields fields;
  ASSIGN_OR_RETURN(const std::vector<std::string> words, SplitCsv(text));
  for (const std::string& word : words) {
    const size_t equals = word.find('=');
    ASSIGN_OR_RETURN(const std::string_view meaning, MeaningOf(word.substr(0, equals)));
    if (equals == std::string::npos && meaning != kReadOnly) {
      return InvalidArgument("key " + Quote(word) + " needs a value");
    }
    std::string value = equals == std::string::npos ? "true" : word.substr(equals + 1);
    if (!fields.emplace(meaning, std::move(value)).second) {
      return InvalidArgument("key " + Quote(meaning) + " is given more than once");
    }
  }
  return fields;
}

Status Refuse(const Fields& fields, const std::string& type,
              std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (fields.count(key) != 0) {
      return InvalidArgument("key " + Quote(key) + " does not go with type=" + type);
    }
  }
  return OkStatus();
}

std::string ValueOr(const Fields& fields, std::string_view key, std::string fallback) {
  const auto found = fields.find(key);
  return found == fields.end() ? std::move(fallback) : found->second;
}

Result<bool> ReadOnly(const Fields& fields) {
  const std::string value = ValueOr(fields, kReadOnly, "false");
  if (value == "true" || value == "1") {
    return true;
  }
  if (value == "false" || value == "0") {
    return false;
  }
  return InvalidArgument("readonly " + Quote(value) + " must be true or false");
}

Result<MountOption> ReadBind(const Fields& fields) {
  RETURN_IF_ERROR(Refuse(fields, "bind", {kSize, kMode}));
  BindMount bind;
  const std::string source = ValueOr(fields, kSource, "");
  Result<std::string> clean = CleanAbsolutePath(source);
  if (!clean) {
    return InvalidArgument("source " + Quote(source) + " " + clean.error().message());
  }
  bind.source = *std::move(clean);
  ASSIGN_OR_RETURN(bind.target, CleanTarget(ValueOr(fields, kTarget, "")));
  ASSIGN_OR_RETURN(bind.read_only, ReadOnly(fields));
  bind.propagation = ValueOr(fields, kPropagation, kDefaultPropagation);
  if (!IsPropagation(bind.propagation)) {
    return InvalidArgument("bind-propagation " + Quote(bind.propagation) +
                           " is not one of [r]private, [r]slave, [r]shared");
  }
  return MountOption(std::move(bind));
}

Result<MountOption> ReadTmpfs(const Fields& fields) {
  RETURN_IF_ERROR(Refuse(fields, "tmpfs", {kSource, kPropagation}));
  Tmpfs tmpfs;
  ASSIGN_OR_RETURN(tmpfs.target, CleanTmpfsTarget(ValueOr(fields, kTarget, "")));
  ASSIGN_OR_RETURN(tmpfs.read_only, ReadOnly(fields));
  if (const auto size = fields.find(kSize); size != fields.end()) {
    ASSIGN_OR_RETURN(tmpfs.size, ParseTmpfsSize(kSize, size->second));
  }
  if (const auto mode = fields.find(kMode); mode != fields.end()) {
    ASSIGN_OR_RETURN(tmpfs.mode, ParseTmpfsMode(kMode, mode->second));
  }
  return MountOption(std::move(tmpfs));
}

}  // namespace

Result<MountOption> ParseMount(std::string_view text) {
  ASSIGN_OR_RETURN(const Fields fields, ReadFields(text));
  const std::string type = ValueOr(fields, kType, "");
  if (type == "bind") {
    return ReadBind(fields);
  }
  if (type == "tmpfs") {
    return ReadTmpfs(fields);
  }
  if (type == "volume" || type.empty()) {
    return InvalidArgument(
        "there are no volumes of the engine's own: type must be bind, with a source, or tmpfs");
  }
  return InvalidArgument("type " + Quote(type) + " is not one of bind, tmpfs");
}

}  // namespace isulad::spec
