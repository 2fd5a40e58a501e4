// A temporary directory for one test, removed with what is in it at the end.
#ifndef ISULAD_TEST_SUPPORT_TEMP_DIR_H_
#define ISULAD_TEST_SUPPORT_TEMP_DIR_H_

#include <string>
#include <string_view>

namespace isulad::test {

class TempDir {
 public:
  // Made under $TMPDIR or /tmp with mode 0700. Aborts where that fails: no test can go on without
  // it.
  // `place`: memory where there is such a file system, for tests of thousands of renames.
  enum class Place { kDefault, kMemory };
  explicit TempDir(Place place = Place::kDefault);
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  // Absolute, without links and without a trailing slash.
  const std::string& path() const { return path_; }
  // path() + "/" + name; nothing is made.
  std::string Sub(std::string_view name) const;

 private:
  std::string path_;
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_TEMP_DIR_H_
