# What every target is compiled with: warnings as errors and, where asked, sanitizers.

# For generated code as well, so that it can share precompiled headers.
add_compile_definitions(_FILE_OFFSET_BITS=64)
add_compile_options(-fno-common -fstack-protector-strong)
add_library(isulad_options INTERFACE)
add_library(isulad::options ALIAS isulad_options)
target_include_directories(isulad_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_options(isulad_options INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual -Woverloaded-virtual
  -Wnull-dereference -Wformat=2)

if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(isulad_options INTERFACE -Wthread-safety)
else()
  # GCC 12 reports null dereferences, dangling pointers and writes and reads out of bounds inside std::string, and
  # uninitialised members inside std::variant, that are not there; the last only when it optimises. The sanitizers look
  # for the real ones.
  target_compile_options(isulad_options INTERFACE -Wno-null-dereference -Wno-restrict -Wno-array-bounds
                         -Wno-stringop-overflow -Wno-stringop-overread -Wno-maybe-uninitialized)
endif()

# Programs that hold gRPC are linked in a fifth of the time.
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(ISULAD_SANITIZE)
  add_compile_options(-fsanitize=${ISULAD_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ISULAD_SANITIZE})
endif()

if(ISULAD_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "ISULAD_FUZZ needs clang; use the preset fuzz")
  endif()
  # In all libraries, so that the fuzzer sees which of their branches an input reaches.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
