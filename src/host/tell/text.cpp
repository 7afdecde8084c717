// For a terminal.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/json_writer.h"
#include "base/width.h"
#include "host/tell/parts.h"
#include "report/words.h"

namespace keepmum {

namespace {

constexpr std::size_t narrowest = 40, widest = 120;

class Page {
  public:
    explicit Page(HostTelling const& telling, std::size_t proofs = 2)
        : telling_(telling), columns_(std::clamp<std::size_t>(telling.columns, narrowest, widest)), proofs_(proofs) {}

    std::string say(Message message, std::initializer_list<Value> values = {}) const {
        return keepmum::say(telling_.language, message, values);
    }

    void line(std::string_view text, std::size_t indent = 0, std::string_view first = {}) {
        std::size_t const left = std::max(indent, display_width(first));
        bool head = true;
        for (std::string const& part : wrap(text, columns_ - std::min(left, columns_ / 2))) {
            out_ += head ? std::string(first) + std::string(left - display_width(first), ' ') : std::string(left, ' ');
            out_ += part + "\n";
            head = false;
        }
    }
    void blank() { out_ += "\n"; }
    void title(std::string_view text, std::string_view code) {
        bool const colour = telling_.colour == Colour::ansi;
        out_ += colour ? std::string(code) + std::string(text) + "\033[0m\n" : std::string(text) + "\n";
    }
    void heading(Message message) {
        blank();
        title(say(message), "\033[1m");
    }
    // One answer: a line, or with all that belongs to it.
    void answer(ToldAnswer const& told, Detail detail) {
        line(show_text(told.what(telling_.language)), 0, " " + id_of(*told.check) + "  ");
        if (detail == Detail::brief) return;
        auto const fact = [&](Message label, std::string_view text) {
            if (!text.empty()) line(text, 0, "     " + pad(say(label)));
        };
        for (std::size_t i = 0; i < std::min(proofs_, told.answered->proofs.size()); ++i) {
            fact(Message::host_seen_at, show_proof(told.answered->proofs[i]));
        }
        Check const& check = *told.check;
        Language const language = telling_.language;
        fact(Message::host_why, check.why.in(language));
        fact(Message::host_do, check.mend.in(language));
        fact(Message::host_breaks, check.breaks.in(language));
        fact(Message::host_undo, check.undo.in(language));
        if (!check.proved_by.empty()) fact(Message::host_proof, say(Message::host_proof_check, {{"check", upper(check.proved_by)}}));
        if (telling_.detail == Detail::full && language == Language::en) fact(Message::host_source, check.source);
    }
    std::string take() { return std::move(out_); }

  private:
    std::string pad(std::string label) const {
        std::size_t const width = 8, have = display_width(label);
        return label + std::string(have < width ? width - have : 1, ' ');
    }
    static std::string upper(std::string_view id) {
        Check const* const check = find_check(id);
        return check ? id_of(*check) : std::string(id);
    }

    HostTelling const& telling_;
    std::size_t columns_, proofs_;
    std::string out_;
};

std::string_view colour_of(Fitness fitness) {
    return fitness == Fitness::unfit ? "\033[1;37;41m" : fitness == Fitness::fit ? "\033[1;32m" : "\033[1;33m";
}

// How much is told of each group, so that the whole keeps within a screen.
struct Room {
    std::size_t in_full, lines, unseen, proofs;
};
constexpr Room rooms[] = {{2, 8, 6, 2}, {1, 6, 4, 2}, {1, 4, 3, 1}, {0, 6, 4, 1}, {0, 4, 3, 1}, {0, 2, 2, 1}, {0, 1, 1, 1}};
constexpr Room boundless = {1000, 1000, 1000, 10};

class HostText {
  public:
    HostText(HostTelling const& telling, HostVerdict const& host, Room const& room)
        : telling_(telling), host_(host), groups_(group_answers(host)), page_(telling, room.proofs), room_(room),
          full_(telling.detail == Detail::full) {}

    std::string make() {
        HostHeadline const head = headline_of(telling_, host_, groups_);
        page_.title(head.answer, colour_of(host_.fitness));
        page_.line(head.because);
        page_.line(head.who);
        page_.line(head.tally);
        carried();
        group(Message::host_stops, groups_.stops, room_.in_full);
        unseen();
        group(Message::host_fixes, groups_.fixes, 0);
        group(Message::host_notes, groups_.notes, 0);
        exemptions();
        leaving();
        if (full_) {
            group(Message::host_passes, groups_.passes, 0);
            group(Message::host_others, groups_.others, 0);
        }
        page_.heading(Message::host_now);
        page_.line(head.now, 1);
        page_.heading(Message::host_change);
        page_.line(head.change, 1);
        return page_.take();
    }

