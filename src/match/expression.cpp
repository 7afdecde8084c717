// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/expression.h"

#include <hs/hs.h>
#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <ctime>
#include <iterator>
#include <optional>
#include <vector>

#include "base/utf8.h"
#include "match/pattern/parts.h"
#include "match/pattern/tree.h"
#include "match/regex.h"

namespace keepmum {

namespace {

std::uint64_t most_bytes(std::string_view pattern) {
    hs_expr_info_t* info = nullptr;
    hs_compile_error_t* error = nullptr;
    if (hs_expression_info(std::string(pattern).c_str(), 0, &info, &error) != HS_SUCCESS) {
        hs_free_compile_error(error);
        return Regex::npos;
    }
    std::uint64_t const width = info->max_width;
    free(info);
    return width >= 0xFFFFFFFFu ? Regex::npos : width;
}

// Whether some flags of `pattern` hold an s, as (?s) and (?is: do.
bool lets_dots_break_lines(std::string_view pattern) {
    for (std::size_t at = pattern.find("(?"); at != pattern.npos; at = pattern.find("(?", at + 2)) {
        std::size_t const end = pattern.find_first_not_of("imsU-", at + 2);
        if (pattern.substr(at, end == pattern.npos ? end : end - at).find('s') != pattern.npos) return true;
    }
    return false;
}

// Whether the set that set_length() has found can take a line feed, or may.
bool may_break_lines(std::string_view set, std::string_view pattern) {
    if (set == "\\w" || set == "\\d") return false;
    if (set == ".") return lets_dots_break_lines(pattern);
    if (!set.starts_with('[')) return true;
    bool const holds = set.find("\\n") != set.npos || set.find("\\s") != set.npos || set.find('\n') != set.npos ||
                       set.find("[:") != set.npos || set.find("\\S") != set.npos || set.find("\\W") != set.npos ||
                       set.find("\\D") != set.npos || set.find("\\x") != set.npos;
    if (!set.starts_with("[^")) return holds;
    return set.find("\\n") == set.npos && set.find("\\s") == set.npos;
}

// The repetition {m,n} that `rest` begins with, as {m,}; nothing where it is another or a short one.
struct Widened {
    std::size_t length = 0;
    std::string text;
};
Widened widen_repetition(std::string_view rest) {
    constexpr std::uint64_t short_one = 4, most_digits = 6;
    std::uint64_t bounds[2] = {0, 0};
    std::size_t at = 0;
    for (int i = 0; i < 2; ++i) {
        if (at >= rest.size() || rest[at] != (i == 0 ? '{' : ',')) return {};
        std::size_t const first = ++at;
        for (; at < rest.size() && is_digit(rest[at]); ++at) bounds[i] = bounds[i] * 10 + static_cast<std::uint64_t>(rest[at] - '0');
        if (at == first || at - first > most_digits) return {};
    }
    if (at >= rest.size() || rest[at] != '}' || bounds[1] < bounds[0] + short_one) return {};
    return {at + 1, bounds[0] == 0 ? "*" : "{" + std::to_string(bounds[0]) + ",}"};
}

// Counting to an upper bound is what costs the search most, and the confirmation counts anyhow: the
// imported rules are nominated half again as fast without (bench_scan). Not where such a repetition
// could go on over lines: it would keep its rule awake to the end of the text.
std::string widen_repetitions(std::string_view pattern) {
    if (pattern.find("\\Q") != pattern.npos) return std::string(pattern);
    std::string wide;
    for (std::size_t at = 0; at < pattern.size();) {
        std::string_view const rest = pattern.substr(at);
        std::size_t const set = set_length(rest);
        std::size_t const length = set ? set : rest[0] == '\\' ? 2 : 1;
        wide += rest.substr(0, length);
        at += length;
        if (!set || may_break_lines(rest.substr(0, set), pattern)) continue;
        Widened const widened = widen_repetition(pattern.substr(std::min(at, pattern.size())));
        wide += widened.text;
        at += widened.length;
    }
    return wide;
}

}  // namespace

namespace {

enum class Of : std::uint8_t { bytes, line_feeds };

std::uint64_t add(std::uint64_t a, std::uint64_t b) { return a > Regex::npos - b ? Regex::npos : a + b; }

std::uint64_t multiply(std::uint64_t a, std::uint64_t times) {
    if (a == 0 || times == 0) return 0;
    return a > Regex::npos / times ? Regex::npos : a * times;
}

bool can_break(PatternNode const& byte) {
    auto const compiled = Regex::compile((byte.flags.empty() ? "" : "(?" + byte.flags + ")") + std::string(byte.text));
    return !compiled || compiled->occurs("\n");
}

// Adds up what an occurrence of a part can have most of; Regex::npos where there is no bound.
std::uint64_t add_up(PatternTree const& tree, std::uint32_t index, Of of) {
    PatternNode const& node = tree.nodes[index];
    if (node.what == PatternNode::What::byte) return of == Of::bytes || can_break(node) ? 1 : 0;
    std::uint64_t all = 0;
    for (std::uint32_t const part : node.parts) {
        std::uint64_t const one = add_up(tree, part, of);
        all = node.what == PatternNode::What::ways ? std::max(all, one) : add(all, one);
    }
    return node.what == PatternNode::What::repetition ? multiply(all, node.most) : all;
}

}  // namespace

// Hyperscan knows widths too, but takes up to 2 ms for an expression that counts far.
std::uint64_t occurrence_width(std::string_view pattern) {
    auto const tree = read_pattern(pattern);
    return tree ? add_up(*tree, tree->root, Of::bytes) : most_bytes(pattern);
}

std::uint64_t occurrence_line_feeds(std::string_view pattern) {
    auto const tree = read_pattern(pattern);
    return tree ? add_up(*tree, tree->root, Of::line_feeds) : Regex::npos;
}

namespace {

// Whether each of all 256 bytes is taken by `set`.
bool takes_anything(std::string_view set, std::string_view pattern) {
    if (set == ".") return lets_dots_break_lines(pattern);
    auto const compiled = Regex::compile(set);
    for (int c = 0; compiled && c < 256; ++c) {
        char const one = static_cast<char>(c);
        if (!compiled->occurs({&one, 1})) return false;
    }
    return compiled.has_value();
}

bool is_endless(std::string_view repetition) {
    return repetition.starts_with('*') || repetition.starts_with('+') || repetition.find(",}") != repetition.npos;
}

// The flags and the letters, marks and digits that `pattern` begins with.
std::string_view literal_start(std::string_view pattern, std::size_t& letters) {
    std::size_t at = 0;
    while (std::size_t const flags = flags_length(pattern.substr(at))) at += flags;
    std::size_t const begin = at;
    while (at < pattern.size() && std::string_view("\\^$.[]|()?*+{}").find(pattern[at]) == std::string_view::npos) ++at;
    if (repetition_length(pattern.substr(at)) > 0 && at > begin) --at;
    letters = at - begin;
    return pattern.substr(0, at);
}

// Where a part may take anything without end, the whole text is looked at for what nominates, and what stands before
// is enough to do so; of that, a few letters if it begins with them.
std::string without_endless_rest(std::string pattern) {
    for (std::size_t at = 0; at < pattern.size();) {
        std::string_view const rest = std::string_view(pattern).substr(at);
        std::size_t const set = set_length(rest);
        std::string_view const repetition = set ? rest.substr(set, repetition_length(rest.substr(set))) : std::string_view();
        if (is_endless(repetition) && takes_anything(rest.substr(0, set), pattern)) {
            std::optional<std::string> const closing = closing_at(pattern, at);
            std::string const start = pattern.substr(0, at) + closing.value_or("");
            if (!closing || is_weak(start)) return pattern;
            constexpr std::size_t enough = 8;
            std::size_t letters = 0;
            std::string_view const literal = literal_start(start, letters);
            return letters >= enough && start.find('|') == start.npos ? std::string(literal) : start;
        }
        at += set ? set : rest[0] == '\\' ? 2 : 1;
    }
    return pattern;
}

}  // namespace

std::string nominating_expression(std::string_view pattern) {
    return widen_repetitions(without_endless_rest(without_optional_start(pattern)));
}

std::string widened_expression(std::string_view pattern) { return widen_repetitions(pattern); }

std::vector<std::string> flood_words(std::string_view pattern) {
    constexpr std::size_t longest = 6, fewest_words = 2, fewest_ways = 6;
    std::string const lean = nominating_expression(pattern);
    std::string_view rest = lean;
    while (std::size_t const flags = flags_length(rest)) rest.remove_prefix(flags);
    std::size_t const colon = rest.find_first_not_of("imsU-", 2);
    if (!rest.starts_with("(?") || colon == rest.npos || rest[colon] != ':') return {};
    rest.remove_prefix(colon + 1);
    std::vector<std::string> words;
    std::size_t ways = 0;
    while (!rest.empty() && rest[0] != ')') {
        std::size_t const word = std::min(rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), rest.size());
        std::string const begins(rest.substr(0, word));
        std::size_t length = 0;
        int depth = 0;
        for (; length < rest.size() && (depth > 0 || (rest[length] != '|' && rest[length] != ')')); ++length) {
            if (std::size_t const set = set_length(rest.substr(length))) length += set - 1;
            else if (rest[length] == '\\') ++length;
            else depth += rest[length] == '(' ? 1 : rest[length] == ')' ? -1 : 0;
        }
        if (word > 1 && word <= longest && word == length) words.push_back(begins);
        ++ways;
        rest.remove_prefix(std::min(length, rest.size()));
        if (rest.starts_with('|')) rest.remove_prefix(1);
    }
    if (rest.empty()) return {};
    rest.remove_prefix(1);
    if (rest.starts_with("(?:")) rest.remove_prefix(3);
    std::size_t const set = set_length(rest);
    bool const goes_on = set > 0 && is_endless(rest.substr(set, repetition_length(rest.substr(set))));
    if (ways < fewest_ways || words.size() < fewest_words || !goes_on) return {};
    return words;
}

