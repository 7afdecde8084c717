// From an occurrence of a rule's expression to a finding. All that is asked of the whole text (do the
// keywords occur? where does the required rule find something?) is asked once for each text, and
// all that is asked around an occurrence is bounded, so that the work stays linear.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/rule_detector.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "match/confirm.h"
#include "packs/rarity.h"

namespace keepmum {
namespace {

// How far the lines around a match are followed, in bytes to either side.
constexpr std::size_t line_reach = 2048;

// What a validator sees beside a match, in bytes.
constexpr std::uint64_t before_match = 64, after_match = 16;

struct Occurrence {
    Span match;
    Span secret;
};

std::string_view slice(std::string_view text, Span span) { return text.substr(span.begin, span.size()); }

// The lines of a match, cut to line_reach on either side.
Span near_lines(std::string_view text, Span match) {
    std::uint64_t const from = match.begin > line_reach ? match.begin - line_reach : 0;
    std::uint64_t const to = std::min<std::uint64_t>(match.end + line_reach, text.size());
    Span const lines = lines_around(text.substr(from, to - from), {match.begin - from, match.end - from});
    return {lines.begin + from, lines.end + from};
}

// The file names that a place speaks of: the source, and each member on the way.
std::vector<std::string_view> names_of(Place const& place) {
    std::vector<std::string_view> names;
    if (!place.source.empty()) names.push_back(place.source);
    for (Step const& step : place.steps) {
        if (step.how == How::member) names.push_back(step.name);
    }
    return names;
}

}  // namespace

struct RuleDetector::Inside {
    PackRule rule;
    PathUse paths = PathUse::ignored;
    std::vector<RuleDetector const*> required;
    Confirmer confirmer;
    std::optional<Regex> path;
    WordSet keywords;
    std::vector<Trigger> triggers;

    // An occurrence with all of the text that was looked at to judge it, and how it was judged.
    struct Judged {
        Occurrence found;
        Span lines, around;
        std::optional<Finding> finding;
    };

    // What is known of the text at hand.
    struct Known {
        Evidence const& evidence;
        std::string_view text;
        std::optional<bool> has_keyword = {};
        std::vector<std::optional<std::vector<Span>>> required = {};
        std::optional<Judged> last = {};
    };

    explicit Inside(PackRule given)
        : rule(std::move(given)), confirmer(rule.regex.empty() ? rule.path : rule.regex) {}

    bool about_names() const { return rule.regex.empty(); }

    bool fits_path(Evidence const& evidence) const {
        if (!path) return true;
        std::vector<std::string_view> const names = names_of(evidence.place);
        return names.empty() || std::any_of(names.begin(), names.end(),
                                            [&](std::string_view name) { return path->occurs(name); });
    }

    std::string_view path_of(Evidence const& evidence) const {
        if (paths == PathUse::ignored) return {};
        std::vector<std::string_view> const names = names_of(evidence.place);
        return names.empty() ? std::string_view() : names.back();
    }

    // Calls `taken` with the occurrence and its finding, unless the occurrence is judged to be none.
    template <class Taken>
    void take(Known& known, std::span<Span const> groups, std::optional<Span>& last,
              Taken const& taken) const {
        Occurrence found{groups[0], groups[0]};
        while (found.match.size() > 0 && known.text[found.match.begin] == '\n') ++found.match.begin;
        while (found.match.size() > 0 && known.text[found.match.end - 1] == '\n') --found.match.end;
        found.secret = secret_of(groups, found.match);
        if (found.secret.size() == 0 || found.secret == last) return;
        if (auto finding = judge(known, found)) {
            last = found.secret;
            taken(found, std::move(*finding));
        }
    }

    // Walks the whole text without nomination.
    template <class Taken>
    void walk(Known& known, Taken const& taken) const {
        std::vector<Span> groups(static_cast<std::size_t>(confirmer.group_count()) + 1);
        std::optional<Span> last;
        Confirmer::Walk through;
        std::uint64_t const end = known.text.size();
        for (std::uint64_t at = 0; at < end;) {
            auto const found = confirmer.find(known.text, {at, end}, through);
            if (!found) break;
            groups[0] = found->whole;
            confirmer.find_groups(known.text, *found, through, groups);
            take(known, groups, last, taken);
            at = std::max(found->whole.end, at + 1);
        }
    }

    Span secret_of(std::span<Span const> groups, Span match) const {
        auto const took_part = [](Span span) { return span.begin != Regex::npos && span.size() > 0; };
        if (rule.group > 0) {
            bool const there =
                static_cast<std::size_t>(rule.group) < groups.size() && took_part(groups[rule.group]);
            return there ? groups[rule.group] : Span{match.begin, match.begin};
        }
        for (Span const& group : groups.subspan(1)) {
            if (took_part(group)) return group;
        }
        return match;
    }

