// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/tell.h"

#include <algorithm>

#include "approach/tell_parts.h"
#include "base/message.h"
#include "base/width.h"
#include "io/file.h"
#include "report/words.h"

namespace keepmum {

namespace {

constexpr std::size_t signs_on_screen = 4, given_on_screen = 3;

class Teller {
  public:
    Teller(TellOptions const& options, SignBook const& book, Glossary const& glossary, std::vector<Contact> const& contacts,
           ApproachReport const& report)
        : options_(options), language_(options.language), book_(book), glossary_(glossary), contacts_(contacts), report_(report) {}

    std::string tell() {
        if (report_.told.empty()) return tell_unread();
        bool const full = options_.detail == Detail::full;
        for (std::size_t i = 0; i < (full ? report_.told.size() : 1); ++i) tell_conversation(report_.told[i]);
        if (!full && report_.told.size() > 1) line(say(Message::approach_others_told, {{"count", say_number(report_.told.size() - 1)}}));
        if (report_.green > 0 && report_.conversations > 1)
            line(say(Message::approach_others_green, {{"count", say_number(report_.green)}}));
        tell_gaps();
        return std::move(text_);
    }

  private:
    std::string say(Message message, std::initializer_list<Value> values = {}) const { return keepmum::say(language_, message, values); }

    void line(std::string_view what, std::size_t indent = 0) {
        if (what.empty()) {
            text_ += '\n';
            return;
        }
        std::size_t const columns = std::clamp<std::size_t>(options_.columns, 40, 120);
        for (std::string const& one : wrap(what, columns - indent)) text_ += std::string(indent, ' ') + one + '\n';
    }

    void bullet(std::string_view what) {
        std::size_t const columns = std::clamp<std::size_t>(options_.columns, 40, 120);
        bool first = true;
        for (std::string const& one : wrap(what, columns - 4)) {
            text_ += (first ? "  - " : "    ") + one + '\n';
            first = false;
        }
    }

    void headline(Light light, Message message) {
        char const* const colours[] = {"\033[1;32m", "\033[1;33m", "\033[1;31m"};
        bool const coloured = options_.colour == Colour::ansi;
        if (coloured) text_ += colours[static_cast<std::size_t>(light)];
        text_ += say(message);
        if (coloured) text_ += "\033[0m";
        text_ += '\n';
    }

    std::string tell_unread() {
        headline(Light::amber, Message::approach_unread);
        line(show_name(report_.source));
        line(say(unread_message({&report_, 1})));
        tell_gaps();
        return std::move(text_);
    }

    void tell_gaps() {
        if (report_.gaps.empty()) return;
        std::size_t const most = options_.detail == Detail::full ? report_.gaps.size() : std::min<std::size_t>(report_.gaps.size(), 3);
        line("");
        line(say(Message::approach_not_read));
        for (std::size_t i = 0; i < most; ++i) bullet(show_name(print(report_.gaps[i].place)) + ": " + say(message_of(report_.gaps[i])));
        if (most < report_.gaps.size()) line(say(Message::approach_given_more, {{"count", say_number(report_.gaps.size() - most)}}), 4);
    }

    void tell_conversation(Approached const& told) {
        Ladder const& ladder = told.judged.ladder;
        bool const unsure = ladder.light == Light::green && !report_.gaps.empty();
        headline(unsure ? Light::amber : ladder.light, unsure ? Message::approach_green_unread : light_message(ladder.light));
        std::string const title = show_text(title_of_talk(language_, told));
        line(say(Message::approach_where, {{"file", show_name(print(told.place))},
                                           {"title", title},
                                           {"messages", say_number(told.conversation.messages.size())}}));
        if (ladder.light == Light::red) line(say(Message::approach_red_detail));
        if (ladder.light == Light::amber) line(say(Message::approach_amber_detail));
        if (ladder.light == Light::green) line(say(Message::approach_green_detail, {{"theirs", say_number(told.judged.theirs)}}));
        if (report_.me == MeBy::nobody) line(say(Message::approach_all_theirs));
        tell_signs(told);
        tell_stage(told);
        tell_given(told);
        tell_change(ladder);
        tell_now(ladder, !told.given.list.empty());
    }

