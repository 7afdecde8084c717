# SPDX-License-Identifier: GPL-3.0-or-later
# What is installed where, and the .deb: `cpack --config build/release/CPackConfig.cmake -B DIR`.
# The program finds its packs and workers beside itself (src/io/folders.h), so any prefix works.

# Written by the program itself, from its table of commands: they cannot lag behind.
set(derived ${CMAKE_BINARY_DIR}/derived)
set(derived_files ${derived}/keepmum.1.gz ${derived}/keepmum.bash ${derived}/_keepmum ${derived}/keepmum.fish)
add_custom_command(OUTPUT ${derived_files}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${derived}
  COMMAND sh -c "$<TARGET_FILE:keepmum> help man | gzip -9n > ${derived}/keepmum.1.gz"
  COMMAND sh -c "$<TARGET_FILE:keepmum> help bash > ${derived}/keepmum.bash"
  COMMAND sh -c "$<TARGET_FILE:keepmum> help zsh > ${derived}/_keepmum"
  COMMAND sh -c "$<TARGET_FILE:keepmum> help fish > ${derived}/keepmum.fish"
  DEPENDS keepmum VERBATIM)
add_custom_target(keepmum_derived ALL DEPENDS ${derived_files})

set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # packing what is built does not build the tests
install(TARGETS keepmum RUNTIME DESTINATION bin)
install(TARGETS ${KEEPMUM_WORKERS} RUNTIME DESTINATION ${KEEPMUM_LIBEXEC})
install(DIRECTORY packs directives samples DESTINATION share/keepmum)
install(PROGRAMS tools/fetch_models DESTINATION share/keepmum)  # run by the user, once; reads models.inc beside it
install(FILES src/io/models.inc tools/lite_to_onnx.py DESTINATION share/keepmum)
install(FILES ${derived}/keepmum.1.gz DESTINATION share/man/man1)
install(FILES ${derived}/keepmum.bash DESTINATION share/bash-completion/completions RENAME keepmum)
install(FILES ${derived}/_keepmum DESTINATION share/zsh/vendor-completions)
install(FILES ${derived}/keepmum.fish DESTINATION share/fish/vendor_completions.d)
install(FILES README.md CHANGELOG.md SECURITY.md DESTINATION share/doc/keepmum)
install(FILES LICENSE DESTINATION share/doc/keepmum RENAME copyright)
install(DIRECTORY docs/ DESTINATION share/doc/keepmum/docs)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_CONTACT "The keepmum authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "says whether a file may leave the house, and why not")
set(CPACK_PACKAGE_DESCRIPTION
  "keepmum looks at documents, mails, archives and texts before they are sent and says in plain words, in English or
Chinese, what they would give away: markings, personal numbers, passwords and keys, the names that a house keeps to
itself, also where nobody sees them. It needs no network and sends nothing to anyone.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Character maps of Chinese, Japanese and Korean PDF; what tesseract knows of letters.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "poppler-data, tesseract-ocr-eng, tesseract-ocr-chi-sim")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
