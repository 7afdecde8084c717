// The report for people at a terminal: the answer first, then what, where, why and what to do.
//
// A brief report keeps within one screen. The gravest item is always told in full, for it answers
// the five questions (may it leave, what would it tell, where exactly, which rule says so, what do I do
// now); the others get one line each, and as many of them as have room are then told in full too.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/width.h"
#include "report/digest.h"
#include "report/formats.h"
#include "report/output.h"
#include "report/photo_sheet.h"
#include "report/words.h"

namespace keepmum {

namespace {

enum class Style { plain, heading, hold, warn, pass, quiet };

struct Line {
    std::string text;
    Style style = Style::plain;
    std::size_t label = 0;  // that many bytes in front are a label
};
using Lines = std::vector<Line>;

Style style_of(Outcome outcome) {
    return outcome == Outcome::hold ? Style::hold : outcome == Outcome::warn ? Style::warn : Style::pass;
}

std::string_view code_of(Style style) {
    switch (style) {
        case Style::heading: return "\x1b[1m";
        case Style::hold: return "\x1b[1;31m";
        case Style::warn: return "\x1b[1;33m";
        case Style::pass: return "\x1b[1;32m";
        case Style::quiet: return "\x1b[2m";
        case Style::plain: break;
    }
    return "";
}

// A long name keeps its end, where the file itself is named.
std::string shorten(std::string const& name, std::size_t columns) {
    if (display_width(name) <= columns) return name;
    std::size_t from = 0;
    std::size_t const surplus = display_width(name) - columns + 1;
    from = fit_width(name, surplus).size();
    while (from < name.size() && (static_cast<unsigned char>(name[from]) & 0xC0) == 0x80) ++from;
    while (display_width(std::string_view(name).substr(from)) + 1 > columns && from < name.size()) {
        do ++from;
        while (from < name.size() && (static_cast<unsigned char>(name[from]) & 0xC0) == 0x80);
    }
    return "…" + name.substr(from);
}

class TextWriter final : public Writer {
  public:
    TextWriter(std::unique_ptr<ByteSink> sink, WriterOptions options)
        : output_(std::move(sink)),
          options_(options),
          columns_(std::clamp<std::size_t>(options.columns, 40, 120)),
          rows_(std::clamp<std::size_t>(options.rows, 24, 40) - 1),  // the last row is the shell's
          digest_(options.language, is_brief() ? 3 : SIZE_MAX, is_brief() ? 1 : SIZE_MAX) {
        for (Message const label : {Message::label_gives_away, Message::label_where, Message::label_rule, Message::label_do_now}) {
            label_columns_ = std::max(label_columns_, display_width(text(label)) + 2);
        }
    }

    void begin(RunFacts const& facts) override { facts_ = facts; }

    void source(SourceReport report) override {
        Verdict const& verdict = report.verdict;
        digest_.add(verdict);
        for (std::string const& permit : verdict.permits) {
            if (std::find(permits_.begin(), permits_.end(), permit) == permits_.end()) permits_.push_back(permit);
        }
        std::vector<SheetLine> sheet = tell_photo(options_.language, verdict);
        for (Finding const& finding : verdict.findings) not_judged_ += finding.rule == "photo.not-judged";
        if (is_brief()) {
            sheet_ = std::move(sheet);
            return;
        }
        std::string const name = say_source(options_.language, verdict.source);
        std::string const outcome(text(message_of(verdict.outcome)));
        sources_.push_back(fill(Message::item_file_line, {{"name", name}, {"outcome", outcome}, {"coverage", describe_coverage(verdict)}}));
        sheets_.push_back(std::move(sheet));
    }

    void end(Summary const& summary) override {
        Lines const head = make_head(summary);
        std::vector<DigestItem const*> items = digest_.ranked();
        std::uint64_t passed_over = 0;
        // Of a single photo the sheet tells what its findings state; of many, the findings tell how many there are.
        bool const has_sheet = is_brief() && summary.sources == 1 && !sheet_.empty();
        Lines sheet;
        if (has_sheet) {
            sheet = make_sheet(sheet_, 0);
            std::erase_if(items, [](DigestItem const* item) { return !item->is_gap && is_told_by_sheet(item->rule); });
        }
        if (is_brief()) {
            std::erase_if(items, [&](DigestItem const* item) {
                if (!item->is_gap && item->rule == "photo.not-judged") return true;  // said in the foot
                if (item->outcome != Outcome::pass) return false;
                passed_over += item->count;
                return true;
            });
        }
        put(head);
        put(sheet);
        if (has_sheet) not_judged_ = 0;
        if (is_brief()) put(fit_items(items, passed_over, rows_ - std::min(rows_, head.size() + sheet.size())));
        else put_everything(items, summary);
    }

