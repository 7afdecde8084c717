// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/confusable.h"

#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/uspoof.h>

#include <memory>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr std::size_t longest = 4096;  // bytes; a host name has at most 253, a user of this may hand in anything

icu::IDNA const* names() {
    static std::unique_ptr<icu::IDNA> const instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<icu::IDNA>(
            icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE, status));
    }();
    return instance.get();
}

struct CloseChecker {
    void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};

USpoofChecker const* checker() {
    static std::unique_ptr<USpoofChecker, CloseChecker> const instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<USpoofChecker, CloseChecker>(uspoof_open(&status));
    }();
    return instance.get();
}

}  // namespace

HostForms read_host_name(std::string_view name) {
    HostForms forms;
    name = name.substr(0, longest);
    if (icu::IDNA const* const idna = names()) {
        icu::IDNAInfo info;
        UErrorCode status = U_ZERO_ERROR;
        icu::StringByteSink<std::string> shown(&forms.shown);
        std::string const valid = made_valid(name);
        icu::StringPiece const piece(valid.data(), static_cast<std::int32_t>(valid.size()));
        idna->nameToUnicodeUTF8(piece, shown, info, status);
        if (U_FAILURE(status)) forms.shown.clear();
        status = U_ZERO_ERROR;
        icu::StringByteSink<std::string> wire(&forms.wire);
        icu::IDNAInfo other;
        idna->nameToASCII_UTF8(piece, wire, other, status);
        if (U_FAILURE(status) || !is_ascii(forms.wire)) forms.wire.clear();
    }
    if (forms.shown.empty()) forms.shown = ascii_lower(made_valid(name));
    return forms;
}

std::string skeleton_of(std::string_view text) {
    text = text.substr(0, longest);
    USpoofChecker const* const spoof = checker();
    if (!spoof) return std::string(text);
    std::string out(text.size() * 3 + 16, '\0');
    for (int attempt = 0; attempt < 2; ++attempt) {
        UErrorCode status = U_ZERO_ERROR;
        std::int32_t const size = uspoof_getSkeletonUTF8(spoof, 0, text.data(), static_cast<std::int32_t>(text.size()),
                                                         out.data(), static_cast<std::int32_t>(out.size()), &status);
        if (status == U_BUFFER_OVERFLOW_ERROR) {
            out.resize(static_cast<std::size_t>(size) + 1);
            continue;
        }
        if (U_FAILURE(status)) break;
        out.resize(static_cast<std::size_t>(size));
        return out;
    }
    return std::string(text);
}

}  // namespace keepmum
