// Windows around candidates. An occurrence that ends within a candidate starts at most `width`
// bytes before it, and one that starts there ends at most `width` bytes after it; windows that
// touch are searched as one. So the leftmost-first search of a window can neither miss an
// occurrence nor see a start or an end that the search of the whole text would not have seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/confirm.h"

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <string>

#include "match/expression.h"

namespace keepmum {

struct Confirmer::Inside {
    std::string pattern;
    std::once_flag once;
    std::optional<Regex> regex;
    std::uint64_t width = 0;

    void compile() {
        auto compiled = Regex::compile(pattern);
        if (!compiled) {
            std::fprintf(stderr, "keepmum: a rule's expression was not checked: %s\n", compiled.error().what.c_str());
            std::abort();
        }
        regex.emplace(std::move(*compiled));
        width = occurrence_width(pattern);
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

Regex const& Confirmer::regex() const {
    std::call_once(inside_->once, [this] { inside_->compile(); });
    return *inside_->regex;
}

std::uint64_t Confirmer::width() const {
    (void)regex();
    return inside_->width;
}

Occurrences::Occurrences(Confirmer const& confirmer, Reading const& reading, std::uint16_t trigger)
    : confirmer_(confirmer), text_(reading.text), candidates_(reading.candidates), trigger_(trigger) {}

bool Occurrences::open_window() {
    std::uint64_t const width = confirmer_.width();
    bool opened = false;
    for (; !candidates_.empty(); candidates_ = candidates_.subspan(1)) {
        Candidate const& candidate = candidates_.front();
        if (candidate.trigger != trigger_) continue;
        std::uint64_t const begin = candidate.begin > width ? candidate.begin - width : 0;
        std::uint64_t const room = text_.size() - candidate.end;
        std::uint64_t const end = room > width ? candidate.end + width : text_.size();
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

bool Occurrences::next(std::span<Span> groups) {
    while (true) {
        if (window_.begin >= window_.end && !open_window()) return false;
        if (!confirmer_.regex().find(text_, window_.begin, window_.end, groups)) {
            window_.begin = window_.end;
            continue;
        }
        window_.begin = groups[0].end;
        if (groups[0].size() > 0) return true;
        ++window_.begin;
    }
}

}  // namespace keepmum
