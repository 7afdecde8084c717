// SPDX-License-Identifier: GPL-3.0-or-later
#include "clean/proof.h"

#include <algorithm>
#include <span>

#include "clean/canary.h"
#include "clean/cleaner.h"
#include "clean/exif_block.h"
#include "format/photo/byte_map.h"
#include "format/zip/inflate.h"

namespace keepmum {

namespace {

constexpr std::uint64_t most_unpacked = 1u << 30;

// The parts that a cleaned file may have, as the walker calls them, beside the picture itself.
struct Allowed {
    std::string_view media;
    std::span<std::string_view const> parts;
};
constexpr std::string_view jpeg_parts[] = {"SOI", "APP0 JFIF", "DQT", "SOF", "DHT", "SOS", "EOI"};
constexpr std::string_view png_parts[] = {"mark", "IHDR", "PLTE", "tRNS", "acTL", "fcTL", "IDAT", "fdAT", "IEND"};
constexpr std::string_view gif_parts[] = {"header", "palette", "image descriptor", "graphic control", "loop count", "end"};
constexpr std::string_view webp_parts[] = {"RIFF", "VP8L", "VP8X", "ANIM", "ANMF", "padding"};
// Bits a sample, where strips lie, their sizes: what does not fit its entry.
constexpr std::string_view tiff_parts[] = {"header", "directory", "tag 0x0102", "tag 0x0111", "tag 0x0117", "zero padding"};
constexpr std::string_view bmp_parts[] = {"header", "padding"};
constexpr std::string_view pnm_parts[] = {"header"};
// Of recordings the walker calls frames of MP3 sound itself.
constexpr std::string_view flac_parts[] = {"mark", "STREAMINFO"};
constexpr std::string_view wav_parts[] = {"RIFF", "fmt ", "padding"};
constexpr std::string_view film_parts[] = {"ftyp", "moov", "mvhd", "trak", "tkhd", "edts", "elst", "mdia", "mdhd", "hdlr", "minf",
    "vmhd", "smhd", "dinf", "dref", "stbl", "stsd", "stts", "ctts", "stss", "stsc", "stsz", "stco", "mdat"};
constexpr Allowed allowed[] = {
    {"video/mp4", film_parts},
    {"audio/flac", flac_parts}, {"audio/wav", wav_parts},
    {"image/jpeg", jpeg_parts}, {"image/png", png_parts}, {"image/gif", gif_parts}, {"image/webp", webp_parts}, {"image/tiff", tiff_parts},
    {"image/bmp", bmp_parts}, {"image/x-portable-", pnm_parts},
};

bool may_have(std::string_view media, std::string_view part) {
    for (Allowed const& format : allowed) {
        if (!media.starts_with(format.media)) continue;
        return std::find(format.parts.begin(), format.parts.end(), part) != format.parts.end();
    }
    return false;
}

void account_for(Walk const& walk, PictureProof& proof) {
    std::uint64_t end = 0;
    for (Owned const& part : walk.map) {
        // The walker takes a viewer of one page; the copy has as many as its account says.
        bool const page = part.owner == Owner::hidden_picture && walk.media == "image/tiff" && part.what.starts_with("page ");
        bool const fine = page || part.owner == Owner::picture || (part.owner == Owner::structure && may_have(walk.media, part.what));
        if (part.offset == end && fine) {
            end += part.size;
            continue;
        }
        end = part.offset + part.size;
        proof.unexplained += part.size;
        if (proof.strange.size() < 20) proof.strange.push_back(part.what);
    }
}

// What the output packs with zlib: the data of PNG chunks, the strips of a TIFF.
std::vector<std::string> unpack(std::string_view output, Walk const& walk) {
    std::vector<std::string> out;
    std::uint64_t left = most_unpacked;
    for (Owned const& part : walk.map) {
        if (part.owner != Owner::picture && !part.what.starts_with("page ")) continue;
        for (std::uint64_t skip : {0, 8, 12}) {  // behind a chunk's head, and behind a frame's number
            if (part.size < skip + 6) continue;
            std::string_view const bytes = output.substr(part.offset + skip, part.size - skip);
            auto const first = static_cast<unsigned char>(bytes[0]), second = static_cast<unsigned char>(bytes[1]);
            if ((first & 15) != 8 || (first * 256 + second) % 31 != 0) continue;
            out.push_back(inflate_raw(bytes.substr(2), left).bytes);
            left -= std::min<std::uint64_t>(left, out.back().size());
        }
    }
    return out;
}

}  // namespace

PictureProof prove(std::string_view output, std::vector<std::string> const& canaries, Kept kept) {
    PictureProof proof;
    std::string const bare = kept == Kept::facts ? without_exif(output) : std::string();
    std::string_view const plain = kept == Kept::facts ? std::string_view(bare) : output;
    Walk const walk = walk_picture(plain, most_unpacked);
    account_for(walk, proof);
    if (walk.map.empty()) proof.unexplained = std::max<std::uint64_t>(plain.size(), 1);
    if (!canaries.empty()) {
        proof.canaries_found = find_canaries(canaries, plain);
        bool const packs = walk.media == "image/png" || walk.media == "image/tiff";
        for (std::string const& unpacked : packs ? unpack(plain, walk) : std::vector<std::string>()) {
            for (std::string& found : find_canaries(canaries, unpacked)) proof.canaries_found.push_back(std::move(found));
        }
    }
    std::variant<Cleaned, Trouble> const again = clean_picture(plain, {});
    Cleaned const* const cleaned = std::get_if<Cleaned>(&again);
    proof.same_again = cleaned && cleaned->bytes == plain;
    return proof;
}

}  // namespace keepmum