    Result<void> finish() override { return output_.finish(); }

  private:
    bool is_brief() const { return options_.detail == Detail::brief; }
    std::string_view text(Message message) const { return text_of(message).in(options_.language); }
    std::string fill(Message message, std::initializer_list<Value> values) const {
        return say(options_.language, message, values);
    }

    std::string describe_coverage(Verdict const& verdict) const {
        Coverage const& coverage = verdict.coverage;
        std::string const bytes = say_size(options_.language, coverage.bytes);
        // What could not be opened at all has no size; it was not read for all that.
        if (coverage.bytes == 0 && !verdict.gaps.empty()) return std::string(text(Message::coverage_unopened));
        if (coverage.bytes == 0) return std::string(text(Message::coverage_empty));
        std::string const read = say_size(options_.language, coverage.read);
        std::string const said = coverage.read >= coverage.bytes ? fill(Message::coverage_card_all, {{"bytes", bytes}})
                                                                 : fill(Message::coverage_card_part, {{"bytes", bytes}, {"read", read}});
        if (coverage.picture_reader.empty()) return said;
        return said + fill(Message::coverage_card_reader, {{"reader", coverage.picture_reader}});
    }

    void add_wrapped(Lines& lines, std::string_view content, Style style, std::size_t indent = 0,
                     std::size_t most = SIZE_MAX) const {
        std::vector<std::string> wrapped = wrap(show_text(content), columns_ - indent);
        if (wrapped.size() > most) {
            wrapped.resize(most);
            std::string& last = wrapped.back();
            last = std::string(fit_width(last, columns_ - indent - 1)) + "…";
        }
        for (std::string& line : wrapped) lines.push_back({std::string(indent, ' ') + line, style, 0});
    }

    // "   Where    offer.docx: page 2 …", the later lines under the first.
    void add_labelled(Lines& lines, Message label, std::string_view content, std::size_t most) const {
        if (content.empty()) return;
        std::string const name(text(label));
        std::size_t const indent = 3 + label_columns_;
        std::size_t const at = lines.size();
        add_wrapped(lines, content, Style::plain, indent, most);
        std::string const front = "   " + name + std::string(label_columns_ - display_width(name), ' ');
        lines[at].text.replace(0, indent, front);
        lines[at].label = front.size();
    }

    std::string say_headline(Summary const& summary) const {
        std::uint64_t const sources = summary.sources;
        bool const one = sources == 1;
        std::string const name = shorten(say_source(options_.language, digest_.worst_source()), columns_ / 2);
        std::string const files = say_files(options_.language, sources);
        if (sources == 0) return std::string(text(Message::answer_none_detail));
        if (summary.outcome == Outcome::hold) {
            return one ? fill(Message::answer_hold_one, {{"name", name}})
                       : fill(Message::answer_hold_many, {{"held", say_number(digest_.held())}, {"files", files}});
        }
        if (summary.outcome == Outcome::warn) {
            return one ? fill(Message::answer_warn_one, {{"name", name}})
                       : fill(Message::answer_warn_many, {{"warned", say_number(digest_.warned())}, {"files", files}});
        }
        bool const all = summary.read >= summary.bytes && summary.gaps == 0;
        Message const for_one = all ? Message::answer_pass_one : Message::answer_pass_unread_one;
        Message const for_many = all ? Message::answer_pass_many : Message::answer_pass_unread_many;
        return one ? fill(for_one, {{"name", name}}) : fill(for_many, {{"files", files}});
    }

