// Private keys written as text: PEM (RFC 7468: PKCS#8, PKCS#1, SEC 1), OpenSSH (PROTOCOL.key), OpenPGP
// armor (RFC 9580) and PuTTY files.
//
// The frame alone is no key: manuals and code that writes keys are full of it. The body must decode
// from base64 and begin as the structure that the frame promises. A key that is whole is certain,
// one that is cut short still gives most of itself away and is likely. Bodies are also read where
// code holds them: behind comment signs or quotation marks, or as one line with \n written out.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <optional>

#include "base/base64.h"
#include "base/utf8.h"
#include "core/detector.h"
#include "detect/secret/key_structure.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"secret", "credential", "key"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "PRIVATE KEY"},
    {.what = Trigger::What::literal, .text = "PuTTY-User-Key-File-"},
};
constexpr About about{
    .id = "secret.private-key",
    .title = {"Private key", "私钥"},
    .why = {"Whoever holds it can log in, sign or decrypt in your name.",
            "得到它的人可以用您的身份登录、签名或解密。"},
    .defined_by = "RFC 7468, OpenSSH PROTOCOL.key, RFC 9580",
    .labels = labels,
    .triggers = triggers,
};

// Far above the largest key in use (an OpenPGP ring of several 16384-bit keys).
constexpr std::size_t longest = 256 * 1024;

constexpr std::size_t longest_headers = 2048;

// One line of a body, and where the next begins. A line ends at a line feed or at a written-out \n.
struct Line {
    std::string_view text;
    std::size_t end = 0;  // just behind its text
    std::size_t next = 0;
};

Line line_at(std::string_view text, std::size_t at) {
    std::size_t const stop = std::min(text.size(), at + 4096);
    for (std::size_t i = at; i < stop; ++i) {
        if (text[i] == '\n') return {text.substr(at, i - at), i, i + 1};
        if (text[i] != '\\') continue;
        std::size_t slashes = i;
        while (slashes < stop && text[slashes] == '\\') ++slashes;
        if (slashes < stop && (text[slashes] == 'n' || text[slashes] == 'r'))
            return {text.substr(at, i - at), i, slashes + 1};
    }
    return {text.substr(at, stop - at), stop, stop};
}

// Takes off what code, mail and comments put around a line of base64.
std::string_view strip(std::string_view line) {
    auto const one_of = [](std::string_view set, char c) { return set.find(c) != std::string_view::npos; };
    while (!line.empty() && one_of(" \t\r>#*;|\"'`", line.front())) line.remove_prefix(1);
    if (line.starts_with("//")) line.remove_prefix(2);
    if (line == "+" || line.starts_with("+ ") || line.starts_with("\" +") || line.starts_with("' +"))
        return {};
    while (!line.empty() && one_of(" \t\"'`", line.front())) line.remove_prefix(1);
    while (!line.empty() && one_of(" \t\r\"'`,;\\.()", line.back())) line.remove_suffix(1);
    if (line.ends_with("\" +") || line.ends_with("' +")) line.remove_suffix(3);
    return line;
}

bool is_base64(std::string_view line) {
    return std::all_of(line.begin(), line.end(),
                       [](char c) { return is_alnum(c) || c == '+' || c == '/' || c == '='; });
}

struct Body {
    std::string bytes;       // decoded
    std::size_t end = 0;     // in the text, behind the frame's end or the last line read
    bool closed = false;     // the closing frame was there
    bool encrypted = false;  // Proc-Type said so (RFC 1421)
};

// Headers ("Proc-Type: 4,ENCRYPTED"), then lines of base64 up to the closing frame. Few and short ones, for there may be as many
// frames as lines, each of which would read all lines behind it.
Body read_body(std::string_view text, std::size_t at, std::string_view closing) {
    Body body;
    body.end = at;
    std::string letters;
    std::size_t const stop = std::min(text.size(), at + longest), headers_end = at + longest_headers;
    while (at < stop) {
        Line const line = line_at(text, at);
        std::size_t const close = line.text.find(closing);
        if (close != std::string_view::npos) {
            body.closed = true;
            body.end = std::min(at + close + closing.size(), text.size());
            std::string_view const last = strip(line.text.substr(0, close));
            if (is_base64(last)) letters += last;
            break;
        }
        std::string_view const inner = strip(line.text);
        bool const header = inner.find(": ") != std::string_view::npos && letters.empty();
        if (header && at >= headers_end) break;
        if (header) {
            body.encrypted = body.encrypted || inner.find("ENCRYPTED") != std::string_view::npos;
        } else if (inner.size() == 5 && inner[0] == '=') {
            // OpenPGP's check sum of the armor
        } else if (is_base64(inner)) {
            letters += inner;
            if (!inner.empty()) body.end = line.end;
        } else {
            break;
        }
        if (line.next == at) break;
        at = line.next;
    }
    // A body that was cut in the middle of a group is read up to there.
    std::size_t padding = letters.find('=');
    std::string whole = letters.substr(0, padding);
    if (whole.size() % 4 == 1) whole.pop_back();
    body.bytes = decode_base64(whole).value_or("");
    return body;
}

class PrivateKey final : public TreeDetector {
  public:
    using TreeDetector::TreeDetector;

