#include "daemon/modules/container/defaults.h"

#include <sys/stat.h>

#include <algorithm>
#include <string_view>

#include "utils/base/strings.h"
#include "utils/json/value.h"

namespace isulad::container {
namespace {

constexpr std::string_view kJsonFile = "json-file";

std::string DriverOr(const std::string& driver, std::string_view fallback) {
  return driver.empty() ? std::string(fallback) : driver;
}

std::string_view KeyOf(std::string_view option) { return option.substr(0, option.find('=')); }

bool HasKey(const spec::Texts& texts, std::string_view key) {
  return std::any_of(texts.begin(), texts.end(),
                     [key](const std::string& text) { return KeyOf(text) == key; });
}

void AddUlimits(const Defaults& defaults, spec::Texts& ulimits) {
  const spec::Texts asked = ulimits;
  for (const Ulimit& ulimit : defaults.ulimits) {
    if (!HasKey(asked, ulimit.name)) {
      ulimits.Add(FormatUlimit(ulimit));
    }
  }
}

// The default options are for the default driver only, and apply unless the user set the same key.
void AddLogOptions(const Defaults& defaults, spec::HostConfig& host) {
  const std::string standard = DriverOr(defaults.log_driver, kJsonFile);
  host.set_log_driver(DriverOr(host.log_driver(), standard));
  if (host.log_driver() != standard) {
    return;
  }
  const spec::Texts asked = host.log_options();
  for (const std::string& option : defaults.log_options) {
    if (!HasKey(asked, KeyOf(option))) {
      host.add_log_options(option);
    }
  }
}

void Append(const std::vector<spec::Hook>& from, std::vector<spec::Hook>& to) {
  to.insert(to.end(), from.begin(), from.end());
}

// The daemon's hooks run first.
Status AddHooks(const Defaults& defaults, spec::HostConfig& host) {
  if (defaults.hooks.empty()) {
    return OkStatus();
  }
  ASSIGN_OR_RETURN(const spec::Hooks asked, spec::ParseHooks(host.hook_spec()));
  spec::Hooks hooks = defaults.hooks;
  Append(asked.prestart, hooks.prestart);
  Append(asked.poststart, hooks.poststart);
  Append(asked.poststop, hooks.poststop);
  host.set_hook_spec(json::Serialize(spec::HooksToJson(hooks)));
  return OkStatus();
}

}  // namespace

Status AddDefaults(const Defaults& defaults, spec::HostConfig& host) {
  AddUlimits(defaults, *host.mutable_security()->mutable_ulimits());
  AddLogOptions(defaults, host);
  return AddHooks(defaults, host);
}

Status CheckHooks(const spec::Hooks& hooks) {
  for (const std::vector<spec::Hook>* moment :
       {&hooks.prestart, &hooks.poststart, &hooks.poststop}) {
    for (const spec::Hook& hook : *moment) {
      struct stat attributes = {};
      if (::stat(hook.path.c_str(), &attributes) != 0 || !S_ISREG(attributes.st_mode) ||
          (attributes.st_mode & 0111) == 0) {
        return InvalidArgument("hook spec: " + Quote(hook.path) + " is not a program");
      }
    }
  }
  return OkStatus();
}

}  // namespace isulad::container