    // What stands in the same words as the occurrence before is judged like it: texts with thousands of occurrences
    // mostly repeat themselves.
    std::optional<Finding> judge(Known& known, Occurrence const& found) const {
        if (rule.nearby || !rule.required.empty()) return weigh(known, found);
        Judged now{found, near_lines(known.text, found.match), {}, {}};
        now.around = {std::min(now.lines.begin, found.match.begin - std::min(found.match.begin, before_match)),
                      std::max(now.lines.end, std::min<std::uint64_t>(found.match.end + after_match, known.text.size()))};
        if (known.last && reads_the_same(known.text, *known.last, now)) {
            std::optional<Finding> finding = known.last->finding;
            if (finding) finding->span = found.secret;
            return finding;
        }
        now.finding = weigh(known, found);
        known.last = std::move(now);
        return known.last->finding;
    }

    static bool reads_the_same(std::string_view text, Judged const& one, Judged const& other) {
        auto const shape = [](Judged const& judged) {
            std::uint64_t const from = judged.around.begin;
            auto const& [match, secret] = judged.found;
            return std::array{match.begin - from,        match.end - from,        secret.begin - from,    secret.end - from,
                              judged.lines.begin - from, judged.lines.end - from, judged.around.end - from};
        };
        return shape(one) == shape(other) && slice(text, one.around) == slice(text, other.around);
    }

    std::optional<Finding> weigh(Known& known, Occurrence const& found) const {
        std::string_view const secret = slice(known.text, found.secret),
                               match = slice(known.text, found.match);
        if (!keywords.empty() && !keywords.any_in(match.substr(0, 4096))) {
            if (!known.has_keyword) known.has_keyword = keywords.any_in(known.text);
            if (!*known.has_keyword) return std::nullopt;
        }
        if (rule.entropy && entropy(secret) <= *rule.entropy) return std::nullopt;
        if (rule.rarity && rarity(secret) <= *rule.rarity) return std::nullopt;
        if (is_allowed(known, found)) return std::nullopt;
        Finding finding;
        finding.span = found.secret;
        finding.certainty = rule.rule.certainty;
        if (!validate(known, found, finding) || !look_nearby(known, found, finding)) return std::nullopt;
        if (!has_required(known, found)) return std::nullopt;
        if (finding.reasons.empty()) finding.reasons.push_back("has the shape of a " + rule.rule.title_en);
        return finding;
    }

    bool validate(Known const& known, Occurrence const& found, Finding& finding) const {
        if (!rule.validator) return true;
        std::uint64_t const before = found.match.begin - std::min(found.match.begin, before_match);
        Validation judgement = rule.validator->judge(
            {slice(known.text, found.secret), slice(known.text, found.match),
             slice(known.text, {before, found.match.begin}), known.text.substr(found.match.end, after_match)});
        if (judgement.certainty) finding.certainty = *judgement.certainty;
        finding.facts = std::move(judgement.facts);
        if (!judgement.reason.empty()) finding.reasons.push_back(std::move(judgement.reason));
        return judgement.keep;
    }

    bool look_nearby(Known const& known, Occurrence const& found, Finding& finding) const {
        if (!rule.nearby) return true;
        std::uint64_t const within = rule.nearby->within;
        std::uint64_t const from = found.match.begin > within ? found.match.begin - within : 0;
        std::uint64_t const to = std::min<std::uint64_t>(found.match.end + within, known.text.size());
        // The secret itself does not vouch for itself, but the rest of the match does.
        std::string_view const before = slice(known.text, {from, found.secret.begin});
        std::string_view const after = slice(known.text, {found.secret.end, to});
        for (std::string const& word : rule.nearby->words) {
            if (!has_word(before, word) && !has_word(after, word)) continue;
            finding.reasons.push_back("near the word '" + word + "'");
            return true;
        }
        if (!rule.nearby->without) return false;
        finding.certainty = std::min(finding.certainty, *rule.nearby->without);
        return true;
    }

    bool is_allowed(Known const& known, Occurrence const& found) const {
        for (auto const& allow : rule.allow) {
            if (allows(*allow, known, found)) return true;
        }
        if (rule.filters.empty()) return false;
        // Filters see the text cut to what lines_around may reach; offsets count from there.
        Span const lines = near_lines(known.text, found.match);
        std::uint64_t const shift = lines.begin;
        FilterInput const input{slice(known.text, lines),
                                {found.match.begin - shift, found.match.end - shift},
                                {found.secret.begin - shift, found.secret.end - shift},
                                path_of(known.evidence)};
        return std::any_of(rule.filters.begin(), rule.filters.end(),
                           [&](auto const& filter) { return filter->drops(input); });
    }

    bool allows(AllowList const& allow, Known const& known, Occurrence const& found) const {
        Span const target = allow.target == AllowList::Target::secret  ? found.secret
                            : allow.target == AllowList::Target::match ? found.match
                                                                       : near_lines(known.text, found.match);
        int given = 0, held = 0;
        auto const condition = [&](bool stated, auto const& holds) {
            if (!stated || (held > 0 && !allow.all)) return;
            ++given;
            held += holds();
        };
        condition(allow.regex.has_value(), [&] { return allow.regex->occurs(slice(known.text, target)); });
        condition(!allow.words.empty(), [&] { return allow.words.any_in(slice(known.text, found.secret)); });
        condition(allow.paths.has_value(), [&] {
            std::string_view const path = path_of(known.evidence);
            return !path.empty() && allow.paths->occurs(path);
        });
        return allow.all ? given > 0 && held == given : held > 0;
    }

