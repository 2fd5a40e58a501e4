// Converts between the wire types of containers/v1 and the types of the container module. Pure.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_CONVERT_CONTAINER_H_
#define ISULAD_DAEMON_ENTRY_GRPC_CONVERT_CONTAINER_H_

#include "daemon/modules/container/service.h"
#include "services/containers/v1/containers.pb.h"
#include "utils/base/result.h"

namespace isulad::entry {

namespace v1 = isula::containers::v1;

container::UpdateRequest FromWire(const v1::UpdateRequest& wire);
container::AttachRequest FromWire(const v1::AttachRequest::Open& wire);
container::ExecRequest FromWire(const v1::ExecRequest::Open& wire);
container::LogsRequest FromWire(const v1::LogsRequest& wire);
shim::WindowSize FromWire(const v1::WindowSize& wire);
void ToWire(const container::Summary& summary, v1::ContainerSummary* wire);
void ToWire(const container::ContainerStats& stats, v1::ContainerStats* wire);

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_CONVERT_CONTAINER_H_
