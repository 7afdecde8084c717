// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/icu.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <vector>

#include "base/utf8.h"

namespace keepmum {

namespace {

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(char const* charset) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(charset, &status));
    return U_SUCCESS(status) ? std::move(converter) : Converter();
}

void U_CALLCONV count_invalid(void const* context, UConverterToUnicodeArgs* args, char const* units,
                              int32_t length, UConverterCallbackReason reason, UErrorCode* status) {
    if (reason > UCNV_IRREGULAR) return;
    ++*static_cast<std::uint64_t*>(const_cast<void*>(context));
    UCNV_TO_U_CALLBACK_SUBSTITUTE(nullptr, args, units, length, reason, status);
}

// Joins UTF-16 units and their source offsets into UTF-8 and its map, one code point late: the
// length of a character in the source is known only when the next one begins.
class Joiner {
  public:
    Joiner(DecodedText& out, std::uint64_t base) : out_(out), base_(base) {}

    void add(UChar unit, std::uint64_t source) {
        if (U16_IS_TRAIL(unit) && U16_IS_LEAD(pending_)) {
            pending_ = U16_GET_SUPPLEMENTARY(pending_, unit);
            return;
        }
        flush(source);
        pending_ = unit;
        source_ = source;
        has_ = true;
    }
    void flush(std::uint64_t end) {
        if (!has_) return;
        // Two characters may come out of one source sequence; both then stand for all of it.
        if (end > source_) width_ = end - source_;
        std::size_t const before = out_.text.size();
        append_utf8(out_.text, static_cast<char32_t>(pending_));
        out_.map.add(before, base_ + source_, static_cast<std::uint32_t>(out_.text.size() - before),
                     static_cast<std::uint32_t>(width_));
        has_ = false;
    }

  private:
    DecodedText& out_;
    std::uint64_t base_;
    std::uint64_t source_ = 0;
    std::uint64_t width_ = 1;
    UChar32 pending_ = 0;
    bool has_ = false;
};

UNormalizer2 const* nfkc() {
    static UNormalizer2 const* const instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        return unorm2_getNFKCInstance(&status);
    }();
    return instance;
}

std::u16string to_utf16(std::string_view text) {
    std::u16string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        at += point.length;
        if (point.value > 0xFFFF) {
            out += static_cast<char16_t>(U16_LEAD(point.value));
            out += static_cast<char16_t>(U16_TRAIL(point.value));
        } else {
            out += static_cast<char16_t>(point.value);
        }
    }
    return out;
}

std::string to_utf8(std::u16string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char32_t value = text[at];
        if (U16_IS_LEAD(value) && at + 1 < text.size() && U16_IS_TRAIL(text[at + 1])) {
            value = U16_GET_SUPPLEMENTARY(value, text[at + 1]);
            ++at;
        }
        append_utf8(out, value);
    }
    return out;
}

std::uint32_t category_mask(char32_t c) { return U_GET_GC_MASK(static_cast<UChar32>(c)); }

}  // namespace

std::optional<DecodedText> decode_with_icu(std::string_view bytes, char const* charset, std::uint64_t base) {
    Converter const converter = open_converter(charset);
    if (!converter) return std::nullopt;
    DecodedText out;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(converter.get(), count_invalid, &out.invalid, nullptr, nullptr, &status);
    // As much as is needed: most of what is decoded is short, and clearing large buffers costs more than it.
    std::vector<UChar> units(std::min<std::size_t>(bytes.size() + 32, 16 * 1024));
    std::vector<int32_t> offsets(units.size());
    Joiner joiner(out, base);
    // ICU counts offsets in 32 bits: pieces well below that, state kept in the converter between them.
    constexpr std::size_t piece = 1 << 20;
    std::uint64_t last = 0;
    for (std::size_t from = 0; from < bytes.size(); from += piece) {
        std::string_view const part = bytes.substr(from, piece);
        UBool const flush = from + piece >= bytes.size();
        char const* source = part.data();
        do {
            status = U_ZERO_ERROR;
            UChar* target = units.data();
            char const* const start = source;
            ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source,
                           part.data() + part.size(), offsets.data(), flush, &status);
            std::uint64_t const shift = from + static_cast<std::uint64_t>(start - part.data());
            for (std::size_t i = 0; i < static_cast<std::size_t>(target - units.data()); ++i) {
                // -1: the character began in the piece before.
                if (offsets[i] >= 0) last = shift + static_cast<std::uint64_t>(offsets[i]);
                joiner.add(units[i], last);
            }
        } while (status == U_BUFFER_OVERFLOW_ERROR);
        if (U_FAILURE(status)) break;
    }
    joiner.flush(bytes.size());
    return out;
}

