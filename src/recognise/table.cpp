// SPDX-License-Identifier: GPL-3.0-or-later
#include "recognise/table.h"

#include <algorithm>

#include "format/text/canonical.h"
#include "index/table/ask.h"
#include "recognise/level.h"

namespace keepmum {

namespace {

// Text that only repeats what is shown, or that readers hardly meet: other places are named before it.
bool is_second_choice(Role role) { return role == Role::markup || role == Role::residue || role == Role::metadata; }

std::string say_columns(TableOverlap const& overlap) {
    std::string out;
    std::vector<std::string> const& names = overlap.table->facts.columns;
    for (std::size_t column = 0; column < names.size(); ++column) {
        if (overlap.columns >> column & 1) out += (out.empty() ? "" : ", ") + names[column];
    }
    return out;
}

std::string say_rows(std::uint64_t rows) {
    return rows < TableQuestion::most_rows ? std::to_string(rows) : std::to_string(TableQuestion::most_rows) + "+";
}

class Tables final : public Recogniser {
  public:
    Tables(std::shared_ptr<TableStore const> store, std::string today)
        : store_(std::move(store)), today_(std::move(today)), rule_(table_rule()) {}

    std::span<Rule const> rules() const override { return {&rule_, 1}; }
    bool wants(Kind kind) const override { return kind == Kind::text || kind == Kind::fields || kind == Kind::records; }
    std::unique_ptr<Recognition> begin() const override { return std::make_unique<Seen>(*this); }

  private:
    class Seen final : public Recognition {
      public:
        explicit Seen(Tables const& tables) : tables_(tables), question_(*tables.store_, tables.today_) {}

        Interest look(Evidence const& evidence, std::uint32_t file) override {
            std::string_view const text = evidence.content.view();
            std::optional<TextView> const view = canonical_view(text);
            question_.add(view ? view->text : text, file);
            bool const found = question_.found_in_last();
            roles_.push_back(evidence.role);
            // Only texts that hold a row are ever asked for the way back.
            maps_.push_back(view && found ? view->map : OffsetMap());
            return found ? Interest::some : Interest::none;
        }

        std::vector<Statement> finish() override {
            std::vector<Statement> statements;
            for (TableOverlap const& overlap : question_.answer()) statements.push_back(state(overlap));
            return statements;
        }

        std::vector<Gap> gaps() const override {
            bool const damaged = !tables_.store_->damage().empty() || question_.met_damage();
            if (!damaged) return {};
            Gap gap;
            gap.cause = Cause::unreadable;
            gap.stage = Stage::detect;
            gap.media = std::string(register_media);
            gap.detail = "the register of protected tables is damaged";
            return {gap};
        }

      private:
        Statement state(TableOverlap const& overlap) const {
            Statement statement;
            statement.covers = Statement::Covers::values;
            for (CellPlace const& place : overlap.places) {
                statement.stretches.push_back({place.text, maps_[place.text].to_source(place.span)});
            }
            auto const best = std::find_if(statement.stretches.begin(), statement.stretches.end(),
                                           [&](Stretch const& stretch) { return !is_second_choice(roles_[stretch.look]); });
            Stretch const& first = best == statement.stretches.end() ? statement.stretches.front() : *best;
            statement.look = first.look;
            TableFacts const& facts = overlap.table->facts;
            Finding& finding = statement.finding;
            finding.rule = "excerpt.table";
            finding.certainty = overlap.certainty;
            finding.span = first.span;
            finding.labels = {label_of_level(facts.level)};
            finding.facts = {{"table", facts.name}, {"level", facts.level}, {"rows", say_rows(overlap.rows)},
                             {"columns", say_columns(overlap)}};
            finding.reasons = {"several cells of one row of a registered table stand together"};
            if (overlap.certainty == Certainty::hint) {
                finding.facts.push_back({"until", facts.until});
                finding.reasons.push_back("its last day as a protected table was " + facts.until);
            }
            return statement;
        }

        Tables const& tables_;
        TableQuestion question_;
        std::vector<Role> roles_;
        std::vector<OffsetMap> maps_;
    };

    std::shared_ptr<TableStore const> store_;
    std::string today_;
    Rule rule_;
};

}  // namespace

Rule table_rule() {
    Rule rule;
    rule.id = "excerpt.table";
    rule.title_en = "Rows of a protected table";
    rule.title_zh = "受保护表格中的数据";
    rule.why_en = "It holds data that stand together in one row of a table that your organisation has registered as protected.";
    rule.why_zh = "里面有几项数据，在本单位已登记的受保护表格中属于同一行。";
    rule.defined_by = "keyed hashes of cells, several of one row near each other; docs/formats/table.md";
    rule.labels = {"protected"};
    rule.certainty = Certainty::certain;
    rule.origin.pack = "keepmum";
    return rule;
}

std::unique_ptr<Recogniser> make_tables(std::shared_ptr<TableStore const> store, std::string today) {
    return std::make_unique<Tables>(std::move(store), std::move(today));
}

}  // namespace keepmum
