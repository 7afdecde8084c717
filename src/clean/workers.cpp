// The worker family `clean`: two jobs, in two processes, so that whoever takes over the one that reads the input has no
// say in what is found out about the output.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clean/workers.h"

#include <algorithm>

#include "clean/account.h"
#include "clean/canary.h"
#include "clean/exif_block.h"
#include "format/drawing/svg.h"
#include "format/pixels/album/jpeg_coded.h"

namespace keepmum {

namespace {

constexpr std::uint64_t most_unpacked = 256u << 20;

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

// What a program that opens the drawing may do, and its picture does not.
void tell_of_drawing(std::string_view svg, Cleaned& cleaned) {
    cleaned.changed.insert(cleaned.changed.begin(), "the drawing became a picture");
    auto const leave_out = [&](std::string_view what) {
        bool const known = std::find(cleaned.left_out.begin(), cleaned.left_out.end(), what) != cleaned.left_out.end();
        if (!known) cleaned.left_out.emplace_back(what);
    };
    for (SvgPart const& part : survey_svg(svg).parts) {
        using What = SvgPart::What;
        bool const picture = part.what == What::embedded && part.name.starts_with("image/");
        bool const undrawn = picture && part.name != "image/png" && part.name != "image/jpeg";
        if (undrawn) leave_out("a picture in the drawing that is neither PNG nor JPEG");
        if (part.what == What::elsewhere) leave_out("pictures or styles that do not lie in the file");
        if (part.what == What::script) leave_out("what programs in the drawing do");
        if (part.what == What::moving) leave_out("what moves in the drawing");
        if (part.what == What::page) leave_out("a piece of a web page in the drawing");
    }
}

class Cleaning final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        bool const drawn = evidence.media == drawn_media;
        std::optional<TwoFiles> const job = drawn ? read_job(evidence.content.view()) : std::nullopt;
        if (drawn && !job) return fail(Fault::internal, "the worker was not given what is to be cleaned");
        std::string_view const bytes = drawn ? job->first : evidence.content.view();
        std::optional<Wishes> const wishes = parse_wishes(evidence.reason);
        if (!wishes) return fail(Fault::internal, "the worker was not told what is wanted");
        auto const refuse = [&](Trouble trouble) {
            outlet.gap({{}, trouble.cause, Stage::decode, bytes.size(), evidence.media, std::move(trouble.detail)});
            return Done{};
        };
        Walk const walk = walk_picture(bytes, most_unpacked);
        std::string canaries = write_canaries(harvest(walk, in_every_copy(), bytes));
        PictureAccount account;
        outlet.progress();
        std::variant<Cleaned, Trouble> cleaned = clean_picture(drawn ? job->second : bytes, *wishes);
        if (Trouble* const trouble = std::get_if<Trouble>(&cleaned)) return refuse(std::move(*trouble));
        account.cleaned = std::get<Cleaned>(std::move(cleaned));
        note_removed(walk, account);
        if (drawn) tell_of_drawing(bytes, account.cleaned);
        if (std::string const exif = write_exif(wishes->keep); !exif.empty()) {
            std::optional<std::string> with = with_exif(account.cleaned.bytes, exif);
            if (!with) return refuse({Cause::unsupported, "facts can be kept in JPEG and PNG alone"});
            account.cleaned.bytes = std::move(*with);
        }
        put_lines(outlet, print(account));
        put_bytes(outlet, std::move(canaries), std::string(canary_media));
        put_bytes(outlet, std::move(account.cleaned.bytes), account.cleaned.media);
        return Done{evidence.content.size(), {}};
    }
};

class Proving final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::string_view const bytes = evidence.content.view();
        std::optional<TwoFiles> const job = read_job(bytes);
        if (!job) return fail(Fault::internal, "the worker was not given what is to be proved");
        std::optional<std::vector<std::string>> const canaries = read_canaries(job->first);
        if (!canaries) return fail(Fault::internal, "the worker was given canaries that cannot be read");
        Kept const kept = evidence.reason == kept_facts ? Kept::facts : Kept::nothing;
        put_lines(outlet, print(prove(job->second, *canaries, kept)));
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
