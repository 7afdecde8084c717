// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/rtf/tokens.h"

#include <algorithm>

#include "base/hex.h"
#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr std::uint64_t longest_word = 64;
constexpr std::int64_t largest_number = 2'147'483'647;

}  // namespace

RtfToken RtfTokens::finish(RtfToken token, std::uint64_t begin) {
    token.at = begin;
    token.size = at_ - begin;
    return token;
}

RtfToken RtfTokens::read_binary(std::uint64_t size) {
    std::uint64_t const begin = at_;
    RtfToken token;
    token.kind = RtfToken::Kind::binary;
    token.bytes = bytes_.substr(at_, size);
    at_ += token.bytes.size();
    return finish(token, begin);
}

RtfToken RtfTokens::read_word() {
    std::uint64_t const begin = at_ - 1;
    RtfToken token;
    token.kind = RtfToken::Kind::word;
    std::uint64_t const name = at_;
    while (at_ < bytes_.size() && is_alpha(bytes_[at_]) && at_ - name < longest_word) ++at_;
    token.name = bytes_.substr(name, at_ - name);
    bool const minus = at_ + 1 < bytes_.size() && bytes_[at_] == '-' && is_digit(bytes_[at_ + 1]);
    at_ += minus;
    std::int64_t number = 0;
    while (at_ < bytes_.size() && is_digit(bytes_[at_])) {
        token.has_number = true;
        number = std::min(largest_number, number * 10 + (bytes_[at_++] - '0'));
    }
    token.number = static_cast<std::int32_t>(minus ? -number : number);
    if (at_ < bytes_.size() && bytes_[at_] == ' ') ++at_;
    if (token.name == "bin" && token.number > 0) pending_binary_ = static_cast<std::uint64_t>(token.number);
    return finish(token, begin);
}

RtfToken RtfTokens::read_control() {
    std::uint64_t const begin = at_++;
    RtfToken token;
    token.kind = RtfToken::Kind::symbol;
    if (at_ >= bytes_.size()) return finish(token, begin);
    char const c = bytes_[at_];
    if (is_alpha(c)) return read_word();
    if (c == '\'' && at_ + 2 < bytes_.size()) {
        int const high = hex_value(bytes_[at_ + 1]), low = hex_value(bytes_[at_ + 2]);
        if (high >= 0 && low >= 0) {
            token.kind = RtfToken::Kind::hex;
            token.number = high * 16 + low;
            at_ += 3;
            return finish(token, begin);
        }
    }
    token.bytes = bytes_.substr(at_++, 1);
    return finish(token, begin);
}

RtfToken RtfTokens::next() {
    if (pending_binary_ > 0) {
        std::uint64_t const size = pending_binary_;
        pending_binary_ = 0;
        return read_binary(size);
    }
    while (at_ < bytes_.size() && (bytes_[at_] == '\r' || bytes_[at_] == '\n')) ++at_;
    std::uint64_t const begin = at_;
    RtfToken token;
    if (at_ >= bytes_.size()) return finish(token, begin);
    char const c = bytes_[at_];
    if (c == '\\') return read_control();
    if (c == '{' || c == '}') {
        token.kind = c == '{' ? RtfToken::Kind::open : RtfToken::Kind::close;
        ++at_;
        return finish(token, begin);
    }
    token.kind = RtfToken::Kind::text;
    std::size_t const end = bytes_.find_first_of("\\{}\r\n", at_);
    at_ = end == std::string_view::npos ? bytes_.size() : end;
    token.bytes = bytes_.substr(begin, at_ - begin);
    return finish(token, begin);
}

}  // namespace keepmum
