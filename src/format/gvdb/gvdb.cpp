// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/gvdb/gvdb.h"

#include <cstdint>

namespace keepmum {

namespace {

constexpr std::size_t header_size = 24, item_size = 24, most_entries = 100'000, longest_key = 1024;
constexpr std::uint32_t no_parent = 0xFFFFFFFF;

// Reads the file's integers in its byte order; out of range is said by `good`.
class Reader final {
  public:
    Reader(std::string_view bytes, bool swapped) : bytes_(bytes), swapped_(swapped) {}
    bool good() const { return good_; }

    std::uint32_t word(std::size_t at) { return static_cast<std::uint32_t>(number(at, 4)); }
    std::uint16_t half(std::size_t at) { return static_cast<std::uint16_t>(number(at, 2)); }
    std::string_view range(std::size_t start, std::size_t end) {
        if (start > end || end > bytes_.size()) {
            good_ = false;
            return {};
        }
        return bytes_.substr(start, end - start);
    }

  private:
    std::uint64_t number(std::size_t at, std::size_t size) {
        std::string_view const piece = at > bytes_.size() ? std::string_view() : bytes_.substr(at, size);
        if (piece.size() != size) {
            good_ = false;
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            auto const byte = static_cast<unsigned char>(piece[swapped_ ? i : size - 1 - i]);
            value = value << 8 | byte;
        }
        return value;
    }

    std::string_view bytes_;
    bool swapped_;
    bool good_ = true;
};

struct Table {
    std::size_t items = 0, count = 0;  // offset of the first, how many
};

std::optional<Table> read_table(Reader& reader, std::size_t start, std::size_t end) {
    if (end < start || end - start < 8) return std::nullopt;
    std::uint64_t const bloom = reader.word(start) & 0x07FFFFFF, buckets = reader.word(start + 4);
    if (!reader.good()) return std::nullopt;
    std::uint64_t const head = 8 + bloom * 4 + buckets * 4;
    if (head > end - start) return std::nullopt;
    return Table{start + static_cast<std::size_t>(head), static_cast<std::size_t>(end - start - head) / item_size};
}

// The key of an item and of those above it. Nothing where parents form a ring or point nowhere.
std::optional<std::string> key_of(Reader& reader, Table const& table, std::size_t index) {
    std::string key;
    for (std::size_t steps = 0; index < table.count && steps < 64; ++steps) {
        std::size_t const at = table.items + index * item_size;
        std::uint32_t const start = reader.word(at + 8);
        std::string_view const piece = reader.range(start, std::size_t{start} + reader.half(at + 12));
        if (!reader.good() || key.size() + piece.size() > longest_key) return std::nullopt;
        key.insert(0, piece);
        std::uint32_t const parent = reader.word(at + 4);
        if (parent == no_parent) return key;
        index = parent;
    }
    return std::nullopt;
}

// The variant's bytes and its type, which stands behind the last zero.
bool split_variant(std::string_view variant, GvdbEntry& entry) {
    std::size_t const zero = variant.rfind('\0');
    if (zero == variant.npos) return false;
    entry.value = variant.substr(0, zero);
    entry.type = variant.substr(zero + 1);
    return !entry.type.empty();
}

bool list(Reader& reader, Table const& table, std::string const& before, bool within, std::vector<GvdbEntry>& entries) {
    for (std::size_t i = 0; i < table.count; ++i) {
        std::size_t const at = table.items + i * item_size;
        std::string_view const type = reader.range(at + 14, at + 15);
        std::size_t const start = reader.word(at + 16), end = reader.word(at + 20);
        if (!reader.good()) return false;
        if (type != "v" && type != "H") continue;
        std::optional<std::string> key = key_of(reader, table, i);
        if (!key || entries.size() >= most_entries) return false;
        if (type == "H") {
            std::optional<Table> const inner = within ? std::nullopt : read_table(reader, start, end);
            if (!inner || !list(reader, *inner, *key + "!", true, entries)) return false;
            continue;
        }
        GvdbEntry entry{before + *key};
        std::string_view const variant = reader.range(start, end);
        if (!reader.good() || !split_variant(variant, entry)) return false;
        entries.push_back(std::move(entry));
    }
    return true;
}

}  // namespace

std::optional<std::vector<GvdbEntry>> read_gvdb(std::string_view bytes) {
    bool const swapped = bytes.starts_with("raVGtnai");
    if (bytes.size() < header_size || (!swapped && !bytes.starts_with("GVariant"))) return std::nullopt;
    Reader reader(bytes, swapped);
    if (reader.word(8) != 0) return std::nullopt;  // a version that is not ours
    std::optional<Table> const root = read_table(reader, reader.word(16), reader.word(20));
    std::vector<GvdbEntry> entries;
    if (!root || !list(reader, *root, {}, false, entries)) return std::nullopt;
    return entries;
}

std::string_view gvdb_text(GvdbEntry const& entry) {
    if (entry.type == "b") return entry.value == std::string_view("\1", 1) ? "true" : "false";
    if (entry.type != "s") return {};
    return entry.value.substr(0, entry.value.find('\0'));
}

std::vector<std::string_view> gvdb_words(GvdbEntry const& entry) {
    std::vector<std::string_view> words;
    std::string_view rest = entry.value;
    while (!rest.empty()) {
        std::size_t const zero = rest.find('\0');
        if (zero == rest.npos) break;
        if (zero > 0) words.push_back(rest.substr(0, zero));
        rest.remove_prefix(zero + 1);
    }
    return words;
}

}  // namespace keepmum
