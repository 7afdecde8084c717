// LibRaw develops what it gets, and fills up with nothing where a file ends too early. So it reads through a stream that
// counts what was asked for behind the end.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/raw_photo.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include <libraw/libraw.h>

#include "format/photo/tiff.h"
#include "format/pixels/decode.h"

// Of the library below LibRaw, which would start a thread for each processor; the sandbox has none.
extern "C" void omp_set_num_threads(int count);

namespace keepmum {

namespace {

// Some codings are read in blocks that reach behind the last pixel.
constexpr std::uint64_t most_missing = 64 * 1024;
constexpr std::uint64_t large = 8u << 20;  // pixels: of which half the size is enough to look at

class CountingStream final : public LibRaw_buffer_datastream {
  public:
    explicit CountingStream(std::string_view bytes) : LibRaw_buffer_datastream(const_cast<char*>(bytes.data()), bytes.size()) {}

    int read(void* into, size_t size, size_t count) override {
        // Their number, or for the class above bytes: which of both is told by nobody, so the place is.
        INT64 const before = tell();
        int const got = LibRaw_buffer_datastream::read(into, size, count);
        auto const moved = static_cast<std::uint64_t>(std::max<INT64>(tell() - before, 0));
        missing_ += std::uint64_t{size} * count - std::min(moved, std::uint64_t{size} * count);
        return got;
    }
    int get_char() override {
        int const got = LibRaw_buffer_datastream::get_char();
        missing_ += got < 0 ? 1 : 0;
        return got;
    }
    void forget() { missing_ = 0; }
    std::uint64_t missing() const { return missing_; }

