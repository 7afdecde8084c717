// The page of an approach: the answer, the ladder drawn, why, what was given away, what to do, and the talk around it with the
// signs marked. No scripts, nothing from outside; for phones and for paper.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "approach/tell.h"
#include "approach/tell_parts.h"
#include "report/html_parts.h"
#include "report/redactor.h"
#include "report/words.h"

namespace keepmum {

namespace {

constexpr std::size_t most_told = 20, most_signs = 5, most_given = 12, most_bubbles = 24;
constexpr std::size_t longest_bubble = 1200;  // bytes

constexpr std::string_view style = R"css(
.ladder{display:grid;grid-template-columns:repeat(8,1fr);gap:.35rem;margin:0 0 1.4rem;padding:0}
.ladder li{border-top:.5rem solid var(--line);padding-top:.35rem;font-size:.8rem;color:var(--soft);line-height:1.3;overflow-wrap:anywhere}
.ladder b{display:block;font-size:.95rem}
.ladder .warn{border-color:#d99a12;color:var(--ink)}.ladder .hold{border-color:#c8372d;color:var(--ink)}
.ladder .pass{border-color:var(--soft);color:var(--ink)}
.two{display:grid;grid-template-columns:3fr 2fr;gap:0 1.2rem;align-items:start}
.two h2{margin-top:0}.two .box{margin-bottom:1.1rem;padding:1rem 1.2rem}
.two li{margin:.55rem 0}.two li:first-child{margin-top:0}
.two blockquote{margin:.15rem 0 .1rem;padding-left:.7rem;border-left:3px solid var(--line);overflow-wrap:anywhere}
.two small{color:var(--soft)}
.talk p{max-width:38rem;padding:.5rem .9rem;border-radius:14px;margin:.35rem 0;background:var(--card);border:1px solid var(--line);
white-space:pre-wrap;overflow-wrap:anywhere}
.talk .me{margin-left:auto;background:var(--well)}.talk small{display:block;color:var(--soft)}
.talk .gap{background:none;border:0;color:var(--soft);text-align:center;max-width:none;font-size:.85rem}
@media (max-width:44rem){.two{grid-template-columns:1fr}.ladder{grid-template-columns:repeat(4,1fr)}}
)css";

std::string wrap_in(std::string_view tag, std::string_view css, std::string_view html) {
    return "<" + std::string(tag) + (css.empty() ? "" : " class=\"" + std::string(css) + "\"") + ">" + std::string(html) + "</" +
           std::string(tag) + ">";
}

Outcome outcome_of(Light light) {
    return light == Light::red ? Outcome::hold : light == Light::amber ? Outcome::warn : Outcome::pass;
}

std::string_view css_of(Light light) { return light == Light::red ? "hold" : light == Light::amber ? "warn" : "pass"; }

class Page {
  public:
    Page(TellOptions const& options, SignBook const& book, Glossary const& glossary, std::vector<Contact> const& contacts)
        : options_(options), language_(options.language), book_(book), glossary_(glossary), contacts_(contacts) {}

    std::string make(std::vector<ApproachReport> const& reports) {
        Light worst = Light::green;
        bool gaps = false;
        std::vector<std::pair<ApproachReport const*, Approached const*>> told;
        for (ApproachReport const& report : reports) {
            worst = std::max(worst, report.light());
            gaps = gaps || !report.gaps.empty();
            for (Approached const& one : report.told) told.emplace_back(&report, &one);
        }
        std::stable_sort(told.begin(), told.end(), [](auto const& a, auto const& b) {
            return a.second->judged.ladder.light > b.second->judged.ladder.light;
        });
        std::string html = head() + banner(worst, gaps, told.empty() ? nullptr : told.front().second, unread_message(reports)) + "<main>\n";
        for (std::size_t i = 0; i < std::min(told.size(), most_told); ++i)
            html += conversation(*told[i].first, *told[i].second, told.size() > 1);
        html += unread(reports);
        return html + "</main>\n<footer><p>" +
               text(Message::approach_made, {{"version", options_.version}, {"when", options_.made_at}}) +
               "</p></footer>\n</body>\n</html>\n";
    }

  private:
    std::string text(Message message, std::initializer_list<Value> values = {}) const {
        return escape_html(say(language_, message, values));
    }

    std::string head() const {
        return "<!DOCTYPE html>\n<html lang=\"" + std::string(language_ == Language::zh ? "zh-CN" : "en") +
               "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
               "style-src 'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<meta name=\"referrer\" content=\"no-referrer\">\n<title>keepmum: " +
               text(Message::approach_page_title) + "</title>\n<style>" + std::string(html_style()) + std::string(style) +
               "</style>\n</head>\n<body>\n";
    }

