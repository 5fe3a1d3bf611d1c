# Read by cpack: who makes the package answers for it, as with Debian's own tools.
foreach(name DEBFULLNAME DEBEMAIL)
  if(NOT DEFINED ENV{${name}})
    message(FATAL_ERROR "${name} is not set; scripts/package makes the package")
  endif()
endforeach()
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
