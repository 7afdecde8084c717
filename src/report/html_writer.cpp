// The report as one page: no scripts, nothing loaded from elsewhere, fit for print.
//
// Cards are rendered as sources come and kept as text until the end, because the answer stands
// first. Beyond a number of cards, files are only counted, and the page says so.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <map>

#include "report/digest.h"
#include "report/formats.h"
#include "report/html_parts.h"
#include "report/html_photos.h"
#include "report/output.h"
#include "report/photo_sheet.h"
#include "report/words.h"

namespace keepmum {

namespace {

constexpr std::size_t most_cards = 1000;  // of each outcome
constexpr std::size_t most_places = 12;   // a kind of finding in a card
constexpr std::size_t most_exhibits = 12; // a kind of finding in a card
constexpr std::size_t most_gaps = 40;     // a card

std::string wrap_in(std::string_view tag, std::string_view css, std::string_view html) {
    std::string out = "<" + std::string(tag);
    if (!css.empty()) out += " class=\"" + std::string(css) + "\"";
    return out + ">" + std::string(html) + "</" + std::string(tag) + ">";
}

class HtmlWriter final : public Writer {
  public:
    HtmlWriter(std::unique_ptr<ByteSink> sink, WriterOptions options)
        : output_(std::move(sink)), options_(options), digest_(options.language, 0, 0), chart_(options.language) {}

    void begin(RunFacts const& facts) override { facts_ = facts; }

    void source(SourceReport report) override {
        Verdict const& verdict = report.verdict;
        digest_.add(verdict);
        chart_.take(verdict);
        std::size_t const group = static_cast<std::size_t>(verdict.outcome);
        ++counts_[group];
        if (counts_[group] > most_cards) return;
        bool const quiet = verdict.outcome == Outcome::pass && verdict.findings.empty() && verdict.gaps.empty();
        if (quiet) quiet_ += "<li>" + html_name(say_source(options_.language, verdict.source)) + "</li>";
        else cards_[group] += make_card(report);
    }

    void end(Summary const& summary) override {
        std::string const language = options_.language == Language::zh ? "zh-CN" : "en";
        output_.put("<!DOCTYPE html>\n<html lang=\"" + language +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "style-src 'unsafe-inline'; img-src data:\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"referrer\" content=\"no-referrer\">\n<title>keepmum: " +
                    html(Message::page_title) + "</title>\n<style>");
        output_.put(html_style());
        output_.put("</style>\n</head>\n<body>\n" + make_banner(summary) + "<main>\n" + make_kinds() + chart_.html());
        for (Outcome const outcome : {Outcome::hold, Outcome::warn, Outcome::pass}) {
            std::string const& cards = cards_[static_cast<std::size_t>(outcome)];
            if (!cards.empty()) output_.put(wrap_in("h2", "", upper_first(html(message_of(outcome)))) + "\n" + cards);
        }
        if (!quiet_.empty()) {
            output_.put(wrap_in("h2", "", html(Message::page_quiet)) + "\n<div class=\"box\"><ul class=\"quiet\">" + quiet_ +
                        "</ul></div>\n");
        }
        std::uint64_t untold = 0;
        for (std::uint64_t const count : counts_) untold += count > most_cards ? count - most_cards : 0;
        if (untold > 0) output_.put(wrap_in("p", "why", fill(Message::more_files, {{"count", say_number(untold)}})) + "\n");
        output_.put("</main>\n" + make_footer(summary) + "</body>\n</html>\n");
    }

    Result<void> finish() override { return output_.finish(); }

  private:
    std::string_view text(Message message) const { return text_of(message).in(options_.language); }
    std::string html(Message message) const { return escape_html(text(message)); }
    // Values are plain text; the sentence is escaped as a whole.
    std::string fill(Message message, std::initializer_list<Value> values) const {
        return escape_html(say(options_.language, message, values));
    }
    std::string size(std::uint64_t bytes) const { return say_size(options_.language, bytes); }

