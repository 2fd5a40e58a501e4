#include "daemon/modules/spec/passes.h"

namespace isulad::spec {
namespace {

constexpr char kProgramAnnotation[] = "run.oci.seccomp_bpf_data";

}  // namespace

void ApplySeccomp(const Input& input, json::Object* config) {
  if (input.seccomp_program) {
    ObjectMember(config, "annotations").Set(kProgramAnnotation, *input.seccomp_program);
  } else if (input.seccomp_profile) {
    ObjectMember(config, "linux").Set("seccomp", *input.seccomp_profile);
  }
}

}  // namespace isulad::spec
