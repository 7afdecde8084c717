// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/segment/record.h"

#include <algorithm>

#include "base/coding.h"
#include "index/segment/layout.h"

namespace keepmum {

namespace {

constexpr std::uint64_t version = 1;

// In the order in which they are written.
constexpr std::string DocumentFacts::*text_fields[] = {
    &DocumentFacts::name,  &DocumentFacts::level,     &DocumentFacts::until,  &DocumentFacts::holder,
    &DocumentFacts::added, &DocumentFacts::file_hash, &DocumentFacts::digest,
};

}  // namespace

PassageNumber Record::passage_at(Stream stream, std::uint32_t letter) const {
    auto const which = static_cast<std::size_t>(stream);
    auto const after = std::upper_bound(passages.begin(), passages.end(), letter,
                                        [which](std::uint32_t at, Start const& start) { return at < start.letters[which]; });
    return after == passages.begin() ? PassageNumber{} : (after - 1)->number;
}

std::string print_record(Record const& record) {
    Encoder out;
    out.number(version);
    DocumentFacts const& facts = record.facts;
    out.number(facts.id);
    for (std::string DocumentFacts::*field : text_fields) out.text(facts.*field);
    out.number(facts.states.size());
    for (std::string const& state : facts.states) out.text(state);
    out.number(facts.letters);
    out.number(facts.protectable);
    out.number(record.parts.size());
    for (std::string const& part : record.parts) out.text(part);
    out.number(record.passages.size());
    Record::Start before;
    for (Record::Start const& start : record.passages) {
        bool const same_part = start.number.part == before.number.part;
        out.number(static_cast<std::uint64_t>(same_part ? start.number.number - before.number.number : start.number.number) << 1 |
                   (same_part ? 0 : 1));
        if (!same_part) out.number(start.number.part - before.number.part);
        for (std::size_t stream = 0; stream < 2; ++stream) out.number(start.letters[stream] - before.letters[stream]);
        before = start;
    }
    return out.take();
}

std::optional<Record> read_record(std::string_view bytes) {
    Decoder in(bytes);
    if (in.number() != version) return std::nullopt;
    Record record;
    DocumentFacts& facts = record.facts;
    facts.id = in.number();
    for (std::string DocumentFacts::*field : text_fields) facts.*field = in.text();
    for (std::size_t left = in.count(); left > 0 && in.good(); --left) facts.states.push_back(in.text());
    facts.letters = in.number();
    facts.protectable = in.number();
    for (std::size_t left = in.count(); left > 0 && in.good(); --left) record.parts.push_back(in.text());
    Record::Start start;
    for (std::size_t left = in.count(); left > 0 && in.good(); --left) {
        std::uint64_t const number = in.number();
        bool const same_part = (number & 1) == 0;
        start.number.number = static_cast<std::uint32_t>(number >> 1) + (same_part ? start.number.number : 0);
        if (!same_part) start.number.part += static_cast<std::uint32_t>(in.number());
        for (std::uint32_t& letter : start.letters) letter += static_cast<std::uint32_t>(in.number());
        record.passages.push_back(start);
    }
    if (!in.good()) return std::nullopt;
    return record;
}

std::string record_context(std::uint64_t salt, std::uint32_t document) {
    std::string context;
    append_number(context, salt);
    append_number(context, document);
    return context;
}

}  // namespace keepmum
