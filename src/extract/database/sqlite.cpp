// A database is read whole from memory (sqlite3_deserialize, read-only), table by table, without
// running anything that it brings along: no triggers, no views, no functions in its schema. Values that
// are files become children. Free pages and free room in others, which SQLite would overwrite one day, are
// searched for the text of deleted rows. https://www.sqlite.org/fileformat2.html
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/database/sqlite.h"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <set>

#include "base/utf8.h"
#include "extract/database/free_space.h"
#include "format/text/decode.h"

namespace keepmum {

namespace {

struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

constexpr std::size_t part_size = 4u << 20;   // a table's text is put in parts of about this size
constexpr std::size_t least_run = 6;          // characters; a Chinese one counts two
constexpr std::size_t largest_told_apart = 128u << 20;  // of larger ones all that lies in free room is given
constexpr std::size_t smallest_file = 12;     // shorter blobs hold no file worth looking into
constexpr std::size_t longest_key = 64;       // keys, digests and identifiers; no more than that without a file's head is a cell

std::uint32_t big32(std::string_view bytes, std::size_t at) {
    if (at + 4 > bytes.size()) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

std::string quoted(std::string_view name) {
    std::string out = "\"";
    for (char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

class Tables {
  public:
    Tables(Evidence const& evidence, Outlet& outlet) : bytes_(evidence.content.view()), outlet_(outlet) {}

    Result<Done> read() {
        sqlite3* raw = nullptr;
        int const opened = sqlite3_open_v2(":memory:", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr);
        database_.reset(raw);
        if (opened != SQLITE_OK) return damaged("the database cannot be opened");
        sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
        sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
        sqlite3_limit(raw, SQLITE_LIMIT_LENGTH, 256 << 20);
        // SQLite never writes to a database deserialized read-only; the cast is its interface's.
        // One that keeps a write-ahead log does not open from memory unless its header says otherwise.
        bool const has_log = bytes_.size() > 19 && (bytes_[18] == 2 || bytes_[19] == 2);
        std::string without_log(has_log ? bytes_ : std::string_view());
        if (has_log) without_log[18] = without_log[19] = 1;
        std::string_view const opened_bytes = has_log ? std::string_view(without_log) : bytes_;
        auto* const data = reinterpret_cast<unsigned char*>(const_cast<char*>(opened_bytes.data()));
        auto const size = static_cast<sqlite3_int64>(bytes_.size());
        if (sqlite3_deserialize(raw, "main", data, size, size, SQLITE_DESERIALIZE_READONLY) != SQLITE_OK) return damaged("the database cannot be opened");
        read_schema();
        for (std::string const& table : tables_) {
            if (outlet_.enough()) break;
            read_table(table);
        }
        read_free_pages();
        database_.reset();  // before the bytes that it reads
        std::uint64_t const unread = std::min<std::uint64_t>(unread_, bytes_.size());
        return Done{bytes_.size() - unread, {}};
    }

  private:
    Done damaged(std::string detail) {
        gap({}, bytes_.size(), std::move(detail));
        return Done{0, {}};
    }

    Statement prepare(std::string const& sql) {
        sqlite3_stmt* raw = nullptr;
        sqlite3_prepare_v2(database_.get(), sql.c_str(), static_cast<int>(sql.size()), &raw, nullptr);
        return Statement(raw);
    }

    static std::string text_at(sqlite3_stmt* row, int column) {
        auto const* const text = reinterpret_cast<char const*>(sqlite3_column_text(row, column));
        return text ? std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(row, column))) : std::string();
    }

    void read_schema() {
        Statement const rows = prepare("SELECT type, name, sql, rootpage FROM sqlite_schema");
        if (!rows) return gap({}, bytes_.size(), "the schema cannot be read");
        std::string schema;
        int status;
        while ((status = sqlite3_step(rows.get())) == SQLITE_ROW) {
            std::string const sql = text_at(rows.get(), 2);
            schema += sql + "\n";
            // Anything with pages of its own but an index, whatever it calls itself.
            if (text_at(rows.get(), 0) != "index" && sqlite3_column_int64(rows.get(), 3) != 0) tables_.push_back(text_at(rows.get(), 1));
        }
        if (status != SQLITE_DONE) gap({}, bytes_.size(), sqlite3_errmsg(database_.get()));
        put_text({How::part, "schema"}, Kind::text, Role::markup, std::move(schema), {}, {});
    }

    void read_table(std::string const& name) {
        Statement const rows = prepare("SELECT * FROM " + quoted(name));
        if (!rows) return gap(name, 1, sqlite3_errmsg(database_.get()));
        int const columns = sqlite3_column_count(rows.get());
        std::vector<std::string> names;
        for (int column = 0; column < columns; ++column) names.emplace_back(sqlite3_column_name(rows.get(), column));
        std::string text;
        std::vector<Mark> marks;
        std::int32_t row = 0;
        int part = 1, status;
        auto put = [&] {
            Step step{How::table, part == 1 ? name : name + "-" + std::to_string(part)};
            put_text(std::move(step), Kind::records, Role::shown, std::move(text), std::move(marks), names);
            text.clear();
            marks.clear();
            ++part;
        };
        while ((status = sqlite3_step(rows.get())) == SQLITE_ROW && !outlet_.enough()) {
            ++row;
            outlet_.progress();
            for (int column = 0; column < columns; ++column) {
                marks.push_back({static_cast<std::uint32_t>(text.size()), Mark::What::cell, row, column + 1});
                if (sqlite3_column_type(rows.get(), column) == SQLITE_BLOB) put_blob(rows.get(), name, row, column, text);
                else append_clean(text, text_at(rows.get(), column));
                text += column + 1 == columns ? '\n' : '\t';
            }
            if (text.size() >= part_size) put();
        }
        if (status != SQLITE_DONE && status != SQLITE_ROW) gap(name, 1, sqlite3_errmsg(database_.get()));
        if (!text.empty()) put();
    }

    // Small ones go into the cell as text: keys and numbers would each be a file of no known kind.
    void put_blob(sqlite3_stmt* rows, std::string const& table, std::int32_t row, int column, std::string& text) {
        auto const* const data = static_cast<char const*>(sqlite3_column_blob(rows, column));
        auto const size = static_cast<std::size_t>(sqlite3_column_bytes(rows, column));
        if (!data) return;
        std::string_view const bytes(data, size);
        if (size < smallest_file || (size <= longest_key && !has_file_head(bytes) && !is_utf8(bytes))) return append_clean(text, bytes);
        Evidence child;
        child.kind = Kind::bytes;
        child.place.steps = {{How::table, table}, {How::row, std::to_string(row)}, {How::field, sqlite3_column_name(rows, column)}};
        child.content = Blob::copy({data, size});
        child.stored = size;
        outlet_.put(std::move(child));
    }

    // What SQLite would overwrite one day: pages on the free list, a chain of trunk pages that each name the next and a list of
    // leaves, and what is free in other pages.
    void read_free_pages() {
        std::size_t page_size = bytes_.size() > 18 ? static_cast<std::size_t>(static_cast<unsigned char>(bytes_[16]) << 8 | static_cast<unsigned char>(bytes_[17])) : 0;
        if (page_size == 1) page_size = 65536;
        if (page_size < 512) return;
        std::set<std::uint32_t> seen;
        std::vector<Span> free;
        auto page = [&](std::uint32_t number) -> std::string_view {
            std::uint64_t const at = (static_cast<std::uint64_t>(number) - 1) * page_size;
            if (number == 0 || at + page_size > bytes_.size()) return {};
            return bytes_.substr(static_cast<std::size_t>(at), page_size);
        };
        auto keep = [&](std::uint32_t number, std::size_t from) {
            if (page(number).size() <= from) return;
            std::uint64_t const at = (static_cast<std::uint64_t>(number) - 1) * page_size;
            free.push_back({at + from, at + page_size});
        };
        for (std::uint32_t trunk = big32(bytes_, 32); trunk != 0 && seen.insert(trunk).second; trunk = big32(page(trunk), 0)) {
            std::string_view const list = page(trunk);
            if (list.empty()) break;
            std::uint32_t const leaves = std::min<std::uint32_t>(big32(list, 4), static_cast<std::uint32_t>(page_size / 4 - 2));
            for (std::uint32_t i = 0; i < leaves; ++i) {
                std::uint32_t const leaf = big32(list, 8 + 4 * i);
                if (seen.insert(leaf).second) keep(leaf, 0);
            }
            keep(trunk, 8 + 4 * leaves);
        }
        std::vector<Span> used = free_space(bytes_, page_size, least_run);
        std::erase_if(used, [&](Span span) { return seen.count(static_cast<std::uint32_t>(span.begin / page_size + 1)) > 0; });
        put_cut_off(page_size, free);
        std::vector<Span> dead = free;
        dead.insert(dead.end(), used.begin(), used.end());
        std::sort(dead.begin(), dead.end(), [](Span a, Span b) { return a.begin < b.begin; });
        if (dead.empty()) return;
        Living const living(bytes_.size() <= largest_told_apart ? bytes_ : std::string_view(), dead);
        put_residue("free-pages", free, living);
        put_residue("free-space", used, living);
    }

    void put_residue(std::string name, std::vector<Span> const& spans, Living const& living) {
        std::string text;
        for (Span const span : spans) append_runs(text, span, living);
        put_text({How::part, std::move(name)}, Kind::text, Role::deleted, std::move(text), {}, {}, "rows");
    }

    // Bytes behind the last page that the header counts, and a last page that is not there as a whole.
    void put_cut_off(std::size_t page_size, std::vector<Span>& free) {
        std::uint64_t const stated = static_cast<std::uint64_t>(big32(bytes_, 28)) * page_size;
        std::uint64_t const counted = stated > 0 ? stated : bytes_.size() / page_size * page_size;
        if (counted < bytes_.size()) {
            Evidence tail;
            tail.role = Role::residue;
            tail.place.steps.push_back({How::tail, std::to_string(counted)});
            tail.content = Blob::copy(bytes_.substr(static_cast<std::size_t>(counted)));
            tail.stored = tail.content.size();
            outlet_.put(std::move(tail));
        }
        // Cut off: fewer bytes than pages, or half a page. What is there of the last page is text at least.
        std::size_t const whole = bytes_.size() / page_size * page_size;
        bool const is_counted = big32(bytes_, 24) == big32(bytes_, 92);  // else an old program left the count alone
        if (whole < bytes_.size() || (is_counted && counted > bytes_.size())) {
            gap({}, std::max<std::uint64_t>(1, bytes_.size() - whole), "the database was cut off");
            if (whole < bytes_.size()) free.push_back({whole, bytes_.size()});
        }
    }

    // Runs of at least six printable characters that are nowhere alive, one a line; of UTF-16 where the database is written so.
    void append_runs(std::string& out, Span span, Living const& living) const {
        std::uint32_t const encoding = big32(bytes_, 56);
        bool const wide = encoding == 2 || encoding == 3;
        auto const is_printable = [&](CodePoint const& point) {
            return point.valid && point.value >= 0x20 && point.value != 0x7F && (!wide || is_common(point.value));
        };
        for (std::uint64_t first = span.begin; first < span.begin + (wide ? 2 : 1); ++first) {
            std::uint64_t run = first;
            std::size_t characters = 0, shifted = 0;
            std::string text;
            auto const close = [&](std::uint64_t end) {
                if (characters >= least_run && 4 * shifted < characters && !living.has({run, end})) out.append(text).append("\n");
                characters = shifted = 0;
                text.clear();
            };
            for (std::uint64_t at = first; at < span.end;) {
                CodePoint const point = wide ? wide_at(at, span.end, encoding == 2) : decode_utf8(bytes_.substr(0, span.end), at);
                if (is_printable(point)) {
                    if (characters == 0) run = at;
                    shifted += wide && point.value >= 0x80 && point.value % 0x100 == 0;  // a plain letter, read from its second byte on
                    characters += point.value < 0x80 ? 1 : 2;  // two Chinese characters may be a name
                    append_utf8(text, point.value);
                } else {
                    close(at);
                }
                at += point.length;
            }
            close(span.end);
        }
    }

    // Whether a unit of UTF-16 is of an alphabet or a character that many write; by chance half of all are something.
    static bool is_common(char32_t c) {
        return c < 0x180 || (c >= 0x370 && c < 0x530) || (c >= 0x2010 && c < 0x2030) || (c >= 0x3000 && c < 0x3100) || (c >= 0x4E00 && c < 0xA000) ||
               (c >= 0xAC00 && c < 0xD7A4) || (c >= 0xFF00 && c < 0xFF60);
    }

    CodePoint wide_at(std::uint64_t at, std::uint64_t end, bool little) const {
        if (at + 2 > end) return {0, 2, false};
        auto const first = static_cast<unsigned char>(bytes_[at]), second = static_cast<unsigned char>(bytes_[at + 1]);
        auto const unit = static_cast<char32_t>(little ? second << 8 | first : first << 8 | second);
        return {unit, 2, unit < 0xD800 || unit >= 0xE000};
    }

    static void append_clean(std::string& out, std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            CodePoint const point = decode_utf8(text, at);
            append_utf8(out, point.valid ? (point.value == '\t' ? U' ' : point.value) : 0xFFFD);
            at += point.length;
        }
    }

    void put_text(Step step, Kind kind, Role role, std::string text, std::vector<Mark> marks, std::vector<std::string> names,
                  std::string_view reason = "") {
        if (text.empty()) return;
        Evidence evidence;
        evidence.kind = kind;
        evidence.role = role;
        evidence.reason = reason;
        evidence.place.steps.push_back(std::move(step));
        std::string clean;
        if (!is_utf8(text)) append_clean(clean, text);
        evidence.content = Blob::take(is_utf8(text) ? std::move(text) : std::move(clean));
        evidence.marks = std::move(marks);
        evidence.names = std::move(names);
        outlet_.put(std::move(evidence));
    }

    void gap(std::string const& table, std::uint64_t bytes, std::string detail) {
        unread_ += std::max<std::uint64_t>(bytes, 1);
        Gap gap;
        if (!table.empty()) gap.place.steps.push_back({How::table, table});
        gap.cause = Cause::malformed;
        gap.bytes = bytes;
        gap.detail = std::move(detail);
        outlet_.gap(std::move(gap));
    }

    std::string_view bytes_;
    Outlet& outlet_;
    Database database_;
    std::vector<std::string> tables_;
    std::uint64_t unread_ = 0;
};

class SqliteExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override { return Tables(evidence, outlet).read(); }
};

}  // namespace

Extractor const* sqlite_extractor() {
    static SqliteExtractor const extractor;
    return &extractor;
}

}  // namespace keepmum
