// AV1 stills by dav1d (AV1 Bitstream & Decoding Process Specification).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <dav1d/dav1d.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>

#include "format/pixels/heif/coded.h"

namespace keepmum {

namespace {

struct Close {
    void operator()(Dav1dContext* context) const { dav1d_close(&context); }
};
using Context = std::unique_ptr<Dav1dContext, Close>;

// Unreferences what it holds.
class Picture {
  public:
    Picture() = default;
    Picture(Picture const&) = delete;
    Picture& operator=(Picture const&) = delete;
    ~Picture() { dav1d_picture_unref(&picture_); }
    Dav1dPicture* operator->() { return &picture_; }
    Dav1dPicture* pointer() { return &picture_; }

  private:
    Dav1dPicture picture_{};
};

Trouble damaged() { return {Cause::malformed, "damaged or cut short: the picture cannot be decoded"}; }

bool send(Dav1dContext* context, std::string_view bytes) {
    if (bytes.empty()) return true;
    Dav1dData data{};
    std::uint8_t* const room = dav1d_data_create(&data, bytes.size());
    if (!room) return false;
    std::memcpy(room, bytes.data(), bytes.size());
    bool const sent = dav1d_send_data(context, &data) == 0;
    if (!sent) dav1d_data_unref(&data);
    return sent;
}

Planes planes_of(Dav1dPicture const& picture) {
    Planes planes;
    planes.width = static_cast<std::uint32_t>(picture.p.w);
    planes.height = static_cast<std::uint32_t>(picture.p.h);
    planes.bits = static_cast<std::uint32_t>(picture.p.bpc);
    switch (picture.p.layout) {
        case DAV1D_PIXEL_LAYOUT_I400:
            planes.chroma = Planes::Chroma::none;
            break;
        case DAV1D_PIXEL_LAYOUT_I420:
            planes.chroma = Planes::Chroma::halved;
            break;
        case DAV1D_PIXEL_LAYOUT_I422:
            planes.chroma = Planes::Chroma::half_as_wide;
            break;
        case DAV1D_PIXEL_LAYOUT_I444:
            planes.chroma = Planes::Chroma::full;
            break;
    }
    for (int i = 0; i < (planes.chroma == Planes::Chroma::none ? 1 : 3); ++i) {
        planes.data[i] = static_cast<std::uint8_t const*>(picture.data[i]);
        planes.stride[i] = picture.stride[i == 0 ? 0 : 1];
    }
    Dav1dSequenceHeader const& head = *picture.seq_hdr;
    planes.said = {static_cast<std::uint32_t>(head.pri), static_cast<std::uint32_t>(head.trc),
                   static_cast<std::uint32_t>(head.mtrx), head.color_range != 0};
    return planes;
}

}  // namespace

std::optional<Trouble> decode_av1(std::string_view data, std::uint32_t operating_point, std::uint64_t most,
                                  PlanesTaker& taker) {
    Dav1dSettings settings;
    dav1d_default_settings(&settings);
    settings.n_threads = 1;
    settings.max_frame_delay = 1;
    settings.all_layers = 0;
    settings.operating_point = static_cast<int>(operating_point & 31);
    settings.frame_size_limit =
        static_cast<unsigned>(std::min<std::uint64_t>(most, std::numeric_limits<unsigned>::max()));
    settings.logger = {nullptr, nullptr};
    Dav1dContext* opened = nullptr;
    if (dav1d_open(&opened, &settings) != 0) return Trouble{Cause::too_big, "more pixels than are decoded"};
    Context const context(opened);
    Picture picture;
    if (!send(context.get(), data)) return damaged();
    int got = dav1d_get_picture(context.get(), picture.pointer());
    // Of several layers the last one is given when it is clear that no other follows.
    if (got == -EAGAIN) got = dav1d_get_picture(context.get(), picture.pointer());
    if (got == -ERANGE) return Trouble{Cause::too_big, "more pixels than are decoded"};
    if (got != 0 || picture->p.w <= 0 || picture->p.h <= 0 || !picture->seq_hdr) return damaged();
    return taker.take(planes_of(*picture.pointer()));
}

}  // namespace keepmum