    void examine(Reading const& reading, Sink& sink) const override {
        std::size_t done = 0;  // candidates inside a key already read are its closing frame
        PuttyLines lines;
        for (Candidate const& candidate : reading.candidates) {
            if (candidate.begin < done) continue;
            auto finding = candidate.trigger == 1 ? examine_putty(reading.text, candidate, lines)
                                                  : examine_frame(reading.text, candidate);
            if (!finding) continue;
            done = finding->span.end;
            sink.found(std::move(*finding));
        }
    }

  private:
    static Finding state(Span span, KeyStructure const& key, bool whole) {
        Finding finding;
        finding.span = span;
        finding.certainty = whole ? Certainty::certain : Certainty::likely;
        finding.facts = {{"format", std::string(key.format)}};
        if (!key.algorithm.empty()) finding.facts.push_back({"algorithm", key.algorithm});
        // Whether an OpenPGP key is encrypted stands behind numbers that are not read here.
        if (key.format != "pgp") finding.facts.push_back({"encrypted", key.encrypted ? "yes" : "no"});
        finding.reasons.push_back(whole ? "its structure can be read to the end"
                                        : "its structure can be read, but it is cut short");
        return finding;
    }

    // The candidate is "PRIVATE KEY" within "-----BEGIN RSA PRIVATE KEY-----".
    static std::optional<Finding> examine_frame(std::string_view text, Candidate const& candidate) {
        constexpr std::string_view opening = "-----BEGIN ";
        std::size_t const from = candidate.begin > 40 ? candidate.begin - 40 : 0;
        // No further back than that: text may be full of such words.
        std::size_t const before = text.substr(from, candidate.begin - from).rfind(opening);
        if (before == std::string_view::npos) return std::nullopt;
        std::size_t const start = from + before;
        std::size_t label_end = candidate.end;
        if (text.substr(label_end).starts_with(" BLOCK")) label_end += 6;
        if (!text.substr(label_end).starts_with("-----")) return std::nullopt;
        std::string_view const label =
            text.substr(start + opening.size(), label_end - start - opening.size());
        if (!std::all_of(label.begin(), label.end(),
                         [](char c) { return is_upper(c) || is_digit(c) || c == ' '; }))
            return std::nullopt;
        Body const body = read_body(text, label_end + 5, "-----END " + std::string(label) + "-----");
        auto const key = read_key(label, body.bytes, body.encrypted);
        if (!key) return std::nullopt;
        return state({start, body.end}, *key, key->whole && body.closed);
    }

    // The next line that says how long the private part is, behind candidates that come in order: no byte is searched twice.
    struct PuttyLines {
        static constexpr std::string_view says = "Private-Lines: ";
        std::size_t searched = 0;  // up to here
        std::size_t found = std::string_view::npos;

        std::size_t after(std::string_view text, std::size_t from, std::size_t to) {
            if (found != std::string_view::npos && found >= from) return found;
            std::size_t const start = std::max(from, searched - std::min(searched, says.size() - 1));
            to = std::min(to, text.size());
            if (start >= to) return std::string_view::npos;
            std::size_t const at = text.substr(start, to - start).find(says);
            found = at == std::string_view::npos ? at : start + at;
            searched = std::max(searched, found == std::string_view::npos ? to : found);
            return found;
        }
    };

    static std::optional<Finding> examine_putty(std::string_view text, Candidate const& candidate, PuttyLines& private_lines) {
        constexpr std::size_t furthest = 64 * 1024;
        std::string_view const rest = text.substr(candidate.begin, longest);
        std::size_t const found = private_lines.after(text, candidate.begin, candidate.begin + furthest + PuttyLines::says.size());
        if (found == std::string_view::npos || found - candidate.begin > furthest) return std::nullopt;
        std::size_t const at = found - candidate.begin;
        std::size_t const lines = at + PuttyLines::says.size();
        std::size_t count = 0, digits = lines;
        for (; digits < rest.size() && digits < lines + 4 && is_digit(rest[digits]); ++digits)
            count = count * 10 + static_cast<std::size_t>(rest[digits] - '0');
        std::string letters;
        std::size_t position = line_at(rest, digits).next, end = position, seen = 0;
        for (; seen < count && position < rest.size(); ++seen) {
            Line const line = line_at(rest, position);
            std::string_view const inner = strip(line.text);
            if (inner.empty() || !is_base64(inner)) break;
            letters += inner;
            end = line.end;
            position = line.next;
        }
        if (letters.size() < 40) return std::nullopt;
        std::string_view const head = rest.substr(0, at);
        KeyStructure key{.format = "putty"};
        key.encrypted = head.find("Encryption: none") == std::string_view::npos;
        std::size_t const colon = head.find(": ");
        if (colon != std::string_view::npos) {
            std::string_view const kind = strip(line_at(head, colon + 2).text);
            if (kind.size() < 40) key.algorithm = kind;
        }
        return state({candidate.begin, candidate.begin + end}, key, seen == count);
    }
};

}  // namespace

extern DetectorRow const row_secret_private_key{
    &about, [] { return std::unique_ptr<Detector>(new PrivateKey(about)); }};

}  // namespace keepmum
