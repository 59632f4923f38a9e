# What is installed, and where (FHS): programs in bin, their data in share/statpakke, the machine's settings in etc/statpakke, units of systemd. The
# workspace is made by tmpfiles.d and by `statpakke init`. Whoever packages for a system whose units lie elsewhere sets SP_SYSTEMD_FOLDER.
set(SP_SYSTEMD_FOLDER lib/systemd/system CACHE STRING "Where units of systemd are installed, below the prefix or absolute")
set(SP_WORKSPACE ${CMAKE_INSTALL_FULL_LOCALSTATEDIR}/lib/statpakke CACHE STRING "The workspace that the units work in")
set(from ${CMAKE_SOURCE_DIR}/cmake/install)
set(to ${CMAKE_BINARY_DIR}/install)
set(SP_BIN_FOLDER ${CMAKE_INSTALL_FULL_BINDIR})
set(SP_ETC_FOLDER ${CMAKE_INSTALL_FULL_SYSCONFDIR}/statpakke)

get_property(programs GLOBAL PROPERTY sp_programs)
install(TARGETS ${programs} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${CMAKE_SOURCE_DIR}/config/ DESTINATION ${CMAKE_INSTALL_DATADIR}/statpakke/config)
install(DIRECTORY ${CMAKE_BINARY_DIR}/share/statpakke/echarts DESTINATION ${CMAKE_INSTALL_DATADIR}/statpakke OPTIONAL)
install(DIRECTORY ${CMAKE_BINARY_DIR}/share/man/ DESTINATION ${CMAKE_INSTALL_MANDIR} OPTIONAL FILES_MATCHING REGEX "\\.[15]$")

# bash finds a completion by the name of the command.
set(completions ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${from}/completion.bash DESTINATION ${completions} RENAME statpakke)
file(MAKE_DIRECTORY ${to}/completions)
foreach(program IN LISTS programs)
  if(NOT program STREQUAL "statpakke")
    file(CREATE_LINK statpakke ${to}/completions/${program} SYMBOLIC)
    install(FILES ${to}/completions/${program} DESTINATION ${completions})
  endif()
endforeach()

foreach(file statpakke.service statpakke.timer sysusers.conf tmpfiles.conf statpakke.conf service.conf cron)
  configure_file(${from}/${file}.in ${to}/${file} @ONLY)
endforeach()
install(FILES ${to}/statpakke.service ${to}/statpakke.timer DESTINATION ${SP_SYSTEMD_FOLDER})
install(FILES ${to}/sysusers.conf DESTINATION lib/sysusers.d RENAME statpakke.conf)
install(FILES ${to}/tmpfiles.conf DESTINATION lib/tmpfiles.d RENAME statpakke.conf)
install(FILES ${to}/statpakke.conf ${to}/service.conf DESTINATION ${CMAKE_INSTALL_FULL_SYSCONFDIR}/statpakke)
install(FILES ${to}/cron DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