bool is_weak(std::string_view pattern) {
    re2::FilteredRE2 filter(2);
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    int number = 0;
    if (filter.Add(re2::StringPiece(pattern.data(), pattern.size()), options, &number) != RE2::NoError) return true;
    std::vector<std::string> atoms;
    filter.Compile(&atoms);
    return atoms.empty();
}

namespace {

// Prose, code and numbers, a quarter of a megabyte, the same each time.
std::string probe_text() {
    constexpr std::string_view pieces[] = {
        "The committee met on 12 March 2024 to discuss the report. ", "    return value_of(first, second) + 17;\n",
        "api_version = \"1.4.2\"  # see https://example.org/docs/a-b_c\n", "会议纪要：项目进度与预算安排。\n",
        "if (token != nullptr && size < 0x7fff) { counter++; }\n", "key: value, id=6f1e9b0c-22aa, name='Müller'\n"};
    std::string text;
    std::uint32_t state = 1;
    while (text.size() < 256 * 1024) {
        state = state * 1664525 + 1013904223;
        text += pieces[(state >> 16) % std::size(pieces)];
    }
    return text;
}

int pass_over(unsigned, unsigned long long, unsigned long long, unsigned, void*) { return 0; }

double thread_seconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

}  // namespace

double solo_cost(std::string_view pattern) {
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    if (hs_compile(nominating_expression(pattern).c_str(), 0, HS_MODE_BLOCK, nullptr, &database, &error) != HS_SUCCESS) {
        hs_free_compile_error(error);
        return 0;
    }
    hs_scratch_t* scratch = nullptr;
    double best = 0;
    if (hs_alloc_scratch(database, &scratch) == HS_SUCCESS) {
        std::string const text = probe_text();
        for (int run = 0; run < 3; ++run) {
            double const start = thread_seconds();
            hs_scan(database, text.data(), static_cast<unsigned>(text.size()), 0, scratch, pass_over, nullptr);
            double const cost = (thread_seconds() - start) * 1e9 / static_cast<double>(text.size());
            best = run == 0 ? cost : std::min(best, cost);
        }
        hs_free_scratch(scratch);
    }
    hs_free_database(database);
    return best;
}

}  // namespace keepmum
