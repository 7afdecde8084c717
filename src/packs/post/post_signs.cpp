// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/post/post_signs.h"

#include <algorithm>

namespace keepmum {

namespace {

constexpr std::string_view keys[] = {"with", "quiet"};
constexpr std::uint64_t same_post = 400;  // bytes between a phrase and what it needs beside it

struct PostRow {
    bool quiet = false;
    std::vector<std::uint16_t> with;  // rows, one of which must stand near
};

struct PostBook {
    PhraseBook phrases;
    std::vector<PostRow> rows;  // as many as phrases.rows()
};

// What was found in a text, for all detectors that read it.
class PostNotes final : public Notes {
  public:
    std::vector<PhraseFound> found;
};

std::uint64_t gap_between(Span const& left, Span const& right) {
    if (left.end < right.begin) return right.begin - left.end;
    return right.end < left.begin ? left.begin - right.end : 0;
}

void read_post(PostBook const& book, std::string_view text, std::vector<PhraseFound>& found) {
    PhraseBook::Scratch scratch;
    book.phrases.read(text, scratch, found);
    std::erase_if(found, [](PhraseFound const& one) { return one.negated || one.framed; });
}

// `found` is sorted by where it begins, so that only neighbours are looked at.
bool has_company(PostBook const& book, std::vector<PhraseFound> const& found, std::size_t index) {
    PhraseFound const& one = found[index];
    std::vector<std::uint16_t> const& with = book.rows[one.row].with;
    if (with.empty()) return true;
    auto const fits = [&](PhraseFound const& other) {
        return std::find(with.begin(), with.end(), other.row) != with.end() &&
               gap_between(one.span, other.span) <= same_post;
    };
    constexpr std::size_t most = 200;  // found things to each side: a bound on work
    std::size_t const first = index > most ? index - most : 0, last = std::min(found.size(), index + most);
    return std::any_of(found.begin() + static_cast<std::ptrdiff_t>(first),
                       found.begin() + static_cast<std::ptrdiff_t>(last), fits);
}

class PostSign final : public Detector {
  public:
    PostSign(std::shared_ptr<PostBook const> book, std::uint16_t row)
        : book_(std::move(book)), row_(row), rule_(book_->phrases.rows()[row].rule) {
        PhraseRow const& phrases = book_->phrases.rows()[row];
        rule_.showable = true;
        rule_.certainty = Certainty::likely;
        // What could be written instead belongs to why it matters: they are read together.
        if (!phrases.advice_en.empty()) rule_.why_en += " " + phrases.advice_en;
        rule_.why_zh += phrases.advice_zh;
    }

    Rule const& rule() const override { return rule_; }
    std::span<Trigger const> triggers() const override {
        static constexpr Trigger always[] = {{.what = Trigger::What::always}};
        return always;
    }

    void examine(Reading const& reading, Sink& sink) const override {
        if (reading.evidence.kind != Kind::text) return;
        PostNotes own;
        PostNotes const& notes = shared_notes(reading, own);
        for (std::size_t i = 0; i < notes.found.size(); ++i) {
            PhraseFound const& one = notes.found[i];
            if (one.row != row_ || !has_company(*book_, notes.found, i)) continue;
            if (sink.enough()) return;
            Finding finding;
            finding.certainty = one.weak ? Certainty::hint : Certainty::likely;
            finding.span = one.span;
            finding.reasons = {"the words stand together in one post"};
            sink.found(std::move(finding));
        }
    }

  private:
    // Read by the first of the detectors that comes to the text.
    PostNotes const& shared_notes(Reading const& reading, PostNotes& own) const {
        if (reading.notes && *reading.notes) {
            if (auto const* const known = dynamic_cast<PostNotes const*>(reading.notes->get())) return *known;
        }
        read_post(*book_, reading.text, own.found);
        if (!reading.notes || *reading.notes) return own;
        auto kept = std::make_unique<PostNotes>();
        kept->found = std::move(own.found);
        PostNotes const& notes = *kept;
        *reading.notes = std::move(kept);
        return notes;
    }

    std::shared_ptr<PostBook const> book_;
    std::uint16_t row_;
    Rule rule_;
};

Result<PostRow> read_post_row(PhraseBook const& book, PhraseRow const& row) {
    PostRow out;
    out.quiet = TRY(row.data.flag("quiet", false));
    for (std::string const& id : TRY(row.data.texts("with"))) {
        std::size_t const other = book.find_row(id);
        if (other >= book.rows().size()) return row.data.complain("with", "names a row that is not there: " + id);
        out.with.push_back(static_cast<std::uint16_t>(other));
    }
    return out;
}

}  // namespace

Result<std::vector<std::unique_ptr<Detector>>> make_post_signs(std::span<BookText const> texts,
                                                               PhraseBook::Examples examples) {
    auto book = std::make_shared<PostBook>(PostBook{TRY(PhraseBook::load("post", texts, keys, examples)), {}});
    for (PhraseRow const& row : book->phrases.rows()) book->rows.push_back(TRY(read_post_row(book->phrases, row)));
    std::vector<std::unique_ptr<Detector>> detectors;
    for (std::size_t row = 0; row < book->rows.size(); ++row) {
        if (book->rows[row].quiet || book->phrases.rows()[row].frame) continue;
        detectors.push_back(std::make_unique<PostSign>(book, static_cast<std::uint16_t>(row)));
    }
    return detectors;
}

}  // namespace keepmum