    bool has_required(Known& known, Occurrence const& found) const {
        known.required.resize(required.size());
        for (std::size_t i = 0; i < required.size(); ++i) {
            if (!known.required[i]) {
                Known theirs{known.evidence, known.text};
                std::vector<Span>& matches = known.required[i].emplace();
                required[i]->inside_->walk(
                    theirs, [&](Occurrence const& one, Finding) { matches.push_back(one.match); });
            }
            if (!any_near(*known.required[i], rule.required[i], known.text, found.match)) return false;
        }
        return true;
    }

    // `spans` are sorted. Looks at the nearest few to either side, no further than `reach`.
    static bool any_near(std::vector<Span> const& spans, Required const& required, std::string_view text,
                         Span match) {
        if (required.lines == Required::anywhere && required.columns == Required::anywhere) {
            return !spans.empty();
        }
        auto const close = [&](Span const& other) {
            Span const between = other.begin < match.begin
                                     ? Span{std::min(other.end, match.begin), match.begin}
                                     : Span{std::min(match.end, other.begin), other.begin};
            constexpr std::uint64_t reach = 32 * 1024;
            if (between.size() > reach) return false;
            std::uint32_t const lines = required.lines == Required::anywhere ? 0 : required.lines;
            if (count_lines(slice(text, between), lines) > lines) return false;
            if (required.columns == Required::anywhere) return true;
            std::uint64_t const theirs = column_of(text, other), ours = column_of(text, match);
            return (theirs > ours ? theirs - ours : ours - theirs) <= required.columns;
        };
        auto const middle =
            std::lower_bound(spans.begin(), spans.end(), match.begin,
                             [](Span const& span, std::uint64_t begin) { return span.begin < begin; });
        constexpr std::ptrdiff_t most = 16;
        auto const first = middle - std::min(most, middle - spans.begin());
        auto const last = middle + std::min(most, spans.end() - middle);
        return std::any_of(first, last, close);
    }

    // Line feeds in `text`; stops counting beyond `enough`.
    static std::uint32_t count_lines(std::string_view text, std::uint32_t enough) {
        std::uint32_t count = 0;
        for (std::size_t at = text.find('\n'); at != text.npos && count <= enough;
             at = text.find('\n', at + 1))
            ++count;
        return count;
    }

    static std::uint64_t column_of(std::string_view text, Span span) {
        return span.begin - near_lines(text, {span.begin, span.begin}).begin;
    }
};

RuleDetector::RuleDetector(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
RuleDetector::~RuleDetector() = default;

Result<std::unique_ptr<RuleDetector>> RuleDetector::make(PackRule rule,
                                                         std::vector<RuleDetector const*> required,
                                                         PathUse paths) {
    auto inside = std::make_unique<Inside>(std::move(rule));
    PackRule const& made = inside->rule;
    inside->paths = paths;
    inside->required = std::move(required);
    inside->keywords = WordSet(made.keywords);
    if (!made.path.empty() && !made.regex.empty()) {
        auto compiled = Regex::compile(made.path);
        if (!compiled) return made.fields.complain("path", "does not compile: " + compiled.error().what);
        inside->path.emplace(std::move(*compiled));
    }
    inside->triggers = {
        {.what = Trigger::What::pattern, .text = made.regex.empty() ? made.path : made.regex}};
    for (std::string const& keyword : made.keywords) {
        inside->triggers.push_back({.what = Trigger::What::gate, .text = keyword});
    }
    return std::unique_ptr<RuleDetector>(new RuleDetector(std::move(inside)));
}

Rule const& RuleDetector::rule() const { return inside_->rule.rule; }
std::span<Trigger const> RuleDetector::triggers() const { return inside_->triggers; }
PackRule const& RuleDetector::pack_rule() const { return inside_->rule; }

void RuleDetector::examine(Reading const& reading, Sink& sink) const {
    if (inside_->about_names() && reading.evidence.role != Role::name) return;
    if (!inside_->fits_path(reading.evidence)) return;
    Inside::Known known{reading.evidence, reading.text};
    std::vector<Span> groups(static_cast<std::size_t>(inside_->confirmer.group_count()) + 1);
    std::optional<Span> last;
    Occurrences each(inside_->confirmer, reading, 0);
    while (each.next(groups)) {
        if (sink.enough()) {
            std::vector<Span> unjudged = each.rest();
            unjudged.insert(unjudged.begin(), groups[0]);
            sink.leave(unjudged);
            return;
        }
        inside_->take(known, groups, last,
                      [&](Occurrence const&, Finding finding) { sink.found(std::move(finding)); });
    }
}

void RuleDetector::examine_all(Evidence const& evidence, std::string_view text, Sink& sink) const {
    Inside::Known known{evidence, text};
    inside_->walk(known, [&](Occurrence const&, Finding finding) { sink.found(std::move(finding)); });
}

}  // namespace keepmum
