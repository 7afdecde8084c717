// Protected tables: how large the index is, how long it takes, what it finds and what it finds falsely.
//
//   bench_table [-n ROWS] [-l LEAKS] [-g MB] [PATH…]
//
// Builds a table of made-up people (name, telephone, account), plants leaks of two or three cells in prose, csv and json between
// other people alike, and looks for rows in text without any: the files below PATH, then made text that speaks of people
// who are in no table, up to MB megabytes. A row that is found there is looked at again letter by letter: only where the
// cells do not stand there it counts as false. Both sides of a ratio are measured in one run.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/utf8.h"
#include "format/text/canonical.h"
#include "index/table/build.h"
#include "index/table/find.h"
#include "index/table/made_test.h"
#include "io/file.h"

using namespace keepmum;

namespace {

struct Options {
    std::uint64_t rows = 1'000'000, leaks = 10'000, megabytes = 200;
    std::vector<std::string> paths;
};

double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// The table as its own program sees it, and how a text is asked for its rows.
struct Asked {
    TablePart const& part;
    TableKeys const& keys;
    double asking = 0, floor = 0;  // seconds
    std::uint64_t bytes = 0, false_rows = 0, really_there = 0;

    std::string seen;  // the text as it is compared; spans of rows count its bytes
    TableText read;

    std::vector<RowFound> find(std::string const& text) {
        std::optional<TextView> view = canonical_view(text);
        seen = view ? std::move(view->text) : text;
        read_table_text(seen, keys, read);
        return find_rows(part, read, 2);
    }

    static std::string squeezed(std::string_view text) {
        std::string out;
        for (char const c : text) {
            if (c != ' ' && c != '-' && c != '\n') out += to_lower(c);
        }
        return out;
    }

    static std::size_t count_lines(std::string_view text) {
        std::size_t lines = 0;
        for (char const *at = text.data(), *end = at + text.size(); at < end; ++at, ++lines) {
            at = static_cast<char const*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
            if (!at) break;
        }
        return lines;
    }

    // Text that holds no row on purpose.
    void take_clean(std::string const& text) {
        double const begin = seconds();
        std::size_t const lines = count_lines(text);
        double const middle = seconds();
        std::vector<RowFound> const found = find(text);
        double const end = seconds();
        floor += middle - begin + (lines > text.size() ? 1 : 0);
        asking += end - middle;
        bytes += text.size();
        for (RowFound const& row : found) {
            std::size_t const first = row.cells.front().begin, last = row.cells.back().end;
            std::string const there = squeezed(std::string_view(seen).substr(first, last - first));
            MadePerson const person = made_person(row.row);
            bool real = true;
            std::string const* const cells[] = {&person.name, &person.phone, &person.account};
            for (std::size_t c = 0; c < 3; ++c) {
                if (row.columns >> c & 1) real = real && there.find(squeezed(*cells[c])) != std::string::npos;
            }
            (real ? really_there : false_rows) += 1;
            if (!real && false_rows <= 5) std::printf("  false: row %u: %s\n", row.row, there.c_str());
        }
    }
};

std::string group_digits(std::string const& digits, MadeRandom& random) {
    if (random.below(2) == 0) return digits;
    std::string out;
    char const by = random.below(2) == 0 ? ' ' : '-';
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % 4 == 3) out += by;
        out += digits[i];
    }
    return out;
}

std::string leak_text(std::uint64_t row, std::size_t kind, MadeRandom& random) {
    MadePerson const it = made_person(row), before = made_person(row, 3), after = made_person(row, 4);
    std::string phone = group_digits(it.phone, random);
    if (random.below(4) == 0) phone = "+86 " + phone;
    std::string const account = group_digits(it.account, random);
    std::string name = it.name;
    std::size_t const blank = name.find(' ');
    bool const turned = blank != std::string::npos && random.below(3) == 0;
    if (turned) name = ascii_upper(name.substr(blank + 1)) + ", " + name.substr(0, blank);
    std::size_t const left_out = random.below(4);  // none, or one of the three
    std::string const a = left_out == 1 ? "" : name, b = left_out == 2 ? "" : phone, c = left_out == 3 ? "" : account;
    switch (kind) {
        case 0:
            return "Yesterday " + before.name + " (" + before.phone + ") asked about\nour customer " + a +
                   "; I said to call " + b + " first\nand to look at the account " + c + " before the meeting with " +
                   after.name + ".\n";
        case 1:
            return "id,account,name,city,phone\n1," + before.account + ",\"" + before.name + "\",Paris," + before.phone +
                   "\n2," + c + ",\"" + a + "\",Paris," + b +
                   "\n3," + after.account + ",\"" + after.name + "\",Paris," + after.phone + "\n";
        default:
            return "[{\"name\":\"" + before.name + "\",\"phone\":\"" + before.phone + "\"},\n {\"phone\": \"" + b +
                   "\", \"tags\": [\"vip\", \"new\"],\n  \"account\": \"" + c + "\", \"name\": \"" + a + "\"},\n {\"name\":\"" +
                   after.name + "\"}]\n";
    }
}

