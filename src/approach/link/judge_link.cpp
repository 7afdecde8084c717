// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/link/judge_link.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "format/link/suffix.h"
#include "report/words.h"

namespace keepmum {

namespace {

constexpr std::size_t longest_shown = 200;
constexpr unsigned most_jumps = 3;  // links inside links

constexpr auto programs = std::to_array<std::string_view>({
    "apk",      "apks", "xapk",
    "aab",      "ipa",  "mobileconfig",
    "exe",      "msi",  "msix",
    "appx",     "scr",  "com",
    "pif",      "bat",  "cmd",
    "ps1",      "vbs",  "vbe",
    "js",       "jse",  "wsf",
    "hta",      "lnk",  "url",
    "cpl",      "dll",  "jar",
    "iso",      "img",  "vhd",
    "vhdx",     "dmg",  "pkg",
    "app",      "deb",  "rpm",
    "appimage", "sh",   "docm",
    "dotm",     "xlsm", "xltm",
    "xlam",     "pptm", "ppam",
    "xll",      "chm",  "reg",
    "one",      "rdp",  "settingcontent-ms",
    "hap",
});

// Endings that are files in a path, and mean nothing else there: "/login.com" and "/app" do.
bool runs_in_path(std::string_view ending) {
    for (std::string_view const page : {"com", "app", "js", "one", "url", "sh"}) {
        if (ending == page) return false;
    }
    return is_program_name("x." + std::string(ending));
}

std::string cut_shown(std::string_view text) {
    std::string shown = show_text(text.substr(0, longest_shown * 2));
    if (shown.size() <= longest_shown) return shown;
    return shown.substr(0, valid_utf8_prefix(std::string_view(shown).substr(0, longest_shown - 3))) + "…";
}

LinkReason reason_of(NameLikeness how) {
    switch (how) {
        case NameLikeness::same_look:
            return LinkReason::same_look;
        case NameLikeness::one_slip:
            return LinkReason::one_slip;
        case NameLikeness::hyphens:
            return LinkReason::hyphens;
        case NameLikeness::as_beginning:
            return LinkReason::as_beginning;
        case NameLikeness::added_word:
            return LinkReason::added_word;
        case NameLikeness::other_ending:
            return LinkReason::other_ending;
        case NameLikeness::uses_name:
            return LinkReason::uses_name;
        case NameLikeness::own:
            return LinkReason::trusted;
        case NameLikeness::none:
            break;
    }
    return LinkReason::nothing_known;
}

std::string without_percent(std::string_view text) {
    bool undone = false;
    return undo_percent(text, undone);
}

// The last name of a path, without what is asked of it.
std::string_view file_of(std::string_view path) {
    path = path.substr(0, path.find_first_of("?#"));
    std::size_t const slash = path.find_last_of("/\\");
    return slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
}

// An address inside the address: where a page is told to send its visitor.
std::optional<Url> find_inner(std::string_view path) {
    std::string const plain = without_percent(path);
    for (std::string_view const scheme : {"https://", "http://"}) {
        std::size_t const at = plain.find(scheme, 1);
        if (at == std::string::npos) continue;
        std::string_view rest = std::string_view(plain).substr(at);
        return read_url(rest.substr(0, rest.find_first_of("&\"'<> ")));
    }
    return std::nullopt;
}

bool usual_port(Url const& url) {
    return url.port == 0 || url.port == 80 || url.port == 443 || url.port == 8080 || url.port == 8443;
}

// What stands before '@' and is made to be read as a host: "login.bank.example".
bool poses_as_host(std::string_view user) {
    std::size_t const dot = user.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || user.size() - dot < 3 ||
        user.find(' ') != std::string_view::npos)
        return false;
    std::string_view const ending = user.substr(dot + 1);
    return std::none_of(ending.begin(), ending.end(), is_digit);
}

bool any_of(std::vector<LinkNote> const& notes, std::initializer_list<LinkReason> reasons) {
    return std::any_of(notes.begin(), notes.end(), [&](LinkNote const& note) {
        return std::find(reasons.begin(), reasons.end(), note.reason) != reasons.end();
    });
}

// What a code does by itself, beside opening an address; nothing for addresses and text.
std::optional<LinkNote> note_deed(Payload const& read, std::string_view payload) {
    std::string_view const does = read.does;
    std::string const network = cut_shown(read.network);
    struct Deed {
        std::string_view does;
        LinkReason reason;
    };
    constexpr Deed deeds[] = {{"link-device", LinkReason::device_link},
                              {"sign-in", LinkReason::sign_in},
                              {"sign-in-key", LinkReason::sign_in_key},
                              {"install-profile", LinkReason::profile},
                              {"pay", LinkReason::payment},
                              {"add-contact", LinkReason::contact},
                              {"show-place", LinkReason::contact},
                              {"add-event", LinkReason::contact}};
    for (Deed const& deed : deeds) {
        if (deed.does == does) return LinkNote{deed.reason, ""};
    }
    if (does == "join-open-wifi") return LinkNote{LinkReason::open_wifi, network};
    if (does == "join-wifi" && read.lock == WifiLock::wep) return LinkNote{LinkReason::weak_wifi, network};
    if (does == "join-wifi" && read.lock == WifiLock::personal_login)
        return LinkNote{LinkReason::personal_wifi, network};
    if (does == "join-wifi") return LinkNote{LinkReason::shared_wifi, network};
    if (does == "open-app") return LinkNote{LinkReason::opens_app, cut_shown(payload.substr(0, payload.find(':')))};
    if (does == "call" || does == "send-message")
        return LinkNote{LinkReason::calls, cut_shown(payload.substr(0, 60))};
    return std::nullopt;
}

}  // namespace

