// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/usb_journal.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

#include "format/journal/journal.h"

namespace keepmum {

void UsbJournal::add(std::string_view file) {
    constexpr std::size_t most_lines = 100'000, longest = 512;
    if (!is_journal(file)) {
        cut_ = true;
        return;
    }
    ++files_;
    JournalLines const found = read_usb_lines(file);
    cut_ = cut_ || !found.whole;
    for (JournalLine const& line : found.lines) {
        if (lines_.size() >= most_lines) {
            cut_ = true;
            return;
        }
        lines_.push_back({line.microseconds, std::string(line.message.substr(0, longest))});
    }
}

std::string UsbJournal::text() const {
    std::vector<Line const*> order;
    for (Line const& line : lines_) order.push_back(&line);
    std::stable_sort(order.begin(), order.end(),
                     [](Line const* left, Line const* right) { return left->microseconds < right->microseconds; });
    std::string text;
    for (Line const* line : order) {
        std::time_t const when = line->microseconds / 1'000'000;
        std::tm parts{};
        char stamp[64] = "";
        if (::gmtime_r(&when, &parts)) std::strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &parts);
        text += stamp;
        text += " kernel: " + line->message + "\n";
    }
    return text;
}

}  // namespace keepmum
