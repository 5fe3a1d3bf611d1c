# Run by `cmake --install` with package, from, made and PROJECT_VERSION.
# gzip -n: the same bytes whenever it is done.
function(install_compressed file folder)
  execute_process(COMMAND gzip -9nf ${made}/${file} COMMAND_ERROR_IS_FATAL ANY)
  file(INSTALL ${made}/${file}.gz DESTINATION ${CMAKE_INSTALL_PREFIX}/${folder})
endfunction()

# Of packages alone: see scripts/package.
if(DEFINED ENV{DEBEMAIL})
  set(DEBFULLNAME "$ENV{DEBFULLNAME}")
  set(DEBEMAIL "$ENV{DEBEMAIL}")
  string(TIMESTAMP DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
  configure_file(${from}/debian/changelog ${made}/changelog @ONLY)
  install_compressed(changelog share/doc/${package})
endif()
