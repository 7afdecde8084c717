// Numbers that editors give a document, and its history.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/photo/fact_reader.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"photo", "linkable"};
constexpr std::string_view wanted[] = {photo_fact::document_id, photo_fact::image_id, photo_fact::history};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\ndocument.id: "},
    {.what = Trigger::What::literal, .text = "\nimage.id: "},
    {.what = Trigger::What::literal, .text = "\nhistory: "},
};
constexpr About about{
    .id = "photo.document-id",
    .title = {"Document numbers and history", "文档编号与编辑记录"},
    .why = {"They tie this copy to the others of the same document, and tell what was done to it.",
            "凭它能把这一份和同一文件的其他版本联系起来，还能看出做过哪些修改。"},
    .defined_by = "XMP Media Management (ISO 16684-2)",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
    .showable = true,
};

constexpr FactRules rules{.wanted = wanted};

}  // namespace

extern DetectorRow const row_photo_document_id{&about, [] { return make_fact_detector(about, rules); }};

}  // namespace keepmum
