// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/regex.h"

#include <algorithm>
#include <re2/re2.h>
#include <vector>

namespace keepmum {

struct Regex::Inside {
    explicit Inside(std::string_view pattern, RE2::Options const& options)
        : re2(re2::StringPiece(pattern.data(), pattern.size()), options) {}
    RE2 re2;
};

Regex::Regex(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

Result<Regex> Regex::compile(std::string_view pattern, std::int64_t memory) {
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    options.set_max_mem(memory);
    auto inside = std::make_unique<Inside>(pattern, options);
    if (!inside->re2.ok()) return fail(Fault::invalid, inside->re2.error());
    return Regex(std::move(inside));
}

bool Regex::find(std::string_view text, std::uint64_t from, std::uint64_t to, std::span<Span> groups,
                 Anchor anchor) const {
    to = std::min<std::uint64_t>(to, text.size());
    if (from > to) return false;
    constexpr std::size_t most = 32;  // groups on the stack; rules have fewer
    re2::StringPiece few[most];
    std::vector<re2::StringPiece> many;
    re2::StringPiece* pieces = few;
    if (groups.size() > most) {
        many.resize(groups.size());
        pieces = many.data();
    }
    RE2::Anchor const how = anchor == Anchor::none    ? RE2::UNANCHORED
                            : anchor == Anchor::start ? RE2::ANCHOR_START
                                                      : RE2::ANCHOR_BOTH;
    if (!inside_->re2.Match(re2::StringPiece(text.data(), text.size()), from, to, how, pieces,
                            static_cast<int>(groups.size()))) {
        return false;
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (!pieces[i].data()) {
            groups[i] = {npos, npos};
            continue;
        }
        auto const begin = static_cast<std::uint64_t>(pieces[i].data() - text.data());
        groups[i] = {begin, begin + pieces[i].size()};
    }
    return true;
}

int Regex::group_count() const { return inside_->re2.NumberOfCapturingGroups(); }

std::optional<int> Regex::group_named(std::string_view name) const {
    auto const& names = inside_->re2.NamedCapturingGroups();
    auto const found = names.find(std::string(name));
    if (found == names.end()) return std::nullopt;
    return found->second;
}

std::string_view Regex::pattern() const { return inside_->re2.pattern(); }

}  // namespace keepmum
