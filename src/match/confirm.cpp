// Windows around candidates. An occurrence that ends within a candidate starts at most `width`
// bytes before it, and one that starts there ends at most `width` bytes after it; windows that
// touch are searched as one. So the leftmost-first search of a window can neither miss an
// occurrence nor see a start or an end that the search of the whole text would not have seen. Where
// there is no bound in bytes there may be one in lines ([a-z]{9,} stays in its own); else the whole
// text is the window.
//
// What makes an expression slow is not its text but the states that RE2 has to make for it: one for each way of counting
// that is open at once. [\w.-]{0,50}? before a word counts from every letter on, and [^\s]{16,256} to 256. So what an
// expression may begin with is read backwards from where the rest was found, and the rest is looked for with its long
// counts open, then at that place alone as it stands. Neither changes what is found: the further right the rest begins,
// the further right the whole does, and what is counted occurs nowhere where it does not occur uncounted.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/confirm.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <optional>
#include <string>

#include "match/expression.h"
#include "match/pattern/parts.h"

namespace keepmum {

namespace {

// What searches for an expression have taken, in nanoseconds. A look at the clock costs less than one at the processor time of a
// thread, but counts also what others were doing meanwhile, which on a busy machine is most: it tells suspects, and what is
// counted of these from then on is their own.
class Taken final {
  public:
    bool is_more_than(std::int64_t much) const { return nanoseconds_.load(std::memory_order_relaxed) > much; }

    // Counts from its begin to its end.
    class Counting final {
      public:
        explicit Counting(Taken& taken) : taken_(taken), is_suspect_(taken.is_more_than(suspicious - 1)), start_(now()) {}
        ~Counting() {
            std::int64_t const spent = now() - start_, sum = taken_.nanoseconds_.fetch_add(spent, std::memory_order_relaxed) + spent;
            if (!is_suspect_ && sum > suspicious) taken_.nanoseconds_.store(suspicious, std::memory_order_relaxed);
        }
        Counting(Counting const&) = delete;
        Counting& operator=(Counting const&) = delete;

      private:
        std::int64_t now() const {
            timespec time{};
            clock_gettime(is_suspect_ ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);
            return time.tv_sec * std::int64_t{1'000'000'000} + time.tv_nsec;
        }

        Taken& taken_;
        bool const is_suspect_;
        std::int64_t const start_;
    };

  private:
    static constexpr std::int64_t suspicious = 2'000'000;
    std::atomic<std::int64_t> nanoseconds_ = 0;
};

}  // namespace

struct Confirmer::Inside {
    std::string pattern, rest;
    std::once_flag once;
    std::optional<Regex> wider;  // what is left of the expression behind what it may begin with, its long counts open; where it has any
    std::optional<Regex> known_body;
    std::once_flag body_once;
    std::array<bool, 256> may_begin{};
    std::uint64_t most_before = 0;
    std::uint64_t width = 0, line_feeds = 0;

    // What the search has taken so far. Where that is little, which it nearly always is, beginnings would cost more to make
    // than they save. It decides how something is found, never what.
    Taken taken;
    static constexpr std::int64_t much = 10'000'000;  // nanoseconds
    static constexpr std::uint64_t large = 1 << 15;  // bytes: a window that may by itself take that long
    std::once_flag beginnings_once;
    std::optional<Beginnings> beginnings;

    static Regex compile(std::string_view expression) {
        auto compiled = Regex::compile(expression);
        if (!compiled) {
            std::fprintf(stderr, "keepmum: a rule's expression was not checked: %s\n", compiled.error().what.c_str());
            std::abort();
        }
        return std::move(*compiled);
    }

    void compile() {
        rest = pattern;
        if (std::optional<LazyStart> start = lazy_start(pattern)) {
            rest = std::move(start->rest);
            most_before = start->most;
            Regex const set = compile(start->set);
            for (int c = 0; c < 256; ++c) {
                char const one = static_cast<char>(c);
                may_begin[static_cast<std::size_t>(c)] = set.occurs({&one, 1});
            }
        }
        std::string const wide = widened_expression(rest);
        (wide != rest ? wider : known_body).emplace(compile(wide));
        width = occurrence_width(pattern);
        if (width != Regex::npos) return;
        constexpr std::uint64_t most = 32;
        line_feeds = occurrence_line_feeds(pattern);
        if (line_feeds > most) line_feeds = Regex::npos;
    }

    // What is left of the expression behind what it may begin with. Where it counts far it takes a millisecond to compile, and where
    // nothing wider occurs it is not needed.
    Regex const& body() {
        std::call_once(body_once, [this] {
            if (!known_body) known_body.emplace(compile(rest));
        });
        return *known_body;
    }
    Regex const& quickest() const { return wider ? *wider : *known_body; }

