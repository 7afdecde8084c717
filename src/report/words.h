// The words that reports are made of: enums, sizes, counts and places as people say them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bilingual.h"
#include "base/message.h"
#include "core/evidence.h"
#include "core/finding.h"
#include "core/gap.h"
#include "core/verdict.h"
#include "report/glossary.h"

namespace keepmum {

// Gap::media where what was remembered of earlier checks could not all be read. Directives go by it.
inline constexpr std::string_view remembered_media = "application/x-keepmum-remembered";

Message message_of(Certainty certainty);
Message message_of(Role role);
Message message_of(Cause cause);
Message message_of(Gap const& gap);  // says what the unseen thing is where that is known (a picture, …)
Message message_of(Stage stage);
Message message_of(Outcome outcome);
Message advice_on(Cause cause);
Message advice_on(Gap const& gap);

std::string_view say_level(Language language, std::string_view level);  // "top secret"; a word that is no level as it is

// A fact with its name, and its value where that is a level, as people say them. Values are otherwise left as they are.
Fact in_words(Language language, Fact const& fact);

// What an excerpt of a document shares with it, from its facts: document, how much, which paragraphs of it. "" for
// findings of other rules. The wording itself is never shown.
std::string say_overlap(Language language, Finding const& finding);

std::string say_size(Language language, std::uint64_t bytes);    // "5 KB", "812 bytes"
std::string say_number(std::uint64_t number);                    // "12,345"
std::string say_files(Language language, std::uint64_t count);   // "1 file", "12 个文件"
enum class Counted : std::uint8_t { all, at_least };  // at_least: "1,000 places and more"
std::string say_places(Language language, std::uint64_t count, Counted counted = Counted::all);
std::string say_rest(Language language, std::uint64_t count, Counted counted);  // "and 7 more"
// Whether `verdict` has every finding of `rule`.
Counted counted(Verdict const& verdict, std::string_view rule);

std::string say_source(Language language, std::string_view source);  // its name, or words for "-"

// A place in two halves: the file ("a.zip › b.docx") and where in it ("page 2, line 3, in a comment").
// `inside` is empty where the place is the whole file.
struct Spot {
    std::string file;
    std::string inside;
};
Spot describe_spot(Language language, Place const& place, Role role, std::string_view position);

// Title, reason and so on by id; an unknown rule is called by its id, and has no reason.
std::string_view title_of(Language language, Glossary const* glossary, std::string_view rule);
std::string_view why_of(Language language, Glossary const* glossary, std::string_view rule);
std::string_view because_of(Language language, Glossary const* glossary, std::string_view clause);
// A sentence without its full stop, for putting it into another one.
std::string_view without_stop(std::string_view sentence);
std::string_view advice_of(Language language, Glossary const* glossary, std::string_view clause);
std::string_view source_of(Glossary const* glossary, std::string_view clause);

// A name for screens: what would disguise itself, and what is not UTF-8, as %XX. Everything else as it is.
std::string show_name(std::string_view name);

// A text for screens: the same characters become U+FFFD, line feeds and tabs spaces.
std::string show_text(std::string_view text);

}  // namespace keepmum