  private:
    // The first `in_full` with all that belongs to them; the others in a line each, as many as there is room for.
    void group(Message heading, std::vector<ToldAnswer> const& list, std::size_t in_full) {
        if (list.empty()) return;
        bool const in_order = heading == Message::host_passes || heading == Message::host_others;
        page_.heading(heading);
        std::size_t const most = room_.lines;
        for (std::size_t i = 0; i < std::min(most, list.size()); ++i) {
            bool const all = (full_ && !in_order) || i < in_full;
            page_.answer(list[i], all ? Detail::full : Detail::brief);
        }
        rest(list.size(), most);
    }
    void rest(std::size_t count, std::size_t most) {
        if (count > most) page_.line(page_.say(Message::host_more, {{"count", std::to_string(count - most)}}), 5);
    }
    void unseen() {
        if (groups_.unseen.empty()) return;
        page_.heading(Message::host_unseen);
        std::size_t const most = room_.unseen;
        for (std::size_t i = 0; i < std::min(most, groups_.unseen.size()); ++i) {
            ToldAnswer const& one = groups_.unseen[i];
            Language const language = telling_.language;
            std::string const missing = say_missing(language, *one.answered, full_ ? 20 : 1);
            std::string text = show_text(one.what(language));
            if (!missing.empty()) text += language == Language::zh ? "（" + missing + "）" : " (" + missing + ")";
            page_.line(text, 0, " " + id_of(*one.check) + "  ");
        }
        rest(groups_.unseen.size(), most);
        page_.line(advice_on_missing(telling_, groups_), 5);
    }
    void carried() {
        if (host_.carried.empty()) return;
        page_.heading(Message::host_carried);
        std::size_t const most = room_.lines;
        for (std::size_t i = 0; i < std::min(most, host_.carried.size()); ++i) {
            page_.line(say_carried(telling_, host_.carried[i]), 0, " !   ");
        }
        rest(host_.carried.size(), most);
    }
    void exemptions() {
        if (host_.applied.empty() && host_.expired.empty() && host_.stale.empty()) return;
        page_.heading(Message::host_exempt);
        for (Exemption const& one : host_.applied) page_.line(say_exemption(telling_.language, Message::host_exempt_one, one), 5);
        for (Exemption const& one : host_.expired) page_.line(say_exemption(telling_.language, Message::host_expired_one, one), 5);
        for (Exemption const& one : host_.stale) page_.line(say_exemption(telling_.language, Message::host_stale_one, one), 5);
    }
    void leaving() {
        std::vector<SyncedFolder> const& folders = host_.answer.folders;
        if (folders.empty()) return;
        page_.heading(Message::host_leaving);
        std::size_t const most = full_ ? folders.size() : std::min<std::size_t>(3, room_.lines);
        for (std::size_t i = 0; i < std::min(most, folders.size()); ++i) page_.line(say_leaving(telling_.language, folders[i]), 5);
        rest(folders.size(), most);
        if (telling_.seen == HostTelling::Seen::live && telling_.folders == HostTelling::Folders::left_alone) {
            page_.line(page_.say(Message::host_leaving_hint), 5);
        }
    }

    HostTelling const& telling_;
    HostVerdict const& host_;
    ToldGroups groups_;
    Page page_;
    Room room_;
    bool full_;
};

}  // namespace

std::string tell_host_text(HostTelling const& telling, HostVerdict const& host) {
    if (telling.detail == Detail::full) return HostText(telling, host, boundless).make();
    constexpr std::size_t least_rows = 24, most_rows = 40;
    std::size_t const rows = std::clamp<std::size_t>(telling.rows, least_rows, most_rows) - 1;  // one for what is typed next
    std::string text;
    for (Room const& room : rooms) {
        text = HostText(telling, host, room).make();
        if (static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) <= rows) break;
    }
    return text;
}

std::string tell_difference_text(HostTelling const& telling, HostDifference const& difference) {
    Page page(telling);
    DifferenceHeadline const head = headline_of(telling.language, difference);
    page.title(head.title, difference.changes.empty() ? "\033[1;32m" : "\033[1;33m");
    page.line(head.since);
    std::string_view area;
    for (HostChange const& change : difference.changes) {
        if (change.fact.area != area) {
            area = change.fact.area;
            page.blank();
            page.title(say_area(telling.language, area), "\033[1m");
        }
        page.line(say_change(telling.language, change), 0, " ");
    }
    if (!head.blind.empty()) {
        page.blank();
        page.line(head.blind);
    }
    if (!difference.changes.empty()) {
        page.heading(Message::host_now);
        page.line(page.say(Message::host_diff_advice), 1);
    }
    return page.take();
}

std::string tell_difference_lines(HostDifference const& difference) {
    std::string out;
    for (HostChange const& change : difference.changes) {
        JsonWriter json(out);
        json.begin_object().field("type", "change").field("change", word(change.what)).field("area", change.fact.area);
        json.field("name", change.fact.name).field("detail", change.fact.en);
        if (change.what == HostChange::What::changed) json.field("before", change.before.en);
        json.end_object();
        out += "\n";
    }
    JsonWriter json(out);
    json.begin_object().field("type", "difference").field("before", difference.before_taken).field("after", difference.after_taken);
    json.field("changes", difference.changes.size()).key("blind").begin_array();
    for (std::string const& area : difference.blind) json.value(area);
    json.end_array().end_object();
    return out + "\n";
}

}  // namespace keepmum
