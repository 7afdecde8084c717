// tar, cpio, ar, 7z, rar, cab, iso and lha, and gzip, bzip2, xz, lzma, zstd, lz4 and compress streams.
//
// libarchive reads members; what it passes over in silence we look for ourselves: bytes behind the end
// of the archive or of the compressed stream, nonzero padding between tar members, and the comment and
// extra fields of a gzip header. Members are handed on one at a time, so memory is bounded by the
// largest member and not by the archive.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/archive/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>

#include "base/utf8.h"
#include "extract/archive/leftover.h"

namespace keepmum {

namespace {

struct Closer {
    void operator()(archive* open) const { archive_read_free(open); }
};
using Handle = std::unique_ptr<archive, Closer>;

// Only what libarchive does itself: its "all" would start outside programs.
Handle open_archive(std::string_view bytes, bool as_stream) {
    Handle reading(archive_read_new());
    archive* const open = reading.get();
    archive_read_support_filter_gzip(open);
    archive_read_support_filter_bzip2(open);
    archive_read_support_filter_compress(open);
    archive_read_support_filter_lzma(open);
    archive_read_support_filter_xz(open);
    archive_read_support_filter_lzip(open);
    archive_read_support_filter_zstd(open);
    archive_read_support_filter_lz4(open);
    archive_read_support_filter_rpm(open);
    if (as_stream) {
        archive_read_support_format_raw(open);
    } else {
        archive_read_support_format_tar(open);
        archive_read_support_format_cpio(open);
        archive_read_support_format_ar(open);
        // The others jump about in their file, which a compressed stream does not allow: unpacked as a
        // stream, they come back as files of their own.
        if (!is_compressed(bytes)) {
            archive_read_support_format_7zip(open);
            archive_read_support_format_rar(open);
            archive_read_support_format_rar5(open);
            archive_read_support_format_cab(open);
            archive_read_support_format_iso9660(open);
            archive_read_support_format_lha(open);
            archive_read_support_format_xar(open);
        }
    }
    if (archive_read_open_memory(open, bytes.data(), bytes.size()) != ARCHIVE_OK) return nullptr;
    return reading;
}

std::string message_of(archive* open) {
    char const* const message = archive_error_string(open);
    std::string text = message ? message : "the archive is damaged";
    return text.substr(0, 200);
}

std::string name_of(archive_entry* entry, std::uint64_t number) {
    char const* name = archive_entry_pathname(entry);
    if (!name) name = archive_entry_pathname_utf8(entry);
    return name && name[0] ? name : "member-" + std::to_string(number);
}

class Unpacking {
  public:
    Unpacking(Evidence const& evidence, Outlet& outlet) : bytes_(evidence.content.view()), outlet_(outlet) {}

    Done run() {
        Leftover const header = gzip_header_fields(bytes_);
        put_fields(header.text);
        bool const stream = is_compressed(bytes_);
        Handle reading = open_archive(bytes_, false);
        bool is_archive = reading && unpack(reading.get());
        if (!is_archive && stream && members_ == 0) {
            reading = open_archive(bytes_, true);
            is_archive = reading && unpack(reading.get());
        }
        if (!is_archive && !said_) gap(Cause::malformed, bytes_.size(), {}, reading ? message_of(reading.get()) : "no archive that can be opened");
        put_names();
        if (is_archive) look_behind(reading.get(), stream);
        return {unread_ >= bytes_.size() ? 0 : bytes_.size() - unread_, {}};
    }

  private:
    // False where not even the first header could be read.
    bool unpack(archive* open) {
        for (;;) {
            if (outlet_.enough()) return true;
            archive_entry* entry = nullptr;
            int const status = archive_read_next_header(open, &entry);
            outlet_.progress();
            if (status == ARCHIVE_EOF) {
                // 7z and rar with encrypted headers show no member at all.
                if (members_ == 0 && archive_read_has_encrypted_entries(open) > 0) say_encrypted({}, bytes_.size());
                return true;
            }
            if (status < ARCHIVE_WARN) {
                if (members_ == 0 && !is_about_encryption(open)) return false;
                if (is_about_encryption(open)) say_encrypted({}, bytes_.size());
                else put_rest(open);
                return true;
            }
            ++members_;
            take(open, entry);
        }
    }

