// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/link/payload.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool begins(std::string_view text, std::string_view with) {
    return text.size() >= with.size() && std::equal(with.begin(), with.end(), text.begin(),
                                                    [](char wanted, char is) { return wanted == lower(is); });
}

struct Form {
    std::string_view begins;  // in small letters
    std::string_view does;
};

// More telling ones first.
constexpr Form forms[] = {
    {"otpauth://", "sign-in-key"},
    {"otpauth-migration://", "sign-in-key"},
    {"fido:/", "sign-in"},
    {"https://login.weixin.qq.com/", "sign-in"},
    {"https://open.weixin.qq.com/connect/", "sign-in"},
    {"tg://login", "link-device"},
    {"https://discord.com/ra/", "sign-in"},
    {"https://s.team/q/", "sign-in"},
    {"sgnl://linkdevice", "link-device"},
    {"https://wa.me/settings/linked_devices", "link-device"},
    {"https://txz.qq.com/", "sign-in"},
    {"https://oapi.dingtalk.com/connect/", "sign-in"},
    {"mt:", "link-device"},
    {"x-hm://", "link-device"},
    {"dpp:", "link-device"},
    {"wxp://", "pay"},
    {"https://qr.alipay.com/", "pay"},
    {"https://wx.tenpay.com/", "pay"},
    {"alipays://", "pay"},
    {"upi://pay", "pay"},
    {"bitcoin:", "pay"},
    {"ethereum:", "pay"},
    {"lightning:", "pay"},
    {"litecoin:", "pay"},
    {"bcd\n", "pay"},
    {"bcd\r\n", "pay"},
    {"000201", "pay"},
    {"begin:vcard", "add-contact"},
    {"mecard:", "add-contact"},
    {"bizcard:", "add-contact"},
    {"https://u.wechat.com/", "add-contact"},
    {"https://weixin.qq.com/g/", "add-contact"},
    {"https://t.me/+", "add-contact"},
    {"https://signal.me/", "add-contact"},
    {"mailto:", "send-message"},
    {"matmsg:", "send-message"},
    {"sms:", "send-message"},
    {"smsto:", "send-message"},
    {"mmsto:", "send-message"},
    {"tel:", "call"},
    {"facetime:", "call"},
    {"geo:", "show-place"},
    {"begin:vevent", "add-event"},
    {"begin:vcalendar", "add-event"},
    {"lpa:", "install-profile"},
    {"http://", "open-link"},
    {"https://", "open-link"},
    {"urlto:", "open-link"},
    {"www.", "open-link"},
};

// The host of an address, without user and port.
std::string host_of(std::string_view text) {
    std::size_t const scheme = text.find("://");
    std::size_t const begin = scheme == std::string_view::npos ? 0 : scheme + 3;
    std::string_view host = text.substr(begin, text.find_first_of("/?#\\ \r\n", begin) - begin);
    if (std::size_t const user = host.rfind('@'); user != std::string_view::npos) host.remove_prefix(user + 1);
    if (!host.starts_with('[')) host = host.substr(0, host.find(':'));
    std::string out(host.substr(0, 253));
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return is_utf8(out) ? out : std::string();
}

// "KEY:value;" fields, in which a backslash makes the next sign plain.
std::string field(std::string_view text, char key) {
    for (std::size_t at = 0; at < text.size();) {
        bool const wanted = at + 1 < text.size() && lower(text[at]) == lower(key) && text[at + 1] == ':';
        std::string value;
        for (at += wanted ? 2 : 0; at < text.size() && text[at] != ';'; ++at) {
            if (text[at] == '\\' && at + 1 < text.size()) ++at;
            value += text[at];
        }
        ++at;
        if (wanted) return value;
    }
    return {};
}

Payload read_wifi(std::string_view fields) {
    Payload payload;
    payload.network = field(fields, 'S');
    payload.password = field(fields, 'P');
    std::string const kind = field(fields, 'T');
    bool const open = (kind.empty() || begins(kind, "nopass")) && payload.password.empty();
    payload.does = open ? "join-open-wifi" : "join-wifi";
    bool const login = kind.find("EAP") != std::string::npos || !field(fields, 'E').empty() || !field(fields, 'I').empty();
    if (!open) payload.lock = begins(kind, "wep") ? WifiLock::wep : login ? WifiLock::personal_login : WifiLock::shared;
    payload.hidden = begins(field(fields, 'H'), "true");
    return payload;
}

// "2@" and base64 parts with commas: a messenger's computer waiting for its telephone.
bool is_messenger_link(std::string_view text) {
    if (text.size() < 40 || !is_digit(text[0]) || text[1] != '@') return false;
    return std::count(text.begin(), text.end(), ',') >= 2 && text.find(' ') == std::string_view::npos;
}

// "scheme:" of letters; a word of a sentence before a colon is followed by a space.
bool is_app_link(std::string_view text) {
    std::size_t const colon = text.find("://");
    return colon != std::string_view::npos && colon > 1 && colon < 30 &&
           std::all_of(
               text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
               [](char c) { return is_alnum(c) || c == '-' || c == '+' || c == '.'; });
}

}  // namespace

Payload read_payload(std::string_view text) {
    if (begins(text, "wifi:")) return read_wifi(text.substr(5));
    Payload payload;
    for (Form const& form : forms) {
        if (!begins(text, form.begins)) continue;
        payload.does = form.does;
        break;
    }
    if (is_messenger_link(text)) payload.does = "link-device";
    bool const web = begins(text, "http://") || begins(text, "https://") || begins(text, "www.");
    if (payload.does == "show-text" && is_app_link(text)) payload.does = "open-app";
    if (web) payload.host = host_of(text);
    if (begins(text, "urlto:"))
        payload.host = host_of(text.substr(
            std::min(text.size(), text.find(':', 6) == std::string_view::npos ? 6 : text.find(':', 6) + 1)));
    return payload;
}

}  // namespace keepmum
