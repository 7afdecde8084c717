// The worker family `clean`: two jobs, in two processes, so that whoever takes over the one that reads the input has no
// say in what is found out about the output.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clean/workers.h"

#include <algorithm>

#include "clean/account.h"
#include "clean/canary.h"
#include "clean/exif_block.h"
#include "format/pixels/album/jpeg_coded.h"

namespace keepmum {

namespace {

constexpr std::uint64_t most_unpacked = 256u << 20;

std::vector<PictureAccount::Removed> removed_of(Walk const& walk) {
    std::vector<PictureAccount::Removed> out;
    for (Owned const& part : walk.map) {
        if (part.owner == Owner::picture || part.owner == Owner::structure) continue;
        std::string const owner(word(part.owner));
        auto const same = [&](PictureAccount::Removed const& removed) { return removed.owner == owner && removed.what == part.what; };
        auto const known = std::find_if(out.begin(), out.end(), same);
        if (known != out.end()) known->bytes += part.size;
        else if (out.size() < 100) out.push_back({owner, part.what, part.size});
    }
    return out;
}

void put_lines(Outlet& outlet, std::string lines) {
    Evidence evidence;
    evidence.kind = Kind::fields;
    evidence.role = Role::metadata;
    evidence.media = account_media;
    evidence.content = Blob::take(std::move(lines));
    outlet.put(std::move(evidence));
}

void put_bytes(Outlet& outlet, std::string bytes, std::string media) {
    Evidence evidence;
    evidence.media = std::move(media);
    evidence.content = Blob::take(std::move(bytes));
    outlet.put(std::move(evidence));
}

// What copies have in common: the words of their headers, and all but the sizes of a JPEG's.
std::string in_every_copy() {
    Raster const speck{1, 1, 3, 1, {0, 0, 0}};
    return "GRAYSCALE_ALPHA RGB_ALPHA TUPLTYPE NETSCAPE2.0 ENDHDR HEIGHT MAXVAL" + write_jpeg(speck);
}

class Cleaning final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::string_view const bytes = evidence.content.view();
        std::optional<Wishes> const wishes = parse_wishes(evidence.reason);
        if (!wishes) return fail(Fault::internal, "the worker was not told what is wanted");
        auto const refuse = [&](Trouble trouble) {
            outlet.gap({{}, trouble.cause, Stage::decode, bytes.size(), evidence.media, std::move(trouble.detail)});
            return Done{};
        };
        Walk const walk = walk_picture(bytes, most_unpacked);
        std::string canaries = write_canaries(harvest(walk, in_every_copy()));
        PictureAccount account;
        account.removed = removed_of(walk);
        outlet.progress();
        std::variant<Cleaned, Trouble> cleaned = clean_picture(bytes, *wishes);
        if (Trouble* const trouble = std::get_if<Trouble>(&cleaned)) return refuse(std::move(*trouble));
        account.cleaned = std::get<Cleaned>(std::move(cleaned));
        if (std::string const exif = write_exif(wishes->keep); !exif.empty()) {
            std::optional<std::string> with = with_exif(account.cleaned.bytes, exif);
            if (!with) return refuse({Cause::unsupported, "facts can be kept in JPEG and PNG alone"});
            account.cleaned.bytes = std::move(*with);
        }
        put_lines(outlet, print(account));
        put_bytes(outlet, std::move(canaries), std::string(canary_media));
        put_bytes(outlet, std::move(account.cleaned.bytes), account.cleaned.media);
        return Done{bytes.size(), {}};
    }
};

class Proving final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::string_view const bytes = evidence.content.view();
        std::size_t size = 0;
        constexpr std::size_t head = 8;
        for (std::size_t i = head; i-- > 0 && bytes.size() >= head;) size = size << 8 | static_cast<unsigned char>(bytes[i]);
        if (bytes.size() < head || size > bytes.size() - head) return fail(Fault::internal,
            "the worker was not given what is to be proved");
        std::optional<std::vector<std::string>> const canaries = read_canaries(bytes.substr(head, size));
        if (!canaries) return fail(Fault::internal, "the worker was given canaries that cannot be read");
        Kept const kept = evidence.reason == kept_facts ? Kept::facts : Kept::nothing;
        put_lines(outlet, print(prove(bytes.substr(head + size), *canaries, kept)));
        return Done{bytes.size(), {}};
    }
};

}  // namespace

std::span<ExtractorRow const> extractors_clean() {
    static Cleaning const cleaning;
    static Proving const proving;
    static ExtractorRow const rows[] = {{"clean.picture", []() -> Extractor const* { return &cleaning; }},
        {"clean.proof", []() -> Extractor const* { return &proving; }}};
    return rows;
}

}  // namespace keepmum