    static std::string upper_first(std::string text) {
        if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
        return text;
    }

    std::string make_lead(Summary const& summary) const {
        bool const one = summary.sources == 1;
        std::string const name = say_source(options_.language, digest_.worst_source());
        std::string const files = say_files(options_.language, summary.sources);
        std::string out;
        if (summary.sources == 0) return html(Message::answer_none_detail);
        if (summary.outcome == Outcome::hold) {
            out = one ? fill(Message::answer_hold_one, {{"name", name}})
                      : fill(Message::answer_hold_many, {{"held", say_number(digest_.held())}, {"files", files}});
            std::string const gap = options_.language == Language::zh ? "" : " ";
            if (digest_.warned() > 0) out += gap + fill(Message::answer_warn_also, {{"warned", say_number(digest_.warned())}});
            return out;
        }
        if (summary.outcome == Outcome::warn) {
            return one ? fill(Message::answer_warn_one, {{"name", name}})
                       : fill(Message::answer_warn_many, {{"warned", say_number(digest_.warned())}, {"files", files}});
        }
        bool const all = summary.read >= summary.bytes && summary.gaps == 0;
        return one ? fill(all ? Message::answer_pass_one : Message::answer_pass_unread_one, {{"name", name}})
                   : fill(all ? Message::answer_pass_many : Message::answer_pass_unread_many, {{"files", files}});
    }

    std::string make_banner(Summary const& summary) const {
        Outcome colour = summary.outcome;
        Message answer = colour == Outcome::hold   ? Message::answer_hold
                         : colour == Outcome::warn ? Message::answer_warn
                                                   : Message::answer_pass;
        if (colour != Outcome::hold && (summary.sources == 0 || summary.partial)) {
            answer = summary.partial ? Message::answer_partial : Message::answer_none;
            colour = Outcome::warn;
        }
        std::string out = "<div class=\"banner " + std::string(word(colour)) + "\"><header class=\"top\"><div class=\"answer\">";
        out += outcome_icon(colour);
        out += "<div>" + wrap_in("h1", "", html(answer)) + wrap_in("p", "lead", make_lead(summary));
        if (summary.partial) out += wrap_in("p", "partial", html(Message::answer_partial_detail));
        out += "</div></div><div class=\"tally\">";
        auto const add = [&](std::uint64_t number, Message label, Counted counted = Counted::all) {
            std::string_view const more = counted == Counted::all ? "" : "+";
            out += "<div><b>" + say_number(number) + std::string(more) + "</b>" + html(label) + "</div>";
        };
        add(summary.sources, Message::page_total_files);
        add(digest_.held(), Message::page_total_held);
        add(summary.findings, Message::page_total_findings, digest_.counted());
        add(summary.gaps, Message::page_total_gaps);
        std::uint64_t const read = std::min(summary.read, summary.bytes);
        out += "<div><b>" + escape_html(size(summary.bytes)) + "</b>";
        out += read == summary.bytes && summary.gaps > 0 ? html(Message::page_total_some)
               : read == summary.bytes                   ? html(Message::page_total_read)
                                     : fill(Message::page_total_unread, {{"unread", size(summary.bytes - read)}});
        return out + "</div></div></header></div>\n";
    }

    // The kinds of findings and gaps over all files, only where there is more than one file.
    std::string make_kinds() const {
        std::vector<DigestItem const*> const items = digest_.ranked();
        if (items.empty() || counts_[0] + counts_[1] + counts_[2] < 2) return "";
        std::string rows;
        for (DigestItem const* item : items) {
            std::string const outcome(word(item->outcome));
            std::string const title = item->is_gap ? fill(Message::page_gap_kind, {{"cause", std::string(text(item->cause))}})
                                                   : escape_html(title_of(options_.language, options_.glossary, item->rule));
            std::string const count = fill(Message::page_count_in, {{"places", say_places(options_.language, item->count, item->counted)},
                                                                    {"files", say_files(options_.language, item->files)}});
            rows += "<tr><td><span class=\"dot " + outcome + "\"></span></td><td>" + title + "</td><td>" + count + "</td></tr>";
        }
        return wrap_in("h2", "", html(Message::page_findings)) + "\n<div class=\"box\"><table class=\"kinds\">" + rows +
               "</table></div>\n";
    }

