// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/zip/layout.h"

#include <algorithm>

namespace keepmum {

namespace {

constexpr std::uint64_t local_size = 30;
constexpr std::uint64_t central_size = 46;
constexpr std::uint64_t end_size = 22;
constexpr std::uint64_t end64_size = 56;
constexpr std::uint64_t locator_size = 20;
constexpr std::string_view local_mark("PK\3\4", 4);
constexpr std::string_view central_mark("PK\1\2", 4);
constexpr std::string_view end_mark("PK\5\6", 4);
constexpr std::string_view end64_mark("PK\6\6", 4);
constexpr std::string_view locator_mark("PK\6\7", 4);
constexpr std::string_view descriptor_mark("PK\7\10", 4);

// Little-endian number of `count` bytes; 0 where the bytes are not all there.
std::uint64_t number(std::string_view bytes, std::uint64_t at, unsigned count) {
    if (at > bytes.size() || bytes.size() - at < count) return 0;
    std::uint64_t value = 0;
    for (unsigned i = count; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

bool has(std::string_view bytes, std::uint64_t at, std::uint64_t count) {
    return at <= bytes.size() && bytes.size() - at >= count;
}

bool marked(std::string_view bytes, std::uint64_t at, std::string_view mark) {
    return has(bytes, at, mark.size()) && bytes.substr(at, mark.size()) == mark;
}

// What the end record and its zip64 kin say.
struct EndRecord {
    Span span;
    std::string_view comment;
    std::uint64_t entries = 0;
    std::uint64_t directory_size = 0;
    std::uint64_t directory_at = 0;  // as declared, without bias
    std::uint64_t begin = 0;         // where the directory must end: the first of the end records
};

void read_end64(std::string_view bytes, EndRecord& end, std::uint64_t at) {
    if (at < locator_size || !marked(bytes, at - locator_size, locator_mark)) return;
    std::uint64_t const locator = at - locator_size;
    std::uint64_t record = number(bytes, locator + 8, 8);
    // Junk before the zip moves the record; it mostly stands right before its locator.
    if (!marked(bytes, record, end64_mark) && locator >= end64_size) record = locator - end64_size;
    end.begin = locator;
    if (!marked(bytes, record, end64_mark) || !has(bytes, record, end64_size) || record >= locator) return;
    end.begin = record;
    if (end.entries == 0xFFFF) end.entries = number(bytes, record + 32, 8);
    if (end.directory_size == 0xFFFFFFFF) end.directory_size = number(bytes, record + 40, 8);
    if (end.directory_at == 0xFFFFFFFF) end.directory_at = number(bytes, record + 48, 8);
}

EndRecord read_end(std::string_view bytes, std::uint64_t at) {
    EndRecord end;
    std::uint64_t const comment = std::min<std::uint64_t>(number(bytes, at + 20, 2), bytes.size() - at - end_size);
    end.comment = bytes.substr(at + end_size, comment);
    end.entries = number(bytes, at + 10, 2);
    end.directory_size = number(bytes, at + 12, 4);
    end.directory_at = number(bytes, at + 16, 4);
    end.begin = at;
    read_end64(bytes, end, at);
    end.span = {end.begin, at + end_size + comment};
    return end;
}

// Where the central headers begin: right before the end records if they stand there, else where
// the record says. npos: nowhere.
std::uint64_t locate_directory(std::string_view bytes, EndRecord const& end) {
    if (end.directory_size <= end.begin) {
        std::uint64_t const at = end.begin - end.directory_size;
        if (marked(bytes, at, central_mark) || (end.directory_size == 0 && end.entries == 0)) return at;
    }
    if (marked(bytes, end.directory_at, central_mark) && end.directory_at < end.begin) return end.directory_at;
    return std::string_view::npos;
}

// Sizes and offset that stand as 0xFFFFFFFF come from the zip64 extra field, in this order.
void read_zip64(std::string_view extra, std::uint64_t& size, std::uint64_t& packed, std::uint64_t* offset) {
    for (ZipExtra const& field : split_extra(extra)) {
        if (field.id != 1) continue;
        std::uint64_t at = 0;
        auto const take = [&](std::uint64_t& value) {
            if (value != 0xFFFFFFFF || !has(field.data, at, 8)) return;
            value = number(field.data, at, 8);
            at += 8;
        };
        take(size);
        take(packed);
        if (offset) take(*offset);
        return;
    }
}

void read_aes(ZipMember& member, std::string_view extra) {
    if (member.method != 99) return;
    for (ZipExtra const& field : split_extra(extra)) {
        if (field.id != 0x9901 || field.data.size() < 7) continue;
        member.aes = true;
        member.method = static_cast<std::uint16_t>(number(field.data, 5, 2));
    }
}

// The local header at `at` into `member`; false where none stands there whole.
bool read_local(std::string_view bytes, std::uint64_t at, ZipMember& member) {
    if (!marked(bytes, at, local_mark) || !has(bytes, at, local_size)) return false;
    std::uint64_t const name = number(bytes, at + 26, 2);
    std::uint64_t const extra = number(bytes, at + 28, 2);
    if (!has(bytes, at + local_size, name + extra)) return false;
    member.in_sequence = true;
    member.header = {at, at + local_size + name + extra};
    member.local_name = bytes.substr(at + local_size, name);
    member.local_extra = bytes.substr(at + local_size + name, extra);
    member.local_method = static_cast<std::uint16_t>(number(bytes, at + 8, 2));
    return true;
}

// A data descriptor right behind `at` that names the packed size `packed`; empty if none.
Span find_descriptor(std::string_view bytes, std::uint64_t at, std::uint64_t packed) {
    std::uint64_t const mark = marked(bytes, at, descriptor_mark) ? 4 : 0;
    for (unsigned width : {4u, 8u}) {
        std::uint64_t const size = mark + 4 + 2 * width;
        if (has(bytes, at, size) && number(bytes, at + mark + 4, width) == packed) return {at, at + size};
    }
    return {};
}

// Lays the local header over what the directory says of the member.
void join_local(std::string_view bytes, std::uint64_t at, ZipMember& member) {
    if (!read_local(bytes, at, member)) return;
    std::uint64_t packed = number(bytes, at + 18, 4);
    std::uint64_t size = number(bytes, at + 22, 4);
    read_zip64(member.local_extra, size, packed, nullptr);
    bool const later = (number(bytes, at + 6, 2) & 8u) != 0;  // sizes stand in the descriptor
    std::uint16_t const method = member.aes ? 99 : member.method;
    member.differs = member.local_method != method || (!later && (packed != member.packed || size != member.size));
    member.data = {member.header.end, std::min<std::uint64_t>(bytes.size(), member.header.end + member.packed)};
    if (member.packed > bytes.size() - member.header.end) {
        member.data.end = bytes.size();
        member.truncated = true;
    }
    if (later) member.descriptor = find_descriptor(bytes, member.data.end, member.packed);
}

// The central header at `at`; its end, or 0 where it breaks off.
std::uint64_t read_central(std::string_view bytes, std::uint64_t at, std::uint64_t limit, std::int64_t bias,
                           ZipMember& member) {
    if (!marked(bytes, at, central_mark) || limit - at < central_size) return 0;
    std::uint64_t const name = number(bytes, at + 28, 2);
    std::uint64_t const extra = number(bytes, at + 30, 2);
    std::uint64_t const comment = number(bytes, at + 32, 2);
    std::uint64_t const end = at + central_size + name + extra + comment;
    if (end > limit) return 0;
    member.in_directory = true;
    member.entry = {at, end};
    member.name = bytes.substr(at + central_size, name);
    member.extra = bytes.substr(at + central_size + name, extra);
    member.comment = bytes.substr(end - comment, comment);
    member.made_by = static_cast<std::uint16_t>(number(bytes, at + 4, 2));
    member.flags = static_cast<std::uint16_t>(number(bytes, at + 8, 2));
    member.method = static_cast<std::uint16_t>(number(bytes, at + 10, 2));
    member.crc = static_cast<std::uint32_t>(number(bytes, at + 16, 4));
    member.packed = number(bytes, at + 20, 4);
    member.size = number(bytes, at + 24, 4);
    member.attributes = static_cast<std::uint32_t>(number(bytes, at + 38, 4));
    std::uint64_t offset = number(bytes, at + 42, 4);
    read_zip64(member.extra, member.size, member.packed, &offset);
    read_aes(member, member.extra);
    // Modular arithmetic on purpose: a wild offset lands outside and is refused by the checks in read_local.
    std::uint64_t const biased = offset + static_cast<std::uint64_t>(bias);
    // Some writers count only the directory's own offset wrongly.
    join_local(bytes, marked(bytes, biased, local_mark) ? biased : offset, member);
    return end;
}

// A member that stands in the file at `at` without the directory knowing it; nothing beyond `limit`
// belongs to it. False where no plausible header stands there.
bool read_stray(std::string_view bytes, std::uint64_t at, std::uint64_t limit, ZipMember& member) {
    bytes = bytes.substr(0, limit);
    if (!read_local(bytes, at, member)) return false;
    member.name = member.local_name;
    member.method = member.local_method;
    member.flags = static_cast<std::uint16_t>(number(bytes, at + 6, 2));
    member.crc = static_cast<std::uint32_t>(number(bytes, at + 14, 4));
    member.packed = number(bytes, at + 18, 4);
    member.size = number(bytes, at + 22, 4);
    read_zip64(member.local_extra, member.size, member.packed, nullptr);
    read_aes(member, member.local_extra);
    std::uint64_t const room = limit - member.header.end;
    bool const later = (member.flags & 8u) != 0 && member.packed == 0;
    if (later) {
        // The end is where a descriptor tells its own distance, else before the next header.
        member.size_known = false;
        std::uint64_t next = bytes.find(local_mark, member.header.end);
        std::uint64_t const stop = std::min<std::uint64_t>(next, limit);
        member.data = {member.header.end, stop};
        for (std::uint64_t mark = bytes.substr(0, stop).find(descriptor_mark, member.header.end);
             mark != std::string_view::npos; mark = bytes.substr(0, stop).find(descriptor_mark, mark + 1)) {
            Span const descriptor = find_descriptor(bytes, mark, mark - member.header.end);
            if (descriptor.size() == 0) continue;
            member.data.end = mark;
            member.descriptor = descriptor;
            member.packed = member.data.size();
            member.crc = static_cast<std::uint32_t>(number(bytes, mark + 4, 4));
            member.size = number(bytes, mark + (descriptor.size() == 16 ? 12 : 16), descriptor.size() == 16 ? 4 : 8);
            member.size_known = true;
            break;
        }
        return true;
    }
    member.truncated = member.packed > room;
    member.data = {member.header.end, member.truncated ? limit : member.header.end + member.packed};
    if ((member.flags & 8u) != 0) member.descriptor = find_descriptor(bytes, member.data.end, member.packed);
    return true;
}

std::uint64_t end_of(ZipMember const& member) { return std::max(member.data.end, member.descriptor.end); }

void sort_members(std::vector<ZipMember>& members) {
    std::stable_sort(members.begin(), members.end(), [](ZipMember const& left, ZipMember const& right) {
        if (left.in_sequence != right.in_sequence) return left.in_sequence;
        return left.header.begin < right.header.begin;
    });
}

// Marks each member whose bytes an earlier one owns already, and names what nobody owns.
std::vector<Span> settle_ownership(std::string_view bytes, ZipLayout& layout) {
    std::vector<Span> owned;
    std::uint64_t reached = 0;
    for (ZipMember& member : layout.members) {
        if (!member.in_sequence) continue;
        member.overlaps = member.header.begin < reached;
        if (member.overlaps) continue;
        reached = end_of(member);
        owned.push_back({member.header.begin, reached});
    }
    if (layout.directory.size()) owned.push_back(layout.directory);
    if (layout.end.size()) owned.push_back(layout.end);
    std::sort(owned.begin(), owned.end(), [](Span left, Span right) { return left.begin < right.begin; });
    std::vector<Span> unowned;
    std::uint64_t at = 0;
    for (Span const& span : owned) {
        if (span.begin > at) unowned.push_back({at, span.begin});
        at = std::max(at, span.end);
    }
    if (at < bytes.size()) unowned.push_back({at, bytes.size()});
    return unowned;
}

// Members in the unowned ranges: what the directory was made to forget, or all where it is lost.
bool find_strays(std::string_view bytes, ZipLayout& layout) {
    bool found = false;
    for (Span const& gap : layout.unowned) {
        std::string_view const within = bytes.substr(0, gap.end);
        std::uint64_t at = within.find(local_mark, gap.begin);
        while (at != std::string_view::npos) {
            ZipMember member;
            bool const taken = read_stray(bytes, at, gap.end, member);
            std::uint64_t const next = taken ? end_of(member) : at + local_mark.size();
            if (taken) layout.members.push_back(member);
            found = found || taken;
            at = within.find(local_mark, next);
        }
    }
    return found;
}

// The end record to go by: the last one whose directory is where it says, else the last one at all.
bool choose_end(std::string_view bytes, EndRecord& chosen, std::uint64_t& directory) {
    constexpr int tries = 16;  // each is cheap, but a file may be full of them
    bool found = false;
    std::uint64_t at = bytes.size() < end_size ? std::string_view::npos : bytes.rfind(end_mark, bytes.size() - end_size);
    for (int i = 0; i < tries && at != std::string_view::npos; ++i) {
        EndRecord const end = read_end(bytes, at);
        std::uint64_t const where = locate_directory(bytes, end);
        if (!found || where != std::string_view::npos) {
            chosen = end;
            directory = where;
            found = true;
        }
        if (where != std::string_view::npos || at == 0) break;
        at = bytes.rfind(end_mark, at - 1);
    }
    return found;
}

void read_directory(std::string_view bytes, EndRecord const& end, std::uint64_t at, ZipLayout& layout) {
    layout.bias = static_cast<std::int64_t>(at - end.directory_at);
    layout.directory.begin = at;
    while (at < end.begin) {
        ZipMember member;
        std::uint64_t const next = read_central(bytes, at, end.begin, layout.bias, member);
        if (next == 0) break;
        layout.members.push_back(member);
        at = next;
    }
    layout.directory.end = at;
    bool const count_fits = (layout.members.size() & 0xFFFF) == (end.entries & 0xFFFF);
    layout.directory_damaged = !count_fits || layout.directory.size() != end.directory_size;
}

}  // namespace

std::vector<ZipExtra> split_extra(std::string_view extra) {
    std::vector<ZipExtra> fields;
    std::uint64_t at = 0;
    while (has(extra, at, 4)) {
        std::uint64_t const size = number(extra, at + 2, 2);
        if (!has(extra, at + 4, size)) break;
        fields.push_back({static_cast<std::uint16_t>(number(extra, at, 2)), extra.substr(at + 4, size)});
        at += 4 + size;
    }
    if (at < extra.size()) fields.push_back({0, extra.substr(at)});
    return fields;
}

std::string_view zip_method_name(std::uint16_t method) {
    switch (method) {
        case 0: return "store";
        case 1: return "shrink";
        case 2: case 3: case 4: case 5: return "reduce";
        case 6: return "implode";
        case 8: return "deflate";
        case 9: return "deflate64";
        case 10: return "PKWARE implode";
        case 12: return "bzip2";
        case 14: return "lzma";
        case 18: return "terse";
        case 93: case 20: return "zstd";
        case 94: return "mp3";
        case 95: return "xz";
        case 96: return "jpeg";
        case 97: return "wavpack";
        case 98: return "ppmd";
        default: return "unknown method";
    }
}

ZipLayout read_zip_layout(std::string_view bytes) {
    ZipLayout layout;
    EndRecord end;
    std::uint64_t directory = std::string_view::npos;
    if (choose_end(bytes, end, directory)) {
        layout.comment = end.comment;
        layout.end = end.span;
        if (directory == std::string_view::npos) layout.directory_damaged = true;
        else read_directory(bytes, end, directory, layout);
    }
    sort_members(layout.members);
    layout.unowned = settle_ownership(bytes, layout);
    if (find_strays(bytes, layout)) {
        sort_members(layout.members);
        layout.unowned = settle_ownership(bytes, layout);
    }
    return layout;
}

}  // namespace keepmum
