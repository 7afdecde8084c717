// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/given.h"

#include <algorithm>
#include <tuple>

#include "approach/tell_parts.h"
#include "engine/examine.h"

namespace keepmum {

namespace {

bool is_given(std::string_view rule) {
    return rule.starts_with("identity.") || rule.starts_with("secret.") || rule.starts_with("word.") || rule.starts_with("marking.");
}

}  // namespace

Result<GivenAway> find_given(Setup const& setup, SignBook const& book, Conversation const& conversation,
                             std::vector<OwnWords> const& own) {
    GivenAway given;
    std::string text;
    std::vector<std::pair<std::size_t, std::uint32_t>> starts;  // of each own turn in `text`
    for (std::uint32_t i = 0; i < conversation.messages.size(); ++i) {
        ChatMessage const& message = conversation.messages[i];
        if (!message.mine || message.text.empty()) continue;
        starts.emplace_back(text.size(), i);
        text += message.text + "\n\n";
    }
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.place.source = "-";
    evidence.content = Blob::take(std::move(text));
    Matcher::Scratch scratch = TRY(setup.matcher.make_scratch());
    Examined examined = examine(setup, scratch, evidence);
    for (Finding const& finding : examined.findings) {
        if (!is_given(finding.rule) || starts.empty()) continue;
        auto const after = std::upper_bound(starts.begin(), starts.end(), std::pair(static_cast<std::size_t>(finding.span.begin), ~0u));
        given.list.push_back({std::prev(after)->second, finding.rule, finding.excerpt});
    }
    for (OwnWords const& words : own) {
        if (book.signs()[words.sign].what != Sign::What::given) continue;
        std::string const& said = conversation.messages[words.message].text;
        given.list.push_back({words.message, book.row(words.sign).rule.id, quote_around(said, words.sentence, words.span, 120)});
    }
    std::stable_sort(given.list.begin(), given.list.end(), [](Given const& a, Given const& b) {
        return std::tie(a.message, a.rule) < std::tie(b.message, b.rule);
    });
    given.list.erase(std::unique(given.list.begin(), given.list.end(),
                                 [](Given const& a, Given const& b) {
                                     return a.message == b.message && a.rule == b.rule;
                                 }),
                     given.list.end());
    given.secrets = std::move(examined.secrets);
    return given;
}

}  // namespace keepmum