    std::string banner(Light light, bool gaps, Approached const* first, Message why_unread) const {
        bool const unsure = light == Light::green && (gaps || !first);
        Message const answer = !first ? Message::approach_unread : unsure ? Message::approach_green_unread : light_message(light);
        std::string lead;
        if (!first) lead = text(why_unread);
        else if (light == Light::red) lead = text(Message::approach_red_detail);
        else if (light == Light::amber) lead = text(Message::approach_amber_detail);
        else lead = text(Message::approach_green_detail, {{"theirs", say_number(first->judged.theirs)}});
        std::string const css(unsure ? "warn" : css_of(light));
        return "<div class=\"banner " + css + "\"><header class=\"top\"><div class=\"answer\">" +
               std::string(outcome_icon(unsure ? Outcome::warn : outcome_of(light))) + "<div>" +
               wrap_in("h1", "", escape_html(say(language_, answer))) + wrap_in("p", "lead", lead) +
               (light == Light::green ? "" : wrap_in("p", "lead", text(Message::approach_no_accusation))) +
               "</div></div></header></div>\n";
    }

    std::string conversation(ApproachReport const& report, Approached const& told, bool headed) {
        Redactor redactor;
        for (std::string const& secret : told.given.secrets) redactor.add(secret);
        redactor_ = &redactor;
        Ladder const& ladder = told.judged.ladder;
        std::string const where = text(Message::approach_where, {{"file", show_name(print(told.place))},
                                                                 {"title", show_text(title_of_talk(language_, told))},
                                                                 {"messages", say_number(told.conversation.messages.size())}});
        std::string html = wrap_in("h2", "", (headed ? "<span class=\"pill " + std::string(css_of(ladder.light)) + "\">" +
                                                           escape_html(say(language_, light_message(ladder.light))) + "</span> "
                                                     : std::string()) + where);
        if (report.me == MeBy::nobody) html += wrap_in("p", "why", text(Message::approach_all_theirs));
        html += steps(ladder) + "<div class=\"two\"><div>" + signs(told) + "</div><div>" +
                now(told) + given(told) + change(told) + "</div></div>\n" + talk(told);
        redactor_ = nullptr;
        return html;
    }

    // The eight steps: those that a sign stands on are lit.
    std::string steps(Ladder const& ladder) const {
        std::vector<bool> seen(ladder_stages + 1);
        for (Sighting const& one : ladder.sightings) seen[std::min(book_.signs()[one.sign].stage, ladder_stages)] = true;
        std::string list;
        for (unsigned stage = 1; stage <= ladder_stages; ++stage) {
            list += wrap_in("li", seen[stage] ? css_of(ladder.light) : "",
                            "<b>" + std::to_string(stage) + "</b>" + text(stage_message(stage)));
        }
        return "<ol class=\"ladder\">" + list + "</ol>";
    }

    std::string signs(Approached const& told) const {
        std::vector<Sighting> const best = best_sightings(book_, told.judged.ladder);
        if (best.empty()) return {};
        std::string list, rest;
        for (std::size_t i = 0; i < best.size(); ++i) {
            bool const again = i > 0 && best[i].sign == best[i - 1].sign;  // another example of the same
            (i < most_signs ? list : rest) += again ? example(told, best[i]) : sign(told, best[i]);
        }
        if (!rest.empty()) {
            rest = "<details><summary>" +
                   text(Message::approach_signs_rest, {{"count", say_number(best.size() - most_signs)}}) +
                   "</summary><ul>" + rest + "</ul></details>";
        }
        std::string const turned = say_turned(language_, told);
        return box(Message::approach_signs, (turned.empty() ? "" : wrap_in("p", "why", escape_html(turned))) +
                                                "<ul>" + list + "</ul>" + rest);
    }

    std::string example(Approached const& told, Sighting const& sighting) const {
        return "<li>" + wrap_in("blockquote", "", escape_html(redacted(quote_of(told, sighting, 240)))) + "<small>" +
               escape_html(say_message(language_, told, sighting.message)) + "</small></li>";
    }

    std::string sign(Approached const& told, Sighting const& sighting) const {
        std::string const quote = redacted(quote_of(told, sighting, 240));
        std::string const& remark = language_ == Language::zh ? sighting.remark_zh : sighting.remark_en;
        return "<li><b>" + escape_html(book_.title(language_, sighting.sign)) + "</b> <small>" +
               escape_html(say_message(language_, told, sighting.message)) + "</small>" +
               (quote.empty() ? "" : "<blockquote>" + escape_html(quote) + "</blockquote>") + "<small>" +
               escape_html(remark.empty() ? std::string(book_.why(language_, sighting.sign)) : show_text(remark)) + "</small></li>";
    }

    std::string given(Approached const& told) const {
        if (told.judged.ladder.light == Light::green && told.given.list.empty()) return {};
        std::string list;
        for (std::size_t i = 0; i < std::min(told.given.list.size(), most_given); ++i) {
            list += wrap_in("li", "", escape_html(redacted(say_given(language_, book_, glossary_, told, told.given.list[i]))));
        }
        if (told.judged.ours == 0) list = wrap_in("li", "", text(Message::approach_given_nothing_own));
        else if (list.empty()) list = wrap_in("li", "", text(Message::approach_given_none, {{"ours", say_number(told.judged.ours)}}));
        return box(Message::approach_given, "<ul>" + list + "</ul>");
    }

