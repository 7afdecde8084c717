// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/sketch.h"

#include <algorithm>

#include "base/coding.h"
#include "index/pieces.h"
#include "recognise/excerpt.h"
#include "register/add.h"

namespace keepmum {

namespace {

constexpr std::uint64_t version = 1;
constexpr std::size_t hash_size = 6;  // bytes: the high ones, by which segments look up
constexpr unsigned low_bits = 64 - 8 * hash_size;

// By bits of the hash that are not written down.
bool is_kept(Gram const& gram, std::uint32_t thinning) { return (gram.hash & ((1u << thinning) - 1)) == 0; }

std::size_t count_grams(SketchText const& text) {
    std::size_t count = 0;
    for (std::vector<Gram> const& grams : text.grams) count += grams.size();
    return count;
}

// Grows with the texts that it is shown, up to most_grams.
class Drawing {
  public:
    explicit Drawing(GramSelector const& selector) : selector_(selector) {}

    void add(std::string_view text, Role role, Legibility legibility) {
        SketchText fresh{role, legibility, {}};
        sketch_.texts.push_back(std::move(fresh));
        PieceWalk walk(text, selector_);
        while (walk.next()) {
            for (std::size_t layer = 0; layer < layer_count; ++layer) {
                auto const which = static_cast<Layer>(layer);
                bool const plain = which == Layer::latin_plain || which == Layer::cjk_plain;
                if (plain || legibility == Legibility::noisy) take(walk, which);
            }
        }
        if (count_grams(sketch_.texts.back()) == 0) sketch_.texts.pop_back();
    }

    Sketch& sketch() { return sketch_; }
    Sketch const& sketch() const { return sketch_; }

  private:
    void take(PieceWalk const& walk, Layer layer) {
        walk.select(layer, grams_);
        std::uint32_t const first = walk.first(setting_of(layer).stream);
        for (Gram const& gram : grams_) {
            if (!is_kept(gram, sketch_.thinning)) continue;
            sketch_.texts.back().grams[static_cast<std::size_t>(layer)].push_back({gram.hash, first + gram.at});
            if (++count_ > most_grams) thin();
        }
    }

    void thin() {
        while (count_ > most_grams) {
            if (sketch_.thinning == most_thinning) {  // a text that repeats one gram for ever
                sketch_.texts.back() = {sketch_.texts.back().role, sketch_.texts.back().legibility, {}};
            } else {
                ++sketch_.thinning;
            }
            count_ = 0;
            for (SketchText& text : sketch_.texts) {
                for (std::vector<Gram>& grams : text.grams) {
                    std::erase_if(grams, [this](Gram const& gram) { return !is_kept(gram, sketch_.thinning); });
                }
                count_ += count_grams(text);
            }
        }
        // The last one is still being added to.
        auto const end = sketch_.texts.end() - 1;
        sketch_.texts.erase(std::remove_if(sketch_.texts.begin(), end, [](SketchText const& text) { return count_grams(text) == 0; }), end);
    }

    GramSelector const& selector_;
    Sketch sketch_;
    std::size_t count_ = 0;
    std::vector<Gram> grams_;
};

class Sketcher final : public Recogniser {
  public:
    explicit Sketcher(RegisterKey const& key) : key_(key), selector_(key) {}

    std::span<Rule const> rules() const override { return {}; }
    bool wants(Kind kind) const override { return kind != Kind::image; }
    std::unique_ptr<Recognition> begin() const override { return std::make_unique<Seen>(*this); }

  private:
    class Seen final : public Recognition {
      public:
        explicit Seen(Sketcher const& sketcher) : sketcher_(sketcher), drawing_(sketcher.selector_) {}

        Interest look(Evidence const& evidence, std::uint32_t) override {
            if (evidence.kind == Kind::bytes) {
                bool const source = evidence.place.steps.empty() && drawing_.sketch().content.empty();
                if (Result<std::string> hash = source ? file_hash(sketcher_.key_, evidence) : std::string(); hash && source) {
                    drawing_.sketch().content = std::move(*hash);
                }
            } else if (evidence.role != Role::name) {  // what a file is called is not remembered
                drawing_.add(evidence.content.view(), evidence.role, legibility_of(evidence));
            }
            return Interest::none;
        }
        std::vector<Statement> finish() override { return {}; }
        std::string keepsake() const override { return print_sketch(drawing_.sketch()); }

      private:
        Sketcher const& sketcher_;
        Drawing drawing_;
    };

    RegisterKey key_;
    GramSelector selector_;
};

}  // namespace

std::string print_sketch(Sketch const& sketch) {
    Encoder out;
    out.number(version);
    out.text(sketch.content);
    out.number(sketch.thinning);
    out.number(sketch.texts.size());
    for (SketchText const& text : sketch.texts) {
        out.number(static_cast<std::uint64_t>(text.role));
        out.number(text.legibility == Legibility::noisy);
        for (std::vector<Gram> const& grams : text.grams) {
            out.number(grams.size());
            std::uint32_t before = 0;
            for (Gram const& gram : grams) {
                out.number(gram.at - before);
                out.fixed(gram.hash >> low_bits, hash_size);
                before = gram.at;
            }
        }
    }
    return out.take();
}

std::optional<Sketch> read_sketch(std::string_view bytes) {
    Decoder in(bytes);
    if (in.number() != version) return std::nullopt;
    Sketch sketch;
    sketch.content = in.text();
    sketch.thinning = static_cast<std::uint32_t>(in.number_to(most_thinning));
    for (std::size_t left = in.count(); left > 0 && in.good(); --left) {
        SketchText& text = sketch.texts.emplace_back();
        text.role = static_cast<Role>(in.number_to(static_cast<std::uint64_t>(Role::residue)));
        text.legibility = in.number_to(1) ? Legibility::noisy : Legibility::typed;
        for (std::vector<Gram>& grams : text.grams) {
            std::uint64_t at = 0;
            for (std::size_t more = in.count(); more > 0 && in.good(); --more) {
                at += in.number_to(UINT32_MAX);
                if (at > UINT32_MAX - 64) return std::nullopt;  // spans end behind it
                grams.push_back({in.fixed(hash_size) << low_bits, static_cast<std::uint32_t>(at)});
            }
        }
    }
    if (!in.good() || in.left() > 0) return std::nullopt;
    return sketch;
}

std::unique_ptr<Recogniser> make_sketcher(RegisterKey const& key) { return std::make_unique<Sketcher>(key); }

Question ask_about(Sketch const& sketch, Store const& store, Thresholds const& thresholds) {
    Question question(store, thresholds);
    for (SketchText const& text : sketch.texts) {
        std::array<GramList, layer_count> lists;
        for (std::size_t layer = 0; layer < layer_count; ++layer) lists[layer] = {static_cast<Layer>(layer), text.grams[layer]};
        question.add(lists);
    }
    return question;
}

Thresholds thinned(Thresholds thresholds, std::uint32_t thinning) {
    if (thinning == 0) return thresholds;
    for (LayerThreshold& layer : thresholds.layers) {
        layer.gap = layer.gap << std::min(thinning, 12u);
        layer.chain_grams += 1;
    }
    return thresholds;
}

}  // namespace keepmum