    // Whether more was read in vain than a few times the text.
    static bool is_wasteful(Walk const& walk) {
        constexpr std::uint64_t at_least = 1 << 16, times = 16;
        return walk.read > at_least + times * walk.gained;
    }

    // Where `body` is found leftmost.
    bool find_body(std::string_view text, Span within, Span& found, Walk& walk) {
        std::span<Span> const one(&found, 1);
        walk.beginnings.groups.clear();
        if (is_wasteful(walk)) return body().find(text, within.begin, within.end, one);
        if ((wider && within.size() > large) || taken.is_more_than(much)) {
            std::call_once(beginnings_once, [this] { beginnings = Beginnings::make(rest); });
            if (beginnings) return find_at_beginnings(text, within, found, walk);
        }
        Taken::Counting const counting(taken);
        return wider ? find_by_wider(text, within, found, walk) : body().find(text, within.begin, within.end, one);
    }

    bool find_by_wider(std::string_view text, Span within, Span& found, Walk& walk) {
        std::span<Span> const one(&found, 1);
        if (!wider->find(text, within.begin, within.end, one)) return false;
        std::uint64_t const start = found.begin;
        walk.read += found.end - within.begin;
        bool occurs = body().find(text, start, within.end, one, Regex::Anchor::start);
        if (!occurs) {
            walk.read += within.end - start;
            occurs = body().find(text, start, within.end, one);
        }
        walk.gained += (occurs ? found.end : within.end) - within.begin;
        return occurs;
    }

    bool find_at(std::string_view text, std::uint64_t start, std::uint64_t end, Span& found, Walk& walk) {
        beginnings->trace(text, start, quickest().group_count(), walk.beginnings);
        if (walk.beginnings.groups.empty()) return body().find(text, start, end, {&found, 1}, Regex::Anchor::start);
        found = walk.beginnings.groups[0];
        return true;
    }

