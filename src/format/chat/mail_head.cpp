// See mail_head.h.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/chat/mail_head.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/utf8.h"
#include "format/chat/json_pull.h"
#include "format/chat/stamp.h"

namespace keepmum {

namespace {

std::string without_quotes(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '"') continue;
        if (name[i] == '\\' && i + 1 < name.size()) ++i;
        out += name[i];
    }
    return std::string(trim_blank(out));
}

MailFacts::Address read_address(std::string_view text) {
    MailFacts::Address out;
    text = trim_blank(text);
    std::size_t const close = text.rfind('>'), open = text.substr(0, close).rfind('<');
    if (close != std::string_view::npos && open != std::string_view::npos) {
        out.name = without_quotes(text.substr(0, open));
        out.address = ascii_lower(trim_blank(text.substr(open + 1, close - open - 1)));
        return out;
    }
    std::size_t const remark = text.find('(');
    out.address = ascii_lower(trim_blank(text.substr(0, remark)));
    if (remark != std::string_view::npos) {
        std::string_view const name = text.substr(remark + 1);
        out.name = without_quotes(name.substr(0, name.rfind(')')));
    }
    if (out.address.find('@') == std::string::npos) {
        // Only a name: some programs write no address for people of the same house.
        if (out.name.empty()) out.name = without_quotes(text);
        out.address.clear();
    }
    return out;
}

// Digits after a blank; -1 where none stand there.
int take_number(std::string_view text, std::size_t& at, std::size_t most) {
    std::size_t const begin = at = skip_blank(text, at);
    while (at < text.size() && at - begin < most && is_digit(text[at])) ++at;
    return at == begin ? -1 : static_cast<int>(whole_number(text.substr(begin, at - begin)));
}

std::int64_t days_since_1970(std::int64_t year, std::int64_t month, std::int64_t day) {
    // Years from March on, as in write_epoch().
    year -= month <= 2;
    std::int64_t const era = year / 400, of_era = year - era * 400, of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

constexpr std::size_t most_fields = 200;  // of one name in a mail

}  // namespace

std::vector<MailFacts::Address> read_addresses(std::string_view value) {
    std::vector<MailFacts::Address> out;
    bool quoted = false;
    int angle = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= value.size(); ++i) {
        char const c = i < value.size() ? value[i] : ',';
        if (c == '\\' && quoted) {
            ++i;
            continue;
        }
        if (c == '"') quoted = !quoted;
        if (!quoted) angle += (c == '<') - (c == '>' && angle > 0);
        // A quote or bracket that never closes must not swallow who else is addressed.
        if (i < value.size() && (c != ',' || quoted || angle > 0)) continue;
        MailFacts::Address address = read_address(value.substr(begin, std::min(i, value.size()) - begin));
        if ((!address.address.empty() || !address.name.empty()) && out.size() < most_fields) out.push_back(std::move(address));
        begin = i + 1;
    }
    if (begin < value.size()) out.push_back(read_address(value.substr(begin)));
    return out;
}

MailFacts read_mail_head(MimeMessage const& mime) {
    MailFacts facts;
    if (mime.parts.empty()) return facts;
    auto const first = [](std::string_view value) {
        std::vector<MailFacts::Address> all = read_addresses(value);
        return all.empty() ? MailFacts::Address() : std::move(all.front());
    };
    for (HeaderField const& field : mime.parts.front().fields) {
        std::string const name = ascii_lower(field.name);
        if (name == "from" && facts.from.address.empty()) facts.from = first(field.value);
        else if (name == "sender") facts.sender = first(field.value);
        else if (name == "reply-to") facts.reply_to = first(field.value);
        else if (name == "return-path" && facts.return_path.empty()) facts.return_path = first(field.value).address;
        else if (name == "subject" && facts.subject.empty()) facts.subject = field.value;
        else if (name == "message-id") facts.message_id = field.value;
        else if (name == "in-reply-to") facts.in_reply_to = field.value;
        else if (name == "list-id") facts.list_id = field.value;
        else if (name == "precedence") facts.precedence = ascii_lower(field.value);
        else if (name == "authentication-results" && facts.authentication.size() < most_fields) facts.authentication.push_back(field.value);
        else if (name == "received" && facts.received.size() < most_fields) facts.received.push_back(field.value);
        else if (name == "delivered-to" || name == "x-original-to") {
            if (facts.delivered_to.empty()) facts.delivered_to = first(field.value).address;
        } else if (name == "to" || name == "cc") {
            for (MailFacts::Address& address : read_addresses(field.value)) {
                if (facts.to.size() < most_fields) facts.to.push_back(std::move(address));
            }
        }
    }
    return facts;
}

std::string mail_date(std::string_view value) {
    static constexpr std::string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
    std::size_t at = value.find(',') == std::string_view::npos ? 0 : value.find(',') + 1;
    int const day = take_number(value, at, 2);
    at = skip_blank(value, at);
    std::string const name = ascii_lower(value.substr(std::min(at, value.size()), 3));
    std::size_t const month = name.size() == 3 ? months.find(name) : std::string_view::npos;
    at += 3;
    int year = at < value.size() ? take_number(value, at, 4) : -1;
    if (day < 1 || day > 31 || month == std::string_view::npos || month % 3 != 0 || year < 0) return {};
    if (year < 100) year += year < 70 ? 2000 : 1900;
    int clock[3] = {0, 0, 0};
    for (int i = 0; i < 3; ++i) {
        int const number = i == 0 || (at < value.size() && value[at] == ':') ? take_number(value, at += i > 0, 2) : 0;
        clock[i] = std::clamp(number, 0, 60);
    }
    at = skip_blank(value, at);
    std::int64_t shift = 0;
    if (at < value.size() && (value[at] == '+' || value[at] == '-')) {
        bool const west = value[at++] == '-';
        int const zone = take_number(value, at, 4);
        if (zone >= 0 && zone < 2400) shift = (zone / 100 * 60 + zone % 100) * (west ? 60 : -60);
    }
    std::int64_t const days = days_since_1970(year, static_cast<std::int64_t>(month / 3) + 1, day);
    return write_epoch((days * 86'400 + clock[0] * 3600 + clock[1] * 60 + clock[2] + shift) * 1000);
}

std::string mail_owner(std::vector<MailFacts const*> const& mails) {
    std::unordered_map<std::string, std::size_t> delivered, parts;
    for (MailFacts const* mail : mails) {
        if (!mail->delivered_to.empty()) ++delivered[mail->delivered_to];
        std::set<std::string> here{mail->from.address, mail->delivered_to};
        for (MailFacts::Address const& address : mail->to) here.insert(address.address);
        for (std::string const& address : here) {
            if (!address.empty()) ++parts[address];
        }
    }
    auto const most = [](std::unordered_map<std::string, std::size_t> const& counts, std::size_t at_least) {
        std::string best;
        std::size_t count = 0, second = 0;
        for (auto const& [address, number] : counts) {
            if (number > count) {
                second = count;
                count = number;
                best = address;
            } else {
                second = std::max(second, number);
            }
        }
        return count > second && count >= at_least ? best : std::string();
    };
    if (std::string owner = most(delivered, 1); !owner.empty()) return owner;
    if (mails.size() > 1) return most(parts, mails.size() / 2 + 1);
    if (mails.empty()) return {};
    // One mail that servers delivered, to one person.
    MailFacts const& mail = *mails.front();
    bool const arrived = !mail.received.empty() || !mail.return_path.empty() || !mail.authentication.empty();
    return arrived && mail.to.size() == 1 ? mail.to.front().address : std::string();
}

}  // namespace keepmum
