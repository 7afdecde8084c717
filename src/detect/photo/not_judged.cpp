// That what a picture shows is for people to judge.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/photo/fact_reader.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"photo"};
constexpr std::string_view wanted[] = {photo_fact::not_judged};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\nnot.judged: "},
};
constexpr About about{
    .id = "photo.not-judged",
    .title = {"What it shows was not judged", "画面内容未作判断"},
    .why =
        {"People, screens, papers, what stands in the background: a program cannot weigh them. Look yourself.",
         "画面里的人、屏幕、文件、背景，程序无法判断，请自己看一看。"},
    .defined_by = "docs/photos.md",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::hint,
    .showable = true,
};

constexpr FactRules rules{.wanted = wanted};

}  // namespace

extern DetectorRow const row_photo_not_judged{&about, [] { return make_fact_detector(about, rules); }};

}  // namespace keepmum