    void tell_signs(Approached const& told) {
        std::vector<Sighting> const best = best_sightings(book_, told.judged.ladder);
        if (best.empty()) return;
        line("");
        line(say(Message::approach_signs));
        std::size_t const most = options_.detail == Detail::full ? best.size() : std::min(best.size(), signs_on_screen);
        std::string before;  // one sentence may show two signs
        for (std::size_t i = 0; i < most; ++i) {
            std::string const where = " (" + say_message(language_, told, best[i].message) + ")";
            bool const again = i > 0 && best[i].sign == best[i - 1].sign;  // another example of the same
            if (!again) bullet(std::string(book_.title(language_, best[i].sign)) + where);
            std::string const words = quote_of(told, best[i], options_.detail == Detail::full ? 400 : 140);
            bool const new_words = !words.empty() && words != before;
            if (new_words) before = words;
            bool const chinese = language_ == Language::zh;
            if (new_words) line((chinese ? "“" : "\"") + words + (chinese ? "”" : "\"") + (again ? where : ""), 4);
            std::string const& remark = language_ == Language::zh ? best[i].remark_zh : best[i].remark_en;
            if (!remark.empty()) line(show_text(remark), 4);
            if (options_.detail == Detail::full && !again) line(book_.why(language_, best[i].sign), 4);
        }
        if (most < best.size()) line(say(Message::approach_signs_more, {{"count", say_number(best.size() - most)}}), 4);
    }

    void tell_stage(Approached const& told) {
        Ladder const& ladder = told.judged.ladder;
        if (ladder.light == Light::green) return;
        line("");
        line(say(Message::approach_how_far));
        // Wording names no step: what small signs there are besides would call it less than it is.
        bool const by_wording = std::find(ladder.carrying.begin(), ladder.carrying.end(), book_.worded()) != ladder.carrying.end();
        if (by_wording || ladder.stage == 0) return bullet(say_turned(language_, told));
        bullet(say(Message::approach_stage_of, {{"stage", std::to_string(ladder.stage)},
                                                {"name", say(stage_message(ladder.stage))}}) +
               (language_ == Language::zh ? "。" : ". ") + say_turned(language_, told));
    }

    void tell_given(Approached const& told) {
        if (told.judged.ladder.light == Light::green && told.given.list.empty()) return;
        line("");
        line(say(Message::approach_given));
        if (told.judged.ours == 0) return bullet(say(Message::approach_given_nothing_own));
        if (told.given.list.empty()) return bullet(say(Message::approach_given_none, {{"ours", say_number(told.judged.ours)}}));
        std::vector<Given> const& list = told.given.list;
        std::size_t const most = options_.detail == Detail::full ? list.size() : std::min(list.size(), given_on_screen);
        for (std::size_t i = 0; i < most; ++i) bullet(say_given(language_, book_, glossary_, told, list[i]));
        if (most < list.size()) line(say(Message::approach_given_more, {{"count", say_number(list.size() - most)}}), 4);
    }

    void tell_change(Ladder const& ladder) {
        line("");
        line(say(Message::approach_change));
        if (!ladder.carrying.empty())
            bullet(
                say(Message::approach_change_rests, {{"signs", say_carrying(language_, book_, ladder)}}));
        bullet(say(change_message(ladder.light)));
    }

    void tell_now(Ladder const& ladder, bool gave) {
        Light const light = ladder.light;
        line("");
        line(say(Message::approach_now));
        for (std::string const& step : steps_now(language_, light, lure_in(book_, ladder), gave, contacts_)) bullet(step);
        if (light != Light::green) line(say(Message::approach_no_accusation));
    }

    TellOptions const& options_;
    Language const language_;
    SignBook const& book_;
    Glossary const& glossary_;
    std::vector<Contact> const& contacts_;
    ApproachReport const& report_;
    std::string text_;
};

Result<std::vector<Contact>> read_contacts(std::string const& file) {
    std::vector<Contact> contacts;
    Tree const tree = TRY(parse_toml(TRY(read_file(file)), file));
    TRY(tree.only({"contact"}));
    for (Tree const& one : TRY(tree.tables("contact"))) {
        TRY(one.only({"name", "reach", "language"}));
        Tree const* const name = TRY(one.table("name"));
        Tree const* const reach = TRY(one.table("reach"));
        if (!name) return one.complain("name", Message::entry_missing);
        Contact contact;
        contact.name_en = TRY(name->text("en", ""));
        contact.name_zh = TRY(name->text("zh", ""));
        contact.reach_en = reach ? TRY(reach->text("en", "")) : "";
        contact.reach_zh = reach ? TRY(reach->text("zh", "")) : "";
        contact.language = TRY(one.text("language", ""));
        if (contact.name_en.empty() && contact.name_zh.empty()) return one.complain("name", Message::entry_empty);
        contacts.push_back(std::move(contact));
    }
    return contacts;
}

}  // namespace

Result<std::vector<Contact>> load_contacts(Folders const& folders) {
    for (std::string const& file : {folders.config + "/contacts.toml", folders.machine + "/contacts.toml"}) {
        if (exists(file)) return read_contacts(file);
    }
    return read_contacts(folders.shipped + "/packs/approach/contacts.toml");
}

std::string tell_approach(TellOptions const& options, SignBook const& book, Glossary const& glossary,
                          std::vector<Contact> const& contacts, ApproachReport const& report) {
    return Teller(options, book, glossary, contacts, report).tell();
}

}  // namespace keepmum