    std::string make_card(SourceReport const& report) const {
        Verdict const& verdict = report.verdict;
        std::string const outcome(word(verdict.outcome));
        std::string out = "<article class=\"card " + outcome + "\"><header>";
        out += wrap_in("h3", "", html_name(say_source(options_.language, verdict.source)));
        out += wrap_in("span", "pill " + outcome, html(message_of(verdict.outcome)));
        out += "<div class=\"coverage\">" + make_coverage(verdict) + "</div></header>\n";
        Standings const standings = standings_of(verdict);
        std::vector<Outcome> outcomes;
        for (ClauseStanding const& standing : standings.findings) outcomes.push_back(standing.outcome);
        out += make_pictures(report, outcomes);
        std::vector<SheetLine> const sheet = tell_photo(options_.language, verdict);
        out += make_sheet(sheet);
        std::string folded;  // what the sheet tells already
        for (std::vector<std::size_t> const& kind : group_findings(verdict, standings)) {
            bool const told = !sheet.empty() && is_told_by_sheet(verdict.findings[kind.front()].rule);
            (told ? folded : out) += make_kind(report, kind, standings.findings[kind.front()], outcomes);
        }
        if (!folded.empty()) out += "<details><summary>" + html(Message::page_each_fact) + "</summary>" + folded + "</details>\n";
        for (std::size_t i = 0; i < verdict.gaps.size() && i < most_gaps; ++i) out += make_gap(verdict.gaps[i], standings.gaps[i]);
        if (verdict.gaps.size() > most_gaps) {
            std::string const rest = say_number(verdict.gaps.size() - most_gaps);
            out += "<section class=\"item\">" + fill(Message::item_and_more, {{"count", rest}}) + "</section>";
        }
        if (!verdict.permits.empty()) {
            std::string list;
            for (std::string const& permit : verdict.permits) list += (list.empty() ? "" : ", ") + permit;
            out += "<section class=\"item\">" + fill(Message::item_permitted, {{"permits", list}}) + "</section>";
        }
        return out + "</article>\n";
    }

    // What a stranger learns from a photo.
    std::string make_sheet(std::vector<SheetLine> const& sheet) const {
        std::string lines;
        for (SheetLine const& line : sheet) {
            lines += wrap_in("dt", "", escape_html(line.label));
            lines += wrap_in("dd", line.what == SheetLine::What::now ? "now" : "", escape_html(line.sentence));
        }
        return lines.empty() ? "" : "<section class=\"item\"><dl class=\"say\">" + lines + "</dl></section>\n";
    }

    // The pictures in it, those that nobody sees beside those that everybody does.
    std::string make_pictures(SourceReport const& report, std::vector<Outcome> const& outcomes) const {
        std::string shown, concealed;
        for (Exhibit const& exhibit : report.exhibits) {
            if (!exhibit.picture) continue;
            bool const hidden = exhibit.role == Role::hidden;
            std::string& out = hidden ? concealed : shown;
            std::string_view const seen = text(hidden ? Message::page_picture_hidden : Message::page_picture_shown);
            std::string const drawn = html_picture(exhibit, report.exhibits, outcomes, seen);
            if (drawn.empty()) continue;
            Preview const& preview = *exhibit.picture;
            std::string const size = std::to_string(preview.full_width) + " × " + std::to_string(preview.full_height);
            out += hidden ? "<figure class=\"hidden\">" : "<figure>";
            out += drawn + "<figcaption>" + describe(exhibit.place, Role::shown, "") + " " + wrap_in("span", "chip", size) + " " +
                   wrap_in("span", "chip", escape_html(seen)) + "</figcaption></figure>";
        }
        std::string const out = shown + concealed;
        return out.empty() ? "" : "<section class=\"item pictures\">" + out + "</section>\n";
    }

