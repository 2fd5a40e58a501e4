#include "cmd/isula/output/container_view.h"

#include <utility>

#include "cmd/isula/output/duration.h"
#include "cmd/isula/output/table.h"
#include "utils/base/ids.h"
#include "utils/base/strings.h"

namespace isulad::output {
namespace {

constexpr size_t kCommandLength = 20;

// The first `characters` of a text in UTF-8, without cutting one in two.
std::string Prefix(const std::string& text, size_t characters) {
  size_t end = 0;
  for (; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xc0) != 0x80;
    if (begins && characters-- == 0) {
      break;
    }
  }
  return text.substr(0, end);
}

// The name that --filter status= uses.
std::string StateName(const std::string& status) { return status == "inited" ? "created" : status; }

// For a running container.
std::string HealthText(const std::string& health) {
  if (health.empty() || health == "none") {
    return "";
  }
  return health == "starting" ? " (health: starting)" : " (" + health + ")";
}

}  // namespace

std::string StatusText(const client::ContainerSummary& container, Timestamp now) {
  const std::string& status = container.status;
  const std::string code = "(" + std::to_string(container.exit_code) + ") ";
  const std::string since_end = HumanSince({container.finished_at}, now) + " ago";
  if (status == "inited") {
    return "Created";
  }
  if (status == "starting") {
    return "Starting";
  }
  if (status == "running" || status == "paused") {
    const std::string up = "Up " + HumanSince({container.started_at}, now);
    return status == "paused" ? up + " (Paused)" : up + HealthText(container.health);
  }
  if (status == "exited") {
    return "Exited " + code + since_end;
  }
  if (status == "restarting") {
    return "Restarting " + code + since_end;
  }
  return status == "dead" ? "Dead" : status;
}

std::string CommandText(const std::vector<std::string>& command, bool shorten) {
  std::string text = Join(command, " ");
  if (shorten && DisplayLength(text) > kCommandLength) {
    text = Prefix(text, kCommandLength - 1) + "…";
  }
  return Quote(text);
}

json::Object ContainerFields(const client::ContainerSummary& container, Timestamp now,
                             bool shorten) {
  json::Object fields;
  fields.Set("ID", shorten ? ShortId(container.id) : container.id);
  fields.Set("Image", container.image);
  fields.Set("Command", CommandText(container.command, shorten));
  fields.Set("CreatedAt", HumanTime({container.created_at}));
  fields.Set("RunningFor", HumanSince({container.created_at}, now) + " ago");
  fields.Set("Status", StatusText(container, now));
  fields.Set("State", StateName(container.status));
  fields.Set("Ports", "");
  fields.Set("Names", container.name);
  return fields;
}

json::Object ContainerTitles() {
  json::Object titles;
  titles.Set("ID", "CONTAINER ID");
  titles.Set("Image", "IMAGE");
  titles.Set("Command", "COMMAND");
  titles.Set("CreatedAt", "CREATED AT");
  titles.Set("RunningFor", "CREATED");
  titles.Set("Status", "STATUS");
  titles.Set("State", "STATE");
  titles.Set("Ports", "PORTS");
  titles.Set("Names", "NAMES");
  return titles;
}

}  // namespace isulad::output