    std::string now(Approached const& told) const {
        std::string list;
        Ladder const& ladder = told.judged.ladder;
        Lure const lure = lure_in(book_, ladder);
        for (std::string const& step : steps_now(language_, ladder.light, lure, !told.given.list.empty(), contacts_)) {
            list += wrap_in("li", "", escape_html(step));
        }
        return box(Message::approach_now, "<ul>" + list + "</ul>");
    }

    std::string change(Approached const& told) const {
        Ladder const& ladder = told.judged.ladder;
        std::string list;
        if (!ladder.carrying.empty())
            list += wrap_in(
                "li", "",
                text(Message::approach_change_rests, {{"signs", say_carrying(language_, book_, ladder)}}));
        list += wrap_in("li", "", text(change_message(ladder.light)));
        return box(Message::approach_change, "<ul>" + list + "</ul>");
    }

    // The messages with signs, and one before and behind each.
    std::string talk(Approached const& told) const {
        std::map<std::uint32_t, std::vector<Span>> marks;
        auto const count = static_cast<std::uint32_t>(told.conversation.messages.size());
        for (Sighting const& one : told.judged.ladder.sightings) {
            for (std::uint32_t at = one.message > 0 ? one.message - 1 : 0; at <= std::min(one.message + 1, count - 1); ++at) marks[at];
            if (one.span.size() > 0) marks[one.message].push_back(one.span);
        }
        std::string html;
        std::uint32_t next = 0;
        std::size_t shown = 0;
        for (auto& [at, spans] : marks) {
            if (shown++ >= most_bubbles) break;
            if (at > next) html += wrap_in("p", "gap", text(Message::approach_skipped, {{"count", say_number(at - next)}}));
            html += bubble(told, at, std::move(spans));
            next = at + 1;
        }
        if (html.empty()) return {};
        if (next < count) html += wrap_in("p", "gap", text(Message::approach_skipped, {{"count", say_number(count - next)}}));
        return wrap_in("h2", "", text(Message::approach_talk)) + "<div class=\"talk\">" + html + "</div>\n";
    }

    std::string bubble(Approached const& told, std::uint32_t at, std::vector<Span> spans) const {
        ChatMessage const& message = told.conversation.messages[at];
        std::string_view const whole = message.text;
        std::sort(spans.begin(), spans.end(), [](Span const& a, Span const& b) { return a.begin < b.begin; });
        std::vector<std::string_view> pieces;  // in turns plain and marked
        std::size_t done = 0;
        for (Span const& span : spans) {
            std::size_t const begin = std::max<std::size_t>(span.begin, done);
            if (span.end <= begin || span.end > std::min(whole.size(), longest_bubble)) continue;
            pieces.push_back(whole.substr(done, begin - done));
            pieces.push_back(whole.substr(begin, span.end - begin));
            done = span.end;
        }
        std::size_t end = std::min(whole.size(), std::max(done, longest_bubble));
        while (end < whole.size() && (static_cast<unsigned char>(whole[end]) & 0xC0) == 0x80) ++end;
        pieces.push_back(whole.substr(done, end - done));
        std::vector<std::string> const clean = redactor_->redact_parts(pieces);
        std::string html = wrap_in("small", "",
                                   text(message.mine ? Message::approach_me : Message::approach_them) +
                                       " · " + escape_html(say_message(language_, told, at)));
        for (std::size_t i = 0; i < clean.size(); ++i) {
            html += i % 2 ? wrap_in("mark", css_of(told.judged.ladder.light), escape_html(clean[i])) : escape_html(clean[i]);
        }
        return wrap_in("p", message.mine ? "me" : "", html + (end < whole.size() ? "…" : ""));
    }

    std::string unread(std::vector<ApproachReport> const& reports) const {
        std::string list;
        for (ApproachReport const& report : reports) {
            for (std::size_t i = 0; i < std::min<std::size_t>(report.gaps.size(), 12); ++i) {
                list += wrap_in("li", "", html_name(print(report.gaps[i].place)) + ": " + text(message_of(report.gaps[i])));
            }
        }
        return list.empty() ? "" : box(Message::approach_not_read, "<ul>" + list + "</ul>");
    }

    std::string box(Message title, std::string const& inside) const {
        return "<div class=\"box\">" + wrap_in("h2", "", text(title)) + inside + "</div>";
    }

    std::string redacted(std::string const& what) const { return redactor_->redact(what); }

    TellOptions const& options_;
    Language const language_;
    SignBook const& book_;
    Glossary const& glossary_;
    std::vector<Contact> const& contacts_;
    Redactor const* redactor_ = nullptr;
};

}  // namespace

std::string approach_page(TellOptions const& options, SignBook const& book, Glossary const& glossary,
                          std::vector<Contact> const& contacts, std::vector<ApproachReport> const& reports) {
    return Page(options, book, glossary, contacts).make(reports);
}

}  // namespace keepmum
