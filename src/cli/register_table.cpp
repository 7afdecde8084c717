// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/register_table.h"

#include <charconv>

#include "base/earth/date.h"
#include "base/message.h"
#include "base/utf8.h"
#include "io/clock.h"
#include "io/file.h"
#include "register/add.h"
#include "register/table_add.h"
#include "report/words.h"

namespace keepmum {

namespace {

std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> out;
    while (!list.empty()) {
        std::size_t const comma = std::min(list.find(','), list.size());
        std::string_view name = list.substr(0, comma);
        while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
        while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
        if (!name.empty()) out.emplace_back(name);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return out;
}

std::string join(std::vector<std::string> const& words) {
    std::string out;
    for (std::string const& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

Result<std::uint32_t> read_need(std::string const& text, std::size_t columns) {
    std::uint32_t need = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), need);
    if (error != std::errc() || *end || need == 0 || need > columns) {
        return fail(Fault::invalid, Message::usage_table_need, {{"text", text}});
    }
    return need;
}

Result<TablePlan> plan_of(Arguments const& arguments) {
    TablePlan plan;
    if (arguments.words.size() != 2) return fail(Fault::invalid, Message::usage_table_file);
    plan.file = arguments.words[1];
    plan.added = today();
    plan.columns = split(arguments.value("--columns"));
    if (plan.columns.empty()) return fail(Fault::invalid, Message::usage_table_columns);
    if (!is_utf8(arguments.value("--columns"))) return fail(Fault::invalid, Message::usage_utf8, {{"option", "--columns"}});
    plan.level = arguments.value("--level");
    if (plan.level.empty()) return fail(Fault::invalid, Message::usage_level, {{"command", "register table"}});
    plan.until = arguments.value("--until");
    if (arguments.has("--until") && !is_date(plan.until)) {
        return fail(Fault::invalid, Message::usage_date, {{"option", "--until"}, {"text", plan.until}});
    }
    if (!plan.until.empty() && plan.until < plan.added) return fail(Fault::invalid, Message::usage_passed, {{"date", plan.until}});
    std::string const& file = plan.file;
    plan.name = arguments.has("--name") ? arguments.value("--name") : file.substr(file.rfind('/') + 1);
    if (plan.name.empty()) return fail(Fault::invalid, Message::usage_name, {{"option", "--name"}});
    if (arguments.has("--name") && !is_utf8(plan.name)) return fail(Fault::invalid, Message::usage_utf8, {{"option", "--name"}});
    plan.name = made_valid(plan.name);
    std::size_t const columns = plan.columns.size();
    plan.need = arguments.has("--need") ? TRY(read_need(arguments.value("--need"), columns)) : columns > 1 ? 2 : 1;
    std::string const delta = arguments.value("--delta");
    if (!delta.empty()) plan.change = delta == "add" ? TableChange::add : TableChange::remove;
    return plan;
}

}  // namespace

Result<int> register_table(Context const& context, Arguments const& arguments, RegisterPlace const& place) {
    TablePlan const plan = TRY(plan_of(arguments));
    bool fresh_key = false;
    RegisterKey const key = TRY(key_for_writing(place, fresh_key));
    TableAdded const done = TRY(add_table(place.folder, key, plan));
    auto tell = [&](Message message, std::initializer_list<Value> values) { print_out(say(context.language, message, values) + "\n"); };
    tell(Message::register_table_added,
         {{"name", show_name(plan.name)}, {"level", std::string(say_level(context.language, plan.level))},
          {"rows", say_number(done.counts.rows)}, {"added", say_number(done.counts.added)},
          {"removed", say_number(done.counts.removed)}, {"columns", show_name(join(plan.columns))}, {"need", std::to_string(plan.need)}});
    if (done.ragged > 0) tell(Message::register_table_ragged, {{"rows", say_number(done.ragged)}});
    if (done.replaced > 0) tell(Message::register_table_replaced, {{"count", say_number(done.replaced)}});
    if (fresh_key) tell(Message::register_key_made, {{"file", place.key}});
    return exit_pass;
}

Result<std::shared_ptr<TableStore const>> open_tables(RegisterPlace const& place, RegisterKey const& key) {
    return TableStore::open(tables_folder(place.folder), key);
}

std::string list_tables(Language language, TableStore const& tables) {
    std::string out;
    std::string const day = today();
    for (auto const& table : tables.tables()) {
        TableFacts const& facts = table->facts;
        std::string until;
        Message const end = facts.until < day ? Message::register_line_expired : Message::register_line_until;
        if (!facts.until.empty()) until = say(language, end, {{"until", facts.until}});
        out += say(language, Message::register_table_line,
                   {{"level", std::string(say_level(language, facts.level))}, {"name", show_name(facts.name)},
                    {"rows", say_number(facts.rows)}, {"columns", show_name(join(facts.columns))}, {"need", std::to_string(facts.need)},
                    {"added", facts.added}, {"until", until}}) + "\n";
    }
    return out;
}

std::string count_tables(Language language, TableStore const& tables) {
    if (tables.tables().empty()) return "";
    std::uint64_t rows = 0, bytes = 0;
    for (auto const& table : tables.tables()) {
        rows += table->facts.rows;
        bytes += table->bytes();
    }
    return say(language, Message::register_table_stats,
               {{"tables", say_number(tables.tables().size())}, {"rows", say_number(rows)}, {"size", say_size(language, bytes)}}) + "\n";
}

}  // namespace keepmum
