// Writes two pictures, one to be seen and one to be hidden, in every format that the gauntlet wraps: gauntlet_seeds
// FOLDER.
//
// Files are `seen.EXT` and `hidden.EXT`. The wrapping, where the leaks are, is tests/gauntlet.py's.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <string>

#include <jxl/encode.h>

#include "format/pixels/heif/made_stills_test.h"
#include "format/pixels/made_pictures_test.h"
#include "format/recording/film.h"

namespace {

using keepmum::Pixels;

// Ten frames of half a second that no decoder would take, but each reader of boxes: with names of their coding in
// between.
std::string to_film() {
    keepmum::FilmTrack track;
    track.scale = 1000;
    track.width = 96;
    track.height = 64;
    track.coding = "avc1";
    std::string const configuration = std::string("\1\x42\0\x1E\xFF\xE1\0\4\x67\x42\0\x1E\1\0\4\x68\xCE\x38\x80", 19);
    track.entry = keepmum::number_of(1, 8) + keepmum::number_of(0, 16) + keepmum::number_of(96 << 16 | 64, 4) +
                  keepmum::number_of(0x480000, 4) + keepmum::number_of(0x480000, 4) + keepmum::number_of(0, 4) +
                  keepmum::number_of(1, 2) + std::string(32, '\0') + keepmum::number_of(24, 2) + "\xFF\xFF" +
                  keepmum::box_of("avcC", configuration);
    std::vector<std::string> samples;
    for (unsigned i = 0; i < 10; ++i) {
        samples.push_back(keepmum::number_of(40, 4) + (i == 0 ? "\x65" : "\x41") +
                          std::string(39, static_cast<char>('a' + i)));
        track.samples.push_back({0, 0, 500, 0, i == 0});
    }
    return keepmum::write_film({track}, {samples});
}

// With a box of Exif, plain or packed by Brotli.
std::string to_jxl(Pixels const& pixels, std::string const& exif, bool packed) {
    JxlEncoder* const encoder = JxlEncoderCreate(nullptr);
    JxlEncoderUseContainer(encoder, JXL_TRUE);
    JxlBasicInfo info;
    JxlEncoderInitBasicInfo(&info);
    info.xsize = pixels.width;
    info.ysize = pixels.height;
    info.bits_per_sample = 8;
    info.uses_original_profile = JXL_FALSE;
    JxlEncoderSetBasicInfo(encoder, &info);
    JxlColorEncoding colours;
    JxlColorEncodingSetToSRGB(&colours, JXL_FALSE);
    JxlEncoderSetColorEncoding(encoder, &colours);
    JxlEncoderUseBoxes(encoder);
    if (!exif.empty()) {
        std::string const box = std::string(4, '\0') + exif;
        JxlEncoderAddBox(encoder, "Exif", reinterpret_cast<std::uint8_t const*>(box.data()), box.size(),
                         packed ? JXL_TRUE : JXL_FALSE);
    }
    JxlPixelFormat const format{3, JXL_TYPE_UINT8, JXL_NATIVE_ENDIAN, 0};
    JxlEncoderAddImageFrame(JxlEncoderFrameSettingsCreate(encoder, nullptr), &format, pixels.rgb.data(),
                            pixels.rgb.size());
    JxlEncoderCloseInput(encoder);
    std::string out(1u << 20, '\0');
    auto* next = reinterpret_cast<std::uint8_t*>(out.data());
    std::size_t left = out.size();
    JxlEncoderProcessOutput(encoder, &next, &left);
    out.resize(out.size() - left);
    JxlEncoderDestroy(encoder);
    return out;
}

bool write(std::string const& path, std::string const& bytes) {
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    bool const good = file && !bytes.empty() && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
    if (file) std::fclose(file);
    if (!good) std::fprintf(stderr, "%s cannot be made\n", path.c_str());
    return good;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    std::string const folder = argv[1], exif = argc > 2 ? argv[2] : "";
    bool good = write(folder + "/seen.mp4", to_film());
    for (auto const& [name, seed] : {std::pair{"seen", 1u}, {"hidden", 2u}}) {
        Pixels pixels = keepmum::draw_scene(seed, 96, 64);
        // Colours, so that no format takes it for grey.
        for (std::size_t i = 0; i < pixels.rgb.size(); i += 3)
            pixels.rgb[i] = static_cast<std::uint8_t>(pixels.rgb[i] / 2 + i / 3 % 96);
        std::string const path = folder + "/" + name + ".";
        good = write(path + "jpg", to_jpeg(pixels)) && good;
        good = write(path + "png", to_png(pixels)) && good;
        good = write(path + "gif", to_gif(pixels)) && good;
        good = write(path + "webp", to_webp(pixels)) && good;
        good = write(path + "tif", keepmum::to_tiff({pixels})) && good;
        good = write(path + "bmp", to_bmp(pixels)) && good;
        good = write(path + "heic", to_still(pixels, keepmum::Coding::hevc)) && good;
        good = write(path + "avif", to_still(pixels, keepmum::Coding::av1)) && good;
        good = write(path + "jxl", to_jxl(pixels, {}, false)) && good;
        std::string rgb(pixels.rgb.begin(), pixels.rgb.end());
        good = write(path + "rgb", rgb) && good;
        if (exif.empty()) continue;
        good = write(path + "exif.jxl", to_jxl(pixels, exif, false)) && good;
        good = write(path + "brob.jxl", to_jxl(pixels, exif, true)) && good;
    }
    return good ? 0 : 1;
}
