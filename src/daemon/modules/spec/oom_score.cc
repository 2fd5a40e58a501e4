#include <algorithm>
#include <string>

#include "daemon/modules/spec/passes.h"
#include "utils/base/strings.h"

namespace isulad::spec {

// Set even if it was not asked for: the protection of the daemon must not extend to its containers.
int64_t OomScoreAdj(const ResourceLimits& limits, int64_t lowest) {
  return std::max(limits.oom_score_adj(), lowest);
}

void ApplyOomScore(const Input& input, json::Object* config, Warnings* warnings) {
  const int64_t score = OomScoreAdj(input.limits, input.lowest_oom_score_adj);
  const int64_t asked = input.limits.oom_score_adj();
  if (input.limits.has_oom_score_adj() && score != asked) {
    warnings->push_back("--oom-score-adj " + Quote(std::to_string(asked)) + " becomes " +
                        std::to_string(score) +
                        ", the daemon's own: it has not CAP_SYS_RESOURCE, which lowering needs");
  }
  ObjectMember(config, "process").Set("oomScoreAdj", score);
}

}  // namespace isulad::spec
