// One page of HTML: fit or not fit to hold secrets, because …; loads nothing, runs nothing, prints on paper.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "host/tell/parts.h"
#include "report/html_parts.h"
#include "report/words.h"

namespace keepmum {

namespace {

constexpr std::string_view more_style = R"css(
.check{padding:.8rem 1.3rem;border-top:1px solid var(--line)}.check:first-of-type{border-top:0}
.check h4{font-size:1.03rem;font-weight:680;margin:0}.check h4 b{display:inline-block;min-width:2.6rem;color:var(--soft);font-weight:700}
.check dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem;margin-top:.45rem;font-size:.92rem}
.check dt{color:var(--soft)}.check dd{overflow-wrap:anywhere}
.check code{background:var(--well);border:1px solid var(--line);border-radius:5px;padding:.02rem .3rem;font-size:.9em}
details>summary{cursor:pointer;padding:.8rem 1.3rem;font-weight:650}
.next{margin:0 0 1.2rem;padding:1rem 1.3rem;background:var(--card);border:1px solid var(--line);border-radius:14px}
.next p{margin-top:.25rem;max-width:52rem}
@media print{.check{break-inside:avoid}details{display:none}}
)css";

std::string in(std::string_view tag, std::string_view text) {
    std::string out = "<";
    out += tag;
    out += ">";
    out += text;
    return out + "</" + std::string(tag.substr(0, tag.find(' '))) + ">";
}

std::string_view colour_of(Fitness fitness) {
    return fitness == Fitness::unfit || fitness == Fitness::unsure ? "hold" : fitness == Fitness::mend ? "warn" : "pass";
}
Outcome outcome_of(std::string_view colour) {
    return colour == "hold" ? Outcome::hold : colour == "warn" ? Outcome::warn : Outcome::pass;
}

class Sheet {
  public:
    explicit Sheet(HostTelling const& telling) : telling_(telling) {}

    std::string say(Message message, std::initializer_list<Value> values = {}) const {
        return escape_html(keepmum::say(telling_.language, message, values));
    }

    void open(std::string_view title, std::string_view colour, std::string_view answer, std::initializer_list<std::string> lead) {
        bool const chinese = telling_.language == Language::zh;
        out_ += std::string("<!DOCTYPE html>\n<html lang=\"") + (chinese ? "zh-CN" : "en") + "\">\n<head>\n<meta charset=\"utf-8\">\n";
        out_ += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
        out_ += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
        out_ += "<meta name=\"referrer\" content=\"no-referrer\">\n";
        out_ += in("title", "keepmum: " + escape_html(title)) + "\n<style>" + std::string(html_style()) + std::string(more_style);
        out_ += "</style>\n</head>\n<body>\n<div class=\"banner " + std::string(colour) + "\"><header class=\"top\"><div class=\"answer\">";
        out_ += std::string(outcome_icon(outcome_of(colour))) + "<div>" + in("h1", escape_html(answer));
        for (std::string const& line : lead) {
            if (!line.empty()) out_ += in("p class=\"lead\"", escape_html(line));
        }
        out_ += "</div></div></header></div>\n<main>\n";
    }
    void next(Message title, std::string_view text) {
        if (text.empty()) return;
        out_ += "<section class=\"next\">" + in("h3", say(title)) + in("p", escape_html(text)) + "</section>\n";
    }
    void begin_card(std::string_view colour, std::string_view title, std::size_t count) {
        out_ += "<article class=\"card " + std::string(colour) + "\"><header>" + in("h3", title);
        if (count > 0) out_ += in("span class=\"pill " + std::string(colour) + "\"", std::to_string(count));
        out_ += "</header>\n";
    }
    void end_card() { out_ += "</article>\n"; }
    void put(std::string_view html) { out_ += html; }

    std::string close() {
        out_ += "</main>\n<footer>" + in("p", say(Message::host_page_made, {{"version", telling_.version}, {"time", telling_.made_at}}));
        return std::move(out_) + "</footer>\n</body>\n</html>\n";
    }

  private:
    HostTelling const& telling_;
    std::string out_;
};

class HostPage {
  public:
    HostPage(HostTelling const& telling, HostVerdict const& host)
        : telling_(telling), host_(host), groups_(group_answers(host)), sheet_(telling) {}

    std::string make() {
        HostHeadline const head = headline_of(telling_, host_, groups_);
        sheet_.open(keepmum::say(telling_.language, Message::host_page_title), colour_of(host_.fitness), head.answer,
                    {head.because, head.who, head.tally});
        sheet_.next(Message::host_now, head.now);
        carried();
        card(Message::host_stops, "hold", groups_.stops);
        unseen();
        card(Message::host_fixes, "warn", groups_.fixes);
        card(Message::host_notes, "pass", groups_.notes);
        lines(Message::host_exempt, exemptions());
        std::vector<std::string> leaving;
        for (SyncedFolder const& folder : host_.answer.folders) leaving.push_back(say_leaving(telling_.language, folder));
        lines(Message::host_leaving, leaving);
        sheet_.next(Message::host_change, head.change);
        folded(Message::host_passes, groups_.passes);
        folded(Message::host_others, groups_.others);
        return sheet_.close();
    }

