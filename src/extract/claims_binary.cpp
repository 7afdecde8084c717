// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <optional>

#include "base/utf8.h"
#include "extract/claims.h"
#include "format/pixels/pnm.h"

namespace keepmum {

namespace {

Claim sure_if(bool condition) { return condition ? Claim::sure : Claim::none; }

// The unsigned number of `size` bytes at `at`; nothing where it would reach past the end.
std::optional<std::uint64_t> little(std::string_view bytes, std::size_t at, std::size_t size) {
    if (at > bytes.size() || size > bytes.size() - at) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}
std::optional<std::uint64_t> big(std::string_view bytes, std::size_t at, std::size_t size) {
    if (at > bytes.size() || size > bytes.size() - at) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

bool has_binary_bytes(std::string_view bytes) {
    return std::any_of(bytes.begin(), bytes.end(), [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != '\x1B';
    });
}

// Netpbm in figures, "P1" to "P3": nothing but numbers and comments follows.
bool is_plain_pnm(std::string_view bytes) {
    if (bytes.size() < 8 || bytes[0] != 'P' || bytes[1] < '1' || bytes[1] > '3') return false;
    std::size_t at = 2, figures = 0;
    while (at < bytes.size()) {
        char const c = bytes[at];
        bool const blank = c == ' ' || (c >= '\t' && c <= '\r'), figure = c >= '0' && c <= '9';
        if (c == '#') at = std::min(bytes.find('\n', at), bytes.size());
        else if ((!blank && !figure) || (at == 2 && !blank)) return false;
        else ++at;
        figures += figure ? 1 : 0;
    }
    return figures >= 3;
}

constexpr std::string_view compound_mark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

// Whether a directory entry of that name stands in sight: names are UTF-16LE.
bool has_stream(Head const& head, std::string_view name) {
    if (!head.first.starts_with(compound_mark)) return false;
    std::string wide;
    for (char const c : name) {
        wide += c;
        wide += '\0';
    }
    wide.append(2, '\0');
    return head.first.find(wide) != std::string_view::npos || head.last.find(wide) != std::string_view::npos;
}

constexpr std::array<std::string_view, 9> known_streams = {
    "EncryptedPackage", "WordDocument", "Workbook", "Book", "PowerPoint Document",
    "__properties_version1.0", "VisioDocument", "Quill", "FileHeader"};

}  // namespace

bool is_binary_with(Head const& head, std::string_view mark) {
    return head.first.starts_with(mark) && has_binary_bytes(head.first.substr(0, 1024));
}

bool has_brand(Head const& head, std::string_view brand) {
    if (head.first.size() < 16 || head.first.substr(4, 4) != "ftyp") return false;
    std::uint64_t const size = std::min<std::uint64_t>(*big(head.first, 0, 4), 256);
    for (std::size_t at = 8; at + 4 <= size && at + 4 <= head.first.size(); at += at == 8 ? 8 : 4) {
        if (head.first.substr(at, 4) == brand) return true;
    }
    return false;
}

Claim claims_encrypted_office(Head const& head) { return sure_if(has_stream(head, "EncryptedPackage")); }
Claim claims_old_word(Head const& head) { return sure_if(has_stream(head, "WordDocument")); }
Claim claims_old_excel(Head const& head) { return sure_if(has_stream(head, "Workbook") || has_stream(head, "Book")); }
Claim claims_old_powerpoint(Head const& head) { return sure_if(has_stream(head, "PowerPoint Document")); }
Claim claims_outlook_message(Head const& head) { return sure_if(has_stream(head, "__properties_version1.0")); }
Claim claims_old_visio(Head const& head) { return sure_if(has_stream(head, "VisioDocument")); }
Claim claims_old_publisher(Head const& head) { return sure_if(has_stream(head, "Quill")); }
Claim claims_hwp(Head const& head) { return sure_if(has_stream(head, "FileHeader") && has_stream(head, "BodyText")); }

Claim claims_other_compound(Head const& head) {
    if (!head.first.starts_with(compound_mark)) return Claim::none;
    return sure_if(std::none_of(known_streams.begin(), known_streams.end(),
                                [&](std::string_view name) { return has_stream(head, name); }));
}

Claim claims_zip(Head const& head) {
    using namespace std::string_view_literals;
    if (head.first.starts_with("PK\3\4"sv) || head.first.starts_with("PK\7\10PK\3\4"sv)) return Claim::sure;
    // The end record: 22 bytes and a comment that reaches no further than the file.
    if (head.plain_last) return Claim::none;
    std::size_t at = std::string_view::npos;
    for (std::size_t next = head.last.find("PK\5\6"sv); next != std::string_view::npos; next = head.last.find("PK\5\6"sv, next + 1)) at = next;
    if (at == std::string_view::npos || head.last.size() - at < 22) return Claim::none;
    std::uint64_t const comment = *little(head.last, at + 20, 2);
    std::uint64_t const here = *little(head.last, at + 8, 2), all = *little(head.last, at + 10, 2);
    std::size_t const left = head.last.size() - at - 22;
    if (here != all || comment > left) return Claim::none;
    // Archives that hold a zip as it is hand it out themselves, and what stands behind their end as well.
    if (head.first.starts_with("7z\xBC\xAF\x27\x1C"sv) || head.first.starts_with("Rar!\x1A\x07"sv)) return Claim::maybe;
    // Much behind the end record: rather a zip inside a tar or a disc image, which hands it out itself.
    return left - comment <= 512 ? Claim::sure : Claim::maybe;
}

Claim claims_gzip(Head const& head) {
    return sure_if(head.first.starts_with("\x1F\x8B\x08") && head.first.size() > 3 && (head.first[3] & 0xE0) == 0);
}
Claim claims_bzip2(Head const& head) {
    if (!head.first.starts_with("BZh") || head.first.size() < 10 || head.first[3] < '1' || head.first[3] > '9') {
        return Claim::none;
    }
    std::string_view const block = head.first.substr(4, 6);
    return sure_if(block == "\x31\x41\x59\x26\x53\x59" || block == "\x17\x72\x45\x38\x50\x90");
}
Claim claims_lzma(Head const& head) {
    // No mark: properties byte, dictionary size (a power of two here), size unknown or sane.
    if (head.first.size() < 14 || head.first[0] != '\x5D') return Claim::none;
    std::uint64_t const dictionary = *little(head.first, 1, 4), size = *little(head.first, 5, 8);
    bool const power = dictionary >= 4096 && (dictionary & (dictionary - 1)) == 0;
    return sure_if(power && (size == ~0ull || size < 1ull << 40) && head.first[13] == '\0');
}
Claim claims_zstd(Head const& head) {
    if (head.first.starts_with("\x28\xB5\x2F\xFD")) return Claim::sure;
    auto const mark = little(head.first, 0, 4);
    return sure_if(mark && (*mark & 0xFFFFFFF0) == 0x184D2A50);
}
Claim claims_lha(Head const& head) {
    if (head.first.size() < 21 || head.first.substr(2, 2) != "-l" || head.first[6] != '-') return Claim::none;
    return sure_if((head.first[4] == 'h' || head.first[4] == 'z') && has_binary_bytes(head.first.substr(0, 21)));
}
Claim claims_cpio(Head const& head) {
    std::string_view const mark = head.first.substr(0, 6);
    if (mark == "070701" || mark == "070702" || mark == "070707") {
        bool const hex = std::all_of(head.first.begin(), head.first.begin() + std::min<std::size_t>(54, head.first.size()),
                                     [](char c) { return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f'); });
        return sure_if(hex && head.first.size() > 54);
    }
    return sure_if(head.first.size() > 26 && (mark.starts_with("\xC7\x71") || mark.starts_with("\x71\xC7")));
}
Claim claims_tar(Head const& head) {
    if (head.first.size() < 512) return Claim::none;
    std::string_view const field = head.first.substr(148, 8);
    std::uint64_t sum = 0, stated = 0;
    for (char const c : field) {
        if (c >= '0' && c <= '7') stated = stated * 8 + static_cast<std::uint64_t>(c - '0');
    }
    if (head.first[0] == '\0' || stated == 0) return Claim::none;
    for (std::size_t i = 0; i < 512; ++i) {
        sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(head.first[i]);
    }
    return sure_if(sum == stated);
}
Claim claims_iso(Head const& head) {
    return sure_if(head.first.size() > 32774 && head.first.substr(32769, 5) == "CD001");
}

Claim claims_pnm(Head const& head) {
    if (is_plain_pnm(head.first)) return Claim::sure;
    std::optional<PnmHead> const pnm = read_pnm_head(head.first);
    if (!pnm) return Claim::none;
    // A text may begin so; but then it goes on as one, and is not as long as it says by chance.
    bool const writing = !has_binary_bytes(head.first) && is_ascii(head.first);
    return sure_if(!writing || pnm->rows + pnm->row * pnm->height == head.size);
}
Claim claims_bmp(Head const& head) {
    if (!head.first.starts_with("BM") || head.first.size() < 28) return Claim::none;
    std::uint64_t const info = *little(head.first, 14, 4), planes = *little(head.first, info == 12 ? 22 : 26, 2);
    // Cursors and some programs write into the reserved field.
    return sure_if((*little(head.first, 6, 4) == 0 || planes == 1) && info >= 12 && info <= 124);
}
Claim claims_icon(Head const& head) {
    if (head.first.size() < 22 || *little(head.first, 0, 2) != 0) return Claim::none;
    std::uint64_t const kind = *little(head.first, 2, 2), count = *little(head.first, 4, 2);
    std::uint64_t const offset = *little(head.first, 18, 4);
    return sure_if((kind == 1 || kind == 2) && count > 0 && count < 256 && offset >= 6 + 16 * count &&
                   offset < head.size && head.first[9] == '\0');
}
Claim claims_tiff(Head const& head) {
    using namespace std::string_view_literals;
    for (std::string_view const mark : {"II*\0"sv, "MM\0*"sv, "II+\0\x08\0"sv, "MM\0+\0\x08"sv, "IIRO\x08\0"sv, "IIU\0"sv}) {
        if (head.first.starts_with(mark)) return Claim::sure;
    }
    return Claim::none;
}
Claim claims_wmf(Head const& head) {
    return sure_if(head.first.starts_with("\xD7\xCD\xC6\x9A") ||
                   (head.first.size() >= 18 && *little(head.first, 0, 4) == 0x00090001 && *little(head.first, 4, 2) == 0x0300));
}
Claim claims_emf(Head const& head) {
    return sure_if(head.first.size() >= 44 && *little(head.first, 0, 4) == 1 && head.first.substr(40, 4) == " EMF");
}
Claim claims_psd(Head const& head) {
    return sure_if(head.first.starts_with("8BPS") && head.first.size() > 6 &&
                   (*big(head.first, 4, 2) == 1 || *big(head.first, 4, 2) == 2));
}
Claim claims_mp3(Head const& head) {
    if (is_binary_with(head, "ID3")) return Claim::sure;
    auto const sync = big(head.first, 0, 4);
    if (!sync || *sync >> 21 != 0x7FF) return Claim::none;
    if (*sync >> 16 == 0xFFFE) return Claim::none;  // the mark of UTF-16 rather than layer I without checks
    // Version, layer, bit rate and sampling rate must all be ones that exist.
    bool const real = (*sync >> 19 & 3) != 1 && (*sync >> 17 & 3) != 0 && (*sync >> 12 & 15) != 15 &&
                      (*sync >> 12 & 15) != 0 && (*sync >> 10 & 3) != 3;
    return sure_if(real && has_binary_bytes(head.first.substr(0, 1024)));
}
Claim claims_mpeg(Head const& head) {
    using namespace std::string_view_literals;
    if (head.first.starts_with("\0\0\1\xBA"sv) || head.first.starts_with("\0\0\1\xB3"sv)) return Claim::sure;
    bool const packets = head.first.size() > 188 * 3 && head.first[0] == 'G' && head.first[188] == 'G' &&
                         head.first[376] == 'G' && has_binary_bytes(head.first.substr(0, 188));
    return sure_if(packets);
}
Claim claims_avif(Head const& head) { return sure_if(has_brand(head, "avif") || has_brand(head, "avis")); }
// What names no coding ("mif1") may have any; most have HEVC.
Claim claims_heic(Head const& head) {
    if (claims_avif(head) == Claim::sure || has_brand(head, "crx ")) return Claim::none;
    for (std::string_view const brand : {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"}) {
        if (has_brand(head, brand)) return Claim::sure;
    }
    return Claim::none;
}
Claim claims_other_media_box(Head const& head) {
    if (head.first.size() < 16 || head.first.substr(4, 4) != "ftyp") {
        bool const old = head.first.size() >= 16 && head.first.substr(4, 4) == "moov" && has_binary_bytes(head.first.substr(0, 8));
        return sure_if(old);
    }
    bool const picture = claims_avif(head) == Claim::sure || claims_heic(head) == Claim::sure || has_brand(head, "jxl ") || has_brand(head, "crx ");
    return sure_if(!picture);
}
Claim claims_dbf(Head const& head) {
    if (head.first.size() < 33) return Claim::none;
    auto const version = static_cast<unsigned char>(head.first[0]);
    bool const known = version == 0x03 || version == 0x04 || version == 0x30 || version == 0x31 || version == 0x83 ||
                       version == 0x8B || version == 0xF5;
    std::uint64_t const month = *little(head.first, 2, 1), day = *little(head.first, 3, 1);
    std::uint64_t const header = *little(head.first, 8, 2), row = *little(head.first, 10, 2);
    if (!known || month > 12 || day > 31 || header < 33 || row < 2 || header > head.size) return Claim::none;
    return sure_if(header > head.first.size() || head.first[header - 1] == '\r' || head.first.substr(32, header - 32).find('\r') != std::string_view::npos);
}
Claim claims_portable_executable(Head const& head) {
    if (!head.first.starts_with("MZ") || head.first.size() < 64) return Claim::none;
    return sure_if(has_binary_bytes(head.first.substr(0, 64)));
}
Claim claims_java_class(Head const& head) {
    auto const mark = big(head.first, 0, 4), major = big(head.first, 6, 2);
    return sure_if(mark == 0xCAFEBABE && major && *major >= 45 && *major < 120);
}
Claim claims_macho(Head const& head) {
    auto const mark = big(head.first, 0, 4), count = big(head.first, 4, 4);
    if (!mark || !count) return Claim::none;
    if (*mark == 0xCAFEBABE) return sure_if(*count > 0 && *count < 20);
    return sure_if(*mark == 0xFEEDFACE || *mark == 0xFEEDFACF || *mark == 0xCEFAEDFE || *mark == 0xCFFAEDFE);
}
Claim claims_font(Head const& head) {
    using namespace std::string_view_literals;
    std::string_view const mark = head.first.substr(0, 4);
    if (mark == "ttcf") return sure_if(head.first.size() >= 16 && *big(head.first, 8, 4) < 256);
    if (mark != "\0\1\0\0"sv && mark != "OTTO"sv && mark != "true"sv) return Claim::none;
    auto const tables = big(head.first, 4, 2);
    if (!tables || *tables == 0 || *tables > 64 || head.first.size() < 28) return Claim::none;
    std::string_view const tag = head.first.substr(12, 4);
    return sure_if(std::all_of(tag.begin(), tag.end(), [](char c) { return c >= ' ' && c < 0x7F; }));
}
Claim claims_icc(Head const& head) { return sure_if(head.first.size() >= 128 && head.first.substr(36, 4) == "acsp"); }
Claim claims_pickle(Head const& head) {
    return sure_if(head.first.size() > 4 && head.first[0] == '\x80' && head.first[1] >= 2 && head.first[1] <= 5 &&
                   head.last.ends_with('.'));
}
Claim claims_pyc(Head const& head) {
    return sure_if(head.first.size() > 16 && head.first.substr(2, 2) == "\r\n" && head.first[1] >= 0x0B &&
                   head.first[1] <= 0x0F && has_binary_bytes(head.first.substr(4, 12)));
}

namespace {
// The content type of a DER ContentInfo, as the last arc of 1.2.840.113549.1.7 (PKCS #7, RFC 5652):
// 2 signed, 3 enveloped, 4 signed and enveloped, 6 encrypted, …; 0 where it is none.
unsigned pkcs7_content(std::string_view bytes) {
    using namespace std::string_view_literals;
    constexpr std::string_view arc = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07"sv;
    if (!bytes.starts_with("\x30")) return 0;
    std::size_t const at = bytes.substr(0, 24).find(arc);
    return at < 8 && at + arc.size() < bytes.size() ? static_cast<unsigned char>(bytes[at + arc.size()]) : 0;
}
// 1.2.840.113549.1.9.16.1.23 (RFC 5083): as enveloped, with a check of its own.
bool is_authenticated_enveloped(std::string_view bytes) {
    using namespace std::string_view_literals;
    return bytes.starts_with("\x30") &&
           bytes.substr(0, 24).find("\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17"sv) < 8;
}
}  // namespace

Claim claims_pkcs7_sealed(Head const& head) {
    unsigned const content = pkcs7_content(head.first);
    return sure_if(content == 3 || content == 4 || content == 6 || is_authenticated_enveloped(head.first));
}
Claim claims_pkcs7(Head const& head) {
    return sure_if(pkcs7_content(head.first) != 0 && claims_pkcs7_sealed(head) == Claim::none);
}
Claim claims_pkcs12(Head const& head) {
    using namespace std::string_view_literals;
    std::string_view const start = head.first.substr(0, 64);
    return sure_if(start.starts_with("\x30") && start.find("\x02\x01\x03\x30"sv) < 8);
}
Claim claims_disk_image(Head const& head) {
    using namespace std::string_view_literals;
    for (std::string_view const mark : {"QFI\xFB"sv, "KDMV"sv, "conectix"sv, "vhdxfile"sv, "EVF\x09\x0D\x0A\xFF\0"sv}) {
        if (head.first.starts_with(mark)) return Claim::sure;
    }
    if (head.last.size() >= 512 && head.last.substr(head.last.size() - 512).starts_with("koly\0\0\0\4"sv)) return Claim::sure;
    bool const sector = head.first.size() >= 512 && head.first.substr(510, 2) == "\x55\xAA"sv && has_binary_bytes(head.first.substr(0, 512));
    return sure_if(sector && (head.first.substr(3, 4) == "NTFS" || head.first.substr(54, 3) == "FAT" ||
                              head.first.substr(82, 3) == "FAT" || head.first.substr(3, 5) == "EXFAT"));
}

}  // namespace keepmum
