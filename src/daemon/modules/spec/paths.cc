#include "daemon/modules/spec/passes.h"

namespace isulad::spec {

void ApplyPaths(json::Object* config) {
  json::Object& linux_object = ObjectMember(config, "linux");
  // What tells about, or acts on, the whole machine in spite of the namespaces: memory, keys,
  // timers, interrupts, firmware, power and heat (a side channel: CVE-2020-8694).
  linux_object.Set("maskedPaths", std::vector<std::string>{
                                      "/proc/acpi",
                                      "/proc/asound",
                                      "/proc/interrupts",
                                      "/proc/kcore",
                                      "/proc/keys",
                                      "/proc/latency_stats",
                                      "/proc/sched_debug",
                                      "/proc/scsi",
                                      "/proc/timer_list",
                                      "/proc/timer_stats",
                                      "/sys/devices/virtual/powercap",
                                      "/sys/firmware",
                                  });
  linux_object.Set("readonlyPaths", std::vector<std::string>{
                                        "/proc/bus",
                                        "/proc/fs",
                                        "/proc/irq",
                                        "/proc/sys",
                                        "/proc/sysrq-trigger",
                                    });
}

}  // namespace isulad::spec
