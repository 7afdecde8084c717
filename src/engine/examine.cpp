// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/examine.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "engine/overlap.h"
#include "engine/unjudged.h"
#include "engine/views.h"
#include "report/mask.h"

namespace keepmum {

namespace {

class Examination final : public Sink, public Visitor {
  public:
    Examination(Setup const& setup, Matcher::Scratch& scratch, Evidence const& evidence, Unfolded unfolded)
        : setup_(setup), scratch_(scratch), evidence_(evidence), unfolded_(unfolded) {}

    Examined run() {
        View whole;
        whole.text = evidence_.content;
        look(whole);
        settle_encoded();
        keep_best(sightings_);
        settle_unjudged();
        complete();
        return std::move(examined_);
    }

    void visit(std::size_t detector, std::span<Candidate const> candidates) override {
        detector_ = setup_.order[detector];
        stated_ = &count_of(detector, view_->depth > 0 ? stated_decoded_ : stated_whole_);
        detector_->examine(Reading{*view_evidence_, view_->text.view(), candidates, &notes_}, *this);
    }

    void found(Finding finding) override {
        if (finding.span.end > view_->text.size() || finding.span.begin > finding.span.end) return;
        if (*stated_ >= most_counted) return leave({&finding.span, 1});
        ++*stated_;
        StatedSpot sighting;
        sighting.value = view_->text.view().substr(finding.span.begin, finding.span.size());
        sighting.rule = &detector_->rule();
        for (View const* view = view_; view->parent; view = view->parent) {
            if (!view->decoded.empty()) sighting.decodes.insert(sighting.decodes.begin(), view->decoded);
            if (view->made) {
                for (std::string_view const reason : view->made->reasons_in(finding.span)) finding.reasons.emplace_back(reason);
            }
            finding.span = view->map.to_source(finding.span);
        }
        sighting.finding = std::move(finding);
        sightings_.push_back(std::move(sighting));
    }

    bool enough() const override { return *stated_ >= most_findings; }

    void leave(std::span<Span const> unjudged) override {
        std::vector<Span>& left = left_[detector_];
        for (Span const span : unjudged) left.push_back(view_->to_whole(span));
    }

    void gap(Gap gap) override {
        gap.place = evidence_.place;
        gap.stage = Stage::detect;
        examined_.gaps.push_back(std::move(gap));
    }

  private:
    // By number of the detector, sorted. They come in this order, so that nearly always the end is where one belongs.
    using Counts = std::vector<std::pair<std::size_t, std::size_t>>;
    static std::size_t& count_of(std::size_t detector, Counts& counts) {
        auto at = counts.end();
        while (at != counts.begin() && std::prev(at)->first >= detector) --at;
        if (at == counts.end() || at->first != detector) at = counts.insert(at, {detector, 0});
        return at->second;
    }

    // One text and everything derived from it.
    void look(View const& view) {
        View const* const outer = view_;
        Evidence const* const outer_evidence = view_evidence_;
        Evidence marked;  // the marks as they stand in a derived view
        view_ = &view;
        view_evidence_ = &evidence_;
        if (view.parent) {
            marked.kind = evidence_.kind;
            marked.role = evidence_.role;
            marked.place = evidence_.place;
            marked.media = evidence_.media;
            marked.reason = evidence_.reason;
            marked.names = evidence_.names;
            marked.marks = marks_in(view, evidence_.marks);
            view_evidence_ = &marked;
        }
        if (view.depth == 0) stated_whole_.clear();
        if (Result<> const scanned = setup_.matcher.scan(view.text.view(), scratch_, *this); !scanned) {
            Gap unseen;
            unseen.cause = Cause::too_slow;
            unseen.bytes = view.text.size();
            unseen.detail = scanned.error().what;
            gap(std::move(unseen));
        }
        notes_.reset();
        for (View const& derived : derive(view, budget_)) {
            if (derived.is_file) embed(derived);
            else look(derived);
            if (!derived.is_file && unfolded_ == Unfolded::wanted) unfold(derived);
        }
        view_ = outer;
        view_evidence_ = outer_evidence;
    }

