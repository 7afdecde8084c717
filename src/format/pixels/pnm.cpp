// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/pnm.h"

#include <algorithm>

namespace keepmum {

namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The next number of the header, and behind it one blank; 0 where none stands there.
std::uint64_t take_number(std::string_view bytes, std::size_t& at) {
    while (at < bytes.size() && (is_blank(bytes[at]) || bytes[at] == '#')) {
        if (bytes[at] == '#') at = std::min(bytes.find('\n', at), bytes.size());
        else ++at;
    }
    std::uint64_t number = 0;
    while (at < bytes.size() && bytes[at] >= '0' && bytes[at] <= '9' && number < 1u << 30) {
        number = number * 10 + static_cast<unsigned>(bytes[at++] - '0');
    }
    return at < bytes.size() && is_blank(bytes[at]) ? number : 0;
}

}  // namespace

std::optional<PnmHead> read_pnm_head(std::string_view bytes) {
    if (bytes.size() < 3 || bytes[0] != 'P' || bytes[1] < '4' || bytes[1] > '6') return std::nullopt;
    if (!is_blank(bytes[2]) && bytes[2] != '#') return std::nullopt;
    PnmHead head;
    head.kind = bytes[1];
    std::size_t at = 2;
    head.width = take_number(bytes, at);
    head.height = take_number(bytes, at);
    head.most = head.kind == '4' ? 1 : take_number(bytes, at);
    if (head.width == 0 || head.height == 0 || head.most == 0 || head.most > 65535) return std::nullopt;
    head.rows = at + 1;
    std::uint64_t const samples = head.width * (head.kind == '6' ? 3 : 1) * (head.most > 255 ? 2 : 1);
    head.row = head.kind == '4' ? (head.width + 7) / 8 : samples;
    return head;
}

}  // namespace keepmum
