// HEVC stills by libde265 (ITU-T H.265).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <libde265/de265.h>

#include <algorithm>
#include <memory>

#include "format/pixels/heif/coded.h"

namespace keepmum {

namespace {

struct Free {
    void operator()(void* decoder) const { de265_free_decoder(decoder); }
};
using Decoder = std::unique_ptr<void, Free>;

Trouble damaged() { return {Cause::malformed, "damaged or cut short: the picture cannot be decoded"}; }

std::size_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    return value;
}

bool push(void* decoder, std::string_view unit) {
    return unit.empty() ||
           de265_isOK(de265_push_NAL(decoder, unit.data(), static_cast<int>(unit.size()), 0, nullptr));
}

// Units, each behind its length of `length_size` bytes, to the end.
bool push_all(void* decoder, std::string_view data, std::size_t length_size) {
    while (!data.empty()) {
        std::size_t const size = number(data, 0, length_size);
        if (data.size() < length_size || size > data.size() - length_size ||
            !push(decoder, data.substr(length_size, size)))
            return false;
        data.remove_prefix(length_size + size);
    }
    return true;
}

// 22 bytes about profile and length, number of arrays; each: kind (1), number (2), units behind lengths of 2 bytes.
bool push_configuration(void* decoder, std::string_view configuration) {
    std::size_t at = 23;
    for (std::size_t array = number(configuration, 22, 1); array > 0; --array) {
        std::size_t const units = number(configuration, at + 1, 2);
        at += 3;
        for (std::size_t i = 0; i < units; ++i) {
            std::size_t const size = number(configuration, at, 2);
            if (at + 2 > configuration.size() || size > configuration.size() - at - 2) return false;
            if (!push(decoder, configuration.substr(at + 2, size))) return false;
            at += 2 + size;
        }
    }
    return true;
}

// Warnings that leave no pixel made up.
bool is_harmless(de265_error warning) {
    return warning == DE265_WARNING_NO_WPP_CANNOT_USE_MULTITHREADING || warning == DE265_WARNING_EOSS_BIT_NOT_SET ||
           warning == DE265_WARNING_INCORRECT_ENTRY_POINT_OFFSET;
}

// The sizes that the library asks memory for are looked at before it gets any.
struct Allocation {
    std::uint64_t most = 0;
    bool too_large = false;
};

int allocate(de265_decoder_context* decoder, de265_image_spec* spec, de265_image* image, void* data) {
    auto* const allocation = static_cast<Allocation*>(data);
    if (spec->width <= 0 || spec->height <= 0 ||
        check_size(static_cast<std::uint64_t>(spec->width), static_cast<std::uint64_t>(spec->height),
                   allocation->most)) {
        allocation->too_large = true;
        return 0;
    }
    return de265_get_default_image_allocation_functions()->get_buffer(decoder, spec, image, nullptr);
}

void release(de265_decoder_context* decoder, de265_image* image, void*) {
    de265_get_default_image_allocation_functions()->release_buffer(decoder, image, nullptr);
}

std::optional<Planes> planes_of(de265_image const* image) {
    Planes planes;
    int const width = de265_get_image_width(image, 0), height = de265_get_image_height(image, 0),
              bits = de265_get_bits_per_pixel(image, 0);
    if (width <= 0 || height <= 0 || bits < 8 || bits > 16) return {};
    planes.width = static_cast<std::uint32_t>(width);
    planes.height = static_cast<std::uint32_t>(height);
    planes.bits = static_cast<std::uint32_t>(bits);
    switch (de265_get_chroma_format(image)) {
        case de265_chroma_mono:
            planes.chroma = Planes::Chroma::none;
            break;
        case de265_chroma_420:
            planes.chroma = Planes::Chroma::halved;
            break;
        case de265_chroma_422:
            planes.chroma = Planes::Chroma::half_as_wide;
            break;
        case de265_chroma_444:
            planes.chroma = Planes::Chroma::full;
            break;
    }
    int const count = planes.chroma == Planes::Chroma::none ? 1 : 3;
    bool const across = planes.chroma == Planes::Chroma::halved || planes.chroma == Planes::Chroma::half_as_wide,
               down = planes.chroma == Planes::Chroma::halved;
    for (int i = 0; i < count; ++i) {
        int stride = 0;
        planes.data[i] = de265_get_image_plane(image, i, &stride);
        planes.stride[i] = stride;
        bool const fits = i == 0 || (de265_get_image_width(image, i) >= (across ? (width + 1) / 2 : width) &&
                                     de265_get_image_height(image, i) >= (down ? (height + 1) / 2 : height) &&
                                     de265_get_bits_per_pixel(image, i) == bits);
        if (!planes.data[i] || !fits) return {};
    }
    planes.said = {static_cast<std::uint32_t>(de265_get_image_colour_primaries(image)),
                   static_cast<std::uint32_t>(de265_get_image_transfer_characteristics(image)),
                   static_cast<std::uint32_t>(de265_get_image_matrix_coefficients(image)),
                   de265_get_image_full_range_flag(image) != 0};
    return planes;
}

}  // namespace

std::optional<Trouble> decode_hevc(std::string_view configuration, std::string_view data, std::uint64_t most,
                                   PlanesTaker& taker) {
    Decoder const decoder(de265_new_decoder());
    if (!decoder) return Trouble{Cause::too_big, "more pixels than are decoded"};
    Allocation allocation{most, false};
    de265_image_allocation functions{allocate, release};
    de265_set_image_allocation_functions(decoder.get(), &functions, &allocation);
    de265_set_parameter_bool(decoder.get(), DE265_DECODER_PARAM_SUPPRESS_FAULTY_PICTURES, 1);
    std::size_t const length_size = (number(configuration, 21, 1) & 3) + 1;
    if (configuration.size() < 23 || !push_configuration(decoder.get(), configuration)) return damaged();
    if (!push_all(decoder.get(), data, length_size)) return damaged();
    if (!de265_isOK(de265_flush_data(decoder.get()))) return damaged();
    // Each turn takes a unit, of which there are no more than bytes.
    int more = 1;
    for (std::size_t turn = 0; more != 0 && turn <= configuration.size() + data.size(); ++turn) {
        if (!de265_isOK(de265_decode(decoder.get(), &more))) break;
    }
    if (allocation.too_large) return Trouble{Cause::too_big, "more pixels than are decoded"};
    for (de265_error warning; (warning = de265_get_warning(decoder.get())) != DE265_OK;) {
        if (!is_harmless(warning)) return damaged();
    }
    de265_image const* const image = de265_get_next_picture(decoder.get());
    std::optional<Planes> const planes = image ? planes_of(image) : std::nullopt;
    return planes ? taker.take(*planes) : damaged();
}

}  // namespace keepmum
