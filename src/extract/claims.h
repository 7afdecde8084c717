// The questions that filetypes() asks of a file's first and last bytes, where a fixed mark at a fixed
// offset is not enough. Each looks at content alone unless it says otherwise.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/extractor.h"

namespace keepmum {

// The question whether a head is that of a file of some kind, and with which bytes such a file may begin: where one begins with
// another, the answer is `none`.
struct Claimer {
    enum class Start : std::uint8_t {
        any,      // whatever `first` says
        byte,     // with one of `first`
        visible,  // a text in any charset that has ASCII in it: a mark of byte order, NULs and blanks, then one of `first`
    };
    constexpr Claimer(Claim (*ask)(Head const&), Start start = Start::any, std::string_view first = {})
        : ask(ask), start(start), first(first) {}

    Claim (*ask)(Head const&);
    Start start;
    std::string_view first;
};

// A string literal as a template argument; may hold NUL bytes.
template <std::size_t N>
struct Literal {
    char text[N] = {};
    constexpr Literal(char const (&from)[N]) { std::copy_n(from, N, text); }
    constexpr std::string_view view() const { return {text, N - 1}; }
};

template <Literal mark, std::size_t offset = 0>
inline constexpr Claimer marked{
    [](Head const& head) {
        bool const here = head.first.size() >= offset && head.first.substr(offset).starts_with(mark.view());
        return here ? Claim::sure : Claim::none;
    },
    offset == 0 ? Claimer::Start::byte : Claimer::Start::any, mark.view().substr(0, 1)};

// A file whose first bytes are `mark` and that holds bytes which no text has: for short marks that
// might begin a sentence.
bool is_binary_with(Head const& head, std::string_view mark);
template <Literal mark>
inline constexpr Claimer marked_binary{[](Head const& head) { return is_binary_with(head, mark.view()) ? Claim::sure : Claim::none; },
                                        Claimer::Start::byte, mark.view().substr(0, 1)};

// ISO base media: an `ftyp` box with this brand as the major or a compatible one.
bool has_brand(Head const& head, std::string_view brand);
template <Literal brand>
Claim branded(Head const& head) {
    return has_brand(head, brand.view()) ? Claim::sure : Claim::none;
}

// RIFF, FORM: a container mark at 0 and its kind at 8.
template <Literal mark, Literal kind>
inline constexpr Claimer contained{
    [](Head const& head) {
        std::string_view const behind = head.first.substr(std::min<std::size_t>(8, head.first.size()));
        return head.first.starts_with(mark.view()) && behind.starts_with(kind.view()) ? Claim::sure : Claim::none;
    },
    Claimer::Start::byte, mark.view().substr(0, 1)};

// Compound files of the older office programs, told apart by the names of their streams.
Claim claims_encrypted_office(Head const& head);
Claim claims_old_word(Head const& head);
Claim claims_old_excel(Head const& head);
Claim claims_old_powerpoint(Head const& head);
Claim claims_outlook_message(Head const& head);
Claim claims_old_visio(Head const& head);
Claim claims_old_publisher(Head const& head);
Claim claims_hwp(Head const& head);
Claim claims_other_compound(Head const& head);

Claim claims_zip(Head const& head);  // at the start, or by its end record: data in front, polyglots
Claim claims_rtf(Head const& head);
Claim claims_pdf(Head const& head);
Claim claims_gzip(Head const& head);
Claim claims_bzip2(Head const& head);
Claim claims_lzma(Head const& head);
Claim claims_zstd(Head const& head);
Claim claims_lha(Head const& head);
Claim claims_cpio(Head const& head);
Claim claims_tar(Head const& head);
Claim claims_iso(Head const& head);
Claim claims_mail(Head const& head);
Claim claims_mbox(Head const& head);

Claim claims_bmp(Head const& head);
Claim claims_pnm(Head const& head);
Claim claims_icon(Head const& head);
Claim claims_tiff(Head const& head);
Claim claims_wmf(Head const& head);
Claim claims_emf(Head const& head);
Claim claims_psd(Head const& head);
Claim claims_mp3(Head const& head);
Claim claims_mpeg(Head const& head);
Claim claims_heic(Head const& head);
Claim claims_avif(Head const& head);
Claim claims_other_media_box(Head const& head);
Claim claims_dbf(Head const& head);
Claim claims_portable_executable(Head const& head);
Claim claims_java_class(Head const& head);
Claim claims_macho(Head const& head);
Claim claims_font(Head const& head);  // TrueType, OpenType and their collections
Claim claims_icc(Head const& head);
Claim claims_pickle(Head const& head);
Claim claims_pyc(Head const& head);
Claim claims_pkcs7(Head const& head);  // DER: signed data and the like
Claim claims_pkcs7_sealed(Head const& head);  // DER: enveloped, encrypted or authenticated-enveloped data
Claim claims_pkcs12(Head const& head);
Claim claims_pgp_message(Head const& head);  // armoured or binary, encrypted
Claim claims_disk_image(Head const& head);

Claim claims_html(Head const& head);
Claim claims_flat_odf(Head const& head);  // a whole OpenDocument file in one XML file
Claim claims_svg(Head const& head);
Claim claims_xml(Head const& head);
Claim claims_notebook(Head const& head);
Claim claims_json(Head const& head);
Claim claims_latex(Head const& head);
Claim claims_calendar(Head const& head);
Claim claims_csv(Head const& head);   // the name may lower the bar
Claim claims_plain(Head const& head); // sure where the file is empty, else at most maybe

// The first characters as ASCII, for files in any charset that has ASCII in it: byte order mark,
// NULs (UTF-16, UTF-32) and leading white space taken out; "" where controls say "binary".
// At most `limit` bytes are looked at; they are not copied unless there are NULs to take out.
class AsciiHead {
  public:
    explicit AsciiHead(Head const& head, std::size_t limit = 4096);
    AsciiHead(AsciiHead const&) = delete;
    AsciiHead& operator=(AsciiHead const&) = delete;
    std::string_view text() const { return text_; }

  private:
    std::string made_;
    std::string_view text_;
};

}  // namespace keepmum