    std::string make_coverage(Verdict const& verdict) const {
        Coverage const& coverage = verdict.coverage;
        if (coverage.bytes == 0 && !verdict.gaps.empty()) return html(Message::coverage_unopened);
        if (coverage.bytes == 0) return html(Message::coverage_empty);
        std::string const bytes = size(coverage.bytes);
        return html_coverage_bar(coverage.bytes, coverage.read) + "<span>" +
               (coverage.read >= coverage.bytes
                    ? fill(Message::coverage_card_all, {{"bytes", bytes}})
                    : fill(Message::coverage_card_part, {{"bytes", bytes}, {"read", size(coverage.read)}})) +
               (coverage.picture_reader.empty() ? "" : fill(Message::coverage_card_reader, {{"reader", coverage.picture_reader}})) +
               "</span>";
    }

    // Indices of findings by rule and clause, the gravest kind first.
    static std::vector<std::vector<std::size_t>> group_findings(Verdict const& verdict, Standings const& standings) {
        std::map<std::pair<std::string_view, std::string_view>, std::vector<std::size_t>> kinds;
        for (std::size_t i = 0; i < verdict.findings.size(); ++i) {
            kinds[{verdict.findings[i].rule, standings.findings[i].clause}].push_back(i);
        }
        std::vector<std::vector<std::size_t>> list;
        for (auto& [key, kind] : kinds) list.push_back(std::move(kind));
        std::stable_sort(list.begin(), list.end(), [&](auto const& a, auto const& b) {
            ClauseStanding const &left = standings.findings[a.front()], &right = standings.findings[b.front()];
            if (left.outcome != right.outcome) return left.outcome > right.outcome;
            return verdict.findings[a.front()].certainty > verdict.findings[b.front()].certainty;
        });
        return list;
    }

    std::string make_kind(SourceReport const& report, std::vector<std::size_t> const& kind, ClauseStanding const& standing,
                          std::vector<Outcome> const& outcomes) const {
        Verdict const& verdict = report.verdict;
        Finding const& first = verdict.findings[kind.front()];
        Certainty certainty = Certainty::hint;
        for (std::size_t const index : kind) certainty = std::max(certainty, verdict.findings[index].certainty);
        std::string out = "<section class=\"item\"><h4><span class=\"dot " + std::string(word(standing.outcome)) + "\"></span>";
        out += escape_html(title_of(options_.language, options_.glossary, first.rule));
        out += " <span class=\"chip\">" + html(message_of(certainty)) + "</span>";
        if (kind.size() > 1) {
            std::string const places = say_places(options_.language, kind.size(), counted(verdict, first.rule));
            out += "<span class=\"chip\">" + escape_html(places) + "</span>";
        }
        out += "</h4>" + wrap_in("p", "why", escape_html(why_of(options_.language, options_.glossary, first.rule)));
        std::vector<bool> told(verdict.findings.size(), false);
        out += make_exhibits_of(report, kind, outcomes, told);
        out += make_places(verdict, kind, told);
        std::string_view advice = advice_of(options_.language, options_.glossary, standing.clause);
        if (advice.empty() && standing.outcome != Outcome::pass) advice = text(Message::advice_finding);
        out += make_advice(advice) + make_rule(standing.clause, first.rule);
        return out + "</section>\n";
    }

    std::string make_advice(std::string_view advice) const {
        if (advice.empty()) return "";
        return "<p class=\"do\"><b>" + html(Message::label_do_now) + "</b>" + escape_html(advice) + "</p>";
    }

