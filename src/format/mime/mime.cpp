// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/mime/mime.h"

#include <algorithm>

#include "base/utf8.h"
#include "format/text/charset.h"

namespace keepmum {

namespace {

constexpr std::size_t deepest = 64;

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\r' || text.front() == '\n')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n')) text.remove_suffix(1);
    return text;
}

// End of the line that begins at `at`, past its line feed.
std::size_t line_end(std::string_view text, std::size_t at, std::size_t limit) {
    std::size_t const feed = text.find('\n', at);
    return feed == std::string_view::npos || feed + 1 > limit ? limit : feed + 1;
}

// Reads header fields from `at`; returns where the body begins.
std::size_t read_fields(std::string_view text, std::size_t at, std::size_t limit, std::vector<HeaderField>& fields) {
    while (at < limit) {
        std::size_t end = line_end(text, at, limit);
        std::string_view const line = text.substr(at, end - at);
        if (trim(line).empty()) return end;
        while (end < limit && (text[end] == ' ' || text[end] == '\t')) end = line_end(text, end, limit);
        std::size_t const colon = line.find(':');
        bool const is_field = colon != std::string_view::npos && colon > 0 && line.substr(0, colon).find_first_of(" \t\r\n") >= colon - 1;
        // An mbox line may stand in front; anything else that is no field ends the header.
        if (!is_field && !(fields.empty() && line.starts_with("From "))) return at;
        if (is_field) {
            std::string_view const raw = text.substr(at + colon + 1, end - at - colon - 1);
            fields.push_back({std::string(trim(line.substr(0, colon))), decode_header(raw), {at, end}});
        } else {
            fields.push_back({"From_", decode_header(line), {at, end}});
        }
        at = end;
    }
    return at;
}

// The field that says what a part is. Where there are several, mail programs differ in which they
// believe; the one that opens a container hides least.
std::string_view content_type(MimePart const& part) {
    for (HeaderField const& field : part.fields) {
        if (equal_ascii_case(field.name, "Content-Type") && ascii_lower(trim(field.value).substr(0, 10)) == "multipart/") return field.value;
    }
    return part.field("Content-Type");
}

// "base64", though it be written "BASE64 (as ever)" or "base64; x".
std::string encoding_of(std::string_view value) {
    value = trim(value);
    std::size_t const begin = std::min(value.find_first_not_of("\"' "), value.size());
    value.remove_prefix(begin);
    std::size_t const end = std::find_if_not(value.begin(), value.end(), [](char c) { return is_alnum(c) || c == '-'; }) - value.begin();
    return ascii_lower(value.substr(0, end));
}

// What a part's own fields say about it.
void describe(MimePart& part) {
    std::string_view const type = content_type(part);
    std::string_view const disposition = part.field("Content-Disposition");
    part.media = ascii_lower(trim(type.substr(0, type.find(';'))));
    if (part.media.find('/') == std::string::npos) part.media = "text/plain";
    part.charset = parameter(type, "charset");
    part.name = parameter(disposition, "filename");
    if (part.name.empty()) part.name = parameter(type, "name");
    for (HeaderField const& field : part.fields) {
        if (!equal_ascii_case(field.name, "Content-Transfer-Encoding")) continue;
        std::string encoding = encoding_of(field.value);
        if (std::find(part.encodings.begin(), part.encodings.end(), encoding) == part.encodings.end()) part.encodings.push_back(std::move(encoding));
    }
}

struct Split {
    std::vector<Span> bodies;   // of the parts, boundary lines left out
    Span before, after;         // preamble and epilogue
    bool closed = false;
};

