// What all who read or write a JPEG by libjpeg share: errors jump, and warnings are told apart.
//
// libjpeg reports errors by a call that must not return, so a setjmp and a longjmp cross the library; what
// must be released lies outside of the function that is jumped into.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csetjmp>
#include <optional>
#include <string_view>

#include "format/pixels/canvas.h"

struct jpeg_common_struct;
struct jpeg_decompress_struct;
struct jpeg_error_mgr;

namespace keepmum {

struct JpegFate {
    std::jmp_buf out;
    int failed = 0;      // the library's number of what went wrong
    bool lost = false;   // it went on, and pixels are made up
    bool ended = false;  // the file ended before its end mark
};

// Before anything else is done with `state`, whether it reads or writes: from then on errors jump to fate.out, which must be set.
void watch(jpeg_common_struct* state, jpeg_error_mgr& errors, JpegFate& fate);

// Reads up to the picture, keeping what jpeg_header.h asks for. The caller destroys `state`, here and where this jumps.
void open_jpeg(jpeg_decompress_struct& state, std::string_view jpeg);

// Once it is read to its end: whether pixels of it are made up, or what a later scan would have refined is missing.
bool is_lost(jpeg_decompress_struct const& state);

// What the failure means, or nothing where there was none.
std::optional<Trouble> trouble_of(JpegFate const& fate);

}  // namespace keepmum