    Lines make_head(Summary const& summary) const {
        Lines lines;
        Message answer = summary.outcome == Outcome::hold   ? Message::answer_hold
                         : summary.outcome == Outcome::warn ? Message::answer_warn
                                                            : Message::answer_pass;
        Style style = style_of(summary.outcome);
        if (summary.outcome != Outcome::hold && summary.sources == 0) answer = Message::answer_none, style = Style::warn;
        // Of what was only half looked at nobody can say that it may leave.
        if (summary.outcome != Outcome::hold && summary.partial) answer = Message::answer_partial, style = Style::warn;
        add_wrapped(lines, text(answer), style);
        if (summary.partial) add_wrapped(lines, text(Message::answer_partial_detail), Style::heading);
        std::string second = say_headline(summary);
        if (summary.outcome == Outcome::hold && digest_.warned() > 0) {
            second += options_.language == Language::zh ? "" : " ";
            second += fill(Message::answer_warn_also, {{"warned", say_number(digest_.warned())}});
        }
        add_wrapped(lines, second, Style::heading);
        if (summary.sources > 0) {
            std::string const files = say_files(options_.language, summary.sources);
            std::string const bytes = say_size(options_.language, summary.bytes);
            std::uint64_t const unread = summary.bytes - std::min(summary.bytes, summary.read);
            std::string const rest = say_size(options_.language, unread);
            add_wrapped(lines,
                        !unread && summary.gaps > 0 ? fill(Message::coverage_some, {{"files", files}, {"bytes", bytes}})
                        : unread ? fill(Message::coverage_part, {{"files", files}, {"bytes", bytes}, {"unread", rest}})
                               : fill(Message::coverage_all, {{"files", files}, {"bytes", bytes}}),
                        Style::quiet);
        }
        return lines;
    }

    std::string make_title(DigestItem const& item, std::size_t name_columns) const {
        std::string const title = make_bare_title(item, name_columns);
        return item.outcome == Outcome::warn ? fill(Message::item_look_first, {{"title", title}}) : title;
    }

    // The kind; a single gap's own name in at most `name_columns`.
    std::string make_bare_title(DigestItem const& item, std::size_t name_columns) const {
        if (item.is_gap) {
            std::string const cause(text(item.cause));
            if (item.count > 1) return fill(Message::item_gap_many, {{"places", say_places(options_.language, item.count)}, {"cause", cause}});
            FilePart const& part = item.parts.front();
            std::string name = shorten(part.file, name_columns);
            if (!part.samples.front().inside.empty()) {
                name = fill(Message::item_file_and_place, {{"file", name}, {"place", part.samples.front().inside}});
            }
            std::string const& size = part.samples.front().excerpt;
            return size.empty() ? fill(Message::item_gap_unsized, {{"name", name}, {"cause", cause}})
                                : fill(Message::item_gap, {{"name", name}, {"size", size}, {"cause", cause}});
        }
        std::string const title(title_of(options_.language, options_.glossary, item.rule));
        std::string const certainty(text(message_of(item.certainty)));
        std::string const places = say_places(options_.language, item.count, item.counted);
        if (item.count == 1) return fill(Message::item_finding, {{"title", title}, {"certainty", certainty}});
        if (item.files == 1) return fill(Message::item_finding_same, {{"title", title}, {"certainty", certainty}, {"places", places}});
        return fill(Message::item_finding_many, {{"title", title}, {"certainty", certainty}, {"places", places},
                                                 {"files", say_files(options_.language, item.files)}});
    }

    std::string describe_sample(FilePart const& part, Sample const& sample) const {
        std::string const file = is_brief() ? shorten(part.file, std::max<std::size_t>(24, columns_ / 2)) : part.file;
        std::string out = sample.inside.empty() ? file : fill(Message::item_file_and_place, {{"file", file}, {"place", sample.inside}});
        if (!sample.excerpt.empty()) out += " —\u00A0" + sample.excerpt;
        if (!is_brief()) {
            for (Fact const& given : sample.facts) {
                Fact const fact = in_words(options_.language, given);
                if (given.value == sample.excerpt || fact.value == sample.excerpt) continue;  // stands there already
                out += fill(Message::item_fact, {{"name", fact.key}, {"value", fact.value}});
            }
        }
        if (sample.times > 1) out += " " + fill(Message::item_times, {{"count", say_number(sample.times)}});
        return out;
    }

    // One line a spot of at most `most_files` files, then how many there are besides.
    void add_places(Lines& lines, DigestItem const& item, std::size_t most_files) const {
        std::uint64_t told = 0;
        for (std::size_t i = 0; i < item.parts.size() && i < most_files; ++i) {
            for (Sample const& sample : item.parts[i].samples) {
                std::string const content = describe_sample(item.parts[i], sample);
                if (told == 0) add_labelled(lines, Message::label_where, content, is_brief() ? 2 : SIZE_MAX);
                else add_wrapped(lines, content, Style::plain, 3 + label_columns_, is_brief() ? 2 : SIZE_MAX);
                told += sample.times;
            }
        }
        if (item.count > told) {
            add_wrapped(lines, say_rest(options_.language, item.count - told, item.counted), Style::plain, 3 + label_columns_);
        }
    }

