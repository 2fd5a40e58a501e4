#include "shim_protocol/copy_job.h"

#include <cstddef>
#include <iterator>
#include <string_view>

namespace isulad::shim {
namespace {

// In the order of the enumerators.
constexpr const char* kVerbs[] = {"from", "to", "export"};
constexpr const char* kPlaces[] = {"directory", "user-namespace", "process", "remapped-process"};
constexpr char kPlain[] = "plain";
constexpr char kFollow[] = "follow";
constexpr char kArchive[] = "archive";

template <typename Value, size_t kCount>
bool Read(const std::string& text, const char* const (&names)[kCount], Value& value) {
  for (size_t i = 0; i < kCount; ++i) {
    if (text == names[i]) {
      value = static_cast<Value>(i);
      return true;
    }
  }
  return false;
}

const char* OptionOf(const CopyJob& job) {
  if (job.follow_link) {
    return kFollow;
  }
  return job.archive ? kArchive : kPlain;
}

}  // namespace

std::vector<std::string> ToArguments(const CopyJob& job) {
  return {kCopyArgument, kVerbs[static_cast<size_t>(job.verb)],
          kPlaces[static_cast<size_t>(job.place)], OptionOf(job), job.path};
}

Result<CopyJob> CopyJobFromArguments(const std::vector<std::string>& arguments) {
  CopyJob job;
  if (arguments.size() != 5 || arguments[0] != kCopyArgument ||
      !Read(arguments[1], kVerbs, job.verb) || !Read(arguments[2], kPlaces, job.place)) {
    return InvalidArgument("these are no arguments of a copy");
  }
  job.follow_link = arguments[3] == kFollow;
  job.archive = arguments[3] == kArchive;
  job.path = arguments[4];
  return job;
}

}  // namespace isulad::shim
