#include "daemon/modules/spec/hooks.h"

#include <utility>

#include "utils/base/clean_path.h"
#include "utils/json/reader.h"

namespace isulad::spec {
namespace {

constexpr char kPrestart[] = "prestart";
constexpr char kPoststart[] = "poststart";
constexpr char kPoststop[] = "poststop";

Result<Hook> ReadHook(const json::Reader& reader) {
  RETURN_IF_ERROR(reader.CheckKeys({"path", "args", "env", "timeout"}));
  Hook hook;
  ASSIGN_OR_RETURN(hook.path, reader.String("path"));
  if (const auto clean = CleanAbsolutePath(hook.path); !clean) {
    return reader.Fault("path", clean.error().message());
  }
  ASSIGN_OR_RETURN(hook.args, reader.Strings("args"));
  ASSIGN_OR_RETURN(hook.env, reader.Strings("env"));
  ASSIGN_OR_RETURN(hook.timeout, reader.Int64Or("timeout", 0));
  if (hook.timeout < 0) {
    return reader.Fault("timeout", "must be a number of seconds");
  }
  return hook;
}

Result<std::vector<Hook>> ReadHooks(const json::Reader& reader, const char* moment) {
  std::vector<Hook> hooks;
  ASSIGN_OR_RETURN(const std::vector<json::Reader> children, reader.Children(moment));
  for (const json::Reader& child : children) {
    ASSIGN_OR_RETURN(Hook hook, ReadHook(child));
    hooks.push_back(std::move(hook));
  }
  return hooks;
}

void AddHooks(const char* moment, const std::vector<Hook>& hooks, json::Object& object) {
  json::Array array;
  for (const Hook& hook : hooks) {
    json::Object entry;
    entry.Set("path", hook.path);
    if (!hook.args.empty()) {
      entry.Set("args", hook.args);
    }
    if (!hook.env.empty()) {
      entry.Set("env", hook.env);
    }
    if (hook.timeout != 0) {
      entry.Set("timeout", hook.timeout);
    }
    array.emplace_back(std::move(entry));
  }
  if (!array.empty()) {
    object.Set(moment, std::move(array));
  }
}

}  // namespace

Result<Hooks> HooksFromJson(const json::Value& value, std::string_view what) {
  const json::Reader reader(value, std::string(what));
  RETURN_IF_ERROR(reader.CheckKeys({kPrestart, kPoststart, kPoststop}));
  Hooks hooks;
  ASSIGN_OR_RETURN(hooks.prestart, ReadHooks(reader, kPrestart));
  ASSIGN_OR_RETURN(hooks.poststart, ReadHooks(reader, kPoststart));
  ASSIGN_OR_RETURN(hooks.poststop, ReadHooks(reader, kPoststop));
  return hooks;
}

Result<Hooks> ParseHooks(const std::string& text) {
  if (text.empty()) {
    return Hooks{};
  }
  ASSIGN_OR_RETURN(const json::Value value, json::Parse(text));
  return HooksFromJson(value, "hook spec");
}

json::Value HooksToJson(const Hooks& hooks) {
  json::Object object;
  AddHooks(kPrestart, hooks.prestart, object);
  AddHooks(kPoststart, hooks.poststart, object);
  AddHooks(kPoststop, hooks.poststop, object);
  return object;
}

}  // namespace isulad::spec
