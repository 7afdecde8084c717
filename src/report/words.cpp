// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/words.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "core/objects.h"
#include "core/recogniser.h"
#include "format/pixels/frames.h"
#include "report/photo_words.h"

namespace keepmum {

Message message_of(Certainty certainty) {
    static constexpr std::array all = {Message::certainty_hint, Message::certainty_likely, Message::certainty_certain};
    return all[static_cast<std::size_t>(certainty)];
}

Message message_of(Role role) {
    static constexpr std::array all = {
        Message::role_shown,   Message::role_margin,  Message::role_note,     Message::role_comment, Message::role_inserted,
        Message::role_deleted, Message::role_hidden,  Message::role_covered,  Message::role_earlier, Message::role_metadata,
        Message::role_name,    Message::role_link,    Message::role_markup,   Message::role_residue};
    return all[static_cast<std::size_t>(role)];
}

Message message_of(Cause cause) {
    static constexpr std::array all = {Message::cause_encrypted,   Message::cause_too_deep,    Message::cause_too_big,
                                       Message::cause_too_slow,    Message::cause_malformed,   Message::cause_unsupported,
                                       Message::cause_unreadable,  Message::cause_killed};
    return all[static_cast<std::size_t>(cause)];
}

Message advice_on(Cause cause) {
    static constexpr std::array all = {Message::advice_encrypted,  Message::advice_too_deep,   Message::advice_too_big,
                                       Message::advice_too_slow,   Message::advice_malformed,  Message::advice_unsupported,
                                       Message::advice_unreadable, Message::advice_killed};
    return all[static_cast<std::size_t>(cause)];
}

Message message_of(Gap const& gap) {
    if (gap.media == register_media) return Message::cause_register;
    if (gap.media == remembered_media) return Message::cause_remembered;
    if (!gap.rule.empty()) return Message::cause_flooded;
    if (gap.cause != Cause::unsupported) return message_of(gap.cause);
    if (gap.media == message_media) return Message::cause_message;
    if (gap.detail.ends_with(is_film)) return Message::cause_film;  // whoever decodes it says so, before its own words or alone
    if (gap.media.starts_with("image/")) return Message::cause_picture;
    if (gap.media.starts_with("audio/")) return Message::cause_sound;
    return gap.media.starts_with("video/") ? Message::cause_video : Message::cause_unsupported;
}

Message advice_on(Gap const& gap) {
    switch (message_of(gap)) {
        case Message::cause_picture: return Message::advice_picture;
        case Message::cause_sound: return Message::advice_sound;
        case Message::cause_film:
        case Message::cause_video: return Message::advice_video;
        case Message::cause_register: return Message::advice_register;
        case Message::cause_remembered: return Message::advice_remembered;
        case Message::cause_message: return Message::advice_message;
        case Message::cause_flooded: return Message::advice_flooded;
        default: return advice_on(gap.cause);
    }
}

Message message_of(Stage stage) {
    static constexpr std::array all = {Message::stage_open, Message::stage_identify, Message::stage_extract,
                                       Message::stage_decode, Message::stage_detect};
    return all[static_cast<std::size_t>(stage)];
}

Message message_of(Outcome outcome) {
    static constexpr std::array all = {Message::outcome_pass, Message::outcome_warn, Message::outcome_hold};
    return all[static_cast<std::size_t>(outcome)];
}

std::string_view say_level(Language language, std::string_view level) {
    if (level == "internal") return text_of(Message::level_internal).in(language);
    if (level == "confidential") return text_of(Message::level_confidential).in(language);
    if (level == "secret") return text_of(Message::level_secret).in(language);
    return level == "top" ? text_of(Message::level_top).in(language) : level;
}

Fact in_words(Language language, Fact const& fact) {
    std::string key = "fact_" + fact.key;
    std::replace(key.begin(), key.end(), '-', '_');
    std::optional<Message> const name = message_named(key);
    ObjectClass const* const object = fact.key == "object" ? object_class(fact.value) : nullptr;
    if (object) return {std::string(text_of(Message::fact_object).in(language)), std::string(object->name.in(language))};
    return {name ? std::string(text_of(*name).in(language)) : fact.key,
            fact.key == "level" ? std::string(say_level(language, fact.value)) : say_photo_value(language, fact.key, fact.value)};
}

std::string say_overlap(Language language, Finding const& finding) {
    std::string_view const keys[] = {"document", "level", "letters", "share", "paragraphs", "table",
                                     "rows", "columns", "to", "count", "checks"};
    std::string values[std::size(keys)];
    for (Fact const& fact : finding.facts) {
        for (std::size_t i = 0; i < std::size(keys); ++i) {
            if (fact.key == keys[i]) values[i] = fact.value;
        }
    }
    if (!values[5].empty() && !values[6].empty()) {
        return say(language, Message::item_overlap_table,
                   {{"table", values[5]}, {"level", std::string(say_level(language, values[1]))}, {"rows", values[6]},
                    {"columns", values[7]}});
    }
    if (values[0].empty()) return "";
    if (!values[8].empty() && !values[10].empty()) {
        return say(language, Message::item_overlap_slices,
                   {{"to", values[8]}, {"share", values[3]}, {"document", values[0]},
                    {"level", std::string(say_level(language, values[1]))}, {"count", values[9]}, {"ids", values[10]}});
    }
    if (values[2].empty() || values[3].empty()) {  // pictures and copies of files
        return say(language, Message::item_overlap_copy,
                   {{"document", values[0]}, {"level", std::string(say_level(language, values[1]))}});
    }
    return say(language, values[4].empty() ? Message::item_overlap : Message::item_overlap_where,
               {{"document", values[0]}, {"level", std::string(say_level(language, values[1]))}, {"letters", values[2]},
                {"share", values[3]}, {"paragraphs", values[4]}});
}

std::string say_number(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
    return digits;
}

namespace {

std::string say_count(Language language, Message one, Message many, std::uint64_t count) {
    return count == 1 ? say(language, one) : say(language, many, {{"count", say_number(count)}});
}

}  // namespace

std::string say_files(Language language, std::uint64_t count) {
    return say_count(language, Message::count_file_one, Message::count_file_many, count);
}

std::string say_places(Language language, std::uint64_t count, Counted counted) {
    if (counted == Counted::at_least) return say(language, Message::count_place_least, {{"count", say_number(count)}});
    return say_count(language, Message::count_place_one, Message::count_place_many, count);
}

std::string say_rest(Language language, std::uint64_t count, Counted counted) {
    Message const message = counted == Counted::all ? Message::item_and_more : Message::item_and_more_least;
    return say(language, message, {{"count", say_number(count)}});
}

Counted counted(Verdict const& verdict, std::string_view rule) {
    bool const left = std::any_of(verdict.gaps.begin(), verdict.gaps.end(), [&](Gap const& gap) { return gap.rule == rule; });
    return left ? Counted::at_least : Counted::all;
}

std::string say_size(Language language, std::uint64_t bytes) {
    if (bytes < 1024) return say_count(language, Message::count_bytes_one, Message::count_bytes_many, bytes);
    static constexpr std::array<std::string_view, 5> units = {"KB", "MB", "GB", "TB", "PB"};
    std::size_t unit = 0;
    std::uint64_t whole = bytes, below = 0;
    for (; whole >= 1024; ++unit) {
        below = whole % 1024;
        whole /= 1024;
    }
    std::uint64_t const tenth = below * 10 / 1024;
    bool const tenths = whole < 10 && tenth > 0;
    return std::to_string(whole) + (tenths ? "." + std::to_string(tenth) : "") + " " + std::string(units[unit - 1]);
}

namespace {

// Pictures of animations count as pages; people call them otherwise. A name is good enough for a word.
bool is_animation(std::string_view file) {
    std::string_view const ending = file.substr(std::min(file.rfind('.'), file.size()));
    for (std::string_view const one : {".gif", ".png", ".apng", ".webp"}) {
        if (equal_ascii_case(ending, one)) return true;
    }
    return false;
}

// `file`: the name of what the step leads into.
Message message_of(How how, std::string_view file) {
    switch (how) {
        case How::page: return is_animation(file) ? Message::step_frame : Message::step_page;
        case How::sheet: return Message::step_sheet;
        case How::slide: return Message::step_slide;
        case How::table: return Message::step_table;
        case How::row: return Message::step_row;
        case How::field: return Message::step_field;
        case How::revision: return Message::step_revision;
        case How::region: return Message::step_region;
        case How::time: return Message::step_time;
        case How::decode: return Message::step_decode;
        case How::tail: return Message::step_tail;
        case How::member:
        case How::part: break;
    }
    return Message::step_part;
}

void join(std::string& list, Language language, std::string_view part) {
    if (part.empty()) return;
    if (!list.empty()) list += language == Language::zh ? "，" : ", ";
    list += part;
}

// "12:5", "B7", "§14" in words; anything else as it is.
std::string describe_position(Language language, std::string_view position) {
    std::size_t const colon = position.find(':');
    bool const number = !position.empty() && is_digit(position[0]);
    if (number && colon != position.npos) {
        return say(language, Message::position_line_column,
                   {{"line", std::string(position.substr(0, colon))}, {"column", std::string(position.substr(colon + 1))}});
    }
    if (number) return say(language, Message::position_line, {{"line", std::string(position)}});
    if (position.starts_with("§")) {
        return say(language, Message::position_paragraph, {{"number", std::string(position.substr(2))}});
    }
    bool const cell = position.size() >= 2 && is_upper(position[0]) && is_digit(position.back());
    return cell ? say(language, Message::position_cell, {{"cell", std::string(position)}}) : show_text(name_photo_fact(language, position));
}

}  // namespace

std::string say_source(Language language, std::string_view source) {
    return source == "-" ? say(language, Message::place_standard_input) : show_name(source);
}

Spot describe_spot(Language language, Place const& place, Role role, std::string_view position) {
    Spot spot{say_source(language, place.source), ""};
    std::string_view file = place.source;
    for (Step const& step : place.steps) {
        if (step.how == How::member || step.how == How::part) file = step.name;
        if (step.how == How::member) {
            spot.file += " › " + show_name(step.name);
            // What was said so far was inside the parent.
            if (!spot.inside.empty()) spot.inside.clear();
        } else {
            std::string const name = step.how == How::part ? name_piece(language, step.name) : step.name;
            bool const named = name != step.name;  // a name of ours says by itself that it is a part
            join(spot.inside, language, named ? name : say(language, message_of(step.how, file), {{"name", show_name(name)}}));
        }
    }
    join(spot.inside, language, describe_position(language, position));
    join(spot.inside, language, text_of(message_of(role)).in(language));
    return spot;
}

namespace {

std::string_view choose(Language language, std::string const& en, std::string const& zh) {
    return (language == Language::zh && !zh.empty()) || en.empty() ? std::string_view(zh) : std::string_view(en);
}

}  // namespace

std::string_view title_of(Language language, Glossary const* glossary, std::string_view id) {
    Rule const* rule = glossary ? glossary->rule(id) : nullptr;
    std::string_view const title = rule ? choose(language, rule->title_en, rule->title_zh) : std::string_view();
    return title.empty() ? id : title;
}

std::string_view why_of(Language language, Glossary const* glossary, std::string_view id) {
    Rule const* rule = glossary ? glossary->rule(id) : nullptr;
    return rule ? choose(language, rule->why_en, rule->why_zh) : std::string_view();
}

std::string_view because_of(Language language, Glossary const* glossary, std::string_view id) {
    Clause const* clause = glossary ? glossary->clause(id) : nullptr;
    std::string_view const because = clause ? choose(language, clause->because_en, clause->because_zh) : std::string_view();
    return because.empty() ? id : because;
}

std::string_view without_stop(std::string_view sentence) {
    for (std::string_view const stop : {".", "。"}) {
        if (sentence.ends_with(stop)) sentence.remove_suffix(stop.size());
    }
    return sentence;
}

std::string_view advice_of(Language language, Glossary const* glossary, std::string_view id) {
    Clause const* clause = glossary ? glossary->clause(id) : nullptr;
    return clause ? choose(language, clause->advice_en, clause->advice_zh) : std::string_view();
}

std::string_view source_of(Glossary const* glossary, std::string_view id) {
    Clause const* clause = glossary ? glossary->clause(id) : nullptr;
    return clause ? std::string_view(clause->source) : std::string_view();
}

std::string show_name(std::string_view name) {
    static constexpr char digits[] = "0123456789ABCDEF";
    // Nearly all names, of which a report has one a source.
    if (std::all_of(name.begin(), name.end(), [](char c) { return c >= ' ' && c < 0x7F; })) return std::string(name);
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        CodePoint const code = decode_utf8(name, at);
        bool const kept = code.valid && !is_disguising(code.value);
        for (std::size_t i = at; !kept && i < at + code.length; ++i) {
            unsigned char const byte = static_cast<unsigned char>(name[i]);
            out += {'%', digits[byte >> 4], digits[byte & 15]};
        }
        if (kept) out.append(name.substr(at, code.length));
        at += code.length;
    }
    return out;
}

std::string show_text(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const code = decode_utf8(text, at);
        if (code.value == '\n' || code.value == '\t' || code.value == '\r') out += ' ';
        else if (!code.valid || is_disguising(code.value)) out += "\uFFFD";
        else out.append(text.substr(at, code.length));
        at += code.length;
    }
    return out;
}

}  // namespace keepmum