  private:
    std::string fact(Message label, std::string const& html) const {
        return html.empty() ? "" : in("dt", sheet_.say(label)) + in("dd", html);
    }
    std::string shown(ToldAnswer const& told) const { return escape_html(show_text(told.what(telling_.language))); }
    std::string title(ToldAnswer const& told) const { return in("h4", in("b", escape_html(id_of(*told.check))) + shown(told)); }

    void answer(ToldAnswer const& told) {
        constexpr std::size_t most_proofs = 4;
        Language const language = telling_.language;
        Check const& check = *told.check;
        std::string seen;
        for (std::size_t i = 0; i < std::min(most_proofs, told.answered->proofs.size()); ++i) {
            Proof const& proof = told.answered->proofs[i];
            seen += (seen.empty() ? "" : "<br>") + html_name(proof.path);
            if (!proof.line.empty()) seen += " " + in("code", escape_html(proof.line));
        }
        Check const* const proving = find_check(check.proved_by);
        std::string const proof = proving ? sheet_.say(Message::host_proof_check, {{"check", id_of(*proving)}}) : std::string();
        std::string out = "<section class=\"check\">" + title(told) + "<dl>" + fact(Message::host_seen_at, seen);
        out += fact(Message::host_why, escape_html(check.why.in(language))) + fact(Message::host_do, escape_html(check.mend.in(language)));
        out += fact(Message::host_breaks, escape_html(check.breaks.in(language)));
        out += fact(Message::host_undo, escape_html(check.undo.in(language)));
        sheet_.put(out + fact(Message::host_proof, proof) + "</dl></section>\n");
    }
    void card(Message heading, std::string_view colour, std::vector<ToldAnswer> const& list) {
        if (list.empty()) return;
        sheet_.begin_card(colour, sheet_.say(heading), list.size());
        for (ToldAnswer const& told : list) answer(told);
        sheet_.end_card();
    }
    void unseen() {
        if (groups_.unseen.empty()) return;
        sheet_.begin_card(groups_.deciding > 0 ? "hold" : "warn", sheet_.say(Message::host_unseen), groups_.unseen.size());
        for (ToldAnswer const& told : groups_.unseen) {
            std::string const missing = say_missing(telling_.language, *told.answered, 6);
            sheet_.put("<section class=\"check\">" + title(told) + in("p class=\"why\"", escape_html(missing)) + "</section>\n");
        }
        std::string const advice = advice_on_missing(telling_, groups_);
        if (!advice.empty()) sheet_.put("<section class=\"check\">" + in("p", escape_html(advice)) + "</section>\n");
        sheet_.end_card();
    }
    void lines(Message heading, std::vector<std::string> const& list, std::string_view colour = "pass") {
        constexpr std::size_t most = 200;
        if (list.empty()) return;
        sheet_.begin_card(colour, sheet_.say(heading), list.size());
        for (std::size_t i = 0; i < std::min(most, list.size()); ++i) {
            sheet_.put("<section class=\"check\">" + in("p", escape_html(list[i])) + "</section>\n");
        }
        sheet_.end_card();
    }
    void carried() {
        std::vector<std::string> list;
        for (CarriedFile const& file : host_.carried) list.push_back(say_carried(telling_, file));
        lines(Message::host_carried, list, "hold");
    }
    std::vector<std::string> exemptions() const {
        std::vector<std::string> list;
        for (Exemption const& one : host_.applied) list.push_back(say_exemption(telling_.language, Message::host_exempt_one, one));
        for (Exemption const& one : host_.expired) list.push_back(say_exemption(telling_.language, Message::host_expired_one, one));
        for (Exemption const& one : host_.stale) list.push_back(say_exemption(telling_.language, Message::host_stale_one, one));
        return list;
    }
    void folded(Message heading, std::vector<ToldAnswer> const& list) {
        if (list.empty()) return;
        sheet_.put("<details class=\"card pass\">" + in("summary", sheet_.say(heading) + " (" + std::to_string(list.size()) + ")"));
        for (ToldAnswer const& told : list) sheet_.put("<section class=\"check\">" + title(told) + "</section>\n");
        sheet_.put("</details>\n");
    }

    HostTelling const& telling_;
    HostVerdict const& host_;
    ToldGroups groups_;
    Sheet sheet_;
};

}  // namespace

std::string tell_host_html(HostTelling const& telling, HostVerdict const& host) { return HostPage(telling, host).make(); }

std::string tell_difference_html(HostTelling const& telling, HostDifference const& difference) {
    Sheet sheet(telling);
    DifferenceHeadline const head = headline_of(telling.language, difference);
    std::string_view const colour = difference.changes.empty() ? "pass" : "warn";
    sheet.open(head.title, colour, head.title, {head.since, head.blind});
    if (!difference.changes.empty()) sheet.next(Message::host_now, keepmum::say(telling.language, Message::host_diff_advice));
    std::string_view area;
    for (HostChange const& change : difference.changes) {
        if (change.fact.area != area) {
            if (!area.empty()) sheet.end_card();
            area = change.fact.area;
            sheet.begin_card(colour, escape_html(say_area(telling.language, area)), 0);
        }
        sheet.put("<section class=\"check\">" + in("p", escape_html(say_change(telling.language, change))) + "</section>\n");
    }
    if (!area.empty()) sheet.end_card();
    return sheet.close();
}

}  // namespace keepmum