    bool find_at_beginnings(std::string_view text, Span within, Span& found, Walk& walk) {
        std::span<Span> const one(&found, 1);
        while (!is_wasteful(walk)) {
            std::uint64_t const start = beginnings->find(text, within, walk.beginnings);
            walk.gained += start - within.begin;
            if (start == within.end) return false;
            std::uint64_t const end = start + std::min(width, within.end - start);
            auto const one = beginnings->reach(text, start, end, Beginnings::Know::of_one);
            walk.read += one.end - start;
            if (one.occurs && find_at(text, start, within.end, found, walk)) {
                walk.gained += found.size();
                return true;
            }
            if (one.occurs) walk.read += beginnings->reach(text, start, end, Beginnings::Know::of_each).end - start;
            within.begin = start + 1;
        }
        return body().find(text, within.begin, within.end, one);
    }
};

Confirmer::Confirmer(std::string_view pattern) : inside_(new Inside) { inside_->pattern = pattern; }
Confirmer::Confirmer(Confirmer&&) noexcept = default;
Confirmer& Confirmer::operator=(Confirmer&&) noexcept = default;
Confirmer::~Confirmer() = default;

Result<void> Confirmer::check(std::string_view pattern) {
    (void)TRY(Regex::compile(pattern));
    return {};
}

Confirmer::Inside& Confirmer::compiled() const {
    std::call_once(inside_->once, [this] { inside_->compile(); });
    return *inside_;
}

int Confirmer::group_count() const { return compiled().quickest().group_count(); }
std::uint64_t Confirmer::width() const { return compiled().width; }
std::uint64_t Confirmer::line_feeds() const { return compiled().line_feeds; }

std::optional<Confirmer::Found> Confirmer::find(std::string_view text, Span within, Walk& walk) const {
    Inside& inside = compiled();
    Span body;
    if (!inside.find_body(text, within, body, walk)) return std::nullopt;
    std::uint64_t begin = body.begin;
    for (std::uint64_t left = inside.most_before; left > 0 && begin > within.begin; --left, --begin) {
        if (!inside.may_begin[static_cast<unsigned char>(text[begin - 1])]) break;
    }
    return Found{{begin, body.end}, body.begin};
}

void Confirmer::find_groups(std::string_view text, Found const& found, Walk const& walk, std::span<Span> groups) const {
    Inside& inside = compiled();
    if (std::vector<Span> const& traced = walk.beginnings.groups; groups.size() <= traced.size()) {
        std::copy_n(traced.begin(), groups.size(), groups.begin());
        groups[0] = found.whole;
        return;
    }
    Taken::Counting const counting(inside.taken);
    if (!inside.body().find(text, found.body, found.whole.end, groups, Regex::Anchor::start)) {
        std::fill(groups.begin() + 1, groups.end(), Span{Regex::npos, Regex::npos});
    }
    groups[0] = found.whole;
}

Occurrences::Occurrences(Confirmer const& confirmer, Reading const& reading, std::uint16_t trigger)
    : confirmer_(confirmer), text_(reading.text), candidates_(reading.candidates), trigger_(trigger) {}

// Where the line begins that is as many lines before that of `at` as an occurrence can have line feeds,
// or the end of the window before: what lies before that is searched already.
std::uint64_t Occurrences::lines_before(std::uint64_t at) const {
    for (std::uint64_t left = confirmer_.line_feeds() + 1; at > window_.end; --at) {
        if (text_[at - 1] == '\n' && --left == 0) break;
    }
    return at;
}

// The line feed that no occurrence can reach that begins at or before `at`, or the text's end.
std::uint64_t Occurrences::lines_after(std::uint64_t at) {
    if (at >= asked_ && at <= first_feed_) return lines_end_;
    auto const feed_after = [&](std::uint64_t from) -> std::uint64_t { return std::min(text_.find('\n', from), text_.size()); };
    asked_ = at;
    first_feed_ = lines_end_ = feed_after(at);
    for (std::uint64_t left = confirmer_.line_feeds(); left > 0 && lines_end_ < text_.size(); --left) {
        lines_end_ = feed_after(lines_end_ + 1);
    }
    return lines_end_;
}

Span Occurrences::window_around(Candidate const& candidate) {
    std::uint64_t const width = confirmer_.width();
    if (width == Regex::npos && confirmer_.line_feeds() != Regex::npos) {
        return {lines_before(candidate.begin), lines_after(candidate.end)};
    }
    std::uint64_t const begin = candidate.begin > width ? candidate.begin - width : 0;
    std::uint64_t const room = text_.size() - candidate.end;
    return {begin, room > width ? candidate.end + width : text_.size()};
}

bool Occurrences::open_window() {
    bool opened = false;
    for (; !candidates_.empty(); candidates_ = candidates_.subspan(1)) {
        Candidate const& candidate = candidates_.front();
        if (candidate.trigger != trigger_) continue;
        auto const [begin, end] = window_around(candidate);
        if (!opened) {
            window_ = {std::max(begin, window_.end), std::max(end, window_.end)};
            opened = true;
        } else if (begin <= window_.end) {
            window_.end = std::max(window_.end, end);
        } else {
            break;
        }
    }
    return opened;
}

std::vector<Span> Occurrences::rest() {
    std::vector<Span> windows;
    do {
        if (window_.begin < window_.end) windows.push_back(window_);
        window_.begin = window_.end;
    } while (open_window());
    return windows;
}

// Fills in what lies behind groups[0]. To find where an expression occurs is quick, to find its groups takes ten times
// as long; the same bytes between the same neighbours have the same groups, and what occurs thousands of times
// mostly repeats itself.
void Occurrences::find_groups(std::uint64_t body, std::span<Span> groups) {
    Span const whole = groups[0], here{body, whole.end};
    if (!walk_.beginnings.groups.empty()) return confirmer_.find_groups(text_, {whole, body}, walk_, groups);
    bool const inside = here.begin > 0 && here.end < text_.size();
    auto const with_neighbours = [&](Span span) { return text_.substr(span.begin - 1, span.size() + 2); };
    if (inside && last_.size() == groups.size() && last_[0].size() == here.size() && with_neighbours(last_[0]) == with_neighbours(here)) {
        for (std::size_t i = 1; i < groups.size(); ++i) {
            bool const took_part = last_[i].begin != Regex::npos;
            std::uint64_t const moved = took_part ? here.begin - last_[0].begin : 0;
            groups[i] = {last_[i].begin + moved, last_[i].end + moved};
        }
        return;
    }
    confirmer_.find_groups(text_, {whole, body}, walk_, groups);
    if (!inside) return;
    last_.assign(groups.begin(), groups.end());
    last_[0] = here;
}

bool Occurrences::next(std::span<Span> groups) {
    while (true) {
        if (window_.begin >= window_.end && !open_window()) return false;
        std::optional<Confirmer::Found> const found = confirmer_.find(text_, window_, walk_);
        if (!found) {
            window_.begin = window_.end;
            continue;
        }
        groups[0] = found->whole;
        window_.begin = found->whole.end;
        if (found->whole.size() > 0) {
            if (groups.size() > 1) find_groups(found->body, groups);
            return true;
        }
        ++window_.begin;
    }
}

}  // namespace keepmum
