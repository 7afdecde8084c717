// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/validators.h"

#include <algorithm>

#include "base/base64.h"
#include "base/tree.h"
#include "base/utf8.h"
#include "packs/checksum.h"
#include "packs/password.h"
#include "packs/rarity.h"

namespace keepmum {
namespace {

Validation const no{.keep = false};

// GitHub (ghp_, gho_, ghu_, ghs_, ghr_) and npm (npm_): thirty letters, then their CRC-32 in base 62.
Validation judge_checked_token(Suspect const& suspect) {
    std::string_view const body = suspect.secret.substr(suspect.secret.rfind('_') + 1);
    if (body.size() != 36 || !looks_random(body)) return no;
    if (crc32_base62(body.substr(0, 30)) != body.substr(30)) {
        return {.certainty = Certainty::hint,
                .reason = "shaped like a token, but its check sum does not agree"};
    }
    return {.certainty = Certainty::certain, .reason = "check sum agrees"};
}

// JSON Web Token (RFC 7519): header and claims are JSON objects, the header names its algorithm.
Validation judge_jwt(Suspect const& suspect) {
    std::size_t const first = suspect.secret.find('.');
    if (first == std::string_view::npos) return no;
    std::size_t const second = std::min(suspect.secret.find('.', first + 1), suspect.secret.size());
    auto const header = decode_base64(suspect.secret.substr(0, first));
    auto const claims = decode_base64(suspect.secret.substr(first + 1, second - first - 1));
    if (!header || !claims) return no;
    auto const head = parse_json(*header, "", 16), body = parse_json(*claims, "", 16);
    if (!head || !head->is(Tree::Kind::table)) return no;
    Tree const* const algorithm = head->find("alg");
    if (!algorithm || !algorithm->is(Tree::Kind::string)) return no;
    // An encrypted token (RFC 7516) has a key where the claims would stand.
    if (!head->has("enc") && (!body || !body->is(Tree::Kind::table))) return no;
    Validation judgement{.certainty = Certainty::certain, .reason = "its header and claims can be read"};
    if (algorithm->string().size() <= 16) judgement.facts.push_back({"algorithm", algorithm->string()});
    // Unsigned, or without claims: an example more often than a key to anything.
    if (second == suspect.secret.size() || algorithm->string() == "none")
        judgement.certainty = Certainty::hint;
    return judgement;
}

// HTTP basic authentication (RFC 7617) and Docker's auth: base64 of user:password.
Validation judge_user_and_password(Suspect const& suspect) {
    auto const plain = decode_base64(suspect.secret);
    if (!plain) return no;
    std::size_t const colon = plain->find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == plain->size()) return no;
    bool const readable = std::all_of(plain->begin(), plain->end(), [](char c) {
        return static_cast<unsigned char>(c) >= ' ' && c != 0x7f;
    });
    if (!readable || is_placeholder(std::string_view(*plain).substr(colon + 1))) return no;
    return {.reason = "decodes to a user name and a password"};
}

// Azure storage and others: base64 of exactly 64 bytes.
Validation judge_base64_of_64(Suspect const& suspect) {
    auto const plain = decode_base64(suspect.secret);
    if (!plain || plain->size() != 64) return no;
    return {.reason = "decodes to 64 bytes"};
}

// Keys without a shape of their own: only what no person would have written.
Validation judge_key(Suspect const& suspect) {
    if (is_placeholder(suspect.secret) || is_expression(suspect.secret)) return no;
    if (suspect.secret.size() < 16 || !looks_random(suspect.secret)) return no;
    return {.reason = "made by a machine, as its letters go"};
}

Validation judge_not_placeholder(Suspect const& suspect) {
    return is_placeholder(suspect.secret) ? no : Validation{};
}

Validation judge_assigned_password(Suspect const& suspect) {
    std::size_t const at = static_cast<std::size_t>(suspect.secret.data() - suspect.match.data());
    bool const quoted = at > 0 && at <= suspect.match.size() &&
                        std::string_view("\"'`>").find(suspect.match[at - 1]) != std::string_view::npos;
    return judge_password(suspect.secret, quoted ? Said::quoted : Said::bare);
}

Validation judge_said_password(Suspect const& suspect) {
    return judge_password(suspect.secret, Said::in_prose);
}

constexpr Validator table[] = {
    {"base64-of-64", "decodes from base64 to exactly 64 bytes", judge_base64_of_64},
    {"checked-token", "ends in the CRC-32 of its letters, as GitHub's and npm's tokens do",
     judge_checked_token},
    {"jwt", "header and claims decode to JSON, and the header names an algorithm", judge_jwt},
    {"key", "sixteen or more bytes that no person would have written", judge_key},
    {"not-placeholder", "is not a stand-in such as changeme, ${NAME} or ****", judge_not_placeholder},
    {"password-assigned", "reads like a password given to a name in code or configuration",
     judge_assigned_password},
    {"password-said", "reads like a password told in a sentence", judge_said_password},
    {"user-and-password", "decodes from base64 to user:password", judge_user_and_password},
};

}  // namespace

std::span<Validator const> validators() { return table; }

}  // namespace keepmum
