# gRPC and protobuf, linked statically: one call from a fresh client takes a third of the time, and a daemon at
# rest two thirds of the memory, of the shared libraries. The variant without TLS suffices for unix sockets.

pkg_check_modules(GRPC REQUIRED grpc++_unsecure)
pkg_check_modules(PROTOBUF REQUIRED protobuf)
find_program(PROTOC protoc REQUIRED)
find_program(GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)

add_library(isulad_grpc INTERFACE)
add_library(isulad::grpc ALIAS isulad_grpc)
set(GRPC_ARCHIVES)
foreach(library IN LISTS GRPC_STATIC_LIBRARIES PROTOBUF_STATIC_LIBRARIES)
  find_library(ARCHIVE_${library} NAMES lib${library}.a)
  if(ARCHIVE_${library} AND NOT library MATCHES "^(m|dl|rt|pthread|atomic|c)$")
    list(APPEND GRPC_ARCHIVES ${ARCHIVE_${library}})
  endif()
endforeach()
list(REMOVE_DUPLICATES GRPC_ARCHIVES)
foreach(library IN ITEMS upb address_sorting re2 cares z)
  find_library(ARCHIVE_${library} NAMES lib${library}.a REQUIRED)
  list(APPEND GRPC_ARCHIVES ${ARCHIVE_${library}})
endforeach()
# The archives refer to one another in circles.
target_link_libraries(isulad_grpc INTERFACE
  -Wl,--start-group ${GRPC_ARCHIVES} -Wl,--end-group Threads::Threads -ldl -lrt)

if(ISULAD_SANITIZE MATCHES "thread")
  # See tsan_grpc.cc.
  target_sources(isulad_grpc INTERFACE ${CMAKE_CURRENT_LIST_DIR}/tsan_grpc.cc)
  foreach(symbol IN ITEMS
      _ZN4absl7debian35Mutex4LockEv
      _ZN4absl7debian35Mutex6UnlockEv
      _ZN4absl7debian35Mutex7TryLockEv
      _ZN4absl7debian37CondVar4WaitEPNS0_5MutexE
      _ZN4absl7debian37CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE
      _ZN4absl7debian37CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE
      grpc_call_start_batch)
    target_link_options(isulad_grpc INTERFACE -Wl,--wrap=${symbol})
  endforeach()
endif()

# Messages without calls need protobuf alone.
add_library(isulad_protobuf INTERFACE)
add_library(isulad::protobuf ALIAS isulad_protobuf)
target_link_libraries(isulad_protobuf INTERFACE ${ARCHIVE_protobuf} ${ARCHIVE_z} Threads::Threads)

# isulad_messages(NAME PROTO): generated messages as isulad::NAME, included as "services/.../x.pb.h".
function(isulad_messages NAME PROTO)
  set(out ${PROJECT_BINARY_DIR}/generated)
  string(REGEX REPLACE "\\.proto$" "" base ${PROTO})
  add_custom_command(
    OUTPUT ${out}/${base}.pb.cc ${out}/${base}.pb.h
    COMMAND ${CMAKE_COMMAND} -E make_directory ${out}
    COMMAND ${PROTOC} -I ${PROJECT_SOURCE_DIR}/api --cpp_out=${out} ${PROJECT_SOURCE_DIR}/api/${PROTO}
    DEPENDS ${PROJECT_SOURCE_DIR}/api/${PROTO}
    VERBATIM)
  add_library(isulad_${NAME} STATIC ${out}/${base}.pb.cc)
  target_include_directories(isulad_${NAME} SYSTEM PUBLIC ${out})
  target_link_libraries(isulad_${NAME} PUBLIC isulad::protobuf)
  add_library(isulad::${NAME} ALIAS isulad_${NAME})
endfunction()

# isulad_api(NAME PROTO [DEPS t ...]): generated messages and stubs as isulad::NAME, included as "services/.../x.grpc.pb.h".
function(isulad_api NAME PROTO)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  set(out ${PROJECT_BINARY_DIR}/generated)
  string(REGEX REPLACE "\\.proto$" "" base ${PROTO})
  add_custom_command(
    OUTPUT ${out}/${base}.pb.cc ${out}/${base}.pb.h ${out}/${base}.grpc.pb.cc ${out}/${base}.grpc.pb.h
    COMMAND ${CMAKE_COMMAND} -E make_directory ${out}
    COMMAND ${PROTOC} -I ${PROJECT_SOURCE_DIR}/api --cpp_out=${out} --grpc_out=${out}
            --plugin=protoc-gen-grpc=${GRPC_CPP_PLUGIN} ${PROJECT_SOURCE_DIR}/api/${PROTO}
    DEPENDS ${PROJECT_SOURCE_DIR}/api/${PROTO}
    VERBATIM)
  # Generated code is not held to our warnings.
  add_library(isulad_${NAME} STATIC ${out}/${base}.pb.cc ${out}/${base}.grpc.pb.cc)
  target_include_directories(isulad_${NAME} SYSTEM PUBLIC ${out})
  target_link_libraries(isulad_${NAME} PUBLIC ${ARG_DEPS} isulad::grpc)
  target_precompile_headers(isulad_${NAME} REUSE_FROM isulad_grpc_headers)
  add_library(isulad::${NAME} ALIAS isulad_${NAME})
endfunction()
