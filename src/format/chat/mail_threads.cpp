// Mails as conversations: one with each person or list that the owner of the mailbox writes with.
//
// The text of a mail is its subject and what it says; quotations of mails that are in the mailbox themselves are left out, since
// they would put one's words into another's mouth. A quotation of something that is nowhere else stays.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_map>

#include "base/utf8.h"
#include "format/chat/mail_head.h"
#include "format/chat/read_chat.h"
#include "format/chat/readers.h"
#include "format/chat/stamp.h"
#include "format/mime/mime.h"
#include "format/text/charset.h"

namespace keepmum {

namespace {

using Kind = ChatMessage::Kind;

std::string part_text(std::string_view message, MimePart const& part) {
    std::string_view const raw = message.substr(part.body.begin, part.body.size());
    std::string bytes = decode_transfer(raw, part.encodings.empty() ? std::string_view() : part.encodings.front()).bytes;
    std::optional<CharsetGuess> const guess = guess_charset(bytes, Ending::whole, charset_named(part.charset));
    if (!guess || guess->charset == Charset::utf8) return made_valid(std::string_view(bytes).substr(guess ? guess->mark : 0));
    return decode_charset(std::string_view(bytes).substr(guess->mark), guess->charset).text;
}

std::string letters_of(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (is_alnum(c) || static_cast<unsigned char>(c) >= 0x80) out += to_lower(c);
    }
    return out;
}

// Whether the page says what the plain text says: all of some pieces of it, evenly drawn, stand there too.
bool says_the_same(std::string_view plain, std::string_view page) {
    std::string const left = letters_of(plain), right = letters_of(page);
    constexpr std::size_t piece = 48, pieces = 8;
    if (right.size() <= piece) return left.find(right) != std::string::npos;
    if (right.size() > left.size() + left.size() / 4 + 64) return false;
    for (std::size_t i = 0; i < pieces; ++i) {
        if (left.find(std::string_view(right).substr((right.size() - piece) * i / (pieces - 1), piece)) == std::string::npos) return false;
    }
    return true;
}

struct Body {
    std::string plain;
    HtmlWords page;
    bool sealed = false;
    bool shows_more = false;  // a page that holds something, if no words
};

Body read_body(std::string_view message, MimeMessage const& mime, MailFacts& facts) {
    Body body;
    for (MimePart const& part : mime.parts) {
        if (!part.is_leaf) continue;
        bool const text = part.media == "text/plain" || part.media == "text/html" || part.media == "text";
        bool const attached = !part.name.empty() || ascii_lower(part.field("Content-Disposition")).starts_with("attachment");
        body.sealed = body.sealed || part.media.find("pkcs7-mime") != std::string::npos || part.media == "application/pgp-encrypted";
        if (!text || attached) {
            if (facts.attachments.size() < 1000) facts.attachments.push_back(part.name.empty() ? part.media : part.name);
            continue;
        }
        std::string words = part_text(message, part);
        if (part.media == "text/html") {
            HtmlWords page = html_words(words);
            body.shows_more = body.shows_more || !trim_blank(words).empty();
            if (!body.page.text.empty()) body.page.text += '\n';
            body.page.text += page.text;
            std::move(page.links.begin(), page.links.end(), std::back_inserter(body.page.links));
            continue;
        }
        std::erase(words, '\r');
        if (!body.plain.empty()) body.plain += '\n';
        body.plain += words;
    }
    return body;
}

// mboxrd puts a ">" before lines of the text that begin as an envelope does.
std::string undo_mbox(std::string_view message) {
    std::string out;
    out.reserve(message.size());
    ChatLines lines(message);
    while (lines.next()) {
        std::string_view line = message.substr(lines.begin(), lines.end() - lines.begin());
        std::size_t const quotes = std::min(line.find_first_not_of('>'), line.size());
        if (quotes > 0 && line.substr(quotes).starts_with("From ")) line.remove_prefix(1);
        out += line;
    }
    return out;
}

std::string_view unquoted(std::string_view line, bool& quoted) {
    std::size_t at = skip_blank(line, 0);
    quoted = at < line.size() && line[at] == '>';
    while (at < line.size() && line[at] == '>') at = skip_blank(line, at + 1);
    return trim_blank(line.substr(quoted ? at : 0));
}

// Who wrote a line first, in the order of the mailbox.
using FirstLines = std::unordered_map<std::uint64_t, std::string_view>;

constexpr std::size_t telling_line = 20;  // bytes; shorter lines are said by many

FirstLines first_lines(std::vector<std::pair<std::string_view, std::string_view>> const& mails) {
    FirstLines first;
    for (auto const& [writer, text] : mails) {
        ChatLines lines(text);
        while (lines.next()) {
            bool quoted = false;
            std::string_view const words = unquoted(lines.line(), quoted);
            if (!quoted && words.size() >= telling_line) first.emplace(std::hash<std::string_view>{}(words), writer);
        }
    }
    return first;
}

std::string without_quotations(std::string_view text, std::string_view writer, FirstLines const& first) {
    std::string out;
    bool last_was_quoted = false;
    ChatLines lines(text);
    while (lines.next()) {
        bool quoted = false;
        std::string_view const words = unquoted(lines.line(), quoted);
        auto const found = words.size() >= telling_line ? first.find(std::hash<std::string_view>{}(words)) : first.end();
        // A short line between quoted ones goes with them.
        bool const short_one = quoted && words.size() < telling_line && last_was_quoted;
        bool const drop = found != first.end() ? quoted || found->second != writer : short_one;
        last_was_quoted = drop;
        if (drop) continue;
        if (!out.empty()) out += '\n';
        out += lines.line();
    }
    return std::string(trim_blank(out));
}

// A copy of what the owner sent has not passed the servers that deliver. A sender who only claims to be the owner has.
bool is_sent(MailFacts const& facts, std::string const& owner) {
    return !owner.empty() && facts.from.address == owner && facts.delivered_to.empty() && facts.authentication.empty() &&
           (facts.return_path.empty() || facts.return_path == owner);
}

std::string shown(MailFacts::Address const& address) { return address.name.empty() ? address.address : address.name; }

}  // namespace

