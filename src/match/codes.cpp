// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/codes.h"

#include <algorithm>

#include "match/digits.h"

namespace keepmum {
namespace {

// `parting`: any byte of what may part two groups.
enum : std::uint8_t { digit = 1, upper = 2, lower = 4, alnum = 7, parting = 8 };

constexpr auto classes = [] {
    std::array<std::uint8_t, 256> table{};
    for (int c = '0'; c <= '9'; ++c) table[c] = digit;
    for (int c = 'A'; c <= 'Z'; ++c) table[c] = upper;
    for (int c = 'a'; c <= 'z'; ++c) table[c] = lower;
    for (unsigned char c : {' ', '\t', '-', '.', '/', '_', '\n', '\r'}) table[c] = parting;
    for (int c : {0xC2, 0xB7, 0xE2, 0x80, 0x88, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95}) table[c] = parting;
    return table;
}();

std::uint8_t class_of(char c) { return classes[static_cast<unsigned char>(c)]; }

constexpr std::size_t most_groups = 9;
constexpr std::size_t most_singles = 40;
constexpr std::size_t most_on_line = 24;
constexpr std::size_t most_letters = 4;
constexpr std::size_t longest_group = 255;

// Kinds of gap. `none`: the groups do not join.
enum Gap : std::uint8_t { none, space, tab, hyphen, dot, slash, underscore, middle_dot, dash, mixed, line_break };

struct Separator {
    Gap kind = none;
    std::uint8_t size = 0;
};

Separator separator_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return {};
    switch (text[at]) {
        case ' ': return {space, 1};
        case '\t': return {tab, 1};
        case '-': return {hyphen, 1};
        case '.': return {dot, 1};
        case '/': return {slash, 1};
        case '_': return {underscore, 1};
        case '\n': return {line_break, 1};
        case '\r': return text.substr(at, 2) == "\r\n" ? Separator{line_break, 2} : Separator{};
        case '\xC2': return text.substr(at, 2) == "\xC2\xB7" ? Separator{middle_dot, 2} : Separator{};
        case '\xE2': {
            std::string_view const three = text.substr(at, 3);
            bool const is_dash = three.size() == 3 && ((three[1] == '\x80' && three[2] >= '\x90' && three[2] <= '\x95') ||
                                                       (three[1] == '\x88' && three[2] == '\x92'));
            return is_dash ? Separator{dash, 3} : Separator{};
        }
        default: return {};
    }
}

struct Joint {
    Gap kind = none;
    std::size_t next = 0;  // where the next group begins
};

// The gap that begins at `at`, just after a group.
Joint joint_at(std::string_view text, std::size_t at) {
    Separator const first = separator_at(text, at);
    if (first.kind == none) return {};
    at += first.size;
    Gap kind = first.kind;
    if (at < text.size() && !(class_of(text[at]) & alnum)) {
        Separator const second = separator_at(text, at);
        if (second.kind == none || first.kind == line_break) return {};
        at += second.size;
        if (second.kind != kind) kind = second.kind == line_break ? line_break : mixed;
    }
    if (at >= text.size() || !(class_of(text[at]) & alnum)) return {};
    return {kind, at};
}

// Where the group before the gap that ends at `at` ends, or npos where no gap ends there.
std::size_t joint_before(std::string_view text, std::size_t at, std::size_t low) {
    // The longest gap is two separators of three bytes.
    for (std::size_t size = 1; size <= 6 && at >= low + size + 1; ++size) {
        if (!(class_of(text[at - size - 1]) & alnum)) continue;
        return joint_at(text, at - size).next == at ? at - size : std::string_view::npos;
    }
    return std::string_view::npos;
}

constexpr std::uint32_t not_copied = ~0u;

// Without values of its own: a row has room for hundreds, of which most texts need a few.
struct Group {
    std::size_t begin, end;
    std::uint32_t compact;  // offset of its first character in CodeWindows::compacts
    std::uint32_t digits;
    Gap gap;                // to the next group
    bool capitals;          // no lower-case letter
    bool crowded;           // too many groups on its line
    std::size_t size() const { return end - begin; }
    bool letters_only() const { return digits == 0; }
};

Group group_at(std::string_view text, std::size_t begin) {
    Group group{begin, begin, not_copied, 0, none, true, false};
    for (; group.end < text.size(); ++group.end) {
        std::uint8_t const c = class_of(text[group.end]);
        if (!(c & alnum)) break;
        group.digits += c & digit;
        group.capitals &= !(c & lower);
    }
    return group;
}

// A group of letters alone that may stand in a row at all.
bool may_stand(Group const& group) {
    return !group.letters_only() || group.size() <= most_letters;
}

bool is_single(Group const& group) { return group.size() == 1 && group.capitals; }

// Two neighbours that may not both be in one row.
bool clash(Group const& left, Group const& right) {
    return left.letters_only() && right.letters_only() && !(is_single(left) && is_single(right));
}

// The gaps in a window, for the rules in codes.h.
class Gaps {
  public:
    // False where no longer window can be plausible either.
    bool add(Gap gap) {
        ++count_;
        if (gap == line_break) {
            ++breaks_;
        } else if (first_ == none || gap == first_) {
            first_ = gap;
            ++of_first_;
        } else if (second_ == none || gap == second_) {
            second_ = gap;
            ++of_second_;
        } else {
            ++of_others_;
        }
        if (breaks_ > 0) return breaks_ == 1 && of_second_ == 0 && of_others_ == 0;
        return count_ < 4 || one_kind_but_one();
    }
    bool plausible() const { return breaks_ == 0 || of_first_ > 0; }

