#include "daemon/modules/container/defaults.h"

#include <sys/stat.h>

#include <algorithm>
#include <string_view>

#include "utils/base/strings.h"
#include "utils/json/value.h"

namespace isulad::container {
namespace {

constexpr std::string_view kJsonFile = "json-file";

std::string_view DriverOr(std::string_view driver, std::string_view fallback) {
  return driver.empty() ? fallback : driver;
}

std::string_view KeyOf(std::string_view option) { return option.substr(0, option.find('=')); }

void Append(const std::vector<spec::Hook>& from, std::vector<spec::Hook>& to) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

std::vector<Ulimit> WithDefaults(const Defaults& defaults, std::vector<Ulimit> asked) {
  const auto asked_end = static_cast<std::ptrdiff_t>(asked.size());
  for (const Ulimit& ulimit : defaults.ulimits) {
    const bool named = std::any_of(asked.begin(), asked.begin() + asked_end,
                                   [&](const Ulimit& other) { return other.name == ulimit.name; });
    if (!named) {
      asked.push_back(ulimit);
    }
  }
  return asked;
}

spec::Hooks WithDefaults(const Defaults& defaults, const spec::Hooks& asked) {
  spec::Hooks hooks = defaults.hooks;
  Append(asked.prestart, hooks.prestart);
  Append(asked.poststart, hooks.poststart);
  Append(asked.poststop, hooks.poststop);
  return hooks;
}

Result<logs::LogOptions> LogWithDefaults(const Defaults& defaults, const std::string& driver,
                                         const std::vector<std::string>& options) {
  const std::string_view standard = DriverOr(defaults.log_driver, kJsonFile);
  const std::string_view chosen = DriverOr(driver, standard);
  std::vector<std::string> all = options;
  if (chosen == standard) {
    for (const std::string& option : defaults.log_options) {
      const bool named = std::any_of(options.begin(), options.end(), [&](const std::string& other) {
        return KeyOf(other) == KeyOf(option);
      });
      if (!named) {
        all.push_back(option);
      }
    }
  }
  return logs::ParseLogOptions(chosen, all);
}

Result<spec::Hooks> ReadHooks(const std::string& text) {
  if (text.empty()) {
    return spec::Hooks{};
  }
  ASSIGN_OR_RETURN(const json::Value value, json::Parse(text));
  ASSIGN_OR_RETURN(spec::Hooks hooks, spec::HooksFromJson(value, "hook spec"));
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
  return hooks;
}

}  // namespace isulad::container
