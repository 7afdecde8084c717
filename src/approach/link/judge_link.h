// What a link, and what a code would do, says about itself. Nothing is ever opened: all that is judged is the text.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "approach/link/host_lists.h"
#include "base/bilingual.h"
#include "core/verdict.h"
#include "format/link/payload.h"
#include "format/link/url.h"

namespace keepmum {

// Why a link or code deserves a look. Each has a row in link_words.cpp: its sign, what it weighs, how it is told.
enum class LinkReason : std::uint8_t {
    // l1: it passes for something else
    same_look, one_slip, hyphens, as_beginning, added_word, other_ending, uses_name, mixed_scripts, posing_script, user_is_host,
    target_differs,
    // l2: it does not say where it leads
    user_part, number_host, odd_number_host, inside_host, short_link, redirector, leads_on, odd_port, escaped_host, disguised,
    not_encrypted, script,
    // l4: a code that lets somebody in
    device_link, sign_in, sign_in_key, open_wifi, weak_wifi, personal_wifi, shared_wifi, profile,
    // l6: what it brings
    program, program_from_nowhere, files_of_anybody,
    // l7: it wants an app opened
    opens_app,
    // neither good nor bad, and said
    payment, calls, contact, text_only, trusted, nothing_known,
};

struct LinkNote {
    LinkReason reason = LinkReason::nothing_known;
    std::string what;  // the name it resembles, the address it hides, the network: fits {what} of its sentence; "" where it has none
    friend bool operator==(LinkNote const&, LinkNote const&) = default;
};

// How a reason is told. `sign` is the rule without its family: "l1".
struct LinkWords {
    LinkReason reason;
    std::string_view id;    // "same-look": the fact in reports for programs
    std::string_view sign;  // "" for what is no sign
    Outcome outcome;
    Bilingual told;         // one sentence; {what} is replaced
};
LinkWords const& words_of(LinkReason reason);
std::string tell(Language language, LinkNote const& note);

struct LinkJudgement {
    std::string shown;            // the link or code as text for people: one line, at most 200 bytes
    std::string host;             // of the link, "" where it has none
    Outcome outcome = Outcome::pass;
    std::vector<LinkNote> notes;  // worst first, each reason once; never empty
};

class LinkJudge final {
  public:
    LinkJudge(HostLists lists, std::vector<TrustedName> trusted) : lists_(std::move(lists)), trusted_(std::move(trusted)) {}

    // A link as it was written. Nothing where it is none.
    std::optional<LinkJudgement> judge_link(std::string_view text) const;
    LinkJudgement judge_url(Url const& url) const;
    // A link that is shown as other words; these count where they look like an address themselves.
    LinkJudgement judge_shown(std::string_view shown, Url const& target) const;
    // The payload of a code.
    LinkJudgement judge_payload(std::string_view payload) const;

    HostLists const& lists() const { return lists_; }
    std::vector<TrustedName> const& trusted() const { return trusted_; }

  private:
    void note_host(Url const& url, std::vector<LinkNote>& notes) const;
    void note_path(Url const& url, std::vector<LinkNote>& notes, unsigned depth) const;
    std::vector<LinkNote> note_url(Url const& url, unsigned depth) const;

    HostLists lists_;
    std::vector<TrustedName> trusted_;
};

// Puts notes in order, takes out repetitions, and says what they weigh together.
LinkJudgement sum_up(std::string shown, std::string host, std::vector<LinkNote> notes);

// Whether a file of that name runs, or carries what runs: "update.apk", "form.docm".
bool is_program_name(std::string_view name);

}  // namespace keepmum
