// By librsvg and cairo. librsvg is given bytes and no address, so it fetches nothing; it is asked for one still picture and
// runs no script. What is drawn depends on the fonts of this computer, as it does for everybody who opens the file.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/drawing/drawing.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include <librsvg/rsvg.h>

#include "core/drawn.h"
#include "format/drawing/svg.h"

namespace keepmum {

namespace {

// The longer side of what is drawn, in pixels: large enough to read what a person reads, and no larger than a screen can show.
constexpr double least_side = 2000, most_side = 8000, most_drawn = 32e6;

constexpr std::string_view nothing_drawn = "a drawing that shows nothing";

struct Freed {
    void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};

struct Frame {
    double left = 0, top = 0, width = 0, height = 0;  // in the drawing's pixels
};

// The page, or what is drawn where the drawing has none.
bool frame_of(RsvgHandle* handle, Frame& frame) {
    RsvgRectangle box{};
    gboolean has_width = FALSE, has_height = FALSE, has_box = FALSE;
    RsvgLength width{}, height{};
    if (rsvg_handle_get_intrinsic_size_in_pixels(handle, &frame.width, &frame.height) == FALSE) {
        rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height, &has_box, &box);
        frame.width = box.width, frame.height = box.height;
        if (has_box == FALSE) {
            RsvgRectangle const far{0, 0, 100000, 100000};
            RsvgRectangle ink{};
            if (rsvg_handle_get_geometry_for_layer(handle, nullptr, &far, &ink, nullptr, nullptr) == FALSE) return false;
            frame = {ink.x, ink.y, ink.width, ink.height};
        }
    }
    return frame.width > 0 && frame.height > 0;
}

struct Drawn {
    std::unique_ptr<cairo_surface_t, Freed> surface;
    std::string_view trouble;
};

Drawn draw(std::string_view svg, bool copy) {
    std::unique_ptr<RsvgHandle, Freed> const handle(
        rsvg_handle_new_from_data(reinterpret_cast<guint8 const*>(svg.data()), svg.size(), nullptr));
    if (!handle) return {nullptr, "damaged: the drawing cannot be read"};
    rsvg_handle_set_dpi(handle.get(), 96);
    Frame frame;
    if (!frame_of(handle.get(), frame)) return {nullptr, nothing_drawn};
    // What is millions of screens wide is made smaller like anything else: a page that shows it does the same.
    constexpr double widest = 1e15;
    for (double const side : {frame.left, frame.top, frame.width, frame.height})
        if (!(std::abs(side) < widest)) return {nullptr, "more pixels than are decoded"};
    double const longer = std::max(frame.width, frame.height);
    double scale = std::clamp(longer, least_side, most_side) / longer;
    scale = std::min(scale, std::sqrt(most_drawn / (frame.width * frame.height)));
    int const width = std::max(1, static_cast<int>(std::lround(frame.width * scale)));
    int const height = std::max(1, static_cast<int>(std::lround(frame.height * scale)));
    std::unique_ptr<cairo_surface_t, Freed> surface(
        cairo_image_surface_create(copy ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, width, height));
    std::unique_ptr<cairo_t, Freed> const context(cairo_create(surface.get()));
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return {nullptr, "more pixels than are decoded"};
    if (!copy) {
        cairo_set_source_rgb(context.get(), 1, 1, 1);
        cairo_paint(context.get());
    }
    cairo_scale(context.get(), width / frame.width, height / frame.height);
    cairo_translate(context.get(), -frame.left, -frame.top);
    RsvgRectangle const page{0, 0, frame.left + frame.width, frame.top + frame.height};
    bool const done = rsvg_handle_render_document(handle.get(), context.get(), &page, nullptr) != FALSE;
    cairo_surface_flush(surface.get());
    if (!done || cairo_status(context.get()) != CAIRO_STATUS_SUCCESS) return {nullptr, "damaged: the drawing cannot be drawn"};
    return {std::move(surface), {}};
}

std::string to_png(cairo_surface_t* surface) {
    std::string out;
    auto const take = [](void* closure, unsigned char const* data, unsigned size) {
        static_cast<std::string*>(closure)->append(reinterpret_cast<char const*>(data), size);
        return CAIRO_STATUS_SUCCESS;
    };
    return cairo_surface_write_to_png_stream(surface, take, &out) == CAIRO_STATUS_SUCCESS ? out : std::string();
}

std::string to_pnm(cairo_surface_t* surface) {
    int const width = cairo_image_surface_get_width(surface), height = cairo_image_surface_get_height(surface);
    std::string out = "P6\n" + std::to_string(width) + " " + std::to_string(height) + "\n255\n";
    out.reserve(out.size() + std::size_t(width) * std::size_t(height) * 3);
    for (int y = 0; y < height; ++y) {
        // 0x00RRGGBB in this machine's order.
        std::size_t const start = std::size_t(y) * std::size_t(cairo_image_surface_get_stride(surface));
        auto const* const row = reinterpret_cast<std::uint32_t const*>(cairo_image_surface_get_data(surface) + start);
        for (int x = 0; x < width; ++x) {
            for (int shift : {16, 8, 0}) out.push_back(static_cast<char>(row[x] >> shift));
        }
    }
    return out;
}

class DrawingExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::string_view const bytes = evidence.content.view();
        bool const copy = evidence.reason == drawn_for_copy;
        Drawn const drawn = draw(bytes, copy);
        // What draws nothing has been read: only a copy of it cannot be made.
        if (!drawn.surface && !copy && drawn.trouble == nothing_drawn) return Done{bytes.size(), "image/svg+xml"};
        if (!drawn.surface) {
            outlet.gap({{}, drawn.trouble.starts_with("more") ? Cause::too_big : Cause::malformed, Stage::decode, bytes.size(),
                        "image/svg+xml", std::string(drawn.trouble)});
            return Done{};
        }
        outlet.progress();
        Evidence child;
        child.kind = Kind::bytes;
        child.place.steps.push_back({How::part, "drawing"});
        child.media = copy ? "image/png" : "image/x-portable-anymap";
        child.content = Blob::take(copy ? to_png(drawn.surface.get()) : to_pnm(drawn.surface.get()));
        outlet.put(std::move(child));
        return Done{bytes.size(), "image/svg+xml"};
    }
};

}  // namespace

Extractor const* drawing_extractor() {
    static DrawingExtractor const extractor;
    return &extractor;
}

}  // namespace keepmum
