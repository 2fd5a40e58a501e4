# What a program outside this tree gets of a library: archive, headers, CMake package. See docs/library.md.
include(GNUInstallDirs)

# Installed headers say "isulad/..." where ours say where in the tree they are.
set(ISULAD_INSTALLED_FOLDERS
  "daemon/modules/spec/host_channel=isulad/host_channel"
  "utils=isulad/utils")

# isulad_install_library(NAME [HEADERS a.h ...]): isulad::NAME, in the export set isulad_host_channel and the component
# `library`.
function(isulad_install_library NAME)
  cmake_parse_arguments(ARG "" "" "HEADERS" ${ARGN})
  set_target_properties(isulad_${NAME} PROPERTIES EXPORT_NAME ${NAME})
  target_compile_features(isulad_${NAME} PUBLIC cxx_std_20)
  install(TARGETS isulad_${NAME} EXPORT isulad_host_channel
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library
          INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  foreach(header IN LISTS ARG_HEADERS)
    isulad_install_header(${CMAKE_CURRENT_SOURCE_DIR}/${header})
  endforeach()
endfunction()

function(isulad_install_header FILE)
  file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR}/src ${FILE})
  file(READ ${FILE} text)
  foreach(pair IN LISTS ISULAD_INSTALLED_FOLDERS)
    string(REGEX MATCH "^(.*)=(.*)$" ignored ${pair})
    set(ours ${CMAKE_MATCH_1})
    set(installed ${CMAKE_MATCH_2})
    string(REPLACE "#include \"${ours}/" "#include \"${installed}/" text "${text}")
    string(REGEX REPLACE "^${ours}/" "${installed}/" path ${path})
  endforeach()
  file(WRITE ${PROJECT_BINARY_DIR}/include/${path} "${text}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${FILE})
  get_filename_component(folder ${path} DIRECTORY)
  install(FILES ${PROJECT_BINARY_DIR}/include/${path}
          DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/${folder} COMPONENT library)
endfunction()
