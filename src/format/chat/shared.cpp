// What all dialects share: numbers and senders of an export, escapes of JSON, the words of HTML.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_set>

#include "base/utf8.h"
#include "format/chat/readers.h"
#include "format/chat/stamp.h"
#include "format/text/entities.h"
#include "format/text/html.h"

namespace keepmum {

namespace {

void close_conversation(Conversation& conversation, bool owner_known) {
    std::unordered_set<std::string_view> known;
    std::uint32_t number = 0;
    conversation.senders.clear();
    for (ChatMessage& message : conversation.messages) {
        message.number = ++number;
        bool const speaks = message.kind != ChatMessage::Kind::system && !message.sender.empty();
        if (!speaks) continue;
        // Names live in the messages, which do not move any more.
        if (known.insert(message.sender).second) conversation.senders.push_back(message.sender);
        if (message.mine && conversation.me.empty()) conversation.me = message.sender;
    }
    if (conversation.me.empty() && !owner_known) {
        auto const own = std::find_if(conversation.senders.begin(), conversation.senders.end(), means_me);
        if (own != conversation.senders.end()) conversation.me = *own;
    }
    conversation.group = conversation.group || conversation.senders.size() > 2;
    // Where the export marks its owner's messages, the mark counts and not the name, which others may bear too.
    if (conversation.me.empty() || owner_known) return;
    for (ChatMessage& message : conversation.messages) message.mine = message.sender == conversation.me;
}

int hex_value(char c) {
    c = to_lower(c);
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The number that `digits` hex digits at `at` write, or -1.
int read_hex(std::string_view text, std::size_t at, std::size_t digits) {
    if (at + digits > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
        int const digit = hex_value(text[i]);
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

// The character of the escape at `at` (a backslash), and how many bytes it takes; 0 where it is none.
std::size_t read_escape(std::string_view raw, std::size_t at, char32_t& character) {
    char const kind = at + 1 < raw.size() ? raw[at + 1] : '\0';
    static constexpr std::string_view kinds = "nrtbf\"\\/", meant = "\nrt  \"\\/";
    if (std::size_t const index = kinds.find(kind); kind != '\0' && index != std::string_view::npos) {
        character = kind == 'r' ? U'\r' : kind == 't' ? U'\t' : static_cast<unsigned char>(meant[index]);
        return 2;
    }
    int const value = kind == 'u' ? read_hex(raw, at + 2, 4) : kind == 'x' ? read_hex(raw, at + 2, 2) : -1;
    if (value < 0) return 0;
    character = static_cast<char32_t>(value);
    if (kind == 'x') return 4;
    if (value < 0xD800 || value > 0xDFFF) return 6;
    int const low = raw.substr(at + 6, 2) == "\\u" ? read_hex(raw, at + 8, 4) : -1;
    if (value > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
        character = 0xFFFD;
        return 6;
    }
    character = 0x10000 + (static_cast<char32_t>(value - 0xD800) << 10) + static_cast<char32_t>(low - 0xDC00);
    return 12;
}

bool starts_line(std::string_view tag) {
    static constexpr std::string_view tags[] = {"p", "br", "div", "tr", "li", "h1", "h2",
                                                "h3", "h4", "blockquote", "table", "ul", "ol", "hr", "pre"};
    return std::find(std::begin(tags), std::end(tags), tag) != std::end(tags);
}

// Adds words with their blanks folded, as a browser does.
void add_words(std::string& out, std::string_view words) {
    for (char const c : words) {
        bool const blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank) out += c;
        else if (!out.empty() && out.back() != ' ' && out.back() != '\n') out += ' ';
    }
}

}  // namespace

void close_export(ChatExport& out) {
    std::erase_if(out.conversations, [](Conversation const& conversation) { return conversation.messages.empty(); });
    for (Conversation& conversation : out.conversations) close_conversation(conversation, out.owner_known);
}

bool means_me(std::string_view sender) {
    static constexpr std::string_view words[] = {"me", "i", "you", "myself", "我", "自己", "本人",
                                                "您", "你", "ich", "moi", "yo", "eu", "io", "я", "나", "私", "自分"};
    std::string const lower = ascii_lower(trim_blank(sender));
    return std::find(std::begin(words), std::end(words), lower) != std::end(words);
}

std::string json_text(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    std::size_t at = 0;
    while (at < raw.size()) {
        std::size_t const stop = std::min(raw.find('\\', at), raw.size());
        out.append(raw.substr(at, stop - at));
        at = stop;
        if (at == raw.size()) break;
        char32_t character = 0;
        std::size_t const length = read_escape(raw, at, character);
        if (length == 0) {
            out += raw[at++];
            continue;
        }
        // Controls part words, and are no letters.
        append_utf8(out, character < 0x20 && character != '\n' && character != '\t' ? U' ' : character);
        at += length;
    }
    return out;
}

bool looks_like_html(std::string_view text) {
    for (std::size_t at = text.find('<'); at != std::string_view::npos && at + 2 < text.size(); at = text.find('<', at + 1)) {
        if (is_alpha(text[at + 1]) || text[at + 1] == '/') return text.find('>', at) != std::string_view::npos;
    }
    return false;
}

std::string undo_references(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t const stop = std::min(text.find('&', at), text.size());
        out.append(text.substr(at, stop - at));
        at = stop;
        if (at == text.size()) break;
        CharacterReference const reference = decode_reference(text, at);
        if (reference.length == 0) {
            out += text[at++];
            continue;
        }
        append_utf8(out, reference.value);
        at += reference.length;
    }
    return out;
}

HtmlWords html_words(std::string_view html) {
    HtmlWords out;
    HtmlTokenizer tokens(html);
    HtmlToken token;
    std::string target;
    std::size_t link_begin = 0;
    bool in_link = false;
    auto const close_link = [&] {
        if (!in_link) return;
        in_link = false;
        std::string shown(trim_blank(std::string_view(out.text).substr(std::min(link_begin, out.text.size()))));
        if (!target.empty() && shown != target) out.links.push_back({std::move(shown), std::move(target)});
        target.clear();
    };
    while (tokens.next(token)) {
        std::string_view const content = html.substr(token.content.begin, token.content.size());
        if (token.what == HtmlToken::What::text) add_words(out.text, undo_references(content));
        if (token.what != HtmlToken::What::start_tag && token.what != HtmlToken::What::end_tag) continue;
        if (starts_line(token.name) && !out.text.empty() && out.text.back() != '\n') out.text += '\n';
        if (token.name == "td" || token.name == "th") add_words(out.text, " ");
        if (token.name != "a") continue;
        close_link();
        if (token.what == HtmlToken::What::end_tag) continue;
        for (HtmlAttribute const& attribute : token.attributes) {
            if (attribute.name == "href") target = undo_references(html.substr(attribute.value.begin, attribute.value.size()));
        }
        in_link = true;
        link_begin = out.text.size();
    }
    close_link();
    out.text = std::string(trim_blank(out.text));
    return out;
}

}  // namespace keepmum
