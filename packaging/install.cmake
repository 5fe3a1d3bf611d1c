# Run by `cmake --install` with from, made, scrim and PROJECT_VERSION.
configure_file(${from}/systemd/scrim.service ${made}/scrim.service @ONLY)
file(INSTALL ${made}/scrim.service DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/systemd/user)

# gzip -n: the same bytes whenever it is done.
function(install_compressed file folder)
  execute_process(COMMAND gzip -9nf ${made}/${file} COMMAND_ERROR_IS_FATAL ANY)
  file(INSTALL ${made}/${file}.gz DESTINATION ${CMAKE_INSTALL_PREFIX}/${folder})
endfunction()

execute_process(COMMAND ${scrim} manual OUTPUT_FILE ${made}/scrim.1 COMMAND_ERROR_IS_FATAL ANY)
install_compressed(scrim.1 share/man/man1)

# Of a package alone: see scripts/package.
if(DEFINED ENV{DEBEMAIL})
  set(DEBFULLNAME "$ENV{DEBFULLNAME}")
  set(DEBEMAIL "$ENV{DEBEMAIL}")
  string(TIMESTAMP DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
  configure_file(${from}/debian/changelog ${made}/changelog @ONLY)
  install_compressed(changelog share/doc/scrim)
endif()
