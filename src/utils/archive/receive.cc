#include "utils/archive/receive.h"

#include <utility>

#include "utils/archive/destination.h"

namespace isulad::archive {

Status Receiver::OnSource(const Source& source) {
  if (unpacker_) {
    return unpacker_->OnSource(source);
  }
  ASSIGN_OR_RETURN(Destination destination, FindDestination(tree_, path_, source));
  unpacker_ = std::make_unique<Unpacker>(std::move(destination), options_, notice_);
  return OkStatus();
}

Status Receiver::RequireSource() const {
  return unpacker_ ? OkStatus()
                   : Status(Error(Code::kDataLoss, "the copy came damaged: it has no beginning"));
}

Status Receiver::OnEntry(const Entry& entry) {
  RETURN_IF_ERROR(RequireSource());
  return unpacker_->OnEntry(entry);
}

Status Receiver::OnData(uint64_t offset, std::string_view bytes) {
  RETURN_IF_ERROR(RequireSource());
  return unpacker_->OnData(offset, bytes);
}

Status Receiver::OnEnd() {
  RETURN_IF_ERROR(RequireSource());
  return unpacker_->OnEnd();
}

}  // namespace isulad::archive
