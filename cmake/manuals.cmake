# Manual pages into share/man of the build folder: of each program by docs/man/PROGRAM.scd and what it tells by --help, of the settings by
# config/statpakke.conf, of the workspace. tests/house/test_manuals.c sees that none is lacking.
find_program(SCDOC_PROGRAM scdoc)
if(NOT SCDOC_PROGRAM)
  message(WARNING "scdoc is not there: no manual pages are made")
  return()
endif()
set(from ${CMAKE_SOURCE_DIR}/docs/man)
set(to ${CMAKE_BINARY_DIR}/share/man)
file(MAKE_DIRECTORY ${to}/man1 ${to}/man5)

# sp_manual(NAME SECTION COMMAND... DEPENDS file...): the page that the command prints in scdoc's form.
function(sp_manual name section)
  cmake_parse_arguments(PAGE "" "" "COMMAND;DEPENDS" ${ARGN})
  set(page ${to}/man${section}/${name}.${section})
  add_custom_command(OUTPUT ${page}
    COMMAND ${PAGE_COMMAND} > ${page}.scd
    COMMAND ${SCDOC_PROGRAM} < ${page}.scd > ${page}.unfinished
    COMMAND ${CMAKE_COMMAND} -E rename ${page}.unfinished ${page}
    COMMAND ${CMAKE_COMMAND} -E rm ${page}.scd
    DEPENDS ${PAGE_DEPENDS} COMMENT "Manual page ${name}(${section})" VERBATIM)
  set_property(GLOBAL APPEND PROPERTY sp_manuals ${page})
endfunction()

get_property(programs GLOBAL PROPERTY sp_programs)
foreach(program IN LISTS programs)
  if(EXISTS ${from}/${program}.scd)
    sp_manual(${program} 1 COMMAND ${from}/page $<TARGET_FILE:${program}> ${from}/${program}.scd ${from}/common.scd
      DEPENDS ${program} ${from}/page ${from}/${program}.scd ${from}/common.scd)
  endif()
endforeach()
sp_manual(statpakke.conf 5 COMMAND ${from}/settings ${CMAKE_SOURCE_DIR}/config/statpakke.conf ${from}/statpakke.conf.scd
  DEPENDS ${from}/settings ${from}/statpakke.conf.scd ${CMAKE_SOURCE_DIR}/config/statpakke.conf)
sp_manual(statpakke-workspace 5 COMMAND cat ${from}/statpakke-workspace.scd DEPENDS ${from}/statpakke-workspace.scd)
get_property(pages GLOBAL PROPERTY sp_manuals)
add_custom_target(sp_manuals ALL DEPENDS ${pages})