    std::string make_rule(std::string_view clause, std::string_view rule) const {
        std::string out = html(Message::label_rule) + (options_.language == Language::zh ? "：" : ": ");
        if (clause.empty()) return wrap_in("p", "rule", out + fill(Message::item_no_clause, {{"rule", std::string(rule)}}));
        out += escape_html(without_stop(because_of(options_.language, options_.glossary, clause)));
        std::string_view const source = source_of(options_.glossary, clause);
        if (!source.empty()) out += (options_.language == Language::zh ? "，" : ", ") + escape_html(source);
        out += (options_.language == Language::zh ? "。" : ".");
        out += " <code>" + escape_html(clause) + "</code>";
        if (!rule.empty()) out += " · <code>" + escape_html(rule) + "</code>";
        return wrap_in("p", "rule", out);
    }

    // The exhibits whose first finding belongs to this kind, so that each is shown once. `told` notes the
    // findings that they name.
    std::string make_exhibits_of(SourceReport const& report, std::vector<std::size_t> const& kind,
                                 std::vector<Outcome> const& outcomes, std::vector<bool>& told) const {
        std::string excerpts, map;
        std::size_t shown = 0;
        for (Exhibit const& exhibit : report.exhibits) {
            auto const first = std::find_if(exhibit.pieces.begin(), exhibit.pieces.end(),
                                            [](Exhibit::Piece const& piece) { return piece.finding >= 0; });
            if (first == exhibit.pieces.end()) continue;
            auto const index = static_cast<std::size_t>(first->finding);
            if (!std::binary_search(kind.begin(), kind.end(), index)) continue;
            if (shown++ == most_exhibits) break;
            told[index] = true;
            excerpts += make_excerpt(exhibit, report.verdict.findings[index], outcomes);
            if (map.empty()) map = html_page_map(exhibit, outcomes, text(Message::page_page_map));
        }
        if (excerpts.empty()) return "";
        if (!map.empty()) {
            map = "<figure class=\"map\">" + map + "<figcaption>" + html(Message::page_page_map_hint) + "</figcaption></figure>";
        }
        return "<div class=\"shown\"><div>" + excerpts + "</div>" + map + "</div>";
    }

    std::string make_excerpt(Exhibit const& exhibit, Finding const& finding, std::vector<Outcome> const& outcomes) const {
        std::string out = "<figure class=\"excerpt\"><figcaption>" + describe(finding.place, finding.role, finding.position);
        std::string const overlap = say_overlap(options_.language, finding);
        out += overlap.empty() ? make_chips(finding) : " <span class=\"chip\">" + escape_html(overlap) + "</span>";
        out += "</figcaption><blockquote>";
        if (exhibit.goes_on_before) out += "… ";
        for (Exhibit::Piece const& piece : exhibit.pieces) {
            bool const found = piece.finding >= 0 && static_cast<std::size_t>(piece.finding) < outcomes.size();
            std::string const safe = escape_html(piece.text);
            out += found ? wrap_in("mark", word(outcomes[static_cast<std::size_t>(piece.finding)]), safe) : safe;
        }
        if (exhibit.goes_on_after) out += " …";
        return out + "</blockquote></figure>";
    }

    // The way into the source, without the source itself: "" for the source, "b.docx" for a.zip › b.docx.
    std::string name_inside(std::string const& file, std::string const& given) const {
        std::string const source = say_source(options_.language, given);
        std::string inside = file.starts_with(source) ? file.substr(source.size()) : file;
        if (inside.starts_with(" › ")) inside.erase(0, std::string_view(" › ").size());
        return inside;
    }

    // Where, as HTML; the source itself is not repeated in its own card.
    std::string describe(Place const& place, Role role, std::string_view position) const {
        Spot const spot = describe_spot(options_.language, place, role, position);
        std::string const file = name_inside(spot.file, place.source);
        if (file.empty() && spot.inside.empty()) return html(Message::item_whole_file);
        std::string out = file.empty() ? "" : html_name(file);
        if (!out.empty() && !spot.inside.empty()) out += options_.language == Language::zh ? "：" : ": ";
        return out + escape_html(spot.inside);
    }

