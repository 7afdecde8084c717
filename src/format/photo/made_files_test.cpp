// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/photo/made_files_test.h"

#include "format/pixels/made_pictures_test.h"
#include "format/zip/inflate.h"

namespace keepmum {

namespace {

using namespace std::string_literals;

std::string full_box(std::string_view type, unsigned version, std::string const& body) {
    return make_box(type, big(version, 1) + big(0, 3) + body);
}

std::string element(std::uint32_t id, std::string const& body) {
    std::size_t const length = id > 0xFFFFFF ? 4 : id > 0xFFFF ? 3 : id > 0xFF ? 2 : 1;
    return big(id, length) + big(body.size() | 0x10000000, 4) + body;
}

}  // namespace

std::string big(std::uint64_t value, std::size_t size) {
    std::string out;
    for (std::size_t i = size; i-- > 0;) out += static_cast<char>(i < 8 ? value >> 8 * i & 0xFF : 0);
    return out;
}
std::string little(std::uint64_t value, std::size_t size) {
    std::string out;
    for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(i < 8 ? value >> 8 * i & 0xFF : 0);
    return out;
}
std::string make_box(std::string_view type, std::string const& body) {
    return big(body.size() + 8, 4) + std::string(type) + body;
}
std::string make_segment(unsigned marker, std::string const& body) {
    return "\xFF" + big(marker, 1) + big(body.size() + 2, 2) + body;
}
std::string make_chunk(std::string_view type, std::string const& body) {
    std::string const inner = std::string(type) + body;
    return big(body.size(), 4) + inner + big(crc32_of(inner), 4);
}

std::string make_exif(std::string const& thumbnail) {
    auto const row = [](unsigned tag, unsigned type, std::uint64_t count, std::uint64_t value) {
        return little(tag, 2) + little(type, 2) + little(count, 4) + little(value, 4);
    };
    std::string const make = "Keepmum Camera\0"s;
    std::uint64_t const second = 8 + 2 + 12 + 4 + make.size(), behind = second + 2 + 24 + 4;
    return "II*\0"s + little(8, 4) + little(1, 2) + row(0x010F, 2, make.size(), 26) + little(second, 4) + make +
           little(2, 2) + row(0x0201, 4, 1, behind) + row(0x0202, 4, 1, thumbnail.size()) + little(0, 4) + thumbnail;
}

std::string make_heif() {
    std::string const picture(300, 'p'), thumbnail(120, 't'),
        exif = big(0, 4) + make_exif(to_jpeg(draw_scene(2, 16, 16)));
    std::string const xmp = "<x:xmpmeta>who</x:xmpmeta>", spare = "nobody points at this";
    auto const entry = [](unsigned id, std::string const& type, std::string const& more) {
        return full_box("infe", 2, big(id, 2) + big(0, 2) + type + "\0"s + more);
    };
    std::string const info = full_box("iinf", 0,
                                      big(4, 2) + entry(1, "hvc1", "") + entry(2, "hvc1", "") + entry(3, "Exif", "") +
                                          entry(4, "mime", "application/rdf+xml\0"s));
    std::string const references = full_box(
        "iref", 0,
        make_box("thmb", big(2, 2) + big(1, 2) + big(1, 2)) + make_box("cdsc", big(3, 2) + big(1, 2) + big(1, 2)));
    std::string const crop = make_box(
        "clap", big(32, 4) + big(1, 4) + big(24, 4) + big(1, 4) + big(0, 4) + big(1, 4) + big(0, 4) + big(1, 4));
    std::string const pool =
        make_box("ipco", make_box("hvcC", std::string(23, '\1')) + full_box("ispe", 0, big(64, 4) + big(48, 4)) + crop +
                             full_box("ispe", 0, big(16, 4) + big(12, 4)));
    std::string const owners = full_box("ipma", 0,
                                        big(2, 4) + big(1, 2) + big(3, 1) + big(0x81, 1) + big(2, 1) + big(3, 1) +
                                            big(2, 2) + big(2, 1) + big(0x81, 1) + big(4, 1));
    std::string const front = make_box("ftyp", "heic"s + big(0, 4) + "mif1heic");
    auto const meta_at = [&](std::uint64_t data) {
        std::string places = big(0x4400, 2) + big(4, 2);
        for (auto const& [id, size] : {std::pair(1u, picture.size()), std::pair(2u, thumbnail.size()),
                                       std::pair(3u, exif.size()), std::pair(4u, xmp.size())}) {
            places += big(id, 2) + big(0, 2) + big(1, 2) + big(data, 4) + big(size, 4);
            data += size;
        }
        return full_box("meta", 0,
                        full_box("hdlr", 0, big(0, 4) + "pict"s + big(0, 12) + "\0"s) + full_box("pitm", 0, big(1, 2)) +
                            info + full_box("iloc", 0, places) + references + make_box("iprp", pool + owners));
    };
    std::string const left = make_box("free", "left behind");
    std::uint64_t const data = front.size() + meta_at(0).size() + left.size() + 8;
    return front + meta_at(data) + left + make_box("mdat", picture + thumbnail + exif + xmp + spare);
}

std::string make_film() {
    std::string const spare = "cut out, still here";
    std::string samples =
        big(96, 4) + "\6\5" + big(93, 1) + std::string(16, 'u') + "x264 settings" + std::string(64, ' ');
    for (int i = 0; i < 3; ++i) samples += big(96, 4) + "\x65" + std::string(95, 's');
    std::string const front = make_box("ftyp", "mp42"s + big(0, 4) + "isom");
    std::string const movie_head = full_box(
        "mvhd", 0, big(3'800'000'000, 4) + big(3'800'000'000, 4) + big(1000, 4) + big(1000, 4) + std::string(80, '\0'));
    std::string const edits =
        make_box("edts", full_box("elst", 0, big(1, 4) + big(1000, 4) + big(0, 4) + big(0x10000, 4)));
    std::string const media_head = full_box("mdhd", 0, big(0, 8) + big(1000, 4) + big(10'000, 4) + big(0, 4));
    std::string const handler = full_box("hdlr", 0, big(0, 4) + "vide"s + big(0, 12) + "Made by somebody\0"s);
    auto const movie_at = [&](std::uint64_t data) {
        std::string const table = make_box(
            "stbl",
            full_box("stsd", 0,
                     big(1, 4) + make_box("avc1", std::string(78, '\0') + make_box("avcC", "\1\x64\0\x1F\xFF"s))) +
                full_box("stsc", 0, big(1, 4) + big(1, 4) + big(4, 4) + big(1, 4)) +
                full_box("stsz", 0, big(100, 4) + big(4, 4)) + full_box("stco", 0, big(1, 4) + big(data, 4)));
        return make_box("moov",
                        movie_head +
                            make_box("trak", full_box("tkhd", 0, std::string(80, '\0')) + edits +
                                                 make_box("mdia", media_head + handler + make_box("minf", table))) +
                            make_box("udta", make_box("\xA9xyz", big(18, 2) + big(0x15C7, 2) + "+39.9042+116.4074/")));
    };
    return front + movie_at(front.size() + movie_at(0).size() + 8) + make_box("mdat", samples + spare);
}

std::string make_jxl() {
    std::string const exif = big(0, 4) + make_exif("");
    // Brotli: a window of 16 bits, one block that is not packed, the end.
    std::string const packed = little((exif.size() - 1) << 4 | 1u << 20, 3) + exif + "\3";
    return make_box("JXL ", "\r\n\x87\n") + make_box("ftyp", "jxl "s + big(0, 4) + "jxl ") +
           make_box("jxlc", "\xFF\x0A\x47\x05" + std::string(50, 'c')) + make_box("brob", "Exif" + packed) +
           make_box("secr", "a box of nobody");
}

std::string make_psd() {
    std::string const plane = big(0, 2) + "abcd";
    std::string record = big(0, 8) + big(2, 4) + big(2, 4) + big(3, 2);
    for (unsigned kind = 0; kind < 3; ++kind) record += big(kind, 2) + big(plane.size(), 4);
    record += "8BIMnorm" + big(0xFF000000, 4);
    std::string const extra = big(0, 8) + big(6, 1) + "secret" + big(0, 1);
    record += big(extra.size(), 4) + extra;
    std::string const layers = big(1, 2) + record + plane + plane + plane;
    std::string const resource = "8BIM"s + big(0x0404, 2) + big(0, 2) + big(6, 4) + "\x1C\2x\0\1a"s;
    return "8BPS"s + big(1, 2) + big(0, 6) + big(3, 2) + big(3, 4) + big(4, 4) + big(8, 2) + big(3, 2) + big(0, 4) +
           big(resource.size(), 4) + resource + big(layers.size() + 4, 4) + big(layers.size(), 4) + layers + big(0, 2) +
           std::string(36, 'x');
}

std::string make_flac() {
    std::string const maker = "maker", comment = "ARTIST=A. Person";
    std::string const comments = little(maker.size(), 4) + maker + little(1, 4) + little(comment.size(), 4) + comment;
    std::string const frame = "\xFF\xF8\xC9\x08\x00\xC2"s;  // 4096 samples, 44,100 Hz, one channel, 16 bits; CRC-8
    return "fLaC"s + big(0, 1) + big(34, 3) + std::string(34, '\1') + big(2, 1) + big(8, 3) + "riffDATA" +
           big(0x84, 1) + big(comments.size(), 3) + comments + frame + "\0\1\2\3\4\5"s;
}

std::string make_mp3() {
    std::string file = "ID3\3\0\0"s + big(20, 4) + "TPE1" + big(10, 4) + big(0, 2) + "\0A. Person"s;
    for (int i = 0; i < 4; ++i) file += "\xFF\xFB\x90\x64" + std::string(413, 'm');  // 128 kbit/s, 44,100 Hz: 417 bytes
    return file + "behind the sound" + "TAG" + std::string(125, 'i');
}

std::string make_matroska() {
    std::string const info = element(0x1549A966, element(0x7BA9, "a title") + element(0x4461, big(1, 8)));
    std::string const files = element(
        0x1941A469, element(0x61A7, element(0x466E, "cover.jpg") + element(0x465C, to_jpeg(draw_scene(1, 24, 24)))));
    return element(0x1A45DFA3, "webm") + element(0x18538067, info + element(0xEC, "left in a void") +
                                                                 element(0x1F43B675, std::string(90, 'k')) + files);
}

std::vector<std::string> make_all() {
    std::vector<std::string> all = {make_heif(),
                                    make_film(),
                                    make_jxl(),
                                    make_psd(),
                                    make_flac(),
                                    make_mp3(),
                                    make_matroska(),
                                    "P3 # who\n2 1 255\n1 2 3 4 5 6\n",
                                    "<svg><metadata>m</metadata><!-- c --><path d=''/></svg>",
                                    make_exif(to_jpeg(draw_scene(2, 16, 16))),
                                    "RIFF"s + little(46, 4) + "WAVEfmt " + little(16, 4) + std::string(16, '\1') +
                                        "data" + little(5, 4) + "sound\0"s + "oops"};
    for (MadeFile& file : in_every_format(draw_scene(1, 24, 20))) all.push_back(std::move(file.bytes));
    all.push_back(to_tiff({draw_scene(1, 12, 12), draw_scene(2, 10, 10)}));
    std::string const jpeg = to_jpeg(draw_scene(1, 24, 20)), exif = "Exif\0\0"s + make_exif(jpeg);
    all.push_back("\xFF\xD8" + make_segment(0xE1, exif) + jpeg.substr(2) + make_film());
    std::string const png = to_png(draw_scene(1, 60, 60));
    all.push_back(to_png(draw_scene(1, 8, 8)) + png.substr(png.size() / 3));
    std::string const gif = to_gif(draw_scene(1, 60, 60));
    all.push_back(to_gif(draw_scene(1, 8, 8)) + gif.substr(gif.size() / 3));
    return all;
}

}  // namespace keepmum