Split split_multipart(std::string_view text, Span body, std::string const& boundary) {
    Split split;
    std::string const line_start = "--" + boundary;
    std::size_t at = body.begin, part = body.begin;
    bool inside = false;
    split.before = {body.begin, body.begin};
    split.after = {body.end, body.end};
    while (at < body.end) {
        std::size_t const end = line_end(text, at, body.end);
        std::string_view const line = text.substr(at, end - at);
        if (line.starts_with(line_start)) {
            std::string_view rest = trim(line.substr(line_start.size()));
            bool const closing = rest.starts_with("--");
            if (closing) rest.remove_prefix(2);
            if (rest.empty()) {
                if (inside) split.bodies.push_back({part, at});
                else split.before = {body.begin, at};
                inside = !closing;
                part = end;
                if (closing) {
                    split.closed = true;
                    split.after = {end, body.end};
                    return split;
                }
            }
        }
        at = end;
    }
    if (inside) split.bodies.push_back({part, body.end});
    else split.before = body;
    return split;
}

// The first line of the body that could be a boundary, for containers that declare none or another one.
std::string first_boundary(std::string_view body) {
    for (std::size_t at = 0; at < body.size();) {
        std::size_t const end = line_end(body, at, body.size());
        std::string_view const line = trim(body.substr(at, end - at));
        if (line.starts_with("--") && line.size() > 2 && line.size() <= 72 && line.find(' ') == std::string_view::npos) return std::string(line.substr(2));
        at = end;
    }
    return {};
}

}  // namespace

std::string_view MimePart::field(std::string_view wanted) const {
    for (HeaderField const& field : fields) {
        if (equal_ascii_case(field.name, wanted)) return field.value;
    }
    return {};
}

MimeMessage parse_mime(std::string_view message, std::size_t most_parts) {
    struct Pending {
        Span span;
        std::string number;
        std::size_t depth;
    };
    MimeMessage out;
    std::vector<Pending> pending{{{0, message.size()}, "", 0}};
    auto note_outside = [&](Span span) {
        if (!trim(message.substr(span.begin, span.size())).empty()) out.outside.push_back(span);
    };
    while (!pending.empty()) {
        Pending const next = pending.back();
        pending.pop_back();
        MimePart part;
        part.number = next.number;
        std::size_t const body = read_fields(message, next.span.begin, next.span.end, part.fields);
        part.body = {body, next.span.end};
        describe(part);
        if (part.media.starts_with("multipart/")) {
            std::string const boundary = parameter(content_type(part), "boundary");
            Split split;
            if (!boundary.empty()) split = split_multipart(message, part.body, boundary);
            if (split.bodies.empty()) {
                std::string const guess = first_boundary(message.substr(part.body.begin, part.body.size()));
                if (!guess.empty()) split = split_multipart(message, part.body, guess);
            }
            bool const fits = next.depth < deepest && out.parts.size() + pending.size() + split.bodies.size() < most_parts;
            out.too_deep = out.too_deep || (!fits && !split.bodies.empty());
            if (!split.bodies.empty() && fits) {
                part.is_leaf = false;
                out.unfinished = out.unfinished || !split.closed;
                note_outside(split.before);
                note_outside(split.after);
                for (std::size_t i = split.bodies.size(); i-- > 0;) {
                    std::string const number = (next.number.empty() ? "" : next.number + ".") + std::to_string(i + 1);
                    pending.push_back({split.bodies[i], number, next.depth + 1});
                }
            } else if (split.bodies.empty()) {
                out.unfinished = true;
            }
        }
        out.parts.push_back(std::move(part));
    }
    return out;
}

std::vector<Span> split_mbox(std::string_view mailbox) {
    std::vector<Span> messages;
    std::size_t begin = 0;
    bool blank = true;
    for (std::size_t at = 0; at < mailbox.size();) {
        std::size_t const end = line_end(mailbox, at, mailbox.size());
        std::string_view const line = mailbox.substr(at, end - at);
        if (blank && line.starts_with("From ") && at > begin) {
            messages.push_back({begin, at});
            begin = at;
        }
        blank = trim(line).empty();
        at = end;
    }
    if (begin < mailbox.size()) messages.push_back({begin, mailbox.size()});
    return messages;
}

}  // namespace keepmum
