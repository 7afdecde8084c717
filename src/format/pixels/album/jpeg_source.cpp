// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/album/jpeg_source.h"

#include <algorithm>
#include <cstdio>

#include <jerror.h>
#include <jpeglib.h>

#include "format/pixels/album/jpeg_header.h"

namespace keepmum {

namespace {

void jump_out(j_common_ptr state) {
    auto& fate = *static_cast<JpegFate*>(state->client_data);
    fate.failed = state->err->msg_code;
    std::longjmp(fate.out, 1);
}

void weigh_message(j_common_ptr state, int level) {
    if (level >= 0) return;
    auto& fate = *static_cast<JpegFate*>(state->client_data);
    ++state->err->num_warnings;
    // Bytes between segments and odd markers cost no pixel; a missing end costs none where every row was there.
    constexpr int harmless[] = {JWRN_EXTRANEOUS_DATA, JWRN_ADOBE_XFORM, JWRN_JFIF_MAJOR, JWRN_JPEG_EOF, JWRN_BOGUS_ICC};
    if (std::find(std::begin(harmless), std::end(harmless), state->err->msg_code) == std::end(harmless)) fate.lost = true;
    if (state->err->msg_code == JWRN_JPEG_EOF) fate.ended = true;
}

}  // namespace

void watch(jpeg_common_struct* state, jpeg_error_mgr& errors, JpegFate& fate) {
    state->err = jpeg_std_error(&errors);
    errors.error_exit = jump_out;
    errors.emit_message = weigh_message;
    state->client_data = &fate;
}

void open_jpeg(jpeg_decompress_struct& state, std::string_view jpeg) {
    jpeg_create_decompress(&state);
    jpeg_mem_src(&state, reinterpret_cast<unsigned char const*>(jpeg.data()), jpeg.size());
    keep_markers(state);
    jpeg_read_header(&state, TRUE);
}

bool is_lost(jpeg_decompress_struct const& state) {
    auto const& fate = *static_cast<JpegFate const*>(state.client_data);
    // Colours, too, may have scans of their own.
    bool const scans = state.progressive_mode != FALSE || state.comps_in_scan < state.num_components;
    return fate.lost || (fate.ended && scans);
}

std::optional<Trouble> trouble_of(JpegFate const& fate) {
    if (fate.failed == 0) return {};
    if (fate.failed == JERR_OUT_OF_MEMORY) return Trouble{Cause::too_big, "more memory needed than the limit allows"};
    constexpr int rare[] = {JERR_ARITH_NOTIMPL, JERR_SOF_UNSUPPORTED, JERR_CONVERSION_NOTIMPL, JERR_BAD_PRECISION};
    if (std::find(std::begin(rare), std::end(rare), fate.failed) != std::end(rare)) {
        return Trouble{Cause::unsupported, "a rare kind of JPEG"};
    }
    return Trouble{Cause::malformed, "not a JPEG picture that can be decoded"};
}

}  // namespace keepmum
