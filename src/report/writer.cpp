// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/writer.h"

#include <algorithm>
#include <unordered_map>

#include "report/formats.h"
#include "report/redactor.h"

namespace keepmum {

namespace {

// A redactor that remembers: a source's findings share names, facts and reasons.
class Screen {
  public:
    explicit Screen(std::vector<std::string> const& secrets) {
        for (std::string const& secret : secrets) redactor_.add(secret);
    }
    bool empty() const { return redactor_.empty(); }
    std::vector<std::string> redact_parts(std::vector<std::string_view> const& parts) const { return redactor_.redact_parts(parts); }

    std::string const& redact(std::string const& text) {
        if (known_.size() > most_known) known_.clear();
        auto const [at, fresh] = known_.try_emplace(text);
        if (fresh) at->second = redactor_.redact(text);
        return at->second;
    }

  private:
    static constexpr std::size_t most_known = 10'000;
    Redactor redactor_;
    std::unordered_map<std::string, std::string> known_;
};

void redact_in_place(Screen& screen, std::string& text) { text = screen.redact(text); }

void redact_in_place(Screen& screen, Place& place) {
    redact_in_place(screen, place.source);
    for (Step& step : place.steps) redact_in_place(screen, step.name);
}

void redact_in_place(Screen& screen, Finding& finding) {
    redact_in_place(screen, finding.place);
    redact_in_place(screen, finding.excerpt);
    redact_in_place(screen, finding.position);
    for (Fact& fact : finding.facts) redact_in_place(screen, fact.value);
    for (std::string& reason : finding.reasons) redact_in_place(screen, reason);
}

void redact_in_place(Screen& screen, Exhibit& exhibit) {
    redact_in_place(screen, exhibit.place);
    redact_in_place(screen, exhibit.reason);
    std::vector<std::string_view> parts;
    for (Exhibit::Piece const& piece : exhibit.pieces) parts.push_back(piece.text);
    std::vector<std::string> safe = screen.redact_parts(parts);
    for (std::size_t i = 0; i < safe.size(); ++i) exhibit.pieces[i].text = std::move(safe[i]);
}

// Takes out all that is not a finding's own, masked value; where lines end stays.
void conceal(Exhibit& exhibit) {
    for (Exhibit::Piece& piece : exhibit.pieces) {
        if (piece.finding != Exhibit::context) continue;
        std::string concealed;
        for (std::size_t at = 0; at < piece.text.size();) {
            bool const breaks = piece.text[at] == '\n';
            std::size_t const end = breaks ? at + 1 : std::min(piece.text.find('\n', at), piece.text.size());
            concealed += breaks ? "\n" : "\u2022\u2022\u2022";
            at = end;
        }
        piece.text = std::move(concealed);
    }
}

// Blots out of a picture what reading it found and must not be shown. Boxes are in 1/100 pixel of the whole picture.
void blot(Preview& preview, Exhibit::Box const& box) {
    struct Range {
        std::int64_t begin, end;
    };
    // A pixel of the preview more on each side: it holds a part of what it was averaged from.
    auto const shrink = [](std::int64_t at, std::int64_t length, std::int64_t small, std::int64_t full) -> Range {
        std::int64_t const begin = at * small / (100 * full) - 1, end = (at + length) * small / (100 * full) + 2;
        return {std::clamp<std::int64_t>(begin, 0, small), std::clamp<std::int64_t>(end, 0, small)};
    };
    auto const [left, right] = shrink(box.left, box.width, preview.width, preview.full_width);
    auto const [top, bottom] = shrink(box.top, box.height, preview.height, preview.full_height);
    for (std::int64_t y = top; y < bottom; ++y) {
        for (std::int64_t x = left * 3; x < right * 3; ++x) preview.rgb[static_cast<std::size_t>(y * preview.width * 3 + x)] = 0;
    }
}

void blot_pictures(SourceReport& report) {
    for (Exhibit& exhibit : report.exhibits) {
        if (!exhibit.picture) continue;
        std::shared_ptr<Preview> blotted;
        for (Exhibit const& other : report.exhibits) {
            if (!lies_on(other, exhibit)) continue;
            for (Exhibit::Box const& box : other.boxes) {
                if (!box.masked) continue;
                if (!blotted) blotted = std::make_shared<Preview>(*exhibit.picture);
                blot(*blotted, box);
            }
        }
        if (blotted) exhibit.picture = std::move(blotted);
    }
}

class RedactingWriter final : public Writer {
  public:
    explicit RedactingWriter(std::unique_ptr<Writer> inner) : inner_(std::move(inner)) {}

    void begin(RunFacts const& facts) override { inner_->begin(facts); }

    void source(SourceReport report) override {
        // Where nobody has looked at all that is secret, no picture is shown either.
        if (report.surroundings == Surroundings::concealed) {
            std::erase_if(report.exhibits, [](Exhibit const& exhibit) { return exhibit.picture != nullptr; });
        }
        blot_pictures(report);
        if (report.secrets.empty()) return inner_->source(std::move(report));
        Screen screen(report.secrets);
        report.secrets.clear();
        if (report.surroundings == Surroundings::concealed) {
            for (Exhibit& exhibit : report.exhibits) conceal(exhibit);
        }
        if (!screen.empty()) {
            redact_in_place(screen, report.verdict.source);
            for (Finding& finding : report.verdict.findings) redact_in_place(screen, finding);
            for (Gap& gap : report.verdict.gaps) {
                redact_in_place(screen, gap.place);
                redact_in_place(screen, gap.detail);
                redact_in_place(screen, gap.media);
            }
            for (Exhibit& exhibit : report.exhibits) redact_in_place(screen, exhibit);
        }
        inner_->source(std::move(report));
    }

    void end(Summary const& summary) override { inner_->end(summary); }
    Result<void> finish() override { return inner_->finish(); }

  private:
    std::unique_ptr<Writer> inner_;
};

std::unique_ptr<Writer> make_format(Format format, std::unique_ptr<ByteSink> sink, WriterOptions options) {
    switch (format) {
        case Format::text: return make_text_writer(std::move(sink), options);
        case Format::jsonl: return make_jsonl_writer(std::move(sink), options);
        case Format::sarif: return make_sarif_writer(std::move(sink), options);
        case Format::html: break;
    }
    return make_html_writer(std::move(sink), options);
}

}  // namespace

std::optional<Format> parse_format(std::string_view name) {
    if (name == "text") return Format::text;
    if (name == "jsonl") return Format::jsonl;
    if (name == "sarif") return Format::sarif;
    if (name == "html") return Format::html;
    return std::nullopt;
}

std::unique_ptr<Writer> make_writer(Format format, std::unique_ptr<ByteSink> sink, WriterOptions options) {
    return std::make_unique<RedactingWriter>(make_format(format, std::move(sink), options));
}

Standings standings_of(Verdict const& verdict) {
    Standings standings;
    standings.findings.resize(verdict.findings.size());
    standings.gaps.resize(verdict.gaps.size());
    auto const weigh = [](std::vector<ClauseStanding>& list, std::uint32_t index, Fired const& fired) {
        if (index >= list.size()) return;
        ClauseStanding& standing = list[index];
        if (standing.clause.empty() || fired.outcome > standing.outcome) standing = {fired.outcome, fired.clause};
    };
    for (Fired const& fired : verdict.because) {
        for (std::uint32_t const index : fired.findings) weigh(standings.findings, index, fired);
        for (std::uint32_t const index : fired.gaps) weigh(standings.gaps, index, fired);
    }
    return standings;
}

}  // namespace keepmum