  private:
    bool one_kind_but_one() const { return of_others_ == 0 && (of_first_ <= 1 || of_second_ <= 1); }
    Gap first_ = none, second_ = none;
    std::size_t count_ = 0, breaks_ = 0, of_first_ = 0, of_second_ = 0, of_others_ = 0;
};

}  // namespace

// A row of joined groups being read, and the windows in it.
class CodeRow {
  public:
    CodeRow(CodeScanner const& scanner, std::string_view text, CodeWindows& out)
        : table_(scanner.table_), text_(text), out_(out) {}

    // Reads the row around the group that holds the digit at `at`; groups before `low` belong to an
    // earlier row. Returns the end of the last group with a digit.
    std::size_t read(std::size_t low, std::size_t at) {
        Group first = group_at(text_, group_start(low, at));
        Joint joint = may_join_next(first) ? joint_at(text_, first.end) : Joint{};
        std::size_t const before =
            may_join_before(first, low) ? joint_before(text_, first.begin, low) : std::string_view::npos;
        bool const joins_before = before != std::string_view::npos && !(class_of(text_[before - 1]) & lower);
        if (!joins_before && !goes_on(joint)) {
            if (fits_alone(first)) emit_alone(first);
            return first.end;
        }
        count_ = digits_ = 0;
        start_line();
        after_single_ = false;
        if (before != std::string_view::npos) read_leftwards(first, low);
        append(first);
        std::size_t last_digits = first.end;
        while (joint.kind != none) {
            Group next = group_at(text_, joint.next);
            if (!may_stand(next) || clash(groups_[count_ - 1], next)) break;
            groups_[count_ - 1].gap = joint.kind;
            if (joint.kind == line_break) start_line();
            if (count_ == capacity) enumerate(keep_back);
            append(next);
            if (!next.letters_only()) last_digits = next.end;
            joint = joint_at(text_, next.end);
        }
        enumerate(0);
        return last_digits;
    }

  private:
    static constexpr std::size_t capacity = 256;
    static constexpr std::size_t keep_back = most_singles + 1;

    std::size_t group_start(std::size_t low, std::size_t at) const {
        while (at > low && (class_of(text_[at - 1]) & alnum)) --at;
        return at;
    }

    // Quick looks at two bytes; most numbers in most texts stand alone.
    bool may_join_next(Group const& group) const {
        return text_.size() - group.end >= 2 && (class_of(text_[group.end]) & parting) && class_of(text_[group.end + 1]);
    }
    bool may_join_before(Group const& group, std::size_t low) const {
        return group.begin - low >= 2 && (class_of(text_[group.begin - 1]) & parting) && class_of(text_[group.begin - 2]);
    }

