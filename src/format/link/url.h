// Addresses as browsers read them (WHATWG URL Standard, sections 3 and 4), which is not as people do: what stands before
// an '@' is no host, a number is an IP address, and a backslash is a slash. Nothing is ever asked of a network.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

// An IP address in any way of writing that a browser accepts.
struct IpLiteral {
    std::string plain;     // in its usual print: "203.0.113.5", "::1"
    bool odd = false;      // written as a number, in hexadecimal or octal, or with parts left out
    bool inside = false;   // of a private, local or reserved network
};
// `host` without brackets or with them, ASCII.
std::optional<IpLiteral> read_ip_literal(std::string_view host);

struct Url {
    std::string scheme;   // lower-case, without colon
    std::string user;     // what stands before '@', decoded; see has_user
    std::string written;  // the host as it stands, with its upper case and escapes
    std::string host;     // as people see it: Unicode, lower-case, without final dot
    std::string wire;     // as it is asked for: ASCII; empty where it cannot be asked for
    std::string path;     // from the first '/', '?' or '#' on, as it stands
    std::uint32_t port = 0;  // 0 where none is given
    std::optional<IpLiteral> address;
    bool has_user = false;
    bool escaped_host = false;  // %XX in it
    bool disguised = false;     // backslashes for slashes, or line ends and tabs inside
    bool assumed = false;       // no scheme was written: it was taken for https
};

// Reads one address. Without a scheme ("example.org/a"), what looks like a host is taken for one. Nothing where it has no
// host ("mailto:", "tel:", plain words). Linear; of more than 8 KB nothing is read.
std::optional<Url> read_url(std::string_view text);

// %XX undone; `undone` is set where there was one, else left.
std::string undo_percent(std::string_view text, bool& undone);

// A web address in a running text.
struct FoundUrl {
    Span span;  // bytes of the text
    Url url;
};
// All of them in order: those with a scheme, "www." and bare hosts with a path ("bit.ly/x"). At most `most`. Linear.
std::vector<FoundUrl> find_urls(std::string_view text, std::size_t most = 10'000);

}  // namespace keepmum
