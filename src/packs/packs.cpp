// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/packs.h"

#include <algorithm>
#include <map>
#include <memory>

#include "base/message.h"
#include "match/confirm.h"
#include "packs/gitleaks.h"

namespace keepmum {
namespace {

// What one pack says, before rules are merged.
struct PackHead {
    std::string name;
    std::vector<std::shared_ptr<AllowList const>> allow;  // for every rule of the pack
    std::shared_ptr<Filter const> filter;
};

struct Merged {
    Tree table;
    std::shared_ptr<PackHead const> pack;  // the lowest that has the rule: its allow-lists go on to apply
    PackLayer highest = PackLayer::shipped;        // of the texts that had a say
};

using MergedRules = std::map<std::string, Merged, std::less<>>;

Result<std::shared_ptr<PackHead const>> read_head(Tree const& root) {
    auto head = std::make_shared<PackHead>();
    TRY(root.only({"pack", "title", "rule", "allow", "filter"}));
    head->name = TRY(root.text("pack"));
    for (Tree const& allow : TRY(root.tables("allow"))) head->allow.push_back(TRY(read_allow(allow)));
    if (root.has("filter")) {
        auto filter = Filter::parse(TRY(root.text("filter")));
        if (!filter) return root.find("filter")->complain("filter", "cannot be read: " + filter.error().what);
        head->filter = std::make_shared<Filter const>(std::move(*filter));
    }
    return std::shared_ptr<PackHead const>(std::move(head));
}

// The order in which texts apply: imported files come after the shipped packs, whose ids they must
// not take, and before the local ones, which may correct them.
enum class Turn : std::uint8_t { shipped, imported, local, replacing };

Turn turn_of(PackLayer layer, Tree const& root) {
    if (is_gitleaks(root)) return Turn::imported;
    return layer == PackLayer::shipped ? Turn::shipped : layer == PackLayer::local ? Turn::local : Turn::replacing;
}

std::vector<std::string> ids_of(MergedRules const& rules) {
    std::vector<std::string> ids;
    for (auto const& [id, merged] : rules) ids.push_back(id);
    return ids;
}

Result<> merge_pack(Tree const& root, PackLayer layer, MergedRules& rules) {
    std::shared_ptr<PackHead const> const head = TRY(read_head(root));
    std::map<std::string, std::uint32_t, std::less<>> seen;
    for (Tree const& table : TRY(root.tables("rule"))) {
        std::string const id = TRY(table.text("id"));
        auto const [first, fresh] = seen.emplace(id, table.line());
        if (!fresh) return table.complain(id, "is also defined in line " + std::to_string(first->second));
        auto const at = rules.find(id);
        if (at == rules.end() || layer == PackLayer::replacing) {
            rules[id] = {table, head, layer};
        } else if (layer == PackLayer::shipped) {
            return table.complain(id, "is also defined at " + at->second.table.where());
        } else {
            at->second.table = overlay(at->second.table, table);
            at->second.highest = layer;
        }
    }
    return {};
}

class Found final : public Sink {
  public:
    void found(Finding finding) override { spans.push_back(finding.span); }
    void gap(Gap) override {}
    std::vector<Span> spans;
};

std::vector<Span> spans_in(RuleDetector const& detector, std::string const& text) {
    Evidence evidence;
    evidence.kind = Kind::text;
    if (detector.pack_rule().regex.empty()) evidence.role = Role::name;
    Found found;
    detector.examine_all(evidence, text, found);
    return found.spans;
}

Result<> check_example(RuleDetector const& detector, std::string_view key, std::string const& text,
                       std::size_t number) {
    PackRule const& rule = detector.pack_rule();
    Tree const& at = *rule.fields.find(key);
    std::string const which = "example " + std::to_string(number) + " of rule " + rule.rule.id;
    auto const example = expand_example(text, rule.rule.id + std::to_string(number));
    if (!example) return at.complain(key, example.error().what + " (" + which + ")");
    std::vector<Span> const spans = spans_in(detector, example->text);
    if (key == "no") {
        return spans.empty() ? Result<>() : at.complain(key, "is found though it must not be: " + which);
    }
    if (spans.empty()) return at.complain(key, "is not found: " + which);
    if (!example->secret || std::find(spans.begin(), spans.end(), *example->secret) != spans.end()) return {};
    return at.complain(key, "is found, but not exactly between « and »: " + which);
}

std::vector<Error> failures_of(RuleDetector const& detector) {
    PackRule const& rule = detector.pack_rule();
    std::vector<Error> failures;
    auto const check_all = [&](std::string_view key, std::vector<std::string> const& examples) {
        for (std::size_t i = 0; i < examples.size(); ++i) {
            auto const checked = check_example(detector, key, examples[i], i + 1);
            if (!checked) failures.push_back(checked.error());
        }
    };
    check_all("yes", rule.yes);
    check_all("no", rule.no);
    return failures;
}

Result<PackRule> build_rule(Merged const& merged) {
    PackRule rule = TRY(read_rule(merged.table, merged.pack->name));
    for (auto const& allow : merged.pack->allow) {
        auto const& only = allow->only_rules;
        if (only.empty() || std::find(only.begin(), only.end(), rule.rule.id) != only.end())
            rule.allow.push_back(allow);
    }
    if (merged.pack->filter) rule.filters.push_back(merged.pack->filter);
    return rule;
}

Result<> check_pattern(PackRule const& rule) {
    std::string_view const key = rule.regex.empty() ? "path" : "regex";
    auto const checked = Confirmer::check(rule.regex.empty() ? rule.path : rule.regex);
    if (checked) return {};
    return rule.fields.find(key)->complain(
        key, "of rule " + rule.rule.id + " does not compile: " + checked.error().what);
}

}  // namespace

Result<PackSet> load_packs(PackOptions const& options) {
    PackSet set;
    MergedRules merged;
    std::vector<Tree> roots;
    for (PackText const& text : options.texts) roots.push_back(TRY(parse_toml(text.text, text.file)));
    std::vector<std::string> taken;
    for (Turn turn : {Turn::shipped, Turn::imported, Turn::local, Turn::replacing}) {
        if (turn == Turn::imported) taken = ids_of(merged);
        for (std::size_t i = 0; i < roots.size(); ++i) {
            PackLayer const layer = options.texts[i].layer;
            if (turn_of(layer, roots[i]) != turn) continue;
            if (turn == Turn::imported) {
                Tree const imported = TRY(import_gitleaks(roots[i], taken, set.notes_));
                TRY(merge_pack(imported, PackLayer::shipped, merged));
            } else {
                TRY(merge_pack(roots[i], layer, merged));
            }
        }
    }
    for (auto const& [id, one] : merged) {
        if (!TRY(one.table.flag("enabled", true))) continue;
        PackRule rule = TRY(build_rule(one));
        bool const check = options.examples == ExampleCheck::all || one.highest != PackLayer::shipped;
        if (check || !rule.reported) TRY(check_pattern(rule));
        // What another rule requires is looked for without requirements of its own: no circles.
        std::vector<RuleDetector const*> required;
        for (Required const& wanted : rule.required) {
            auto const other = merged.find(wanted.rule);
            if (other == merged.end())
                return rule.fields.find("requires")
                    ->complain("requires", "names no known rule: " + wanted.rule);
            PackRule helper = TRY(build_rule(other->second));
            TRY(check_pattern(helper));  // the matcher never sees it
            helper.required.clear();
            set.helpers_.push_back(TRY(RuleDetector::make(std::move(helper), {}, options.paths)));
            required.push_back(set.helpers_.back().get());
        }
        auto detector = TRY(RuleDetector::make(std::move(rule), std::move(required), options.paths));
        if (check) {
            std::vector<Error> failures = failures_of(*detector);
            if (!failures.empty()) return tl::unexpected(std::move(failures.front()));
        }
        set.detectors_.push_back(std::move(detector));
    }
    return set;
}

std::vector<Detector const*> PackSet::detectors() const {
    std::vector<Detector const*> list;
    for (auto const& detector : detectors_) {
        if (detector->pack_rule().reported) list.push_back(detector.get());
    }
    return list;
}

std::vector<PackRule const*> PackSet::list() const {
    std::vector<PackRule const*> list;
    for (auto const& detector : detectors_) list.push_back(&detector->pack_rule());
    return list;
}

std::vector<Error> PackSet::failing_examples() const {
    std::vector<Error> failures;
    for (auto const& detector : detectors_) {
        for (Error& failure : failures_of(*detector)) failures.push_back(std::move(failure));
    }
    return failures;
}

Result<std::vector<std::string>> PackSet::explain(std::string_view id) const {
    for (auto const& detector : detectors_) {
        if (detector->rule().id != id) continue;
        std::vector<std::string> lines;
        for (TreeMember const& field : detector->pack_rule().fields.members()) {
            lines.push_back(field.key + " = " + print(field.value) + "    # " + field.value.where());
        }
        return lines;
    }
    return fail(Fault::not_found, Message::fault_no_rule, {}, std::string(id));
}

}  // namespace keepmum