    Place place_of(View const& derived) const {
        Place place = evidence_.place;
        for (View const* view = &derived; view; view = view->parent) {
            if (!view->decoded.empty()) {
                place.steps.insert(place.steps.begin() + static_cast<std::ptrdiff_t>(evidence_.place.steps.size()),
                                   {How::decode, view->decoded});
            }
        }
        return place;
    }

    // A file that stands encoded in the text: back to the engine, as bytes.
    void embed(View const& derived) {
        Evidence file;
        file.kind = Kind::bytes;
        file.role = evidence_.role;
        file.place = place_of(derived);
        Span const origin = evidence_.map.to_source(derived.to_whole({0, derived.text.size()}));
        file.place.steps.back().name += "-at-" + std::to_string(origin.begin);
        file.content = derived.text;
        examined_.embedded.push_back(std::move(file));
    }

    // A text that stands encoded in the text, for recognisers; how it reads is their own business.
    void unfold(View const& derived) {
        constexpr std::size_t least = 24;  // bytes; no excerpt is shorter
        if (derived.is_canonical && !derived.is_of(Undone::smuggled)) return;
        if (derived.text.size() < least) return;
        Evidence text;
        text.kind = Kind::text;
        text.role = evidence_.role;
        text.place = place_of(derived);
        text.content = derived.text;
        text.map = derived.map;
        for (View const* above = derived.parent; above && above->parent; above = above->parent) {
            text.map = join_maps(text.map, above->map, text.content.size());
        }
        text.map = join_maps(text.map, evidence_.map, text.content.size());
        examined_.unfolded.push_back(std::move(text));
    }

    // Says what of the encoded text was not undone.
    void settle_encoded() {
        auto const say = [&](std::uint64_t bytes, Cause cause, std::string_view detail) {
            if (bytes == 0) return;
            Gap unseen;
            unseen.cause = cause;
            unseen.bytes = std::min<std::uint64_t>(bytes, evidence_.content.size());
            unseen.detail = detail;
            gap(std::move(unseen));
        };
        say(budget_.too_deep, Cause::too_deep, "encoded more often, one in the other, than is undone");
        say(budget_.too_much, Cause::too_big, "more encoded text than is undone");
    }

    // Says what rules with too many findings have left, and keeps the lines of it.
    void settle_unjudged() {
        if (left_.empty()) return;
        std::string_view const text = evidence_.content.view();
        for (Detector const* detector : setup_.order) {
            auto const left = left_.find(detector);
            if (left == left_.end()) continue;
            std::vector<Span> const lines = lines_of(text, std::move(left->second));
            Gap unseen;
            unseen.cause = Cause::too_big;
            for (Span const line : lines) unseen.bytes += evidence_.map.to_source(line).size();
            unseen.rule = detector->rule().id;
            unseen.detail = "more findings of " + unseen.rule + " than are followed in one text";
            gap(std::move(unseen));
            examined_.unjudged.insert(examined_.unjudged.end(), lines.begin(), lines.end());
        }
        examined_.unjudged = lines_of(text, std::move(examined_.unjudged));
    }

