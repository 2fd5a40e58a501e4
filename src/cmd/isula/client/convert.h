// Converts between the values of container_types.h and the messages on the wire. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_CLIENT_CONVERT_H_
#define ISULAD_CMD_ISULA_CLIENT_CONVERT_H_

#include <string>
#include <vector>

#include "cmd/isula/client/container_types.h"
#include "cmd/isula/client/system_client.h"
#include "services/containers/v1/containers.pb.h"
#include "services/system/v1/system.pb.h"

namespace isulad::client {

namespace system_v1 = ::isula::system::v1;

inline std::vector<std::string> ToStrings(const Strings& list) {
  return {list.begin(), list.end()};
}

void ToProto(const ContainerOptions& options, containers_v1::CreateRequest* message);
void ToProto(const UpdateOptions& options, containers_v1::UpdateRequest* message);
void ToProto(const LogsOptions& options, containers_v1::LogsRequest* message);
void ToProto(WindowSize size, containers_v1::WindowSize* message);
void ToProto(const AttachOptions& options, containers_v1::AttachRequest* message);
void ToProto(const ExecOptions& options, containers_v1::ExecRequest* message);
ContainerSummary FromProto(const containers_v1::ContainerSummary& message);
ContainerStats FromProto(const containers_v1::ContainerStats& message);
SystemInfo FromProto(const system_v1::InfoResponse& message);

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_CONVERT_H_