// A megabyte that speaks of people who are in no table, now and then with a cell of one who is.
std::string made_clean(std::uint64_t number, std::uint64_t rows) {
    static constexpr std::string_view words[] = {
        "the ",   "report ",  "of ",   "was ",      "sent ",     "to ",     "our ",  "office ",
        "in ",    "March ",   "and ",  "answered ", "by ",       "post ",   "with ", "no ",
        "我们",   "的",       "报告",  "已经",      "发给",      "客户",    "，请",  "尽快",
        "回复。", "meeting ", "2024 ", "No. 17 ",   "1,250.00 ", "room 4 ", "will ", "mark "};
    MadeRandom random(number + 1);
    std::string text;
    while (text.size() < 1u << 20) {
        for (std::size_t i = 0, count = 10 + random.below(30); i < count; ++i) text += words[random.below(32)];
        text += "\n";
        MadePerson const nobody = made_person(random.below(1u << 30), 9);
        MadePerson const one = made_person(random.below(rows)), other = made_person(random.below(rows));
        text += nobody.name + ": " + (random.below(8) == 0 ? one.phone : nobody.phone) + ", ";
        text += (random.below(8) == 0 ? other.account : nobody.account) + "\n";
    }
    return text;
}

void measure_leaks(Asked& asked, Options const& options) {
    static constexpr char const* kinds[] = {"prose", "csv", "json"};
    MadeRandom random(11);
    for (std::size_t kind = 0; kind < 3; ++kind) {
        std::uint64_t found = 0, others = 0, planted = options.leaks / 3;
        for (std::uint64_t i = 0; i < planted; ++i) {
            std::uint64_t const row = random.below(options.rows);
            bool seen = false;
            for (RowFound const& it : asked.find(leak_text(row, kind, random))) {
                seen = seen || it.row == row;
                others += it.row != row;
            }
            found += seen;
        }
        std::printf("leaks in %-5s  %llu of %llu found (%.2f %%), %llu other rows\n", kinds[kind],
                    static_cast<unsigned long long>(found), static_cast<unsigned long long>(planted),
                    100.0 * static_cast<double>(found) / static_cast<double>(planted), static_cast<unsigned long long>(others));
    }
}

void print_clean(char const* what, Asked const& asked) {
    double const megabytes = static_cast<double>(asked.bytes) / 1e6;
    std::printf("%s: %.0f MB, %llu false rows, %llu rows really there; %.0f MB/s (memchr %.0f MB/s), %.1f ms/MB\n",
                what, megabytes, static_cast<unsigned long long>(asked.false_rows),
                static_cast<unsigned long long>(asked.really_there), megabytes / asked.asking, megabytes / asked.floor,
                1000 * asked.asking / megabytes);
}

void measure_clean(TablePart const& part, TableKeys const& keys, Options const& options) {
    Asked real{part, keys};
    for (std::string const& path : options.paths) {
        auto const option = std::filesystem::directory_options::skip_permission_denied;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(path, option)) {
            std::error_code error;
            if (!entry.is_regular_file(error) || entry.is_symlink(error)) continue;
            if (real.bytes / 1'000'000 >= options.megabytes) continue;
            Result<std::string> const text = read_file(entry.path().string());
            if (text && is_utf8(*text) && text->find('\0') == std::string::npos) real.take_clean(*text);
        }
    }
    if (real.bytes > 0) print_clean("files without leaks", real);
    Asked made{part, keys};
    for (std::uint64_t i = 0; (real.bytes + made.bytes) / 1'000'000 < options.megabytes; ++i)
        made.take_clean(made_clean(i, options.rows));
    if (made.bytes > 0) print_clean("made text without leaks", made);
}

int measure(Options const& options) {
    char folder[] = "/tmp/keepmum-bench-XXXXXX";
    if (!mkdtemp(folder)) return 1;
    TableKeys const keys(RegisterKey::draw());
    std::string const path = std::string(folder) + "/part";
    double making = 0, begin = seconds();
    for (std::uint64_t i = 0; i < options.rows; ++i) making += static_cast<double>(made_person(i).name.size()) * 1e-300;
    making += seconds() - begin;
    begin = seconds();
    auto builder = TableBuilder::begin(folder, 3, keys);
    for (std::uint64_t i = 0; builder && i < options.rows; ++i) {
        MadePerson const person = made_person(i);
        std::string_view const cells[] = {person.name, person.phone, person.account};
        if (!builder->add(cells)) return 1;
    }
    if (!builder || !builder->write(path)) return 1;
    double const building = seconds() - begin - making;
    auto const part = TablePart::open(path, keys);
    if (!part) return 1;
    auto const bytes = static_cast<double>((*part)->bytes());
    std::printf("%llu rows of 3 cells: %.1f MB, %.2f bytes a row, built in %.1f s\n",
                static_cast<unsigned long long>(options.rows), bytes / 1e6, bytes / static_cast<double>(options.rows),
                building);
    Asked leaks{**part, keys};
    measure_leaks(leaks, options);
    measure_clean(**part, keys, options);
    unlink(path.c_str());
    rmdir(folder);
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    Options options;
    for (int i = 1; i < count; ++i) {
        std::string const word = arguments[i];
        if (word == "-n" && i + 1 < count) options.rows = std::strtoull(arguments[++i], nullptr, 10);
        else if (word == "-l" && i + 1 < count) options.leaks = std::strtoull(arguments[++i], nullptr, 10);
        else if (word == "-g" && i + 1 < count) options.megabytes = std::strtoull(arguments[++i], nullptr, 10);
        else options.paths.push_back(word);
    }
    return measure(options);
}
