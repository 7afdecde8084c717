// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/leftover.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/utf8.h"
#include "extract/registry.h"

namespace keepmum {

namespace {

constexpr std::size_t least_run = 6;

// The strings that a person might read, as UTF-8.
void add_utf8_runs(std::string_view bytes, std::string& out) {
    std::size_t begin = 0, letters = 0;
    auto const close = [&](std::size_t end) {
        if (letters >= least_run) out.append(bytes.substr(begin, end - begin)) += '\n';
        letters = 0;
    };
    for (std::size_t at = 0; at < bytes.size();) {
        CodePoint const point = decode_utf8(bytes, at);
        bool const shows = point.valid && (point.value < 0x80 ? point.value >= 0x20 && point.value != 0x7F
                                                              : is_word(point.value) || is_cjk(point.value));
        if (!shows) {
            close(at);
            at += point.length;
            begin = at;
            continue;
        }
        letters += point.value == ' ' ? 0 : 1;
        at += point.length;
    }
    close(bytes.size());
}

void add_utf16_runs(std::string_view bytes, bool big, std::string& out) {
    for (std::size_t start = 0; start < 2; ++start) {
        std::string run;
        std::size_t letters = 0;
        auto const close = [&] {
            if (letters >= least_run) out += run + '\n';
            run.clear();
            letters = 0;
        };
        for (std::size_t at = start; at + 1 < bytes.size(); at += 2) {
            auto const one = static_cast<unsigned char>(bytes[at]),
                       two = static_cast<unsigned char>(bytes[at + 1]);
            char32_t const unit =
                big ? static_cast<char32_t>(one << 8 | two) : static_cast<char32_t>(two << 8 | one);
            // Chance makes Chinese of any bytes, so only plain letters count here; tags in UTF-16 are read as such.
            if (unit >= 0x20 && unit < 0x7F) {
                run += static_cast<char>(unit);
                ++letters;
            } else {
                close();
            }
        }
        close();
    }
}

FileType const* type_of(std::string_view bytes) {
    constexpr std::size_t most = 64u << 10;
    std::string_view const last = bytes.substr(bytes.size() - std::min(bytes.size(), most));
    Head const head = head_of(bytes.substr(0, most), last, bytes.size(), {});
    // Nothing but writing is a text, and is judged as one rather than as strings.
    bool const writing = head.plain == head.first.size();
    for (FileType const& type : filetypes()) {
        Claim const claim = type.claims(head);
        if (type.last_resort ? writing && claim != Claim::none : claim == Claim::sure) return &type;
    }
    return nullptr;
}

}  // namespace

std::string strings_in(std::string_view bytes) {
    std::string out;
    add_utf8_runs(bytes, out);
    add_utf16_runs(bytes, false, out);
    add_utf16_runs(bytes, true, out);
    return out;
}

std::string strings_beside(std::string_view bytes, std::vector<Tag> const& tags, std::size_t first) {
    constexpr std::size_t most_around = 3;            // letters
    constexpr std::size_t most_compared = 64u << 20;  // bytes looked through; beyond, a line that is a part of a value is told again
    std::string known;
    std::unordered_set<std::string_view> values;
    for (std::size_t i = first; i < tags.size(); ++i) {
        values.insert(tags[i].value);
        known += tags[i].value + '\n';
        if (tags[i].shown != tags[i].value) known += tags[i].shown + '\n';
    }
    std::string const strings = strings_in(bytes);
    std::string beside;
    std::size_t compared = 0;
    for (std::size_t at = 0, end = 0; at < strings.size(); at = end + 1) {
        end = strings.find('\n', at);
        std::string_view line = std::string_view(strings).substr(at, end - at);
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        line = line.substr(0, line.find_last_not_of(' ') + 1);
        if (values.find(line) != values.end()) continue;
        if (compared < most_compared) {
            compared += known.size();
            // Bytes of a size may be letters.
            std::size_t const around = line.size() < least_run + 2 * most_around ? 0 : most_around;
            if (known.find(line.substr(around, line.size() - 2 * around)) != known.npos) continue;
        }
        beside.append(line) += '\n';
    }
    return beside;
}

bool is_known_file(std::string_view bytes) {
    FileType const* const type = bytes.size() < 16 ? nullptr : type_of(bytes);
    return type && !type->extractor.empty();
}

std::string_view media_of(std::string_view bytes) {
    FileType const* const type = type_of(bytes);
    return type ? type->media : std::string_view();
}

bool is_harmless(std::string_view tag) {
    constexpr std::array<std::string_view, 41> ends{".Orientation",
                                                    ".XResolution",
                                                    ".YResolution",
                                                    ".ResolutionUnit",
                                                    ".YCbCrPositioning",
                                                    ".YCbCrCoefficients",
                                                    ".YCbCrSubSampling",
                                                    ".ColorSpace",
                                                    ".ExifVersion",
                                                    ".FlashpixVersion",
                                                    ".ComponentsConfiguration",
                                                    ".PixelXDimension",
                                                    ".PixelYDimension",
                                                    ".ExifTag",
                                                    ".InteroperabilityTag",
                                                    ".InteroperabilityIndex",
                                                    ".InteroperabilityVersion",
                                                    ".ImageWidth",
                                                    ".ImageLength",
                                                    ".BitsPerSample",
                                                    ".Compression",
                                                    ".PhotometricInterpretation",
                                                    ".StripOffsets",
                                                    ".SamplesPerPixel",
                                                    ".RowsPerStrip",
                                                    ".StripByteCounts",
                                                    ".PlanarConfiguration",
                                                    ".NewSubfileType",
                                                    ".FillOrder",
                                                    ".ReferenceBlackWhite",
                                                    ".ColorMap",
                                                    ".Predictor",
                                                    ".ExtraSamples",
                                                    ".SampleFormat",
                                                    ".TileWidth",
                                                    ".TileLength",
                                                    ".TileOffsets",
                                                    ".TileByteCounts",
                                                    ".WhitePoint",
                                                    ".PrimaryChromaticities",
                                                    ".CompressedBitsPerPixel"};
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return tag.ends_with(end); }) ||
           tag == "Iptc.Envelope.CharacterSet" || tag.ends_with(".RecordVersion") || tag.ends_with("xmptk");
}

}  // namespace keepmum
