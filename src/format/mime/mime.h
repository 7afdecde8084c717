// The structure of a mail message (RFC 5322, RFC 2045 to 2049): its header fields, its parts, and the
// bytes that belong to neither. Plain data; nothing is decoded but header fields.
//
// Every byte of the message lies in a header, in a part's body, in a boundary line, or in `outside`:
// text before the first boundary and after the last one, which no mail program shows. Rejected: a
// mail library. They are made to read mail as it was meant; here it matters what they would pass
// over, and a tolerant reader of the structure is small.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

struct HeaderField {
    std::string name;   // as written
    std::string value;  // unfolded, encoded words decoded, valid UTF-8
    Span span;          // in the message
};

struct MimePart {
    std::string number;                // "1", "1.2"; "" for the message itself
    std::vector<HeaderField> fields;
    Span body;                         // raw, in the message
    std::string media;                 // lower-case, "text/plain" where none is given
    std::string charset;               // as declared, or ""
    std::string name;                  // file name from either header, decoded, or ""
    std::vector<std::string> encodings;  // lower-case transfer encodings, each once; more than one is a trick
    bool is_leaf = true;               // its body is no container of further parts of this list

    std::string_view field(std::string_view name) const;  // the first, or ""
};

struct MimeMessage {
    std::vector<MimePart> parts;  // the message first, then its parts in order of appearance
    std::vector<Span> outside;    // preambles and epilogues that hold more than blank lines
    bool unfinished = false;      // a multipart's closing boundary is missing
    bool too_deep = false;        // nested beyond the bound: the body was left whole
};

// Reads the whole structure. At most 64 levels and `most_parts` parts.
MimeMessage parse_mime(std::string_view message, std::size_t most_parts = 10'000);

// Encoded words (RFC 2047) and raw 8-bit bytes of a header value to UTF-8.
std::string decode_header(std::string_view value);

// A parameter of a structured field ("charset" of Content-Type), with continuations and charsets
// (RFC 2231); "" where it is absent.
std::string parameter(std::string_view value, std::string_view name);

struct TransferDecoded {
    std::string bytes;
    std::string residue;  // lines, or ends of lines, that do not belong to the encoding
};

// Undoes base64, quoted-printable or uuencode, tolerant of damage; any other name leaves bytes as they are.
TransferDecoded decode_transfer(std::string_view body, std::string_view encoding);

// Where each message of a mailbox begins and ends (its "From " line included), from the lines that start
// with "From " after a blank line (mboxrd and mboxo alike).
std::vector<Span> split_mbox(std::string_view mailbox);

}  // namespace keepmum
