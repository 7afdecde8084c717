// What libjpeg's reader and writer share: errors jump, and warnings are told apart.
//
// libjpeg reports errors by a call that must not return, so a setjmp and a longjmp cross the library; what
// must be released lies outside of the function that is jumped into.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csetjmp>

struct jpeg_common_struct;

namespace keepmum {

struct JpegFate {
    std::jmp_buf out;
    int failed = 0;     // the library's number of what went wrong
    bool lost = false;  // it went on, and pixels are made up
};

// For jpeg_error_mgr::error_exit and emit_message, where client_data is a JpegFate.
void jump_out(jpeg_common_struct* state);
void weigh_message(jpeg_common_struct* state, int level);

}  // namespace keepmum
