#include "unit/daemon/modules/spec/bpf_machine.h"

#include <linux/filter.h>

#include <cstdlib>
#include <cstring>
#include <vector>

namespace isulad::spec {
namespace {

class Machine {
 public:
  Machine(const std::string& program, const seccomp_data& data)
      : code_(program.size() / sizeof(sock_filter)), data_(data) {
    if (program.size() % sizeof(sock_filter) != 0) {
      std::abort();
    }
    std::memcpy(code_.data(), program.data(), program.size());
  }

  BpfResult Run() {
    BpfResult result;
    while (true) {
      const sock_filter& instruction = code_.at(position_++);
      ++result.steps;
      if (BPF_CLASS(instruction.code) == BPF_RET) {
        result.action = instruction.k & SECCOMP_RET_ACTION_FULL;
        result.error = static_cast<int>(instruction.k & SECCOMP_RET_DATA);
        return result;
      }
      Step(instruction);
    }
  }

 private:
  void Step(const sock_filter& instruction) {
    switch (BPF_CLASS(instruction.code)) {
      case BPF_LD:
        Load(instruction);
        return;
      case BPF_ALU:
        if (BPF_OP(instruction.code) != BPF_AND) {
          std::abort();
        }
        accumulator_ &= instruction.k;
        return;
      case BPF_JMP:
        Jump(instruction);
        return;
      default:
        std::abort();
    }
  }

  void Load(const sock_filter& instruction) {
    if (instruction.code != (BPF_LD | BPF_W | BPF_ABS) ||
        instruction.k + sizeof(accumulator_) > sizeof(data_)) {
      std::abort();
    }
    std::memcpy(&accumulator_, reinterpret_cast<const char*>(&data_) + instruction.k,
                sizeof(accumulator_));
  }

  void Jump(const sock_filter& instruction) {
    if (BPF_OP(instruction.code) == BPF_JA) {
      position_ += instruction.k;
      return;
    }
    position_ += Compare(instruction) ? instruction.jt : instruction.jf;
  }

  bool Compare(const sock_filter& instruction) const {
    switch (BPF_OP(instruction.code)) {
      case BPF_JEQ:
        return accumulator_ == instruction.k;
      case BPF_JGT:
        return accumulator_ > instruction.k;
      case BPF_JGE:
        return accumulator_ >= instruction.k;
      case BPF_JSET:
        return (accumulator_ & instruction.k) != 0;
      default:
        std::abort();
    }
  }

  std::vector<sock_filter> code_;
  seccomp_data data_;
  size_t position_ = 0;
  uint32_t accumulator_ = 0;
};

}  // namespace

BpfResult RunBpf(const std::string& program, const seccomp_data& data) {
  return Machine(program, data).Run();
}

}  // namespace isulad::spec
