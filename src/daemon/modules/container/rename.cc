#include "daemon/modules/container/rename.h"

#include <utility>

#include "daemon/modules/container/validate.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {

Status Rename(Context& context, const std::shared_ptr<Container>& container,
              const std::string& name) {
  RETURN_IF_ERROR(CheckName(name));
  ASSIGN_OR_RETURN(Registry::Reservation reservation,
                   context.registry.Reserve(name, container->id()));
  const std::string before = container->name();
  ContainerConfig config = container->CurrentConfig();
  config.name = name;
  RETURN_IF_ERROR(SaveConfig(context, config));
  context.registry.Rename(*container, std::move(reservation));
  context.modules.channels->RenameOwner(container->id(), name);
  context.announcer.Publish(*container, events::EventType::kRename, {{"oldName", before}});
  return OkStatus();
}

}  // namespace isulad::container