bool is_program_name(std::string_view name) {
    std::size_t const dot = name.rfind('.');
    if (dot == std::string_view::npos) return false;
    std::string const ending = ascii_lower(name.substr(dot + 1));
    return std::find(programs.begin(), programs.end(), ending) != programs.end();
}

LinkJudgement sum_up(std::string shown, std::string host, std::vector<LinkNote> notes) {
    LinkJudgement out{std::move(shown), std::move(host), Outcome::pass, {}};
    std::stable_sort(notes.begin(), notes.end(), [](LinkNote const& left, LinkNote const& right) {
        Outcome const a = words_of(left.reason).outcome, b = words_of(right.reason).outcome;
        return a != b ? a > b : left.reason < right.reason;
    });
    for (LinkNote& note : notes) {
        out.outcome = std::max(out.outcome, words_of(note.reason).outcome);
        if (!any_of(out.notes, {note.reason})) out.notes.push_back(std::move(note));
    }
    if (out.notes.empty()) out.notes.push_back({LinkReason::nothing_known, ""});
    return out;
}

void LinkJudge::note_host(Url const& url, std::vector<LinkNote>& notes) const {
    if (url.address) {
        bool const odd = url.address->odd, inside = url.address->inside;
        LinkReason const reason = odd      ? LinkReason::odd_number_host
                                  : inside ? LinkReason::inside_host
                                           : LinkReason::number_host;
        notes.push_back({reason, url.address->plain});
        return;
    }
    Resemblance const like = compare_host(url.host, trusted_);
    if (like.how != NameLikeness::none) notes.push_back({reason_of(like.how), std::string(like.trusted)});
    if (like.how == NameLikeness::own) return;
    Scripts const scripts = scripts_of(url.host);
    if (scripts == Scripts::mixed) notes.push_back({LinkReason::mixed_scripts, url.host});
    if (scripts == Scripts::posing) notes.push_back({LinkReason::posing_script, url.host});
    if (lists_.is(HostKind::short_link, url.host)) notes.push_back({LinkReason::short_link, url.host});
    if (lists_.is(HostKind::redirector, url.host)) notes.push_back({LinkReason::redirector, url.host});
    if (lists_.is(HostKind::files, url.host)) notes.push_back({LinkReason::files_of_anybody, url.host});
}

void LinkJudge::note_path(Url const& url, std::vector<LinkNote>& notes, unsigned depth) const {
    std::string const file = without_percent(file_of(url.path));
    std::size_t const dot = file.rfind('.');
    if (dot != std::string::npos && runs_in_path(ascii_lower(file.substr(dot + 1)))) {
        bool const nowhere =
            url.scheme == "http" || any_of(notes, {LinkReason::number_host, LinkReason::odd_number_host,
                                                   LinkReason::short_link, LinkReason::user_part});
        notes.push_back(
            {nowhere ? LinkReason::program_from_nowhere : LinkReason::program, cut_shown(made_valid(file))});
    }
    if (depth == 0) return;
    if (std::optional<Url> const inner = find_inner(url.path);
        inner && registrable_domain(inner->host) != registrable_domain(url.host)) {
        notes.push_back({LinkReason::leads_on, inner->host});
        for (LinkNote& note : note_url(*inner, depth - 1)) {
            if (note.reason != LinkReason::trusted && note.reason != LinkReason::leads_on)
                notes.push_back(std::move(note));
        }
    }
}

