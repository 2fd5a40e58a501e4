#include "daemon/modules/container/logs.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "utils/base/strings.h"

namespace isulad::container {
namespace {

Result<std::unique_ptr<logs::LogStream>> Follow(Context& context,
                                                const std::shared_ptr<Container>& container,
                                                const std::string& directory, logs::LogFiles files,
                                                const logs::ReadOptions& options) {
  const auto news = std::make_shared<logs::LogNews>();
  os::DirectoryWatcher* const watcher = context.modules.watcher;
  // Both are set up before the first look, so that nothing is missed in between.
  ASSIGN_OR_RETURN(const os::DirectoryWatcher::WatchId watch,
                   watcher->Add(directory, [news] { news->TellMore(); }));
  // The monitor finishes the log before it reports the end.
  const Container::WaitId end = container->OnEndForGood([news](const RunEnd&) { news->TellEnd(); });
  std::vector<std::function<void()>> releases = {[watcher, watch] { watcher->Remove(watch); },
                                                 [container, end] { container->CancelWait(end); }};
  Result<std::unique_ptr<logs::LogReader>> reader =
      logs::LogReader::Open(std::move(files), options);
  if (!reader) {
    for (const auto& release : releases) {
      release();
    }
    return std::move(reader).error();
  }
  return std::make_unique<logs::LogStream>(*std::move(reader), news, std::move(releases));
}

}  // namespace

Result<std::unique_ptr<logs::LogStream>> Logs(Context& context, const LogsRequest& request) {
  ASSIGN_OR_RETURN(const auto container, context.registry.Find(request.reference));
  if (container->config().log.driver == logs::Driver::kNone) {
    return FailedPrecondition(Named(*container) + " keeps no logs: its log driver is \"none\"");
  }
  const std::string directory = context.modules.store->DirectoryOf(container->id());
  logs::LogFiles files(directory + "/log.json");
  logs::ReadOptions options = request.options;
  options.to_present_end = !request.follow;
  if (request.follow) {
    return Follow(context, container, directory, std::move(files), options);
  }
  ASSIGN_OR_RETURN(std::unique_ptr<logs::LogReader> reader,
                   logs::LogReader::Open(std::move(files), options));
  return std::make_unique<logs::LogStream>(std::move(reader));
}

}  // namespace isulad::container
