// Readable runs in a binary that nothing here can parse: a plain password in it is found all the
// same. The gap for the rest stays, and is the engine's to put down.
//
// Sought are runs of UTF-8, of UTF-16 in both byte orders and of GB2312 characters, at any offset.
// Runs beyond ASCII must be made of common characters, or half of all noise would read as Chinese.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "extract/text/extractors.h"
#include "extract/text/reader.h"
#include "format/text/han.h"

namespace keepmum {

namespace {

enum class Form : std::uint8_t { utf8, utf16le, utf16be, gb };

struct Run {
    std::size_t begin = 0;
    std::size_t end = 0;
    Form form = Form::utf8;
};

constexpr std::size_t least_ascii = 6;
constexpr std::size_t least_han = 4;

bool is_plain(unsigned char byte) { return (byte >= 0x20 && byte < 0x7F) || byte == '\t'; }

// The characters of GB2312 rows 16 to 87, by lead and trail byte.
char32_t gb_character(unsigned char lead, unsigned char trail) {
    static std::u32string const table = [] {
        std::string bytes;
        for (int row = 0xB0; row <= 0xF7; ++row) {
            for (int cell = 0xA1; cell <= 0xFE; ++cell) {
                bytes += static_cast<char>(row);
                bytes += static_cast<char>(cell);
            }
        }
        std::string const text = decode_charset(bytes, Charset::gb18030).text;
        std::u32string characters;
        for (std::size_t at = 0; at < text.size();) {
            CodePoint const point = decode_utf8(text, at);
            characters += point.value;
            at += point.length;
        }
        return characters;
    }();
    std::size_t const index = static_cast<std::size_t>(lead - 0xB0) * 94 + (trail - 0xA1u);
    return index < table.size() ? table[index] : 0xFFFD;
}

void find_utf8(std::string_view bytes, std::vector<Run>& out) {
    std::size_t begin = 0, characters = 0, wide = 0, common = 0;
    auto close = [&](std::size_t end) {
        bool const ascii = characters - wide >= least_ascii;
        bool const han = wide >= least_han && common * 2 >= wide;
        if (ascii || han) out.push_back({begin, end, Form::utf8});
        characters = wide = common = 0;
    };
    for (std::size_t at = 0; at < bytes.size();) {
        auto const byte = static_cast<unsigned char>(bytes[at]);
        if (is_plain(byte)) {
            if (characters++ == 0) begin = at;
            ++at;
            continue;
        }
        CodePoint const point = byte < 0x80 ? CodePoint{0xFFFD, 1, false} : decode_utf8(bytes, at);
        if (point.valid && point.length >= 2 && is_printable(point.value)) {
            if (characters++ == 0) begin = at;
            ++wide;
            common += is_common_han(point.value) || (point.value >= 0x3001 && point.value <= 0x30FF);
            at += point.length;
            continue;
        }
        close(at);
        at += point.length;
    }
    close(bytes.size());
}

void find_utf16(std::string_view bytes, std::size_t parity, Form form, std::vector<Run>& out) {
    std::size_t begin = 0, ascii = 0, han = 0, common = 0;
    auto close = [&](std::size_t end) {
        if (ascii >= least_ascii || (han + ascii >= least_han && han > 0 && common * 2 > han && common >= 2)) {
            out.push_back({begin, end, form});
        }
        ascii = han = common = 0;
    };
    std::size_t const low = form == Form::utf16le ? 0 : 1;
    std::size_t at = parity;
    for (; at + 1 < bytes.size(); at += 2) {
        auto const lower = static_cast<unsigned char>(bytes[at + low]);
        auto const upper = static_cast<unsigned char>(bytes[at + 1 - low]);
        char32_t const unit = static_cast<char32_t>(upper << 8 | lower);
        bool const plain = upper == 0 && is_plain(lower);
        bool const east = (unit >= 0x4E00 && unit <= 0x9FFF) || (unit >= 0x3001 && unit <= 0x3011) ||
                          (unit >= 0xFF01 && unit <= 0xFF5E);
        if (!plain && !east) {
            if (ascii + han != 0) close(at);
            continue;
        }
        if (ascii + han == 0) begin = at;
        ascii += plain;
        han += east;
        common += east && (unit < 0x4E00 || unit > 0x9FFF || is_common_han(unit));
    }
    if (ascii + han != 0) close(at);
}

void find_gb(std::string_view bytes, std::size_t parity, std::vector<Run>& out) {
    std::size_t begin = 0, han = 0, common = 0;
    auto close = [&](std::size_t end) {
        if (han >= least_han && common * 2 > han) out.push_back({begin, end, Form::gb});
        han = common = 0;
    };
    std::size_t at = parity;
    for (; at + 1 < bytes.size(); at += 2) {
        auto const lead = static_cast<unsigned char>(bytes[at]);
        auto const trail = static_cast<unsigned char>(bytes[at + 1]);
        if (lead < 0xB0 || lead > 0xF7 || trail < 0xA1 || trail == 0xFF) {
            if (han != 0) close(at);
            continue;
        }
        if (han++ == 0) begin = at;
        common += is_common_han(gb_character(lead, trail));
    }
    if (han != 0) close(at);
}

std::vector<Run> find_runs(std::string_view bytes) {
    std::vector<Run> runs;
    find_utf8(bytes, runs);
    for (std::size_t parity : {0u, 1u}) {
        find_utf16(bytes, parity, Form::utf16le, runs);
        find_utf16(bytes, parity, Form::utf16be, runs);
        find_gb(bytes, parity, runs);
    }
    std::sort(runs.begin(), runs.end(), [](Run const& a, Run const& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    return runs;
}

// One text of all runs, each on a line of its own, with the way back to the bytes.
Evidence join_runs(std::string_view bytes, std::uint64_t base, std::vector<Run> const& runs) {
    std::string text;
    OffsetMap map;
    auto add = [&](char32_t character, std::size_t at, std::uint32_t width) {
        std::size_t const before = text.size();
        append_utf8(text, character);
        map.add(before, base + at, static_cast<std::uint32_t>(text.size() - before), width);
    };
    std::size_t wide_end = 0;  // of the last UTF-16 run: the other byte order sees the same letters
    for (Run const& run : runs) {
        if (run.form == Form::utf16le || run.form == Form::utf16be) {
            if (run.end <= wide_end + 2 && run.begin < wide_end) continue;
            wide_end = run.end;
        }
        if (run.form == Form::utf8) {
            map.add(text.size(), base + run.begin);
            text.append(bytes.substr(run.begin, run.end - run.begin));
        } else {
            for (std::size_t at = run.begin; at < run.end; at += 2) {
                auto const first = static_cast<unsigned char>(bytes[at]);
                auto const second = static_cast<unsigned char>(bytes[at + 1]);
                char32_t const character = run.form == Form::gb ? gb_character(first, second)
                                           : run.form == Form::utf16le ? char32_t(second << 8 | first)
                                                                       : char32_t(first << 8 | second);
                add(character, at, 2);
            }
        }
        map.add(text.size(), base + run.end, 1, 0);  // the line end is ours
        text += '\n';
    }
    Evidence out;
    out.kind = Kind::text;
    out.role = Role::residue;
    out.media = "text/plain";
    out.content = Blob::take(std::move(text));
    out.map = std::move(map);
    return out;
}

class StringsInBinary final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::uint64_t const whole = evidence.size();
        for (std::uint64_t at = 0; at < whole && !outlet.enough();) {
            Blob const bytes = TRY(read_bytes(evidence, at, TextReader::slice_size));
            if (bytes.empty()) break;
            std::vector<Run> const runs = find_runs(bytes.view());
            if (!runs.empty()) outlet.put(join_runs(bytes.view(), at, runs));
            outlet.progress();
            if (at + bytes.size() >= whole || bytes.size() <= TextReader::overlap) break;
            at += bytes.size() - TextReader::overlap;
        }
        // Searched for runs is not read: nothing of the file is accounted for.
        return Done{0, evidence.media};
    }
};

}  // namespace

Extractor const* strings_in_binary() {
    static StringsInBinary const instance;
    return &instance;
}

}  // namespace keepmum
