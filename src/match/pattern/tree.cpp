// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/pattern/tree.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "match/pattern/parts.h"
#include "match/regex.h"

namespace keepmum {

namespace {

using What = PatternNode::What;

class PatternReader {
  public:
    explicit PatternReader(std::string_view pattern) : pattern_(pattern) {}

    std::optional<PatternTree> read() {
        tree_.root = take_ways();
        if (failed_ || at_ < pattern_.size()) return std::nullopt;
        return std::move(tree_);
    }

  private:
    std::string_view rest() const { return pattern_.substr(at_); }

    std::uint32_t put(PatternNode node) {
        tree_.nodes.push_back(std::move(node));
        return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
    }

    std::uint32_t fail() {
        failed_ = true;
        at_ = pattern_.size();
        return put({});
    }

    std::uint32_t take_ways() {
        std::string const flags = flags_;  // hold to the end of the group
        PatternNode ways{.what = What::ways};
        ways.parts.push_back(take_row());
        while (rest().starts_with('|')) {
            ++at_;
            ways.parts.push_back(take_row());
        }
        flags_ = flags;
        return ways.parts.size() == 1 ? ways.parts[0] : put(std::move(ways));
    }

    std::uint32_t take_row() {
        PatternNode row{.what = What::row};
        while (at_ < pattern_.size() && rest()[0] != '|' && rest()[0] != ')') {
            if (std::size_t const length = flags_length(rest())) {
                set_flags(rest().substr(2, length - 3));
                at_ += length;
                continue;
            }
            row.parts.push_back(take_repeated());
        }
        return put(std::move(row));
    }

    std::uint32_t take_repeated() {
        std::uint32_t part = take_one();
        while (std::size_t const length = repetition_length(rest())) {
            std::string_view const how = rest().substr(0, length);
            PatternNode all{.what = What::repetition, .prefers_few = length > 1 && how.back() == '?'};
            all.least = how[0] == '+' ? 1 : 0;
            all.most = how[0] == '?' ? 1 : Regex::npos;
            if (how[0] == '{' && !read_bounds(how, all)) return fail();
            all.parts.push_back(part);
            part = put(std::move(all));
            at_ += length;
        }
        return part;
    }

    static bool read_bounds(std::string_view how, PatternNode& all) {
        constexpr std::size_t most_digits = 6;
        std::uint64_t* bound = &all.least;
        std::size_t digits = 0;
        for (char c : how.substr(1, how.find('}') - 1)) {
            if (c == ',') {
                bound = &all.most;
                digits = 0;
                continue;
            }
            if (++digits > most_digits) return false;
            *bound = (digits == 1 ? 0 : *bound * 10) + static_cast<std::uint64_t>(c - '0');
        }
        if (bound == &all.least) all.most = all.least;
        return all.least <= all.most;
    }

    std::uint32_t take_one() {
        if (rest()[0] == '(') return take_group();
        if (rest()[0] == '^' || rest()[0] == '$') return take_place(rest()[0], 1);
        if (std::size_t const set = set_length(rest())) return take_byte(set);
        if (rest()[0] == '[') return fail();
        if (rest()[0] != '\\') return take_byte(1);
        if (rest().size() < 2) return fail();
        char const escaped = rest()[1];
        if (std::string_view("bBAz").find(escaped) != std::string_view::npos) return take_place(escaped, 2);
        if (!is_alnum(escaped) || std::string_view("afnrtv").find(escaped) != std::string_view::npos) return take_byte(2);
        bool const hex = escaped == 'x' && rest().size() >= 4 &&
                         rest().substr(2, 2).find_first_not_of("0123456789abcdefABCDEF") == rest().npos;
        return hex ? take_byte(4) : fail();
    }

    std::uint32_t take_byte(std::size_t length) {
        PatternNode byte{.text = rest().substr(0, length)};
        for (char c : flags_) {
            if (c != 'm') byte.flags += c;
        }
        at_ += length;
        return put(std::move(byte));
    }

    std::uint32_t take_place(char sign, std::size_t length) {
        bool const of_lines = flags_.find('m') != flags_.npos;
        if (sign == '^' && !of_lines) sign = 'A';
        if (sign == '$' && !of_lines) sign = 'z';
        at_ += length;
        return put({.what = What::place, .place = sign});
    }

    std::uint32_t take_group() {
        std::string const flags = flags_;
        bool captures = true;
        if (rest().starts_with("(?")) {
            captures = rest().starts_with("(?P<") || rest().starts_with("(?<");
            std::size_t const end = captures ? rest().find('>') : rest().find_first_not_of("imsU-", 2);
            if (end == rest().npos || (!captures && rest()[end] != ':')) return fail();
            if (!captures) set_flags(rest().substr(2, end - 2));
            at_ += end + 1;
        } else {
            ++at_;
        }
        PatternNode group{.what = What::group, .group = captures ? ++groups_ : 0};
        std::uint32_t const ways = take_ways();
        flags_ = flags;
        if (!rest().starts_with(')')) return fail();
        ++at_;
        if (!captures) return ways;
        group.parts.push_back(ways);
        return put(std::move(group));
    }

    void set_flags(std::string_view given) {
        bool on = true;
        for (char c : given) {
            if (c == '-') on = false;
            tree_.turns_preference = tree_.turns_preference || c == 'U';
            if (c == '-' || c == 'U') continue;
            std::erase(flags_, c);
            if (on) flags_ += c;
        }
    }

    std::string_view pattern_;
    std::size_t at_ = 0;
    std::string flags_;
    int groups_ = 0;
    bool failed_ = false;
    PatternTree tree_;
};

}  // namespace

std::optional<PatternTree> read_pattern(std::string_view pattern) { return PatternReader(pattern).read(); }

}  // namespace keepmum
