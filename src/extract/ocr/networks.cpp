// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/networks.h"

#include <algorithm>
#include <cmath>

#include "extract/ocr/boxes.h"
#include "extract/ocr/characters.h"
#include "extract/ocr/pieces.h"
#include "format/network/network.h"
#include "io/models.h"

namespace keepmum::ocr {

namespace {

constexpr std::uint32_t cell = 32;         // pixels; the network halves a picture five times
constexpr std::uint32_t turn_width = 192;  // pixels of the strip that the second network takes
constexpr float sure_of_head = 0.9F;
constexpr std::uint32_t longest = 2400;     // longer ones are read in parts

float centred(std::uint8_t value) { return static_cast<float>(value) / 127.5F - 1; }

// One light for each of the three colours.
void spread(Tensor& input) {
    std::size_t const plane = input.count() / 3;
    for (std::size_t colour = 1; colour < 3; ++colour)
        std::copy_n(input.values.get(), plane, input.values.get() + colour * plane);
}

Tensor blank(std::uint32_t width, std::uint32_t height) {
    Tensor input = Tensor::of({1, 3, height, width});
    std::fill_n(input.values.get(), input.count(), 0.0F);
    return input;
}

// Which source pixels make up a target pixel along one side: the light between pixels, averaged over some points of it.
struct Reach {
    std::uint32_t first = 0, count = 0;
    float shares[8] = {};  // sum to 1
};

std::vector<Reach> reaches(std::uint32_t from, std::uint32_t to, int points) {
    std::vector<Reach> all(to);
    float const step = static_cast<float>(from) / static_cast<float>(to), last = static_cast<float>(from - 1);
    for (std::uint32_t i = 0; i < to; ++i) {
        Reach& reach = all[i];
        for (int point = 0; point < points; ++point) {
            float const inside = (static_cast<float>(point) + 0.5F) / static_cast<float>(points);
            float const at = std::clamp((static_cast<float>(i) + inside) * step - 0.5F, 0.0F, last);
            auto const left = static_cast<std::uint32_t>(at);
            if (point == 0) reach.first = left;
            // Points lie at most two pixels apart, so that eight are enough; beyond, the last one stands for the rest.
            std::uint32_t const place = std::min(left - reach.first, 6u);
            float const share = (at - static_cast<float>(left)) / static_cast<float>(points);
            reach.shares[place] += 1 / static_cast<float>(points) - share;
            reach.shares[place + 1] += share;
            reach.count = std::max(reach.count, place + 2);
        }
        // The pixel behind the last has no share.
        reach.count = std::min(reach.count, from - reach.first);
    }
    return all;
}

// The picture at another size, each number the average of what it stands for.
Tensor scaled(Grey const& picture, std::uint32_t width, std::uint32_t height) {
    Tensor input = Tensor::of({1, 3, height, width});
    float const step_x = static_cast<float>(picture.width) / static_cast<float>(width),
                step_y = static_cast<float>(picture.height) / static_cast<float>(height);
    int const points = std::clamp(static_cast<int>(std::lround(std::max(step_x, step_y))), 1, 4);
    std::vector<Reach> const columns = reaches(picture.width, width, points),
                             rows = reaches(picture.height, height, points);
    std::vector<float> line(picture.width);  // the rows of one target row, averaged
    for (std::uint32_t y = 0; y < height; ++y) {
        std::fill(line.begin(), line.end(), 0.0F);
        for (std::uint32_t i = 0; i < rows[y].count; ++i) {
            std::uint8_t const* const from = picture.row(rows[y].first + i);
            float const share = rows[y].shares[i];
            for (std::size_t x = 0; x < line.size(); ++x) line[x] += share * static_cast<float>(from[x]);
        }
        float* const out = &input.values[std::size_t{y} * width];
        for (std::uint32_t x = 0; x < width; ++x) {
            Reach const& reach = columns[x];
            float sum = 0;
            for (std::uint32_t i = 0; i < reach.count; ++i) sum += reach.shares[i] * line[reach.first + i];
            out[x] = sum / 127.5F - 1;
        }
    }
    spread(input);
    return input;
}

// A strip as it is, with grey behind it up to `width`.
Tensor of_strip(Grey const& strip, std::uint32_t first, std::uint32_t used, std::uint32_t width) {
    Tensor input = blank(width, strip.height);
    for (std::uint32_t y = 0; y < strip.height; ++y) {
        for (std::uint32_t x = 0; x < used; ++x)
            input.values[std::size_t{y} * width + x] = centred(strip.row(y)[first + x]);
    }
    spread(input);
    return input;
}

// Which columns of a part of a strip have no ink: their light differs little from above to below.
std::vector<bool> blank_columns(Grey const& strip, std::uint32_t first, std::uint32_t used) {
    constexpr int ink = 4;  // that share of the range of light of all
    std::vector<int> ranges(used);
    int most = 0;
    std::uint32_t const margin = strip.height / 8;  // above and below stand parts of other lines
    for (std::uint32_t x = 0; x < used; ++x) {
        int darkest = 255, lightest = 0;
        for (std::uint32_t y = margin; y + margin < strip.height; ++y) {
            darkest = std::min<int>(darkest, strip.row(y)[first + x]);
            lightest = std::max<int>(lightest, strip.row(y)[first + x]);
        }
        ranges[x] = lightest - darkest;
        most = std::max(most, ranges[x]);
    }
    std::vector<bool> blank(used);
    for (std::uint32_t x = 0; x < used; ++x) blank[x] = ranges[x] * ink < most;
    return blank;
}

std::uint32_t whole_cells(float size) {
    return std::max(1u, static_cast<std::uint32_t>(std::lround(size / cell))) * cell;
}

// Where a long strip is best parted: the column with the least differences, of the last ones before its border.
std::uint32_t part_at(Grey const& strip, std::uint32_t first) {
    constexpr std::uint32_t room = 160;
    std::uint32_t best = first + longest, least = 0xFFFFFFFF;
    for (std::uint32_t x = first + longest - room; x < first + longest; ++x) {
        std::uint32_t sum = 0;
        for (std::uint32_t y = 1; y < strip.height; ++y)
            sum += static_cast<std::uint32_t>(std::abs(strip.row(y)[x] - strip.row(y - 1)[x]));
        if (sum > least) continue;
        least = sum;
        best = x;
    }
    return best;
}

Result<NeuralNetwork> load_one(std::string_view folders, std::string_view file) {
    std::string const bytes = TRY(read_model(folders, file));
    Result<NeuralNetwork> network = NeuralNetwork::read(bytes);
    if (!network) network.error().where = file;
    return network;
}

}  // namespace

struct Networks::Inside {
    NeuralNetwork find, turn, read;
    Characters characters;
};

Networks::Networks(std::unique_ptr<Inside const> inside) : inside_(std::move(inside)) {}
Networks::~Networks() = default;

Result<std::unique_ptr<Networks>> Networks::load(std::string_view folders) {
    NeuralNetwork find = TRY(load_one(folders, "writing-find.onnx")),
                  turn = TRY(load_one(folders, "writing-turn.onnx")),
                  read = TRY(load_one(folders, "writing-read.onnx"));
    Characters characters = TRY(Characters::parse(read.property("character")));
    // Once through, so that what does not fit shows now.
    Tensor const out = TRY(read.run(blank(least_width, strip_height)));
    if (out.shape.size() != 3 || out.shape[2] != static_cast<std::int64_t>(characters.of_class.size()))
        return fail(Fault::invalid, "its list of characters is not that of its results", "writing-read.onnx");
    auto inside =
        std::make_unique<Inside>(Inside{std::move(find), std::move(turn), std::move(read), std::move(characters)});
    return std::unique_ptr<Networks>(new Networks(std::move(inside)));
}

Result<FoundLines> Networks::find_in(Grey const& piece, float scale, std::size_t most) const {
    auto const width = static_cast<float>(piece.width), height = static_cast<float>(piece.height);
    std::uint32_t const columns = whole_cells(width * scale), rows = whole_cells(height * scale);
    Tensor const map = TRY(inside_->find.run(scaled(piece, columns, rows)));
    if (map.count() != std::size_t{columns} * rows) return fail(Fault::invalid, "the network gives something else");
    Likelihood const likelihood{{map.values.get(), map.count()},
                                columns,
                                rows,
                                width / static_cast<float>(columns),
                                height / static_cast<float>(rows)};
    return find_boxes(likelihood, most);
}

Result<FoundLines> Networks::find(Grey const& picture, std::size_t most, Outlet& outlet) const {
    Pieces const pieces = pieces_of(picture.width, picture.height);
    FoundLines found;
    found.whole = pieces.count <= most_pieces;
    for (std::size_t i = 0; i < std::min(pieces.count, most_pieces) && !outlet.enough(); ++i) {
        outlet.progress();
        FoundLines const piece =
            TRY(find_in(pieces.count == 1 ? picture : cut_piece(picture, pieces, i), pieces.scale, most));
        found.more |= piece.more;
        for (Line line : piece.lines) {
            (pieces.down ? line.y : line.x) += static_cast<float>(i * pieces.step);
            float const middle = pieces.down ? line.y + line.down * line.length / 2 : line.x + line.along * line.length / 2;
            if (pieces.owner(middle) == i) found.lines.push_back(line);
        }
    }
    found.more |= found.lines.size() > most;
    if (found.lines.size() > most) found.lines.resize(most);
    for (Line& line : found.lines) {
        Grey const strip = cut_raw(picture, line, strip_height);
        if (strip.empty()) continue;
        std::uint32_t const used = std::min(strip.width, turn_width);
        Tensor const ways = TRY(inside_->turn.run(of_strip(strip, 0, used, turn_width)));
        if (ways.count() == 2 && ways.values[1] > sure_of_head) line = reversed(line);
    }
    found.lines = reading_order_any_way(join_pieces(std::move(found.lines)));
    return found;
}

Result<std::vector<Word>> Networks::read(Grey const& strip) const {
    std::vector<Word> words;
    for (std::uint32_t first = 0; first < strip.width;) {
        std::uint32_t const end = strip.width - first > longest ? part_at(strip, first) : strip.width,
                            used = end - first;
        std::uint32_t const width = std::max(least_width, (used + 7) / 8 * 8);
        Tensor const places = TRY(inside_->read.run(of_strip(strip, first, used, width)));
        for (Word& word : decode_places({places.values.get(), places.count()}, inside_->characters,
                                        static_cast<float>(width), strip_height, blank_columns(strip, first, used))) {
            word.left = std::min(word.left, static_cast<float>(used)) + static_cast<float>(first);
            word.right = std::min(word.right, static_cast<float>(used)) + static_cast<float>(first);
            words.push_back(std::move(word));
        }
        first = end;
    }
    return words;
}

}  // namespace keepmum::ocr