  private:
    std::uint64_t missing_ = 0;
};

void count_fault(void* count, char const*, int) { ++*static_cast<unsigned*>(count); }

std::optional<Trouble> trouble_of(int code) {
    if (code == LIBRAW_SUCCESS) return {};
    if (code == LIBRAW_FILE_UNSUPPORTED || code == LIBRAW_NOT_IMPLEMENTED || code == LIBRAW_REQUEST_FOR_NONEXISTENT_IMAGE)
        return Trouble{Cause::unsupported, "a rare kind of raw photo"};
    if (code == LIBRAW_UNSUFFICIENT_MEMORY || code == LIBRAW_TOO_BIG) return Trouble{Cause::too_big, "more pixels than are decoded"};
    return Trouble{Cause::malformed, "damaged or cut short: a part of the picture is missing"};
}

// Whether the two greens and all colours of the developed picture are to be half as many.
bool is_to_halve(Development how, std::uint64_t pixels) {
    constexpr std::uint64_t held_each = 8 + 2 + 3;  // while it is developed: four colours in 16 bits, the sensor's, the result
    return how == Development::quick ? pixels > large : pixels * held_each > most_held * 2;
}

std::optional<Trouble> take(libraw_processed_image_t const& image, Developed& developed) {
    bool const grey = image.colors == 1;
    if (image.type != LIBRAW_IMAGE_BITMAP || image.bits != 8 || (image.colors != 3 && !grey)) return Trouble{Cause::unsupported,
        "a rare kind of raw photo"};
    Raster& raster = developed.raster;
    raster.width = image.width;
    raster.height = image.height;
    raster.channels = grey ? 1 : 3;
    std::size_t const size = raster.row_size() * raster.height;
    if (size == 0 || image.data_size < size) return Trouble{Cause::malformed, "damaged or cut short: a part of the picture is missing"};
    raster.samples.assign(image.data, image.data + size);
    return {};
}

// Whether strips or tiles are said to lie behind the end: LibRaw leaves those black.
bool points_behind(std::string_view bytes) {
    std::optional<Tiff> const tiff = Tiff::read(bytes);
    if (!tiff) return false;
    for (TiffDirectory const& directory : tiff->directories()) {
        for (auto const& [places, sizes] : {std::pair(0x0111, 0x0117), std::pair(0x0144, 0x0145)}) {
            TiffRow const* const place = directory.row(static_cast<std::uint16_t>(places));
            TiffRow const* const size = directory.row(static_cast<std::uint16_t>(sizes));
            if (!place || !size) continue;
            std::vector<std::uint64_t> const from = tiff->numbers(*place), many = tiff->numbers(*size);
            for (std::size_t i = 0; i < std::min(from.size(), many.size()); ++i) {
                if (from[i] > bytes.size() || many[i] > bytes.size() - from[i]) return true;
            }
        }
    }
    return false;
}

// Whether the sensor saw nothing, not even noise, in the last sixteenth: a decoder that gave up on damaged data says no more than that.
bool ends_in_nothing(LibRaw const& raw) {
    libraw_image_sizes_t const& sizes = raw.imgdata.sizes;
    std::uint16_t const* const light = raw.imgdata.rawdata.raw_image;
    std::size_t const pitch = sizes.raw_pitch / 2, bottom = std::size_t{sizes.top_margin} + sizes.height;
    if (!light || pitch < std::size_t{sizes.left_margin} + sizes.width || bottom > sizes.raw_height) return false;
    for (std::size_t y = bottom - sizes.height / 16; y < bottom; ++y) {
        std::uint16_t const* const row = light + y * pitch + sizes.left_margin;
        if (std::any_of(row, row + sizes.width, [](std::uint16_t value) { return value != 0; })) return false;
    }
    return sizes.height >= 16;
}

struct FreeImage {
    void operator()(libraw_processed_image_t* image) const { LibRaw::dcraw_clear_mem(image); }
};

}  // namespace

std::optional<Trouble> develop(std::string_view bytes, Development how, Developed& developed) {
    omp_set_num_threads(1);
    CountingStream stream(bytes);
    auto const raw = std::make_unique<LibRaw>();
    unsigned faults = 0;
    raw->set_dataerror_handler(count_fault, &faults);
    if (std::optional<Trouble> trouble = trouble_of(raw->open_datastream(&stream))) return trouble;
    libraw_image_sizes_t const& sizes = raw->imgdata.sizes;
    std::uint64_t const pixels = std::uint64_t{sizes.raw_width} * sizes.raw_height;
    if (std::optional<Trouble> trouble = check_size(sizes.raw_width, sizes.raw_height, most_pixels_held)) return trouble;
    libraw_output_params_t& wanted = raw->imgdata.params;
    developed.half = is_to_halve(how, pixels);
    wanted.half_size = developed.half ? 1 : 0;
    wanted.user_qual = how == Development::careful ? 3 : 0;
    wanted.use_camera_wb = 1;
    wanted.output_color = 1;
    wanted.output_bps = 8;
    wanted.max_raw_memory_mb = 600;
    bool const tiff = bytes.starts_with("II") || bytes.starts_with("MM");
    if (how == Development::quick && tiff && bytes.substr(6, 4) != "HEAP") wanted.user_flip = 0;
    stream.forget();
    faults = 0;
    if (std::optional<Trouble> trouble = trouble_of(raw->unpack())) return trouble;
    bool const lost = faults > 0 || stream.missing() > most_missing || points_behind(bytes) || ends_in_nothing(*raw);
    if (lost) return trouble_of(LIBRAW_DATA_ERROR);
    if (std::optional<Trouble> trouble = trouble_of(raw->dcraw_process())) return trouble;
    int code = 0;
    std::unique_ptr<libraw_processed_image_t, FreeImage> const image(raw->dcraw_make_mem_image(&code));
    if (!image) return trouble_of(code == LIBRAW_SUCCESS ? LIBRAW_DATA_ERROR : code);
    std::uint32_t const factor = developed.half ? 2 : 1;
    developed.full_width = image->width * factor;
    developed.full_height = image->height * factor;
    return take(*image, developed);
}

std::optional<Trouble> decode_raw(std::string_view bytes, Canvas& canvas) {
    Developed developed;
    if (std::optional<Trouble> trouble = develop(bytes, Development::quick, developed)) return trouble;
    Raster const& raster = developed.raster;
    if (developed.half) canvas.reduced_from(developed.full_width, developed.full_height);
    canvas.begin(raster.width, raster.height, 0);
    std::vector<std::uint8_t> row(std::size_t{raster.width} * 3);
    for (std::uint32_t y = 0; y < raster.height; ++y) {
        std::uint8_t const* const from = raster.row(y);
        for (std::size_t i = 0; i < row.size(); ++i) row[i] = from[raster.channels == 1 ? i / 3 : i];
        canvas.row(row);
    }
    canvas.end();
    return {};
}

std::optional<Trouble> read_raw(std::string_view bytes, Album& album) {
    Developed developed;
    if (std::optional<Trouble> trouble = develop(bytes, Development::careful, developed)) return trouble;
    album.media = "image/jpeg";
    album.changed.emplace_back("developed from what the sensor saw");
    if (developed.half) album.changed.emplace_back("developed at half its width and height");
    album.frames.emplace_back().raster = std::move(developed.raster);
    return {};
}

}  // namespace keepmum
