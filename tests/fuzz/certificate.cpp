// Certificates, wishes, accounts, proofs and canaries, which come from files or from a worker that may be in other hands.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clean/certificate.h"

#include <cstdlib>

#include "clean/canary.h"
#include "clean/exif_block.h"
#include "clean/wishes.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    if (auto const certificate = parse_certificate(input, "x")) {
        auto const again = parse_certificate(print(*certificate), "x");
        if (!again || print(*again) != print(*certificate)) std::abort();
    }
    if (auto const wishes = parse_wishes(input)) {
        if (!parse_wishes(print(*wishes))) std::abort();
        write_exif(wishes->keep);
    }
    if (auto const account = parse_account(input)) parse_account(print(*account));
    if (auto const proof = parse_proof(input)) parse_proof(print(*proof));
    if (auto const canaries = read_canaries(input)) {
        if (write_canaries(*canaries) != input) std::abort();
        find_canaries(*canaries, input);
    }
    without_exif(input);
    return 0;
}
