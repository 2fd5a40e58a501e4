// Keys of events' attributes, as users see them: docs/cli.md, "events".
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_EVENT_ATTRIBUTES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_EVENT_ATTRIBUTES_H_

namespace isulad::container {

inline constexpr char kImageKey[] = "image";            // of every event
inline constexpr char kExitCodeKey[] = "exitCode";      // of die and exec_die
inline constexpr char kStartedAtKey[] = "startedAt";    // of start
inline constexpr char kFinishedAtKey[] = "finishedAt";  // of die
inline constexpr char kSignalKey[] = "signal";          // of kill: the number
inline constexpr char kExecIdKey[] = "execID";          // of exec_*
inline constexpr char kHostPathKey[] = "hostPath";      // this and the following: of channel_*
inline constexpr char kContainerPathKey[] = "containerPath";
inline constexpr char kPermissionsKey[] = "permissions";  // "rw", "ro"
inline constexpr char kSizeKey[] = "size";                // bytes

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_EVENT_ATTRIBUTES_H_
