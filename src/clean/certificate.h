// The certificate of a cleaned file: what was done, and what was proved of the result (docs/formats/certificate.md).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "clean/account.h"

namespace keepmum {

struct FileDigest {
    std::uint64_t bytes = 0;
    std::string sha256;  // lowercase hex
};

struct Certificate {
    std::string version;  // of the program that cleaned
    FileDigest input, output;
    std::string media;
    std::uint32_t width = 0, height = 0;
    std::uint64_t frames = 1;
    std::uint64_t seconds = 0;      // of recordings
    std::string wishes;             // print(Wishes) without the values of kept facts
    std::vector<std::string> kept;  // names of facts that were written anew
    std::vector<std::string> changed, left_out;
    std::vector<PictureAccount::Removed> removed;
    std::uint64_t removed_more = 0;  // names that are not in `removed`
    double db = 99;
    int apart = 0;
    std::uint64_t canaries = 0;     // that many were looked for, and none was found
};

// What a setting of a format is called; raised when an encoder's setting changes, as a copy is then another one.
inline constexpr std::string_view setting_name = "keepmum-1";

// A JSON object (RFC 8259), line by line, with a line feed at its end.
std::string print(Certificate const& certificate);
// Errors name `file` and what is wrong with it, a member that is not known among them.
Result<Certificate> parse_certificate(std::string_view json, std::string_view file);

}  // namespace keepmum