    // Damage between members: what follows is handed on as it is, from the header that was no header.
    void put_rest(archive* open) {
        gap(Cause::malformed, rest(open), {}, message_of(open));
        constexpr std::uint64_t header = 512;
        std::uint64_t const at = position(open, -1);
        if (!is_compressed(bytes_) && at > header) put_tail(bytes_, at - header);
    }

    void take(archive* open, archive_entry* entry) {
        std::string const name = name_of(entry, members_);
        names_ += name + "\n";
        for (char const* extra : {archive_entry_symlink(entry), archive_entry_hardlink(entry)}) {
            if (extra) names_ += std::string(extra) + "\n";
        }
        for (char const* owner : {archive_entry_uname(entry), archive_entry_gname(entry)}) {
            if (owner && owner[0] && owners_.find(owner) == std::string::npos) owners_ += std::string(owner) + "\n";
        }
        // Folders and links have no content by right, but some have one in fact: all are read.
        std::uint64_t const size = archive_entry_size_is_set(entry) ? static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_entry_size(entry))) : 0;
        if (archive_entry_is_data_encrypted(entry) > 0) return say_encrypted(name, size);
        std::string content;
        bool const whole = read_member(open, name, size, content);
        if (content.empty()) return;
        Evidence member;
        member.kind = Kind::bytes;
        member.place.steps.push_back({How::member, name});
        member.content = Blob::take(std::move(content));
        outlet_.put(std::move(member));
        if (!whole) said_ = true;
    }

    bool read_member(archive* open, std::string const& name, std::uint64_t size, std::string& content) {
        constexpr std::uint64_t reserve_most = 16u << 20;
        content.reserve(static_cast<std::size_t>(std::min({size, outlet_.allowance(), reserve_most})));
        for (;;) {
            void const* block = nullptr;
            std::size_t length = 0;
            la_int64_t offset = 0;
            int const status = archive_read_data_block(open, &block, &length, &offset);
            outlet_.progress();
            if (status == ARCHIVE_EOF) return true;
            if (status < ARCHIVE_WARN) {
                if (is_about_encryption(open)) say_encrypted(name, size);
                else gap(Cause::malformed, std::max<std::uint64_t>(1, size > content.size() ? size - content.size() : 1), name, message_of(open));
                return false;
            }
            auto const end = static_cast<std::uint64_t>(offset) + length;
            if (offset < 0 || end > outlet_.allowance()) {
                gap(Cause::too_big, std::max<std::uint64_t>(1, size > content.size() ? size - content.size() : length), name, "unpacks to more than the limit allows");
                return false;
            }
            // Holes of sparse members read as zeros, like the file that they stand for.
            if (static_cast<std::uint64_t>(offset) > content.size()) content.resize(static_cast<std::size_t>(offset), '\0');
            content.append(static_cast<char const*>(block), length);
        }
    }

    // What stands behind the end, which libarchive leaves unread.
    void look_behind(archive* open, bool stream) {
        if (outlet_.enough()) return;
        if (said_) return;  // after damage nobody knows where the archive ends; the gap covers it
        int const format = archive_format(open) & ARCHIVE_FORMAT_BASE_MASK;
        std::uint64_t end = position(open, -1);
        if (!stream) {
            end = end_of_archive(bytes_, format, end);
            put_text(tar_padding(bytes_));
        } else if (format != ARCHIVE_FORMAT_RAW) {
            end = put_inner_tail(position(open, 0));
        }
        if (bytes_.starts_with("\x04\x22\x4D\x18")) end = lz4_end(bytes_);
        put_tail(bytes_, end);
    }

    std::uint64_t position(archive* open, int filter) const {
        la_int64_t const bytes = archive_filter_bytes(open, filter);
        return bytes < 0 ? bytes_.size() : static_cast<std::uint64_t>(bytes);
    }