void MailThreads::add(std::string_view message, Span span) {
    MimeMessage const mime = parse_mime(message);
    Mail mail;
    mail.facts = read_mail_head(mime);
    mail.message.span = span;
    mail.message.sender = shown(mail.facts.from);
    mail.message.sender_id = mail.facts.from.address;
    mail.message.when = mime.parts.empty() ? std::string() : mail_date(mime.parts.front().field("Date"));
    Body body = read_body(message, mime, mail.facts);
    std::string text = std::move(body.plain);
    if (trim_blank(text).empty()) text = body.page.text;
    else if (!body.page.text.empty() && !says_the_same(text, body.page.text)) text += "\n" + body.page.text;
    mail.message.links = std::move(body.page.links);
    mail.message.text = std::string(trim_blank(text));
    // Without words: sealed, or nothing but pictures and files, or all is said in the subject.
    bool const more = body.shows_more || !mail.facts.attachments.empty();
    if (mail.message.text.empty()) mail.message.kind = body.sealed ? Kind::unread : more ? Kind::media : Kind::text;
    if (mime.unfinished) gaps_.push_back({span, "the mail breaks off"});
    if (mime.too_deep) gaps_.push_back({span, "parts nested too deep"});
    mails_.push_back(std::move(mail));
}

ChatExport MailThreads::take() {
    ChatExport out;
    out.dialect = "mail";
    out.gaps = std::move(gaps_);
    std::vector<MailFacts const*> facts;
    std::vector<std::pair<std::string_view, std::string_view>> texts;
    for (Mail const& mail : mails_) {
        facts.push_back(&mail.facts);
        texts.emplace_back(mail.facts.from.address, mail.message.text);
    }
    std::string const owner = mail_owner(facts);
    out.owner_known = !owner.empty();
    FirstLines const first = mails_.size() > 1 ? first_lines(texts) : FirstLines();
    for (Mail& mail : mails_) {
        std::string said = without_quotations(mail.message.text, mail.facts.from.address, first);
        if (!mail.facts.subject.empty()) said.insert(0, mail.facts.subject + (said.empty() ? "" : "\n\n"));
        // The map of first lines looks at hashes alone by now; texts may change.
        mail.message.text = std::move(said);
        mail.message.mine = is_sent(mail.facts, owner);
        if (mail.message.text.empty() && mail.message.kind == Kind::text) mail.message.kind = Kind::unread;
    }
    std::unordered_map<std::string, std::size_t> places;
    for (Mail& mail : mails_) {
        MailFacts::Address other = mail.facts.from;
        if (mail.message.mine && !mail.facts.to.empty()) other = mail.facts.to.front();
        std::string const key = mail.message.mine || mail.facts.list_id.empty() ? other.address : mail.facts.list_id;
        auto const [found, fresh] = places.emplace(key, out.conversations.size());
        if (fresh) out.conversations.emplace_back().title = mail.facts.list_id.empty() ? shown(other) : mail.facts.list_id;
        Conversation& conversation = out.conversations[found->second];
        conversation.messages.push_back(std::move(mail.message));
        conversation.mails.push_back(std::move(mail.facts));
    }
    for (Conversation& conversation : out.conversations) {
        auto const& messages = conversation.messages;
        bool const spoke = std::any_of(messages.begin(), messages.end(), [](ChatMessage const& message) { return message.mine; });
        if (!spoke) conversation.me = owner;
    }
    mails_.clear();
    close_export(out);
    return out;
}

bool is_mail(std::string_view text) {
    if (text.starts_with("From ")) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    static constexpr std::string_view known_fields[] = {"to", "subject", "date", "message-id", "received",
                                                        "return-path", "mime-version", "delivered-to"};
    bool from = false;
    int others = 0;
    ChatLines lines(text.substr(0, 64 * 1024));
    while (lines.next()) {
        std::string_view const line = lines.line();
        if (line.empty()) break;
        if (line[0] == ' ' || line[0] == '\t') continue;
        std::size_t const colon = line.find(':');
        if (colon == std::string_view::npos || colon > 60 || line.find(' ') < colon) return from && others > 1;
        std::string const name = ascii_lower(line.substr(0, colon));
        from = from || name == "from";
        for (std::string_view const known : known_fields) others += name == known;
    }
    return from && others > 1;
}

ChatExport read_mail(std::string_view bytes) {
    MailThreads threads;
    if (!bytes.starts_with("From ")) {
        threads.add(bytes, {0, bytes.size()});
        return threads.take();
    }
    for (Span const span : split_mbox(bytes)) {
        std::string_view message = bytes.substr(span.begin, span.size());
        if (message.starts_with("From ")) message.remove_prefix(std::min(message.find('\n'), message.size() - 1) + 1);
        threads.add(undo_mbox(message), span);
    }
    return threads.take();
}

}  // namespace keepmum