    std::string make_chips(Finding const& finding) const {
        std::string out;
        for (Fact const& given : finding.facts) {
            if (given.value == finding.excerpt) continue;  // stands there already
            Fact const fact = in_words(options_.language, given);
            out += " <span class=\"chip\">" + escape_html(fact.key + ": " + fact.value) + "</span>";
        }
        return out;
    }

    // The findings that no exhibit names, one line each.
    std::string make_places(Verdict const& verdict, std::vector<std::size_t> const& kind, std::vector<bool> const& told) const {
        std::string out;
        std::size_t lines = 0, rest = 0;
        for (std::size_t const index : kind) {
            if (told[index]) continue;
            if (++lines > most_places) {
                ++rest;
                continue;
            }
            Finding const& finding = verdict.findings[index];
            std::string const overlap = say_overlap(options_.language, finding);
            out += "<li>" + describe(finding.place, finding.role, finding.position) + " <span class=\"value\">" +
                   escape_html(overlap.empty() ? finding.excerpt : overlap) + "</span>" +
                   (overlap.empty() ? make_chips(finding) : "") + "</li>";
        }
        if (rest > 0) {
            Counted const all = counted(verdict, verdict.findings[kind.front()].rule);
            out += "<li>" + escape_html(say_rest(options_.language, rest, all)) + "</li>";
        }
        return out.empty() ? "" : "<ul class=\"places\">" + out + "</ul>";
    }

    std::string make_gap(Gap const& gap, ClauseStanding const& standing) const {
        Spot const spot = describe_spot(options_.language, gap.place, Role::shown, "");
        std::string name = name_inside(spot.file, gap.place.source);
        if (name.empty()) name = spot.file;
        if (!spot.inside.empty()) name = say(options_.language, Message::item_file_and_place, {{"file", name}, {"place", spot.inside}});
        std::string const cause(text(message_of(gap)));
        std::string const title = gap.bytes
                                      ? fill(Message::item_gap, {{"name", name}, {"size", size(gap.bytes)}, {"cause", cause}})
                                      : fill(Message::item_gap_unsized, {{"name", name}, {"cause", cause}});
        std::string out = "<section class=\"item\"><h4><span class=\"dot " + std::string(word(standing.outcome)) + "\"></span><bdi>";
        out += title + "</bdi></h4>";
        if (standing.outcome != Outcome::pass) {
            out += wrap_in("p", "why", html(Message::item_gap_gives)) + make_advice(text(advice_on(gap)));
        }
        if (!standing.clause.empty()) out += make_rule(standing.clause, "");
        return out + "</section>\n";
    }

    std::string make_footer(Summary const& summary) const {
        std::string out = "<footer>" + wrap_in("p", "", html(Message::page_masked));
        std::string const& title = options_.language == Language::zh ? facts_.directive_title_zh : facts_.directive_title_en;
        if (!title.empty()) out += wrap_in("p", "", fill(Message::page_directive, {{"title", title}}));
        if (!facts_.made_at.empty()) out += wrap_in("p", "", fill(Message::page_made, {{"time", facts_.made_at}}));
        return out + wrap_in("p", "", fill(Message::page_setup, {{"version", facts_.version}, {"setup", summary.setup}})) + "</footer>\n";
    }

    Output output_;
    WriterOptions options_;
    RunFacts facts_;
    Digest digest_;
    PhotoChart chart_;
    std::array<std::string, 3> cards_;         // by outcome
    std::array<std::uint64_t, 3> counts_ = {};  // sources by outcome
    std::string quiet_;
};

}  // namespace

std::unique_ptr<Writer> make_html_writer(std::unique_ptr<ByteSink> sink, WriterOptions options) {
    return std::make_unique<HtmlWriter>(std::move(sink), options);
}

}  // namespace keepmum
