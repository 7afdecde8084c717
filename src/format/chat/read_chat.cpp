// See read_chat.h. From the surest form to the least sure; pasted text, which everything fits, comes last.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/chat/read_chat.h"

#include <algorithm>

#include "base/utf8.h"
#include "format/chat/readers.h"
#include "format/chat/stamp.h"
#include "format/text/charset.h"
#include "format/text/decode.h"

namespace keepmum {

namespace {

// A page that a browser saved, or an export for the browser: its words, as if they were pasted.
bool is_page(std::string_view text) {
    std::string const head = ascii_lower(trim_blank(text.substr(0, 64)));
    return head.starts_with("<!doctype html") || head.starts_with("<html");
}

void read_page(std::string_view text, ChatExport& out) {
    HtmlWords words = html_words(text);
    read_pasted(words.text, out);
    for (Conversation& conversation : out.conversations) {
        for (ChatMessage& message : conversation.messages) message.span = {0, text.size()};
        if (!conversation.messages.empty()) conversation.messages.back().links = std::move(words.links);
    }
}

void read_text(std::string_view text, std::string_view name, ChatExport& out) {
    if (is_page(text) && is_telegram_page(text)) return read_telegram_page(text, out);
    if (is_page(text)) return read_page(text, out);
    if (is_json(text) && is_signal_lines(text)) return read_signal_lines(text, out);
    if (is_json(text)) return is_telegram(text) ? read_telegram(text, out) : read_json_rows(text, out);
    if (is_whatsapp(text)) return read_whatsapp(text, name, out);
    if (is_chat_table(text)) return read_chat_table(text, out);
    return read_pasted(text, out);
}

void map_spans(ChatExport& out, OffsetMap const& map, std::uint64_t shift) {
    auto const moved = [&](Span span) {
        if (!map.is_identity()) return map.to_source(span);
        return Span{span.begin + shift, span.end + shift};
    };
    for (Conversation& conversation : out.conversations) {
        for (ChatMessage& message : conversation.messages) message.span = moved(message.span);
    }
    for (ChatGap& gap : out.gaps) gap.span = moved(gap.span);
}

// Files that have readers of their own, some of which would pass for pasted text.
bool is_other_file(std::string_view bytes) {
    std::string_view const head = trim_blank(bytes.substr(0, 64));
    return has_file_head(bytes) || head.starts_with("{\\rtf") || head.starts_with("<?xml") || head.starts_with("%!PS");
}

bool holds_words(ChatExport const& out) {
    auto const filled = [](Conversation const& conversation) { return !conversation.messages.empty(); };
    return std::any_of(out.conversations.begin(), out.conversations.end(), filled);
}

}  // namespace

ChatExport read_chat(std::string_view bytes, std::string_view name) {
    ChatExport out;
    if (is_mail(bytes)) {
        out = read_mail(bytes);
    } else {
        std::optional<CharsetGuess> const guess = is_other_file(bytes) ? std::nullopt : guess_charset(bytes);
        if (!guess) {
            out.gaps.push_back({{0, bytes.size()}, "no text of a conversation"});
            return out;
        }
        std::string_view const body = bytes.substr(std::min<std::size_t>(guess->mark, bytes.size()));
        if (guess->charset == Charset::utf8 && is_utf8(body)) {
            read_text(body, name, out);
            map_spans(out, {}, guess->mark);
        } else {
            DecodedText const decoded = decode_charset(body, guess->charset, guess->mark);
            read_text(decoded.text, name, out);
            map_spans(out, decoded.map, 0);
            if (decoded.invalid > 0) out.gaps.push_back({{0, bytes.size()}, "some bytes are no characters of its character set"});
            else if (!guess->known) out.gaps.push_back({{0, bytes.size()}, "its character set is not sure"});
        }
    }
    if (out.dialect != "mail") close_export(out);
    if (!holds_words(out)) {
        out.dialect.clear();
        if (out.gaps.empty()) out.gaps.push_back({{0, bytes.size()}, "no conversation found"});
    }
    return out;
}

}  // namespace keepmum
