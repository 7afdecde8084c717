// What people read about an approach: one screen of text, or one page.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "approach/approach.h"
#include "report/glossary.h"

namespace keepmum {

// Whom to tell (contacts.toml: the user's, the machine's, else packs/approach/contacts.toml).
struct Contact {
    std::string name_en, name_zh;
    std::string reach_en, reach_zh;  // number, address or how
    std::string language;            // "en", "zh", or "" for both
};
Result<std::vector<Contact>> load_contacts(Folders const& folders);

struct TellOptions {
    Language language = Language::en;
    Detail detail = Detail::brief;
    Colour colour = Colour::none;
    std::uint32_t columns = 80;
    std::string version, made_at;  // of a page
};

// The report in plain text. What `report` calls secret is masked by the caller.
std::string tell_approach(TellOptions const& options, SignBook const& book, Glossary const& glossary,
                          std::vector<Contact> const& contacts, ApproachReport const& report);

// The same as a page without scripts.
std::string approach_page(TellOptions const& options, SignBook const& book, Glossary const& glossary,
                          std::vector<Contact> const& contacts, std::vector<ApproachReport> const& reports);

}  // namespace keepmum
