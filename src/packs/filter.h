// The filter expressions of Betterleaks rules: boolean expressions over a finding that say whether
// to drop it.
//
//   entropy(finding["secret"]) <= 3.0 || matchesAny(finding["secret"], [`^test_`, `EXAMPLE$`])
//
// What is understood: `let NAME = …;`, || && ! ?? == != < <= > >= + -, or and not, numbers, strings
// ("…", '…', `…`), lists, x[i], x[a:b], x.name, and the functions entropy, matchesAny, containsAny,
// startsWithAny, findMatch, failsTokenEfficiency, get, len, min, max, each also with the prefix
// "filter.". Anything else fails to parse, by name. Patterns and words must stand in the expression
// literally; they are compiled once.
//
// failsTokenEfficiency counts the tokens of a language model's vocabulary in the original; here our
// own model of rarity (packs/rarity.h) answers the same question: was it written by a person?
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/offset_map.h"
#include "base/result.h"

namespace keepmum {

// What a filter gets to know of a finding. Spans count bytes of `text` and lie within it.
struct FilterInput {
    std::string_view text;
    Span match;
    Span secret;
    std::string_view path;  // empty where paths are not to count
};

class Filter {
  public:
    // Fault::unsupported or invalid, with the name or place that is the trouble.
    static Result<Filter> parse(std::string_view source);
    Filter(Filter&&) noexcept;
    Filter& operator=(Filter&&) noexcept;
    ~Filter();

    // Whether the finding is to be dropped. What cannot be computed (an index out of range, a
    // wrong type) keeps it: a filter never loses a finding by failing.
    bool drops(FilterInput const& input) const;

  private:
    struct Inside;
    explicit Filter(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

// The lines that `span` touches, without the last line's end.
Span lines_around(std::string_view text, Span span);

// A generic stand-in for the token-efficiency test: true where `secret` reads like words.
bool reads_like_words(std::string_view secret);

}  // namespace keepmum
