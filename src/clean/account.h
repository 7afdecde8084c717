// What a cleaning tells of itself, as lines between the worker and the program.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clean/cleaner.h"
#include "clean/proof.h"
#include "format/photo/byte_map.h"

namespace keepmum {

// Media types of what the extractors put out: lines, and canaries (clean/canary.h).
inline constexpr std::string_view account_media = "application/x-keepmum-account", canary_media = "application/x-keepmum-canaries";

// The input of the proof: size of the canaries (8 bytes, little endian), canaries as write_canaries() has them, the output.
std::string proof_job(std::string_view canaries, std::string_view output);
inline constexpr std::string_view kept_facts = "kept";

// The input of the cleaning of a drawing, which was drawn before, by its own worker: the same form, the drawing instead of canaries
// and its picture instead of the output. Evidence::media says that it is one.
inline constexpr std::string_view drawn_media = "application/x-keepmum-drawn";
struct TwoFiles {
    std::string_view first, second;
};
std::optional<TwoFiles> read_job(std::string_view job);

// Everything but the bytes; and what the walker found of metadata, hidden pictures and unknown bytes in the input.
struct PictureAccount {
    Cleaned cleaned;
    struct Removed {
        std::string owner;  // "metadata", "hidden picture", "unknown"
        std::string what;   // the format's own name for it
        std::uint64_t bytes = 0;
        friend bool operator==(Removed const&, Removed const&) = default;
    };
    std::vector<Removed> removed;     // by their names, the first hundred of these
    std::uint64_t removed_more = 0;   // further names
};

// Fills in what of the walked file account.cleaned no longer has.
void note_removed(Walk const& walk, PictureAccount& account);

// "name: value" lines. Reading trusts nothing; nothing comes back where a line is not one of these.
std::string print(PictureAccount const& account);
std::optional<PictureAccount> parse_account(std::string_view lines);
std::string print(PictureProof const& proof);
std::optional<PictureProof> parse_proof(std::string_view lines);

}  // namespace keepmum
