// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/zip/name.h"

#include <optional>

#include "base/utf8.h"
#include "format/text/charset.h"
#include "format/zip/inflate.h"

namespace keepmum {

namespace {

constexpr char16_t cp437[129] =
    u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
    u"αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0";

std::string from_cp437(std::string_view bytes) {
    std::string text;
    for (unsigned char c : bytes) append_utf8(text, c < 0x80 ? c : cp437[c - 0x80]);
    return text;
}

}  // namespace

std::string zip_text(std::string_view bytes) {
    if (is_utf8(bytes)) return std::string(bytes);
    // The standard says code page 437; programs in East Asia write their own system's charset.
    std::optional<CharsetGuess> const guess = guess_charset(bytes);
    if (guess && guess->known) {
        for (Charset charset : {Charset::gb18030, Charset::big5, Charset::shift_jis, Charset::euc_jp, Charset::euc_kr}) {
            if (guess->charset == charset) return decode_charset(bytes, charset).text;
        }
    }
    return from_cp437(bytes);
}

std::string zip_member_name(ZipMember const& member) {
    for (std::string_view block : {member.extra, member.local_extra}) {
        for (ZipExtra const& extra : split_extra(block)) {
            if (extra.id != 0x7075 || extra.data.size() < 6 || extra.data[0] != 1) continue;
            std::uint32_t crc = 0;
            for (int i = 4; i-- > 0;) crc = crc << 8 | static_cast<unsigned char>(extra.data[1 + i]);
            if (crc == crc32_of(member.name)) return std::string(extra.data.substr(5));
        }
    }
    return member.utf8() ? std::string(member.name) : zip_text(member.name);
}

}  // namespace keepmum
