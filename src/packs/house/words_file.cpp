// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/house/words_file.h"

#include <algorithm>
#include <optional>

#include "base/earth/date.h"
#include "base/message.h"
#include "base/tree.h"
#include "base/utf8.h"
#include "packs/house/near_codes.h"
#include "packs/house/spelling.h"

namespace keepmum {
namespace {

constexpr std::size_t longest_word = 200;  // bytes

bool contains(std::string_view text, std::u32string const& letters) {
    return spell(text).letters.find(letters) != std::u32string::npos;
}

// What `table` says of its words, over what `above` says.
Result<HouseWord> read_settings(Tree const& table, HouseWord above) {
    above.label = TRY(table.text("label", above.label));
    above.level = TRY(read_level(table, above.level));
    above.inflect = TRY(table.flag("inflect", above.inflect));
    above.until = TRY(table.text("until", above.until));
    if (table.has("until") && !is_date(above.until)) return table.find("until")->complain("until", Message::entry_day);
    std::int64_t const near = TRY(table.whole("near_misses", above.near_misses));
    if (near != 0 && near != 1) return table.find("near_misses")->complain("near_misses", Message::entry_near_misses);
    above.near_misses = near == 1;
    for (std::string& longer : TRY(table.texts("not_in"))) above.not_in.push_back(std::move(longer));
    if (Tree const* const allowed = TRY(table.table("allowed"))) {
        TRY(allowed->only({"near", "sources"}));
        for (std::string& phrase : TRY(allowed->texts("near"))) {
            if (letters_of(phrase).empty()) return allowed->complain("near", Message::entry_near_empty);
            above.allowed_near.push_back(std::move(phrase));
        }
        for (std::string& source : TRY(allowed->texts("sources"))) above.allowed_sources.push_back(std::move(source));
    }
    return above;
}

Result<HouseWord> make_word(std::string const& text, HouseWord settings, Tree const& at, std::string_view key) {
    std::u32string const letters = spell(text).letters;
    bool const short_script = std::all_of(letters.begin(), letters.end(), [](char32_t c) { return !is_cjk(c); });
    if (text.size() > longest_word) return at.complain(key, Message::entry_word_long);
    if (letters.size() < (short_script ? 3u : 2u)) {
        return at.complain(key, Message::entry_word_short);
    }
    if (contains(settings.label, letters)) return at.complain(key, Message::entry_word_label);
    if (settings.near_misses && !is_near_code(letters)) {
        // In a list that asks for it, it concerns the codes alone.
        if (at.has("near_misses") && key == "text") {
            return at.complain("near_misses", Message::entry_near_code);
        }
        settings.near_misses = false;
    }
    std::erase_if(settings.not_in, [&](std::string const& longer) { return !contains(longer, letters); });
    settings.text = text;
    return settings;
}

Result<> check_not_in(Tree const& table, std::vector<HouseWord> const& words, std::size_t from) {
    for (std::string const& longer : TRY(table.texts("not_in"))) {
        bool const used = std::any_of(words.begin() + static_cast<std::ptrdiff_t>(from), words.end(), [&](HouseWord const& word) {
            return std::find(word.not_in.begin(), word.not_in.end(), longer) != word.not_in.end();
        });
        if (!used) return table.find("not_in")->complain("not_in", Message::entry_not_in, {{"text", longer}});
    }
    return {};
}

Result<> read_list(Tree const& table, std::vector<HouseWord>& words) {
    TRY(table.only({"name", "label", "level", "until", "inflect", "near_misses", "not_in", "allowed", "words", "word"}));
    HouseWord settings;
    settings.list = TRY(table.text("name"));
    if (settings.list.empty()) return table.complain("name", Message::entry_empty);
    settings.label = settings.list;
    settings = TRY(read_settings(table, std::move(settings)));
    std::size_t const from = words.size();
    if (Tree const* const plain = table.find("words")) {
        for (std::string const& text : TRY(table.texts("words"))) words.push_back(TRY(make_word(text, settings, *plain, "words")));
    }
    for (Tree const& one : TRY(table.tables("word"))) {
        TRY(one.only({"text", "label", "level", "until", "inflect", "near_misses", "not_in", "allowed"}));
        HouseWord const own = TRY(read_settings(one, settings));
        std::vector<std::string> const texts = TRY(one.texts("text"));
        if (texts.empty()) return one.complain("text", Message::entry_missing);
        std::size_t const first = words.size();
        for (std::string const& text : texts) words.push_back(TRY(make_word(text, own, one, "text")));
        TRY(check_not_in(one, words, first));
    }
    if (words.size() == from) return table.complain("words", Message::entry_words_none);
    return check_not_in(table, words, from);
}

}  // namespace

Result<std::vector<HouseWord>> read_words(std::string_view text, std::string_view file) {
    Tree const root = TRY(parse_toml(text, file));
    TRY(root.only({"list"}));
    std::vector<HouseWord> words;
    for (Tree const& list : TRY(root.tables("list"))) TRY(read_list(list, words));
    return words;
}

}  // namespace keepmum