std::vector<LinkNote> LinkJudge::note_url(Url const& url, unsigned depth) const {
    std::vector<LinkNote> notes;
    if (url.has_user) {
        std::string const before = url.user.substr(0, std::min(url.user.find(':'), url.user.size()));
        bool const poses = poses_as_host(before);
        notes.push_back({poses ? LinkReason::user_is_host : LinkReason::user_part, poses ? cut_shown(before) : ""});
    }
    note_host(url, notes);
    if (!usual_port(url)) notes.push_back({LinkReason::odd_port, std::to_string(url.port)});
    if (url.escaped_host) notes.push_back({LinkReason::escaped_host, ""});
    if (url.disguised) notes.push_back({LinkReason::disguised, ""});
    if (url.scheme == "http") notes.push_back({LinkReason::not_encrypted, ""});
    bool const web = url.scheme.starts_with("h") || url.scheme == "ftp" || url.scheme.starts_with("ws");
    if (!web) notes.push_back({LinkReason::opens_app, url.scheme});
    note_path(url, notes, depth);
    return notes;
}

LinkJudgement LinkJudge::judge_url(Url const& url) const {
    std::string shown = url.scheme + "://" + (url.has_user ? url.user + "@" : "") + url.written;
    if (url.port) shown += ":" + std::to_string(url.port);
    shown += url.path;
    return sum_up(cut_shown(shown), url.host, note_url(url, most_jumps));
}

std::optional<LinkJudgement> LinkJudge::judge_link(std::string_view text) const {
    std::string const low = ascii_lower(text.substr(0, 40));
    std::string_view const plain =
        std::string_view(low).substr(std::min(low.find_first_not_of(" \t\r\n"), low.size()));
    for (std::string_view const scheme : {"javascript:", "data:", "vbscript:"}) {
        if (plain.starts_with(scheme)) return sum_up(cut_shown(text), "", {{LinkReason::script, ""}});
    }
    Payload const payload = read_payload(text);
    if (payload.does == "link-device" || payload.does == "sign-in" || payload.does == "sign-in-key")
        return judge_payload(text);
    std::optional<Url> const url = read_url(text);
    if (!url) return std::nullopt;
    LinkJudgement judgement = judge_url(*url);
    judgement.shown = cut_shown(text);
    return judgement;
}

LinkJudgement LinkJudge::judge_shown(std::string_view shown, Url const& target) const {
    LinkJudgement judgement = judge_url(target);
    std::vector<FoundUrl> const named = find_urls(shown, 1);
    if (named.empty()) return judgement;
    Url const& url = named.front().url;
    if (registrable_domain(url.host) == registrable_domain(target.host)) return judgement;
    if (lists_.is(HostKind::redirector, target.host) || compare_host(target.host, trusted_).how == NameLikeness::own)
        return judgement;
    std::vector<LinkNote> notes = std::move(judgement.notes);
    std::erase_if(notes, [](LinkNote const& note) { return note.reason == LinkReason::nothing_known; });
    notes.push_back({LinkReason::target_differs, url.host});
    return sum_up(std::move(judgement.shown), std::move(judgement.host), std::move(notes));
}

LinkJudgement LinkJudge::judge_payload(std::string_view payload) const {
    Payload const read = read_payload(payload);
    std::vector<LinkNote> notes;
    std::string host = read.host;
    std::string_view const does = read.does;
    if (std::optional<Url> const url = does == "open-link" || !read.host.empty() ? read_url(payload) : std::nullopt) {
        notes = note_url(*url, most_jumps);
        host = url->host;
    }
    if (std::optional<LinkNote> note = note_deed(read, payload)) {
        notes.push_back(std::move(*note));
    } else if (does != "open-link") {
        notes.push_back({LinkReason::text_only, ""});
        // A lure in words: what it wants opened stands in it.
        for (FoundUrl const& found : find_urls(payload.substr(0, 64u << 10), 20)) {
            for (LinkNote& note : note_url(found.url, most_jumps)) notes.push_back(std::move(note));
        }
    }
    // The password of a network is nobody's business who reads the report.
    std::string const shown = read.password.empty() ? cut_shown(payload) : "WIFI: " + cut_shown(read.network);
    return sum_up(does == "sign-in-key" ? cut_shown(payload.substr(0, payload.find('?'))) : shown, std::move(host),
                  std::move(notes));
}

}  // namespace keepmum
