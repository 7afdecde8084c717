// From a rule's table to a PackRule, with a complaint that names file, line and key for whatever is
// not as docs/formats/pack.md says.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/message.h"
#include "base/utf8.h"
#include "packs/pack_rule.h"

namespace keepmum {
namespace {

Result<Certainty> read_certainty(Tree const& table, std::string_view key, Certainty fallback) {
    std::string const name = TRY(table.text(key, word(fallback)));
    for (Certainty certainty : {Certainty::hint, Certainty::likely, Certainty::certain}) {
        if (name == word(certainty)) return certainty;
    }
    return table.find(key)->complain(key, Message::entry_certainty);
}

struct TwoLanguages {
    std::string en, zh;
};

Result<TwoLanguages> read_both(Tree const& table, std::string_view key) {
    Tree const* const both = TRY(table.table(key));
    if (!both) return table.complain(key, Message::entry_missing);
    TRY(both->only({"en", "zh"}));
    TwoLanguages text{TRY(both->text("en")), TRY(both->text("zh"))};
    if (text.en.empty() || text.zh.empty()) return both->complain(key, "must be filled in both languages");
    return text;
}

// One expression out of several: any of them.
Result<std::optional<Regex>> join(Tree const& table, std::string_view key) {
    std::vector<std::string> const patterns = TRY(table.texts(key));
    if (patterns.empty()) return std::optional<Regex>();
    std::string joined;
    for (std::string const& one : patterns) joined += (joined.empty() ? "(?:" : "|(?:") + one + ")";
    auto compiled = Regex::compile(joined);
    if (!compiled) return table.find(key)->complain(key, "does not compile: " + compiled.error().what);
    return std::optional<Regex>(std::move(*compiled));
}

Result<Nearby> read_nearby(Tree const& table) {
    TRY(table.only({"words", "within", "without"}));
    Nearby nearby;
    nearby.words = TRY(table.texts("words"));
    for (std::string& word : nearby.words) word = ascii_lower(word);
    if (nearby.words.empty()) return table.complain("words", "must name at least one word");
    std::int64_t const within = TRY(table.whole("within", 100));
    if (within < 1 || within > 2000)
        return table.find("within")->complain("within", "must lie between 1 and 2000");
    nearby.within = static_cast<std::uint32_t>(within);
    if (table.has("without")) nearby.without = TRY(read_certainty(table, "without", Certainty::hint));
    return nearby;
}

Result<Required> read_required(Tree const& table) {
    TRY(table.only({"rule", "lines", "columns"}));
    Required required;
    required.rule = TRY(table.text("rule"));
    for (auto [key, into] : {std::pair{"lines", &required.lines}, std::pair{"columns", &required.columns}}) {
        if (!table.has(key)) continue;
        std::int64_t const value = TRY(table.whole(key));
        if (value < 0 || value > 10'000)
            return table.find(key)->complain(key, "must lie between 0 and 10000");
        *into = static_cast<std::uint32_t>(value);
    }
    return required;
}

// "*.tf" as an expression on a path: * and ? do not cross a slash.
std::string expression_of_glob(std::string_view glob) {
    std::string expression = "(?i)(?:^|/)";
    for (char c : glob) {
        if (c == '*') {
            expression += "[^/]*";
        } else if (c == '?') {
            expression += "[^/]";
        } else {
            if (!is_alnum(c) && static_cast<unsigned char>(c) < 0x80) expression += '\\';
            expression += c;
        }
    }
    return expression + "$";
}

Result<> read_words(Tree const& table, PackRule& made) {
    TwoLanguages const title = TRY(read_both(table, "title")), why = TRY(read_both(table, "why"));
    Rule& rule = made.rule;
    rule.title_en = title.en, rule.title_zh = title.zh, rule.why_en = why.en, rule.why_zh = why.zh;
    rule.defined_by = TRY(table.text("defined_by", ""));
    rule.labels = TRY(table.texts("labels"));
    rule.certainty = TRY(read_certainty(table, "certainty", Certainty::likely));
    rule.showable = TRY(table.flag("showable", false));
    made.reported = TRY(table.flag("report", true));
    made.yes = TRY(table.texts("yes"));
    made.no = TRY(table.texts("no"));
    return {};
}

Result<> read_pattern(Tree const& table, PackRule& made) {
    made.regex = TRY(table.text("regex", ""));
    made.path = TRY(table.text("path", ""));
    for (std::string const& glob : TRY(table.texts("files"))) {
        made.path += (made.path.empty() ? "" : "|") + expression_of_glob(glob);
    }
    if (made.regex.empty() && made.path.empty()) return table.complain("regex", Message::entry_missing);
    made.keywords = TRY(table.texts("keywords"));
    for (std::string& keyword : made.keywords) keyword = ascii_lower(keyword);
    std::int64_t const group = TRY(table.whole("group", 0));
    if (group < 0 || group > 50) return table.find("group")->complain("group", "must lie between 0 and 50");
    made.group = static_cast<int>(group);
    for (auto [key, into] : {std::pair{"entropy", &made.entropy}, std::pair{"rarity", &made.rarity}}) {
        if (table.has(key)) *into = TRY(table.number(key, 0));
    }
    if (!table.has("validator")) return {};
    std::string const name = TRY(table.text("validator"));
    for (Validator const& validator : validators()) {
        if (validator.name == name) made.validator = &validator;
    }
    if (!made.validator)
        return table.find("validator")->complain("validator", "names no known check: " + name);
    return {};
}

Result<> read_conditions(Tree const& table, PackRule& made) {
    if (Tree const* const nearby = TRY(table.table("nearby"))) made.nearby = TRY(read_nearby(*nearby));
    for (Tree const& allow : TRY(table.tables("allow"))) made.allow.push_back(TRY(read_allow(allow)));
    for (Tree const& one : TRY(table.tables("requires"))) made.required.push_back(TRY(read_required(one)));
    if (!table.has("filter")) return {};
    auto filter = Filter::parse(TRY(table.text("filter")));
    if (!filter) return table.find("filter")->complain("filter", "cannot be read: " + filter.error().what);
    made.filters.push_back(std::make_shared<Filter const>(std::move(*filter)));
    return {};
}

bool is_rule_id(std::string_view id) {
    std::size_t const dot = id.find('.');
    if (dot == 0 || dot == std::string_view::npos || dot + 1 == id.size()) return false;
    return std::all_of(id.begin(), id.end(),
                       [](char c) { return is_lower(c) || is_digit(c) || c == '-' || c == '.'; });
}

}  // namespace

Result<std::shared_ptr<AllowList const>> read_allow(Tree const& table) {
    TRY(table.only({"description", "target", "all", "regexes", "words", "paths", "rules"}));
    auto allow = std::make_shared<AllowList>();
    std::string const target = TRY(table.text("target", "secret"));
    if (target == "match") {
        allow->target = AllowList::Target::match;
    } else if (target == "line") {
        allow->target = AllowList::Target::line;
    } else if (target != "secret") {
        return table.find("target")->complain("target", "must be secret, match or line");
    }
    allow->all = TRY(table.flag("all", false));
    allow->regex = TRY(join(table, "regexes"));
    allow->paths = TRY(join(table, "paths"));
    allow->words = WordSet(TRY(table.texts("words")));
    allow->only_rules = TRY(table.texts("rules"));
    if (!allow->regex && !allow->paths && allow->words.empty())
        return table.complain("allow", "states no condition");
    return std::shared_ptr<AllowList const>(std::move(allow));
}

Result<PackRule> read_rule(Tree const& table, std::string const& pack) {
    TRY(table.only({"id",        "title",    "why",       "labels", "defined_by", "regex",
                    "path",      "files",    "keywords",  "group",  "entropy",    "rarity",
                    "validator", "nearby",   "certainty", "allow",  "filter",     "requires",
                    "report",    "showable", "enabled",   "yes",    "no"}));
    PackRule made;
    made.rule.id = TRY(table.text("id"));
    if (!is_rule_id(made.rule.id)) {
        return table.find("id")->complain(
            "id", "must read family.name, in small letters, digits and hyphens: " + made.rule.id);
    }
    made.rule.origin = {pack, std::string(table.file()), table.line()};
    TRY(read_words(table, made));
    TRY(read_pattern(table, made));
    TRY(read_conditions(table, made));
    made.fields = table;
    return made;
}

}  // namespace keepmum
