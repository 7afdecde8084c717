// Levels of Germany, France, Japan, Korea and Russia, and what companies there write. Fixed words all of
// them; most stand alone in a frame or a header, so position decides as for the others.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/marking/phrase.h"

namespace keepmum {
namespace {

constexpr MarkingPhrase phrases[] = {
    {"vs-nur für den dienstgebrauch", "restricted", "classified", 3, "de"},
    {"vs - nur für den dienstgebrauch", "restricted", "classified", 3, "de"},
    {"vs – nur für den dienstgebrauch", "restricted", "classified", 3, "de"},
    {"VS-NUR FÜR DEN DIENSTGEBRAUCH", "restricted", "classified", 3, "de"},
    {"VS - NUR FÜR DEN DIENSTGEBRAUCH", "restricted", "classified", 3, "de"},
    {"VS – NUR FÜR DEN DIENSTGEBRAUCH", "restricted", "classified", 3, "de"},
    {"vs-nfd", "restricted", "classified", 1, "de"},
    {"vs-vertraulich", "confidential", "classified", 2, "de"},
    {"streng geheim", "top-secret", "classified", 1, "de"},
    {"geheim", "secret", "classified", -1, "de"},
    {"streng vertraulich", "confidential", "commercial", 1, "de"},
    {"vertraulich", "confidential", "commercial", 0, "de"},
    {"nur für den internen gebrauch", "internal", "commercial", 1, "de"},
    {"diffusion restreinte", "restricted", "controlled", 2, "fr"},
    {"confidentiel défense", "confidential", "classified", 2, "fr"},
    {"CONFIDENTIEL DÉFENSE", "confidential", "classified", 2, "fr"},
    {"confidentiel-défense", "confidential", "classified", 2, "fr"},
    {"CONFIDENTIEL-DÉFENSE", "confidential", "classified", 2, "fr"},
    {"secret défense", "secret", "classified", 2, "fr"},
    {"SECRET DÉFENSE", "secret", "classified", 2, "fr"},
    {"secret-défense", "secret", "classified", 2, "fr"},
    {"SECRET-DÉFENSE", "secret", "classified", 2, "fr"},
    {"très secret défense", "top-secret", "classified", 2, "fr"},
    {"TRÈS SECRET DÉFENSE", "top-secret", "classified", 2, "fr"},
    {"TRÈS SECRET", "top-secret", "classified", 2, "fr"},
    {"spécial france", "special-france", "classified", 1, "fr"},
    {"SPÉCIAL FRANCE", "special-france", "classified", 1, "fr"},
    {"confidentiel", "confidential", "commercial", 0, "fr"},
    {"極秘", "secret", "classified", 1, "jp"},
    {"機密性3情報", "confidential", "controlled", 2, "jp"},
    {"機密性２情報", "restricted", "controlled", 2, "jp"},
    {"機密性2情報", "restricted", "controlled", 2, "jp"},
    {"特定秘密", "secret", "classified", 0, "jp"},
    {"取扱注意", "restricted", "controlled", 1, "jp"},
    {"社外秘", "internal", "commercial", 1, "jp"},
    {"部外秘", "internal", "controlled", 1, "jp"},
    {"関係者外秘", "internal", "commercial", 1, "jp"},
    {"1급비밀", "top-secret", "classified", 2, "kr"},
    {"2급비밀", "secret", "classified", 2, "kr"},
    {"3급비밀", "confidential", "classified", 2, "kr"},
    {"군사기밀", "secret", "classified", 1, "kr"},
    {"극비", "top-secret", "classified", 1, "kr"},
    {"대외비", "internal", "commercial", 1, "kr"},
    {"ОСОБОЙ ВАЖНОСТИ", "top-secret", "classified", 2, "ru"},
    {"Особой важности", "top-secret", "classified", 1, "ru"},
    {"СОВЕРШЕННО СЕКРЕТНО", "secret", "classified", 2, "ru"},
    {"Совершенно секретно", "secret", "classified", 1, "ru"},
    {"СЕКРЕТНО", "confidential", "classified", 1, "ru"},
    {"Секретно", "confidential", "classified", 0, "ru"},
    {"ДЛЯ СЛУЖЕБНОГО ПОЛЬЗОВАНИЯ", "restricted", "controlled", 2, "ru"},
    {"Для служебного пользования", "restricted", "controlled", 1, "ru"},
    {"КОММЕРЧЕСКАЯ ТАЙНА", "trade-secret", "commercial", 1, "ru"},
    {"Коммерческая тайна", "trade-secret", "commercial", 0, "ru"},
    {"КОНФИДЕНЦИАЛЬНО", "confidential", "commercial", 1, "ru"},
    {"Конфиденциально", "confidential", "commercial", 0, "ru"},
};
constexpr auto triggers = triggers_of(phrases);
constexpr std::string_view labels[] = {"marking"};
constexpr About about{
    .id = "marking.national",
    .title = {"Marking of Germany, France, Japan, Korea or Russia", "德、法、日、韩、俄等国的密级标记"},
    .why = {"It is marked as secret, for official use or internal, in the words of its country.", "它以该国用语标明为秘密、公务专用或内部资料。"},
    .defined_by = "VSA (Germany); IGI 1300 (France); national usage",
    .labels = labels,
    .triggers = triggers,
    .showable = true,
    .positional = true,
};

constexpr PhraseForm form{.scheme = "national", .phrases = phrases};

}  // namespace

extern DetectorRow const row_marking_national{&about, [] { return make_phrases(about, form); }};

}  // namespace keepmum
