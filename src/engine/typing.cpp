// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/typing.h"

#include <algorithm>

#include "extract/kinds.h"
#include "extract/registry.h"

namespace keepmum {

namespace {

constexpr std::size_t head_size = 64u << 10;

Typing claims_on(Head const& head) {
    Typing typing;
    auto& sure = typing.sure;
    // A kind that several extractors read has a row for each, one after the other: it is asked once.
    Claim (*asked)(Head const&) = nullptr;
    Claim claim = Claim::none;
    auto const ask = [&](std::size_t row) {
        FileType const& type = filetypes()[row];
        if (type.last_resort && !sure.empty()) return;
        if (type.claims != asked) claim = type.claims(head);
        asked = type.claims;
        if (claim == Claim::maybe) typing.maybe.push_back(&type);
        if (claim != Claim::sure) return;
        // A file may have the marks of two kinds that one extractor reads.
        auto const same = [&](FileType const* one) { return one->extractor == type.extractor; };
        bool const again = !type.extractor.empty() && std::any_of(sure.begin(), sure.end(), same);
        if (!again) sure.push_back(&type);
    };
    if (!head.first.empty()) kinds_beginning_with(head.first[0]).each(ask);
    return typing;
}

}  // namespace

Result<Typing> type_of(Evidence const& evidence) {
    std::uint64_t const size = evidence.size();
    Blob first = evidence.content.slice(0, head_size), last = first;
    if (evidence.large) {
        first = TRY(evidence.large->read(0, head_size));
        last = TRY(evidence.large->read(size - head_size, head_size));
    } else if (size > head_size) {
        last = evidence.content.slice(static_cast<std::size_t>(size) - head_size);
    }
    std::vector<Step> const& steps = evidence.place.steps;
    return claims_on(head_of(first.view(), last.view(), size, steps.empty() ? evidence.place.source : steps.back().name));
}

bool gives_contents(FileType const* type) { return !type->extractor.empty() && type->yields == Yields::contents; }

Extractor const* extractor_here(std::string_view id) {
    for (ExtractorRow const& row : extractors_text()) {
        if (row.id == id) return row.instance();
    }
    return nullptr;
}

}  // namespace keepmum