    // Fills in what only the engine knows.
    void complete() {
        Positions positions(evidence_);
        for (StatedSpot& sighting : sightings_) {
            Finding& finding = sighting.finding;
            Rule const& rule = *sighting.rule;
            if (finding.rule.empty()) finding.rule = rule.id;
            finding.certainty = std::min(finding.certainty, rule.certainty);
            finding.labels.insert(finding.labels.end(), rule.labels.begin(), rule.labels.end());
            if (std::string_view const label = label_of(evidence_.role); !label.empty()) finding.labels.emplace_back(label);
            std::sort(finding.labels.begin(), finding.labels.end());
            finding.labels.erase(std::unique(finding.labels.begin(), finding.labels.end()), finding.labels.end());
            std::sort(finding.facts.begin(), finding.facts.end(), [](Fact const& a, Fact const& b) { return a.key < b.key; });
            finding.place = evidence_.place;
            finding.role = evidence_.role;
            for (std::string& decode : sighting.decodes) finding.place.steps.push_back({How::decode, std::move(decode)});
            finding.place.span = evidence_.map.to_source(finding.span);
            finding.position = positions.at(finding.span.begin);
            finding.fingerprint = fingerprint(setup_.key, "finding", normal_form(finding.rule, sighting.value));
            bool const bare = rule.showable && !touches(examined_.unjudged, finding.span);
            finding.excerpt = bare ? shown(sighting.value) : mask(sighting.value);
            examined_.highlights.push_back({finding.span, static_cast<std::uint32_t>(examined_.findings.size()),
                                            bare ? Masking::shown : Masking::masked});
            // A whole part that is hidden is masked where it stands; forbidding its words everywhere else
            // would blot out half of the report.
            if (!rule.showable && !rule.id.starts_with("hidden.")) add_secret(finding, sighting.value);
            examined_.findings.push_back(std::move(finding));
        }
    }

    // A showable value as one line, and not a long one.
    static std::string shown(std::string_view value) {
        std::string out;
        for (std::size_t at = 0; at < value.size() && out.size() < 160;) {
            CodePoint const point = decode_utf8(value, at);
            if (point.value < 0x20) out += ' ';
            else out.append(value.substr(at, point.length));
            at += point.length;
        }
        return out.size() < value.size() ? out + " …" : out;
    }

    void add_secret(Finding const& finding, std::string_view value) {
        examined_.secrets.emplace_back(value);
        std::string_view const original = evidence_.content.view().substr(
            finding.span.begin, std::min<std::uint64_t>(finding.span.size(), 4096));
        if (original != value) examined_.secrets.emplace_back(original);
    }

    // The same secret written with other separators has the same fingerprint; passwords keep their case.
    static std::string normal_form(std::string_view rule, std::string_view value) {
        if (!rule.starts_with("identity.") && !rule.starts_with("word.")) return std::string(value);
        std::string out;
        for (char c : value) {
            if (is_alnum(c) || static_cast<unsigned char>(c) >= 0x80) out += to_upper(c);
        }
        return out;
    }

    Setup const& setup_;
    Matcher::Scratch& scratch_;
    Evidence const& evidence_;
    Unfolded const unfolded_;
    View const* view_ = nullptr;
    Evidence const* view_evidence_ = nullptr;
    Detector const* detector_ = nullptr;
    std::unique_ptr<Notes> notes_;  // of the text being scanned
    // How often each detector has found something: in the reading of the whole text that is at hand, and
    // in all that was encoded in it.
    Counts stated_whole_, stated_decoded_;
    std::size_t* stated_ = nullptr;  // that of the detector at work
    std::map<Detector const*, std::vector<Span>> left_;  // what detectors left unjudged, in bytes of the evidence's text
    DeriveBudget budget_;
    std::vector<StatedSpot> sightings_;
    Examined examined_;
};

}  // namespace

// Hidden text keeps its label, so that a directive can ask for it.
std::string_view label_of(Role role) {
    switch (role) {
        case Role::hidden:
        case Role::covered:
        case Role::deleted:
        case Role::earlier:
        case Role::residue: return "hidden";
        case Role::comment: return "comment";
        case Role::metadata: return "metadata";
        default: return {};
    }
}

Examined examine(Setup const& setup, Matcher::Scratch& scratch, Evidence const& evidence, Unfolded unfolded) {
    if (evidence.content.empty()) return {};
    return Examination(setup, scratch, evidence, unfolded).run();
}

}  // namespace keepmum
