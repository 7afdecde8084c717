// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/table_add.h"

#include <algorithm>

#include "base/icu.h"
#include "base/message.h"
#include "base/utf8.h"
#include "io/file.h"
#include "register/table_rows.h"

namespace keepmum {

namespace {

std::string folded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        append_utf8(out, fold_case(point.value));
        at += point.length;
    }
    return out;
}

std::string list_names(std::vector<std::string> const& names) {
    constexpr std::size_t most = 40;
    std::string out;
    for (std::size_t i = 0; i < names.size() && i < most; ++i)
        out += (i > 0 ? ", " : "") + (names[i].empty() ? "\"\"" : made_valid(names[i]));
    return names.size() > most ? out + ", …" : out;
}

Result<std::vector<std::size_t>> find_columns(TableRows const& rows, TablePlan const& plan) {
    std::vector<std::size_t> found;
    for (std::string const& wanted : plan.columns) {
        std::string const name = folded(normalize_nfkc(wanted));
        auto const& names = rows.names();
        auto const it = std::find_if(names.begin(), names.end(), [&](std::string const& there) { return folded(there) == name; });
        if (it == names.end()) {
            return fail(Fault::invalid, Message::fault_no_column, {{"name", wanted}, {"names", list_names(names)}}, plan.file);
        }
        found.push_back(static_cast<std::size_t>(it - names.begin()));
        if (std::count(found.begin(), found.end(), found.back()) > 1)
            return fail(Fault::invalid, Message::fault_column_twice, {{"name", wanted}}, plan.file);
    }
    return found;
}

// One pass over the file.
Result<> read_rows(TablePlan const& plan, TableUpdate& update, TableAdded& added) {
    TableRows rows = TRY(TableRows::open(plan.file));
    std::vector<std::size_t> const columns = TRY(find_columns(rows, plan));
    std::size_t const last = *std::max_element(columns.begin(), columns.end());
    std::vector<std::string_view> cells, wanted(columns.size());
    added = {};
    while (TRY(rows.next(cells))) {
        ++added.read;
        added.ragged += cells.size() <= last;
        for (std::size_t i = 0; i < columns.size(); ++i)
            wanted[i] = columns[i] < cells.size() ? cells[columns[i]] : std::string_view();
        TRY(update.add(wanted));
    }
    added.replaced = rows.replaced();
    return {};
}

}  // namespace

std::string tables_folder(std::string const& folder) { return folder + "/tables"; }

Result<TableAdded> add_table(std::string const& folder, RegisterKey const& key, TablePlan const& plan) {
    if (plan.columns.empty()) return fail(Fault::invalid, "no column is named", plan.file);
    if (plan.need < 1 || plan.need > plan.columns.size())
        return fail(Fault::invalid, "more cells are needed than there are columns", plan.file);
    // Before anything is made: is it a table that has these columns?
    TRY(find_columns(TRY(TableRows::open(plan.file)), plan));
    TableFacts facts;
    facts.name = plan.name;
    facts.level = plan.level;
    facts.until = plan.until;
    facts.added = plan.added;
    facts.columns = plan.columns;
    facts.need = plan.need;
    TableUpdate update = TRY(TableUpdate::begin(tables_folder(folder), key, std::move(facts), plan.change));
    TableAdded added;
    TRY(read_rows(plan, update, added));
    if (TRY(update.wants_all_again())) TRY(read_rows(plan, update, added));
    if (added.read == 0 && plan.change == TableChange::whole)
        return fail(Fault::invalid, Message::fault_no_rows, {}, plan.file);
    added.counts = TRY(update.commit());
    return added;
}

}  // namespace keepmum