    std::string describe_rule(DigestItem const& item) const {
        if (item.clause.empty()) return item.is_gap ? "" : fill(Message::item_no_clause, {{"rule", item.rule}});
        std::string const clause(without_stop(because_of(options_.language, options_.glossary, item.clause)));
        std::string const source(source_of(options_.glossary, item.clause));
        if (item.is_gap) {
            return source.empty() ? fill(Message::item_gap_clause, {{"clause", clause}})
                                  : fill(Message::item_gap_clause_source, {{"clause", clause}, {"source", source}});
        }
        return source.empty() ? fill(Message::item_rule_clause, {{"clause", clause}, {"rule", item.rule}})
                              : fill(Message::item_rule_clause_source, {{"clause", clause}, {"source", source}, {"rule", item.rule}});
    }

    std::string_view choose_advice(DigestItem const& item) const {
        std::string_view const advice = advice_of(options_.language, options_.glossary, item.clause);
        // How to open a locked file helps more than the clause's general word on gaps.
        if (item.is_gap) return text(item.advice);
        return advice.empty() && item.outcome != Outcome::pass ? text(Message::advice_finding) : advice;
    }

    Lines make_item(DigestItem const& item, std::size_t number, std::size_t most_files = SIZE_MAX) const {
        Lines lines;
        std::string const front = std::to_string(number) + ". ";
        std::size_t const most = is_brief() ? 2 : SIZE_MAX;
        lines.push_back({"", Style::plain, 0});
        add_wrapped(lines, front + make_title(item, columns_ / 2), style_of(item.outcome), 0, most);
        if (!item.is_gap || item.count > 1) add_places(lines, item, most_files);
        std::string_view const why = item.is_gap ? text(Message::item_gap_gives) : why_of(options_.language, options_.glossary, item.rule);
        add_labelled(lines, Message::label_gives_away, why, most);
        add_labelled(lines, Message::label_rule, describe_rule(item), most);
        add_labelled(lines, Message::label_do_now, choose_advice(item), most + is_brief());
        return lines;
    }

    Lines make_one_line(DigestItem const& item, std::size_t number) const {
        Lines lines;
        std::string const front = std::to_string(number) + ". ";
        std::string content = front + make_title(item, columns_ / 2);
        // The reason is worth more than the whole of a long name.
        for (std::size_t name = columns_ / 2; name > 12 && display_width(content) > columns_; name -= 2) {
            content = front + make_title(item, name);
        }
        if (!item.is_gap) content += " — " + shorten(item.parts.front().file, columns_ / 3);
        add_wrapped(lines, content, style_of(item.outcome), 0, 1);
        return lines;
    }

    // What a stranger learns from one photo, in at most most_sheet lines: what matters least is left out first.
    Lines make_sheet(std::vector<SheetLine> sheet, std::size_t indent) const {
        constexpr std::size_t most_sheet = 12;
        using What = SheetLine::What;
        constexpr What dispensable[] = {What::besides, What::view, What::text, What::edited, What::whose, What::camera};
        std::size_t label_columns = 0;
        for (SheetLine const& line : sheet) label_columns = std::max(label_columns, display_width(line.label) + 2);
        Lines lines;
        std::size_t most_each = 2;
        auto const lay_out = [&] {
            lines.clear();
            for (SheetLine const& line : sheet) {
                std::size_t const at = lines.size();
                add_wrapped(lines, line.sentence, line.what == What::answer ? Style::heading : Style::plain, indent + label_columns, most_each);
                std::string const front = std::string(indent, ' ') + line.label + std::string(label_columns - display_width(line.label), ' ');
                lines[at].text.replace(0, indent + label_columns, front);
                lines[at].label = front.size();
            }
        };
        lay_out();
        if (lines.size() > most_sheet) most_each = 1, lay_out();
        for (What const what : dispensable) {
            if (lines.size() <= most_sheet) break;
            std::erase_if(sheet, [&](SheetLine const& line) { return line.what == what; });
            lay_out();
        }
        lines.insert(lines.begin(), {"", Style::plain, 0});
        return lines;
    }

