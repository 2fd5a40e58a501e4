#include "cmd/isula/output/channel_view.h"

#include <string>
#include <vector>

#include "cmd/isula/output/human_size.h"
#include "utils/base/ids.h"
#include "utils/base/strings.h"

namespace isulad::output {
namespace {

constexpr char kUnknown[] = "-";

std::string JoinOf(const std::vector<client::ChannelUser>& users,
                   std::string client::ChannelUser::*member) {
  std::vector<std::string> texts;
  texts.reserve(users.size());
  for (const client::ChannelUser& user : users) {
    texts.push_back(user.*member);
  }
  return Join(texts, ",");
}

std::string InodesText(const client::Channel& channel) {
  return std::to_string(channel.inodes_used) + "/" + std::to_string(channel.inodes);
}

}  // namespace

json::Object ChannelFields(const client::Channel& channel, bool shorten) {
  json::Object fields;
  fields.Set("ID", shorten ? ShortId(channel.id) : channel.id);
  fields.Set("HostPath", channel.path_on_host);
  fields.Set("ContainerPath", JoinOf(channel.users, &client::ChannelUser::path_in_container));
  fields.Set("Access", JoinOf(channel.users, &client::ChannelUser::permissions));
  fields.Set("Size", HumanSize(channel.size));
  fields.Set("Used", channel.mounted ? HumanSize(channel.used) : kUnknown);
  fields.Set("Free", channel.mounted ? HumanSize(channel.free) : kUnknown);
  fields.Set("Inodes", channel.mounted ? InodesText(channel) : kUnknown);
  fields.Set("Mounted", channel.mounted ? "yes" : "no");
  fields.Set("Containers", JoinOf(channel.users, &client::ChannelUser::container_name));
  fields.Set("Options", Join(channel.options, ","));
  fields.Set("SizeBytes", channel.size);
  fields.Set("UsedBytes", channel.used);
  fields.Set("FreeBytes", channel.free);
  fields.Set("InodesUsed", channel.inodes_used);
  fields.Set("InodesLimit", channel.inodes);
  return fields;
}

json::Object ChannelTitles() {
  json::Object titles;
  titles.Set("ID", "CHANNEL ID");
  titles.Set("HostPath", "HOST PATH");
  titles.Set("ContainerPath", "CONTAINER PATH");
  titles.Set("Access", "ACCESS");
  titles.Set("Size", "SIZE");
  titles.Set("Used", "USED");
  titles.Set("Free", "FREE");
  titles.Set("Inodes", "INODES");
  titles.Set("Mounted", "MOUNTED");
  titles.Set("Containers", "CONTAINERS");
  titles.Set("Options", "OPTIONS");
  titles.Set("SizeBytes", "SIZE");
  titles.Set("UsedBytes", "USED");
  titles.Set("FreeBytes", "FREE");
  titles.Set("InodesUsed", "INODES USED");
  titles.Set("InodesLimit", "INODES LIMIT");
  return titles;
}

}  // namespace isulad::output
