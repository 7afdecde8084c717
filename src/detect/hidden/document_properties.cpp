// Document properties: told by the role that its extractor gave it (detect/hidden/aside.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/hidden/aside.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"hidden"};
constexpr About about{
    .id = "hidden.document-properties",
    .title = {"Document properties", "文档属性"},
    .why = {"They may name the author, the company, a folder or a printer.",
            "可能写着作者、单位、文件夹或打印机的名称。"},
    .defined_by = "docs/formats/report.md, role",
    .labels = labels,
    .triggers = whole_text,
    .certainty = Certainty::hint,
};

std::optional<Certainty> weigh(Evidence const& evidence) {
    // What a picture says of itself has detectors of its own.
    if (evidence.media == photo_media || evidence.media == photo_tags_media) return std::nullopt;
    return evidence.role == Role::metadata && evidence.kind == Kind::fields ? std::optional(Certainty::hint) : std::nullopt;
}

constexpr Aside aside{.weigh = weigh, .least_letters = 2};

}  // namespace

extern DetectorRow const row_hidden_document_properties{&about, [] { return make_aside(about, aside); }};

}  // namespace keepmum