    Lines make_foot(std::uint64_t kinds, std::uint64_t passed_over) const {
        Lines lines{{"", Style::plain, 0}};
        if (kinds > 0) add_wrapped(lines, fill(Message::more_kinds, {{"count", say_number(kinds)}}), Style::plain, 0, 1);
        if (passed_over > 0) {
            std::string const places = say_places(options_.language, passed_over);
            add_wrapped(lines, fill(Message::more_also_seen, {{"places", places}}), Style::plain, 0, 1);
        }
        if (!permits_.empty()) add_wrapped(lines, describe_permits(), Style::plain, 0, 1);
        if (not_judged_ == 1) add_wrapped(lines, text(Message::sheet_not_judged_one), Style::plain, 0, 1);
        if (not_judged_ > 1) add_wrapped(lines, fill(Message::sheet_not_judged, {{"count", say_number(not_judged_)}}), Style::plain, 0, 1);
        add_wrapped(lines, text(Message::more_all), Style::quiet, 0, 1);
        add_wrapped(lines, text(Message::more_page), Style::quiet, 0, 1);
        return lines;
    }

    std::string describe_permits() const {
        std::string list;
        for (std::string const& permit : permits_) list += (list.empty() ? "" : ", ") + permit;
        return fill(Message::item_permitted, {{"permits", list}});
    }

    Lines fit_items(std::vector<DigestItem const*> const& items, std::uint64_t passed_over, std::size_t room) const {
        if (items.empty()) return passed_over > 0 || !permits_.empty() || not_judged_ > 0 ? make_foot(0, passed_over) : Lines{};
        std::size_t const foot = make_foot(1, passed_over).size();
        room -= std::min(room, foot);
        std::vector<Lines> told{make_item(*items[0], 1)};
        if (told[0].size() > room) told[0] = make_item(*items[0], 1, 1);
        std::size_t used = told[0].size();
        // A blank line parts the items told in full from those in one line.
        while (told.size() < items.size() && used + 2 <= room) {
            told.push_back(make_one_line(*items[told.size()], told.size() + 1));
            ++used;
        }
        std::size_t full = 1;
        for (; full < told.size(); ++full) {
            Lines whole = make_item(*items[full], full + 1);
            if (used - 1 + whole.size() + 1 > room) break;
            used += whole.size() - 1;
            told[full] = std::move(whole);
        }
        Lines lines;
        for (std::size_t i = 0; i < told.size(); ++i) {
            if (i == full) lines.push_back({"", Style::plain, 0});
            lines.insert(lines.end(), told[i].begin(), told[i].end());
        }
        Lines const end = make_foot(items.size() - told.size(), passed_over);
        lines.insert(lines.end(), end.begin(), end.end());
        return lines;
    }

    void put_everything(std::vector<DigestItem const*> const& items, Summary const& summary) {
        for (std::size_t i = 0; i < items.size(); ++i) put(make_item(*items[i], i + 1));
        put({{"", Style::plain, 0}, {std::string(text(Message::page_files)), Style::heading, 0}});
        for (std::size_t i = 0; i < sources_.size(); ++i) {
            Lines wrapped;
            add_wrapped(wrapped, sources_[i], Style::plain, 2);
            put(wrapped);
            if (!sheets_[i].empty()) put(make_sheet(sheets_[i], 2));
        }
        Lines end{{"", Style::plain, 0}};
        if (!permits_.empty()) add_wrapped(end, describe_permits(), Style::plain);
        add_wrapped(end, fill(Message::page_setup, {{"version", facts_.version}, {"setup", summary.setup}}), Style::quiet);
        put(end);
    }

    void put(Lines const& lines) {
        for (Line const& line : lines) {
            bool const coloured = options_.colour == Colour::ansi;
            std::string_view const code = coloured ? code_of(line.style) : "";
            std::string out(code);
            if (coloured && line.label > 0) {
                out += "\x1b[2m" + line.text.substr(0, line.label) + "\x1b[0m" + line.text.substr(line.label);
            } else {
                out += line.text;
            }
            if (!code.empty()) out += "\x1b[0m";
            while (!coloured && !out.empty() && out.back() == ' ') out.pop_back();
            output_.put(out + "\n");
        }
    }

    Output output_;
    WriterOptions options_;
    std::size_t columns_, rows_;
    std::size_t label_columns_ = 0;
    RunFacts facts_;
    Digest digest_;
    std::vector<std::string> permits_;
    std::vector<std::string> sources_;  // one line each, for a full report
    std::vector<std::vector<SheetLine>> sheets_;  // of each of them; empty where it is no photo
    std::vector<SheetLine> sheet_;      // of the last source, for a brief report
    std::uint64_t not_judged_ = 0;      // pictures and recordings
};

}  // namespace

std::unique_ptr<Writer> make_text_writer(std::unique_ptr<ByteSink> sink, WriterOptions options) {
    return std::make_unique<TextWriter>(std::move(sink), options);
}

}  // namespace keepmum