    // Reads the compressed stream once more for what follows the archive's own end in it; returns
    // where the stream itself ends.
    std::uint64_t put_inner_tail(std::uint64_t archive_end) {
        Handle const reading = open_archive(bytes_, true);
        archive_entry* entry = nullptr;
        if (!reading || archive_read_next_header(reading.get(), &entry) < ARCHIVE_WARN) return bytes_.size();
        std::string tail;
        std::uint64_t at = 0;
        for (;;) {
            void const* block = nullptr;
            std::size_t length = 0;
            la_int64_t offset = 0;
            if (archive_read_data_block(reading.get(), &block, &length, &offset) != ARCHIVE_OK) break;
            outlet_.progress();
            std::string_view piece(static_cast<char const*>(block), length);
            if (at < archive_end) piece.remove_prefix(static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), archive_end - at)));
            at += length;
            if (tail.size() + piece.size() > outlet_.allowance()) {
                gap(Cause::too_big, piece.size(), {}, "data behind the archive is more than the limit allows");
                break;
            }
            tail.append(piece);
        }
        put_tail(tail, 0);
        return position(reading.get(), -1);
    }

    void put_tail(std::string_view bytes, std::uint64_t from) {
        if (from >= bytes.size()) return;
        from = std::min<std::uint64_t>(bytes.find_first_not_of('\0', static_cast<std::size_t>(from)), bytes.size());
        std::string_view const rest = bytes.substr(static_cast<std::size_t>(from));
        if (rest.empty()) return;  // padding
        Evidence tail;
        tail.kind = Kind::bytes;
        tail.role = Role::residue;
        tail.place.steps.push_back({How::tail, std::to_string(from)});
        tail.content = Blob::copy(rest);
        tail.stored = rest.size();
        outlet_.put(std::move(tail));
    }

    void put_text(Leftover const& leftover) {
        if (leftover.text.empty()) return;
        Evidence text;
        text.kind = Kind::bytes;
        text.role = Role::residue;
        text.place.steps.push_back({How::tail, std::to_string(leftover.at)});
        text.content = Blob::copy(leftover.text);
        text.stored = 1;
        outlet_.put(std::move(text));
    }

    void put_fields(std::string const& fields) { put_lines("header", Kind::fields, Role::metadata, fields); }
    void put_names() {
        put_lines("names", Kind::text, Role::name, names_);
        put_lines("owners", Kind::fields, Role::metadata, owners_);
    }

    void put_lines(std::string_view part, Kind kind, Role role, std::string_view lines) {
        if (lines.empty()) return;
        Evidence evidence;
        evidence.kind = kind;
        evidence.role = role;
        evidence.place.steps.push_back({How::part, std::string(part)});
        evidence.content = Blob::take(made_valid(lines));
        outlet_.put(std::move(evidence));
    }

    static bool is_about_encryption(archive* open) {
        return archive_read_has_encrypted_entries(open) > 0 || message_of(open).find("ncrypt") != std::string::npos ||
               message_of(open).find("assphrase") != std::string::npos;
    }

    void say_encrypted(std::string const& name, std::uint64_t bytes) { gap(Cause::encrypted, std::max<std::uint64_t>(bytes, 1), name, "protected with a password"); }

    std::uint64_t rest(archive* open) const {
        la_int64_t const consumed = archive_filter_bytes(open, -1);
        auto const seen = static_cast<std::uint64_t>(std::max<la_int64_t>(0, consumed));
        return seen < bytes_.size() ? bytes_.size() - seen : 1;
    }

    void gap(Cause cause, std::uint64_t bytes, std::string const& name, std::string detail) {
        said_ = true;
        unread_ += std::max<std::uint64_t>(1, std::min<std::uint64_t>(bytes, bytes_.size()));
        Gap gap;
        if (!name.empty()) gap.place.steps.push_back({How::member, name});
        gap.cause = cause;
        gap.bytes = bytes;
        gap.detail = std::move(detail);
        outlet_.gap(std::move(gap));
    }

    std::string_view bytes_;
    Outlet& outlet_;
    std::string names_, owners_;
    std::uint64_t members_ = 0, unread_ = 0;
    bool said_ = false;  // a gap stands already
};

class ArchiveExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override { return Unpacking(evidence, outlet).run(); }
};

}  // namespace

Extractor const* archive_extractor() {
    static ArchiveExtractor const extractor;
    return &extractor;
}

}  // namespace keepmum
