// Hosts that pass for others: how a host name resembles one of the names that its reader trusts, and whether it mixes scripts.
//
// Names are compared by their look: traditional characters as simplified ones, UTS 39 skeletons without marks, and what the eye
// takes for one letter (rn, vv, cl, 0, 1, …). A look is then compared whole, with one slip, in pieces between hyphens, with a
// word added, and inside longer hosts. tests/approach holds 1,337 such hosts and 10,000 ordinary ones.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

enum class NameLikeness : std::uint8_t {
    none,
    own,           // it is one of them, or stands under one
    same_look,     // other letters that look the same
    one_slip,      // one letter more, less, other, or two exchanged
    hyphens,       // the same with hyphens in it
    as_beginning,  // the trusted name stands before a domain of somebody else
    added_word,    // the name with words around it
    other_ending,  // the name under another ending
    uses_name,     // the name somewhere in it
};

// A name that its reader trusts: a host ("paypal.com") or what an organisation is called ("中国银行").
struct TrustedName {
    std::string written;
    std::string host;         // Unicode, lower-case; "" for names that are no hosts
    std::string registrable;  // of it
    std::string label;        // what is compared: the registered label, or the name in small letters without blanks
    std::u32string look;      // of the label, without hyphens
    std::u32string whole;     // of all its labels, without dots and hyphens
};
TrustedName read_trusted_name(std::string_view written);

// What one sees of a label; no text for people.
std::u32string look_of(std::string_view label);

struct Resemblance {
    NameLikeness how = NameLikeness::none;
    std::string_view trusted;  // as written, in the list that was handed in; empty for none
};
// The strongest resemblance of `host` (Unicode, lower-case: Url::host) to one of `names`; `own` outweighs all. Takes time of
// their number and of the host's length (at most 253 bytes of it are read).
Resemblance compare_host(std::string_view host, std::vector<TrustedName> const& names);

// What the scripts of a host say by themselves.
enum class Scripts : std::uint8_t {
    plain,
    mixed,   // Latin letters and letters of another alphabet in one label
    posing,  // a label all of whose letters look Latin and none is, under an ending of Latin letters
};
Scripts scripts_of(std::string_view host);

// Whether the words, or ones like them, are those that such hosts add: "login", "secure", "客服".
bool is_lure(std::string_view word);

}  // namespace keepmum
