// A place on the host where somebody without rights may write, with a machine whose channels lie
// in it.
#ifndef ISULAD_TEST_INTEGRATION_HOST_CHANNEL_YARD_H_
#define ISULAD_TEST_INTEGRATION_HOST_CHANNEL_YARD_H_

#include <functional>
#include <string>

#include "machine.h"

namespace isulad::host_channel::test {

// To be made in a mount namespace of the test's own. In the yard, which belongs to the user:
//   p/        the user's, where host paths lie
//   trap/     root's, 0700, with an empty directory "c" and a file
//   link      a symbolic link to the victim
// Beside it, where the user may not write:
//   victim/   root's, with an empty directory "c" and a file
class Yard {
 public:
  Yard();

  std::string Path(const std::string& name) const { return machine.Path("yard/" + name); }
  HostChannel Channel(const std::string& name, Access access = Access::kReadWrite) const;

  // Runs `act` as the user, in a process of its own whose working directory is the yard.
  // False where it ended by anything but its end.
  bool AsUser(const std::function<void()>& act) const;
  // What the user can do: swaps two names. False where that cannot be done: one does not exist, or
  // is mounted on.
  bool Exchange(const std::string& one, const std::string& two) const;

  // All that is root's and that no channel may touch, with modes, marks and contents; and that no
  // mount stands at or in it.
  std::string Untouchables() const;

  Machine machine;
};

// Runs `body` in a mount namespace of its own, with a yard whose untouchables have to be untouched
// at its end.
void RunInYard(const std::function<void(Yard&)>& body);

// A channel of the machine's owner, at this name in the yard.
void CreateAndMount(Yard& yard, const std::string& name);

// Makes a socket of this name, relative to the working directory.
void BindSocket(const char* path);

}  // namespace isulad::host_channel::test

#endif  // ISULAD_TEST_INTEGRATION_HOST_CHANNEL_YARD_H_