    // Whether a window can go on over the gap: not where a word of prose follows, which ends none and of which two
    // join nothing.
    bool goes_on(Joint joint) const {
        if (joint.kind == none) return false;
        if (class_of(text_[joint.next]) & lower) return goes_on_over_word(joint.next);
        Group const next = group_at(text_, joint.next);
        if (!next.letters_only() || next.capitals) return true;
        if (!may_stand(next)) return false;
        Joint const beyond = joint_at(text_, next.end);
        return beyond.kind != none && !group_at(text_, beyond.next).letters_only();
    }

    // The same where the next group, at `at`, begins in lower case: nothing but the kinds of its characters matters.
    bool goes_on_over_word(std::size_t at) const {
        std::size_t end = at;
        while (end < text_.size() && (class_of(text_[end]) & (upper | lower))) ++end;
        if (end < text_.size() && (class_of(text_[end]) & digit)) return true;
        if (end - at > most_letters) return false;
        std::size_t beyond = joint_at(text_, end).next;
        if (beyond == 0) return false;
        while (beyond < text_.size() && (class_of(text_[beyond]) & (upper | lower))) ++beyond;
        return beyond < text_.size() && (class_of(text_[beyond]) & digit);
    }

    bool fits_alone(Group const& group) const {
        return group.digits >= table_.fewest_digits() && group.size() >= table_.shortest() && group.size() <= table_.longest();
    }

    char before(Group const& group) const { return group.begin > 0 ? text_[group.begin - 1] : '\0'; }

    void emit_alone(Group& group) {
        char const second = text_[group.begin + (group.size() > 1)];
        std::uint64_t const triggers = table_.triggers_for(
            {group.size(), group.digits, text_[group.begin], second, text_[group.end - 1], before(group), 0});
        if (!triggers) return;
        copy_compact(group);
        push(group, group, group.size(), triggers);
    }

    // Groups of letters alone that stand before the row's first digits, nearest first, then turned.
    void read_leftwards(Group const& first, std::size_t low) {
        Group right = first;
        while (count_ < most_singles) {
            std::size_t const end = joint_before(text_, right.begin, low);
            if (end == std::string_view::npos) break;
            std::size_t begin = end;
            while (begin > low && end - begin <= most_letters && (class_of(text_[begin - 1]) & alnum)) --begin;
            Group left = group_at(text_, begin);
            if (end - begin > most_letters || !left.capitals || !left.letters_only() || clash(left, right)) break;
            left.gap = joint_at(text_, end).kind;
            groups_[count_++] = left;
            ++of_line_;
            right = left;
        }
        std::reverse(groups_.begin(), groups_.begin() + static_cast<std::ptrdiff_t>(count_));
    }

    void append(Group const& group) {
        groups_[count_++] = group;
        digits_ += group.digits;
        ++of_line_;
        with_digits_ += !group.letters_only();
        if (with_digits_ <= most_on_line) return;
        for (std::size_t back = std::min(of_line_, count_); back > 0 && !groups_[count_ - back].crowded; --back) {
            groups_[count_ - back].crowded = true;
        }
        of_line_ = 0;  // those before are marked
    }

    void start_line() { of_line_ = with_digits_ = 0; }

    void copy_compact(Group& group) {
        if (group.compact != not_copied) return;
        group.compact = static_cast<std::uint32_t>(out_.compacts.size());
        if (group.size() > longest_group) return;  // no window can hold it
        out_.compacts.resize(group.compact + group.size());
        char* to = out_.compacts.data() + group.compact;
        for (std::size_t at = group.begin; at < group.end; ++at) {
            char const c = text_[at];
            *to++ = static_cast<char>(class_of(c) & lower ? c - 32 : c);
        }
    }

    void push(Group const& first, Group const& last, std::size_t length, std::uint64_t triggers) {
        out_.windows.push_back({static_cast<std::uint32_t>(first.begin), static_cast<std::uint32_t>(last.end),
                                first.compact, static_cast<std::uint8_t>(length), triggers});
    }

    // Puts out the windows that start at all groups but the last `keep`, which move to the front.
    void enumerate(std::size_t keep) {
        std::size_t const starts = count_ - keep;
        if (keep == 0 && digits_ < table_.fewest_digits()) return;
        is_copied_ = false;
        singles_end_ = 0;
        for (std::size_t i = 0; i < starts; ++i) {
            Group const& first = groups_[i];
            bool const run_start = !after_single_;
            after_single_ = is_single(first);
            if (i >= singles_end_) {
                singles_end_ = i;
                while (singles_end_ < count_ && is_single(groups_[singles_end_])) ++singles_end_;
            }
            if (!first.letters_only() || first.capitals) start_at(i, run_start);
        }
        std::copy(groups_.begin() + static_cast<std::ptrdiff_t>(starts),
                  groups_.begin() + static_cast<std::ptrdiff_t>(count_), groups_.begin());
        count_ = keep;
    }

