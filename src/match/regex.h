// Regular expressions as RE2 reads them, over bytes: linear time, bounded memory, nothing thrown.
// Letters above 0x7F are single bytes ("Latin-1"): . is any byte but a line feed, \w and (?i) know ASCII.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/offset_map.h"
#include "base/result.h"

namespace keepmum {

// Immutable; one object serves all threads.
class Regex {
  public:
    enum class Anchor : std::uint8_t { none, start, both };

    // Fault::invalid with RE2's own complaint where `pattern` does not compile, or would need more
    // than `memory` bytes.
    static Result<Regex> compile(std::string_view pattern, std::int64_t memory = 8 << 20);

    Regex(Regex&&) noexcept;
    Regex& operator=(Regex&&) noexcept;
    ~Regex();

    // The leftmost occurrence within [from, to) of `text`; ^ $ \b look at what stands around that
    // range. groups[0] is the whole, groups[i] group i; a group that took no part has begin ==
    // end == npos. groups may be shorter than group_count() + 1, or empty (faster still).
    static constexpr std::uint64_t npos = ~0ull;
    bool find(std::string_view text, std::uint64_t from, std::uint64_t to, std::span<Span> groups,
              Anchor anchor = Anchor::none) const;
    bool occurs(std::string_view text) const { return find(text, 0, text.size(), {}); }

    int group_count() const;
    // Number of the group with this name, or nothing.
    std::optional<int> group_named(std::string_view name) const;
    std::string_view pattern() const;

  private:
    struct Inside;
    explicit Regex(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum
