// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/heif/made_stills_test.h"

#include <libheif/heif.h>

#include <algorithm>

#include "format/photo/bmff.h"

namespace keepmum {

namespace {

using namespace std::string_literals;

std::string number(std::uint64_t value, std::size_t size) {
    std::string out;
    for (std::size_t i = size; i-- > 0;) out += static_cast<char>(value >> 8 * i & 0xFF);
    return out;
}
std::string box(std::string_view type, std::string const& body) {
    return number(body.size() + 8, 4) + std::string(type) + body;
}
std::string full_box(std::string_view type, unsigned version, std::string const& body) {
    return box(type, number(version, 1) + number(0, 3) + body);
}

heif_image* image_of(Pixels const& pixels, Alpha alpha) {
    heif_image* image = nullptr;
    bool const plain = alpha == Alpha::none;
    int const width = static_cast<int>(pixels.width), height = static_cast<int>(pixels.height);
    heif_image_create(width, height, heif_colorspace_RGB,
                      plain ? heif_chroma_interleaved_RGB : heif_chroma_interleaved_RGBA, &image);
    heif_image_add_plane(image, heif_channel_interleaved, width, height, 8);
    int stride = 0;
    std::uint8_t* const rows = heif_image_get_plane(image, heif_channel_interleaved, &stride);
    std::size_t const samples = plain ? 3 : 4;
    for (std::size_t y = 0; y < pixels.height; ++y) {
        for (std::size_t x = 0; x < pixels.width; ++x) {
            std::uint8_t* const to = rows + y * static_cast<std::size_t>(stride) + x * samples;
            std::copy_n(&pixels.rgb[(y * pixels.width + x) * 3], 3, to);
            if (!plain) to[3] = static_cast<std::uint8_t>(x * 255 / (pixels.width - 1));
        }
    }
    return image;
}

}  // namespace

std::string to_still(Pixels const& pixels, Coding coding, Alpha alpha) {
    heif_image* const image = image_of(pixels, alpha);
    heif_context* const context = heif_context_alloc();
    heif_encoder* encoder = nullptr;
    std::string out;
    auto const format = coding == Coding::hevc ? heif_compression_HEVC : heif_compression_AV1;
    if (heif_context_get_encoder_for_format(context, format, &encoder).code == heif_error_Ok) {
        heif_encoder_set_lossy_quality(encoder, 80);
        heif_context_encode_image(context, image, encoder, nullptr, nullptr);
        heif_writer writer{1, [](heif_context*, void const* data, std::size_t size, void* into) {
                               static_cast<std::string*>(into)->assign(static_cast<char const*>(data), size);
                               return heif_error{heif_error_Ok, heif_suberror_Unspecified, ""};
                           }};
        heif_context_write(context, &writer, &out);
        heif_encoder_release(encoder);
    }
    heif_image_release(image);
    heif_context_free(context);
    return out;
}

MadeItem made_item(Pixels const& pixels, Coding coding) {
    std::string const file = to_still(pixels, coding);
    MadeItem made;
    std::uint64_t behind = 0;
    for (IsoBox const& each : read_boxes(file, 0, file.size(), behind)) {
        if (each.type != "meta") continue;
        MediaItems const items(file, each);
        MediaItem const* const item = items.find(items.primary());
        if (!item) break;
        made.type = item->type;
        made.data = items.bytes_of(*item);
        for (MediaItems::Property const& property : items.properties_of(*item)) {
            made.properties.emplace_back(part_of(file, property.box->at, property.box->size));
        }
    }
    return made;
}

MadeItem made_grid(unsigned rows, unsigned columns, unsigned width, unsigned height, std::vector<unsigned> parts) {
    return {"grid",
            number(0, 1) + number(1, 1) + number(rows - 1, 1) + number(columns - 1, 1) + number(width, 4) +
                number(height, 4),
            {full_box("ispe", 0, number(width, 4) + number(height, 4))},
            std::move(parts)};
}

std::string make_still(std::vector<MadeItem> const& items) {
    std::string info, pool, owners, references, data;
    unsigned next = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        MadeItem const& item = items[i];
        info += full_box("infe", 2, number(i + 1, 2) + number(0, 2) + item.type + "\0"s);
        owners += number(i + 1, 2) + number(item.properties.size(), 1);
        for (std::string const& property : item.properties) {
            owners += number(0x80 | ++next, 1);
            pool += property;
        }
        if (!item.parts.empty()) {
            std::string body = number(i + 1, 2) + number(item.parts.size(), 2);
            for (unsigned part : item.parts) body += number(part, 2);
            references += box("dimg", body);
        }
        data += item.data;
    }
    bool const av1 =
        std::any_of(items.begin(), items.end(), [](MadeItem const& item) { return item.type == "av01"; });
    std::string const front =
        box("ftyp", av1 ? "avif"s + number(0, 4) + "mif1avif" : "heic"s + number(0, 4) + "mif1heic");
    auto const meta_at = [&](std::uint64_t at) {
        std::string places = number(0x4400, 2) + number(items.size(), 2);
        for (std::size_t i = 0; i < items.size(); ++i) {
            places +=
                number(i + 1, 2) + number(0, 2) + number(1, 2) + number(at, 4) + number(items[i].data.size(), 4);
            at += items[i].data.size();
        }
        return full_box("meta", 0,
                        full_box("hdlr", 0, number(0, 4) + "pict" + number(0, 13)) +
                            full_box("pitm", 0, number(1, 2)) + full_box("iloc", 0, places) +
                            full_box("iinf", 0, number(items.size(), 2) + info) +
                            (references.empty() ? "" : full_box("iref", 0, references)) +
                            box("iprp", box("ipco", pool) + full_box("ipma", 0, number(items.size(), 4) + owners)));
    };
    return front + meta_at(front.size() + meta_at(0).size() + 8) + box("mdat", data);
}

std::string turn_property(unsigned quarters) { return box("irot", number(quarters, 1)); }
std::string mirror_property(unsigned axis) { return box("imir", number(axis, 1)); }
std::string crop_property(unsigned width, unsigned height, int right, int down) {
    auto const part = [](int above, unsigned below) {
        return number(static_cast<std::uint32_t>(above), 4) + number(below, 4);
    };
    return box("clap",
               part(static_cast<int>(width), 1) + part(static_cast<int>(height), 1) + part(right, 2) + part(down, 2));
}
std::string colour_property(unsigned primaries, unsigned transfer, unsigned matrix, bool full) {
    return box("colr",
               "nclx" + number(primaries, 2) + number(transfer, 2) + number(matrix, 2) + number(full ? 0x80 : 0, 1));
}

}  // namespace keepmum