std::optional<DecodedPoints> decode_points_with_icu(std::string_view bytes, char const* charset) {
    Converter const converter = open_converter(charset);
    if (!converter) return std::nullopt;
    DecodedPoints out;
    out.points.reserve(bytes.size());
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(converter.get(), count_invalid, &out.invalid, nullptr, nullptr, &status);
    UChar units[1024];
    char const* source = bytes.data();
    do {
        status = U_ZERO_ERROR;
        UChar* target = units;
        ucnv_toUnicode(converter.get(), &target, std::end(units), &source, bytes.data() + bytes.size(), nullptr, true, &status);
        for (UChar const* unit = units; unit != target; ++unit) {
            bool const pair = U16_IS_TRAIL(*unit) && !out.points.empty() && U16_IS_LEAD(out.points.back());
            if (pair) out.points.back() = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(out.points.back(), *unit));
            else out.points += static_cast<char32_t>(*unit);
        }
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    return out;
}

CharsetOpinion detect_with_icu(std::string_view bytes) {
    struct Close {
        void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
    };
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<UCharsetDetector, Close> const detector(ucsdet_open(&status));
    ucsdet_setText(detector.get(), bytes.data(), static_cast<int32_t>(std::min<std::size_t>(bytes.size(), 1 << 20)), &status);
    UCharsetMatch const* const found = ucsdet_detect(detector.get(), &status);
    if (U_FAILURE(status) || !found) return {};
    CharsetOpinion out;
    out.name = ucsdet_getName(found, &status);
    out.confidence = ucsdet_getConfidence(found, &status);
    return out;
}

std::string encode_with_icu(std::string_view text, char const* charset) {
    std::u16string const units = to_utf16(text);
    UErrorCode status = U_ZERO_ERROR;
    std::string out(units.size() * 8 + 16, '\0');
    Converter const converter = open_converter(charset);
    if (!converter) return {};
    int32_t const length = ucnv_fromUChars(converter.get(), out.data(), static_cast<int32_t>(out.size()),
                                           units.data(), static_cast<int32_t>(units.size()), &status);
    out.resize(U_SUCCESS(status) ? static_cast<std::size_t>(length) : 0);
    return out;
}

std::string normalize_nfkc(std::string_view text) {
    std::u16string const units = to_utf16(text);
    std::u16string out(units.size() * 2 + 32, u'\0');
    for (int round = 0; round < 2; ++round) {
        UErrorCode status = U_ZERO_ERROR;
        int32_t const length = unorm2_normalize(nfkc(), units.data(), static_cast<int32_t>(units.size()), out.data(),
                                                static_cast<int32_t>(out.size()), &status);
        if (status == U_BUFFER_OVERFLOW_ERROR) {
            out.resize(static_cast<std::size_t>(length));
            continue;
        }
        if (U_FAILURE(status)) return std::string(text);
        out.resize(static_cast<std::size_t>(length));
        return to_utf8(out);
    }
    return std::string(text);
}

bool is_nfkc_inert(char32_t c) { return unorm2_isInert(nfkc(), static_cast<UChar32>(c)); }
bool is_nfkc_plain(char32_t c) {
    return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_NFKC_QUICK_CHECK) != UNORM_NO;
}
bool is_nfkc_boundary(char32_t c) { return unorm2_hasBoundaryBefore(nfkc(), static_cast<UChar32>(c)); }

bool is_ignorable(char32_t c) {
    if (c < 0xAD) return false;
    return (category_mask(c) & U_GC_CF_MASK) != 0 ||
           u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool is_blank(char32_t c) { return c == '\t' || (category_mask(c) & U_GC_ZS_MASK) != 0; }
bool is_letter(char32_t c) { return (category_mask(c) & U_GC_L_MASK) != 0; }
bool is_lowercase(char32_t c) { return u_isULowercase(static_cast<UChar32>(c)); }
bool is_uppercase(char32_t c) { return u_isUUppercase(static_cast<UChar32>(c)); }
char32_t fold_case(char32_t c) { return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT)); }

bool is_printable(char32_t c) {
    if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
    if (c < 0x7F) return true;
    return (category_mask(c) & (U_GC_CN_MASK | U_GC_CC_MASK | U_GC_CO_MASK | U_GC_CS_MASK)) == 0;
}

int decimal_value(char32_t c) { return u_charDigitValue(static_cast<UChar32>(c)); }

char32_t base_letter(char32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    UChar parts[32];
    int32_t const length = unorm2_getDecomposition(nfkc(), static_cast<UChar32>(c), parts, 32, &status);
    if (U_FAILURE(status) || length <= 0) return c;
    UChar32 first = 0;
    U16_GET(parts, 0, 0, length, first);
    return static_cast<char32_t>(first);
}

Script script_of(char32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
        case USCRIPT_COMMON:
        case USCRIPT_INHERITED: return Script::common;
        case USCRIPT_LATIN: return Script::latin;
        case USCRIPT_GREEK: return Script::greek;
        case USCRIPT_CYRILLIC: return Script::cyrillic;
        case USCRIPT_HAN: return Script::han;
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA: return Script::kana;
        case USCRIPT_HANGUL: return Script::hangul;
        default: return Script::other;
    }
}

}  // namespace keepmum
