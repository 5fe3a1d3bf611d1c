# Run by `cmake --install` with package, from, made, scrim and PROJECT_VERSION.
configure_file(${from}/systemd/scrim.service ${made}/scrim.service @ONLY)
file(INSTALL ${made}/scrim.service DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/systemd/user)

include(${from}/changelog.cmake)

execute_process(COMMAND ${scrim} manual OUTPUT_FILE ${made}/scrim.1 COMMAND_ERROR_IS_FATAL ANY)
install_compressed(scrim.1 share/man/man1)