    // The windows that start at group `i`. `run_start`: no single character stands before it.
    void start_at(std::size_t i, bool run_start) {
        Group const& first = groups_[i];
        std::size_t most = run_start ? most_singles : most_groups;
        if (first.crowded && !run_start) most = 1;
        char const second = first.size() > 1 ? text_[first.begin + 1] : i + 1 < count_ ? text_[groups_[i + 1].begin] : '0';
        CodeTable::Window window{0, 0, text_[first.begin], second, '\0', before(first), 0};
        auto const lengths = table_.lengths_from(window.first, second, first.size(), window.before);
        if (!(lengths.of_digits | lengths.of_any) && first.size() < table_.shortest()) return;
        // Within a run of singles only the whole run counts.
        if (!run_start && i + most_groups <= singles_end_ && table_.shortest() > 1) return;
        bool singles = true;
        std::uint64_t sizes = 0;
        Gaps gaps;
        for (std::size_t j = i; j < count_ && j - i < most; ++j) {
            Group const& last = groups_[j];
            singles &= is_single(last);
            if (!singles) most = first.crowded || last.crowded ? 1 : most_groups;
            if (j - i >= most) break;
            window.length += last.size();
            if (window.length > table_.longest()) break;
            window.digits += last.digits;
            sizes = CodeTable::add_size(sizes, last.size());
            if (j > i && !gaps.add(groups_[j - 1].gap)) break;
            std::uint64_t const bit = CodeTable::Lengths::bit(window.length);
            std::uint64_t const of_digits = window.digits + 1 >= window.length ? lengths.of_digits : 0;
            bool const whole_run = run_start && (j + 1 == count_ || !is_single(groups_[j + 1]));
            bool const plausible = j == i || (gaps.plausible() && (!singles || whole_run));
            if (plausible && (j == i || ((of_digits | lengths.of_any) & bit)) && (!last.letters_only() || last.capitals)) {
                window.last = text_[last.end - 1];
                window.sizes = j == i ? 0 : sizes;
                if (std::uint64_t const triggers = table_.triggers_for(window)) {
                    if (!is_copied_) copy_all();
                    push(first, last, window.length, triggers);
                }
            }
            std::uint64_t const left = (window.digits == window.length ? lengths.of_digits : 0) | lengths.of_any;
            if (left < bit << 1) break;  // nothing longer is wanted
        }
    }

    void copy_all() {
        for (std::size_t i = 0; i < count_; ++i) copy_compact(groups_[i]);
        is_copied_ = true;
    }

    CodeTable const& table_;
    std::string_view text_;
    CodeWindows& out_;
    std::array<Group, capacity> groups_;
    std::size_t count_ = 0;
    std::size_t digits_ = 0;       // in the whole row
    std::size_t of_line_ = 0;      // groups at the end of groups_ that stand on the last line, not yet crowded
    std::size_t with_digits_ = 0;  // groups with digits on that line
    std::size_t singles_end_ = 0;  // of the run of single characters that enumerate() is in or has left
    bool is_copied_ = false;     // whether the characters of all groups are in out_
    bool after_single_ = false;  // whether the group before groups_[0] is a single character
};

std::size_t CodeScanner::scan(std::string_view text, std::size_t from, std::size_t to, std::size_t most,
                              CodeWindows& out) const {
    CodeRow row(*this, text, out);
    DigitFinder digits(text);
    std::size_t low = from;
    while (true) {
        std::size_t const at = digits.next(low);
        if (at >= text.size()) return text.size();
        if (at >= to) return low;
        std::size_t beyond = digits.skip_alone(low, at, table_.fewest_digits(), table_.shortest());
        if (beyond == at) beyond = digits.skip_poor_run(at, table_.fewest_digits());
        low = beyond > at ? beyond : row.read(low, at);
        if (low >= to || out.windows.size() >= most) return low;
    }
}

}  // namespace keepmum
