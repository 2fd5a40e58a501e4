# Helpers that keep the folders' CMakeLists.txt to lists of sources and dependencies.

# isulad_precompiled(NAME HEADERS <a> ... [DEPS t ...])
# A target that compiles these headers once for all that reuse them. Every file includes what it needs all the same:
# the build for fuzzing has no precompiled headers.
function(isulad_precompiled NAME)
  cmake_parse_arguments(ARG "" "" "HEADERS;DEPS" ${ARGN})
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/${NAME}.cc "")
  add_library(${NAME} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/${NAME}.cc)
  target_link_libraries(${NAME} PRIVATE isulad::options ${ARG_DEPS})
  target_precompile_headers(${NAME} PRIVATE ${ARG_HEADERS})
endfunction()

# isulad_group_sources(OUT NAME a.cc ...)
# OUT: files that include these sources, ISULAD_GROUP_SIZE each: the same headers and templates are compiled once for
# all of them. CMake's own unity builds name the sources by absolute paths, with which a clone in another folder finds
# nothing in the compiler's cache.
function(isulad_group_sources OUT NAME)
  if(ISULAD_GROUP_SIZE LESS_EQUAL 1)
    set(${OUT} ${ARGN} PARENT_SCOPE)
    return()
  endif()
  set(groups)
  list(LENGTH ARGN count)
  math(EXPR last "${count} - 1")
  foreach(begin RANGE 0 ${last} ${ISULAD_GROUP_SIZE})
    list(SUBLIST ARGN ${begin} ${ISULAD_GROUP_SIZE} members)
    set(text)
    foreach(source IN LISTS members)
      get_filename_component(source ${source} ABSOLUTE)
      file(RELATIVE_PATH source ${PROJECT_SOURCE_DIR} ${source})
      string(APPEND text "#include \"${source}\"\n")
    endforeach()
    list(LENGTH groups number)
    set(group ${CMAKE_CURRENT_BINARY_DIR}/${NAME}_group_${number}.cc)
    file(CONFIGURE OUTPUT ${group} CONTENT "${text}" @ONLY)
    list(APPEND groups ${group})
  endforeach()
  set(${OUT} ${groups} PARENT_SCOPE)
endfunction()

# isulad_library(NAME SOURCES a.cc ... [DEPS t ...] [PRIVATE_DEPS t ...] [HEADERS t])
# A static library isulad_NAME with the alias isulad::NAME. HEADERS is the target whose precompiled headers it reuses.
function(isulad_library NAME)
  cmake_parse_arguments(ARG "" "HEADERS" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  if(NOT ARG_HEADERS)
    set(ARG_HEADERS isulad_headers)
  endif()
  if(ARG_SOURCES)
    isulad_group_sources(sources ${NAME} ${ARG_SOURCES})
    add_library(isulad_${NAME} STATIC ${sources})
    target_include_directories(isulad_${NAME} PRIVATE ${PROJECT_SOURCE_DIR})  # for the groups
    target_link_libraries(isulad_${NAME} PUBLIC $<BUILD_INTERFACE:isulad::options> ${ARG_DEPS}
                          PRIVATE ${ARG_PRIVATE_DEPS})
    target_precompile_headers(isulad_${NAME} REUSE_FROM ${ARG_HEADERS})
  else()
    add_library(isulad_${NAME} INTERFACE)
    target_link_libraries(isulad_${NAME} INTERFACE isulad::options ${ARG_DEPS})
  endif()
  add_library(isulad::${NAME} ALIAS isulad_${NAME})
endfunction()

# Tests are compiled for compiling's sake: most of the time of a build went into them, and most of that into the
# headers of GoogleTest. What they test is compiled like what is installed.
set(ISULAD_TEST_OPTIONS -O0)

# isulad_test(NAME SOURCES a_test.cc ... [DEPS t ...] [LABELS l ...] [TIMEOUT s] [SERIAL] [SINGLY] [HEADERS t])
# SINGLY: the sources have the same names for different things, and are not grouped.
# A GoogleTest program, one ctest case for the whole program: starting a process for each case of a
# fast suite would cost more than the suite.
function(isulad_test NAME)
  cmake_parse_arguments(ARG "SERIAL;SINGLY" "TIMEOUT;HEADERS" "SOURCES;DEPS;LABELS" ${ARGN})
  if(NOT ARG_HEADERS)
    set(ARG_HEADERS isulad_test_headers)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  if(ISULAD_SANITIZE)
    math(EXPR ARG_TIMEOUT "${ARG_TIMEOUT} * 5")  # that is how much slower it can be
  endif()
  set(sources ${ARG_SOURCES})
  if(NOT ARG_SINGLY)
    isulad_group_sources(sources ${NAME} ${ARG_SOURCES})
  endif()
  add_executable(${NAME} ${sources})
  set_target_properties(${NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/test)
  target_include_directories(${NAME} PRIVATE ${PROJECT_SOURCE_DIR}/test ${PROJECT_SOURCE_DIR})
  target_link_libraries(${NAME} PRIVATE isulad::options ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  target_compile_options(${NAME} PRIVATE ${ISULAD_TEST_OPTIONS})
  target_precompile_headers(${NAME} REUSE_FROM ${ARG_HEADERS})
  # For whoever wants to know which program has a case; see test/support/select_tests.py.
  foreach(source IN LISTS ARG_SOURCES)
    get_filename_component(source ${source} ABSOLUTE)
    set_property(GLOBAL APPEND_STRING PROPERTY ISULAD_TEST_SOURCES "${NAME}\t${source}\n")
  endforeach()
  add_test(NAME ${NAME} COMMAND ${NAME})
  set_tests_properties(${NAME} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT})
  if(ARG_SERIAL)
    set_tests_properties(${NAME} PROPERTIES RUN_SERIAL ON)
  endif()
endfunction()

# isulad_fuzzer(NAME SOURCES a_fuzzer.cc ... [DEPS t ...] CORPUS folder)
# A libFuzzer program, in the build of the preset `fuzz` only; the target `fuzzers` is all of them. There
# ctest runs each for ISULAD_FUZZ_SECONDS. What it finds goes to the build tree: the corpus of the sources
# is only read.
function(isulad_fuzzer NAME)
  cmake_parse_arguments(ARG "" "CORPUS" "SOURCES;DEPS" ${ARGN})
  set(out ${PROJECT_BINARY_DIR}/fuzz)
  set(found ${out}/corpus/${NAME})
  file(MAKE_DIRECTORY ${found})
  add_executable(${NAME} ${ARG_SOURCES})
  set_target_properties(${NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${out})
  target_link_libraries(${NAME} PRIVATE isulad::options ${ARG_DEPS})
  target_link_options(${NAME} PRIVATE -fsanitize=fuzzer)
  if(NOT TARGET fuzzers)
    add_custom_target(fuzzers)
  endif()
  add_dependencies(fuzzers ${NAME})
  add_test(NAME ${NAME}
    COMMAND ${NAME} -max_total_time=${ISULAD_FUZZ_SECONDS} -timeout=10 -print_final_stats=1
            -artifact_prefix=${out}/${NAME}- ${found} ${CMAKE_CURRENT_SOURCE_DIR}/${ARG_CORPUS})
  set_tests_properties(${NAME} PROPERTIES LABELS fuzz TIMEOUT 3600)
endfunction()
