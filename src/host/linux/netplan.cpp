// Netplan's YAML, as far as wifis need it: maps in block style, {} and [] on one line, quoted or plain words, comments.
//
//   network:
//     wifis:
//       wlan0:
//         access-points:
//           "Lab":
//             mode: ap
//             auth: {key-management: sae, password: "…"}
//
// A YAML library for six keys was not worth a further reader of hostile input. Anchors, tags, block scalars and flow maps
// over several lines are not read; where one stands under wifis the file counts as not understood.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "host/linux/text.h"
#include "host/linux/wifi_elements.h"
#include "host/linux/wifi_saved.h"

namespace keepmum::linux_host {

namespace {

struct Level {
    std::size_t indent;
    std::string_view key;
};

// "key: value" → its parts; a quoted key may hold colons. False for what is no pair.
bool split_pair(std::string_view line, std::string_view& key, std::string_view& value) {
    std::size_t colon = 0;
    if (line.front() == '"' || line.front() == '\'') {
        std::size_t const close = line.find(line.front(), 1);
        if (close == line.npos) return false;
        colon = line.find(':', close);
    } else {
        colon = line.find(": ");
        if (colon == line.npos && line.back() == ':') colon = line.size() - 1;
    }
    if (colon == line.npos) return false;
    key = unquoted(trim(line.substr(0, colon)));
    value = trim(line.substr(colon + 1));
    return true;
}

// Without a comment behind it; a # in quotes is none.
std::string_view without_comment(std::string_view line) {
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (quote != 0) {
            if (line[i] == quote) quote = 0;
        } else if (line[i] == '"' || line[i] == '\'') {
            quote = line[i];
        } else if (line[i] == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) {
            return line.substr(0, i);
        }
    }
    return line;
}

struct Point {  // one access point while it is read
    Network network;
    AirWords words;
    bool open = false, auth = false;
};

void take(Point& point, std::string_view key, std::string_view value, bool in_auth) {
    value = unquoted(value);
    if (key == "mode") point.network.we_are_host = value == "ap";
    if (key == "password" || key == "auth") point.words.secured = true;
    if (in_auth) {
        point.words.secured = true;
        if (key == "key-management") point.words.key_management = value;
    }
}

// "{key-management: sae, password: x}"
void take_flow(Point& point, std::string_view flow, bool in_auth) {
    flow.remove_prefix(1);
    flow.remove_suffix(1);
    while (!flow.empty()) {
        std::size_t const end = std::min(flow.find(','), flow.size());
        std::string_view key, value, one = trim(flow.substr(0, end));
        if (!one.empty() && split_pair(one, key, value)) take(point, key, value, in_auth);
        flow.remove_prefix(std::min(end + 1, flow.size()));
    }
}

void finish_point(Point& point, std::string_view path, Known<Network>& known) {
    if (!point.open) return;
    point.network.joins_itself = !point.network.we_are_host;
    if (point.words.key_management == "none") point.words = {};
    point.network.cipher = judge_words(point.words);
    point.network.proof = prove(path, point.network.ssid + ": " + std::string(word(point.network.cipher)));
    add(known, std::move(point.network));
    point = {};
}

bool beyond_us(std::string_view value) {
    if (value.empty()) return false;
    if (value.front() == '{') return value.back() != '}' || value.find('{', 1) != value.npos;
    return value.front() == '&' || value.front() == '*' || value.front() == '!' || value.front() == '|' ||
           value.front() == '>';
}

}  // namespace

bool parse_netplan(std::string_view text, std::string_view path, Known<Network>& known) {
    std::vector<Level> above;
    Point point;
    bool good = true;
    while (!text.empty()) {
        std::string_view const whole = next_line(text);
        std::string_view const line = trim(without_comment(whole));
        if (line.empty() || line == "---") continue;
        std::size_t const indent = whole.find_first_not_of(' ');
        while (!above.empty() && above.back().indent >= indent) above.pop_back();
        std::string_view key, value;
        bool const in_wifis = above.size() >= 2 && above[0].key == "network" && above[1].key == "wifis";
        bool const is_point = in_wifis && above.size() == 4 && above[3].key == "access-points";
        if (above.size() <= 4) finish_point(point, path, known);
        if (whole[indent] == '\t' || !split_pair(line, key, value)) {
            if ((in_wifis && line.front() != '-') || whole[indent] == '\t') good = false;
            continue;
        }
        bool const wanted = in_wifis || key == "wifis" || key == "network";
        if (wanted && beyond_us(value)) good = false;
        if (above.size() < 64) above.push_back({indent, key});
        bool const flow = value.size() >= 2 && value.front() == '{' && value.back() == '}';
        if (is_point) {
            point.open = true;
            point.network.ssid = made_name(key);
            if (flow) take_flow(point, value, false);
        } else if (point.open) {
            bool const in_auth = above.size() >= 6 && above[5].key == "auth";
            take(point, key, value, in_auth && key != "auth");
            if (flow) take_flow(point, value, in_auth);
        }
    }
    finish_point(point, path, known);
    return good;
}

}  // namespace keepmum::linux_host
