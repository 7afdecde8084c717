// What the writers look up: the rules and the clauses that a report speaks of, by id.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string_view>

#include "core/rule.h"
#include "core/verdict.h"

namespace keepmum {

// Points into rules and directives that must outlive it.
class Glossary final {
  public:
    void add(Rule const& rule) { rules_[rule.id] = &rule; }
    void add(Directive const& directive) {
        for (Clause const& clause : directive.clauses) clauses_[clause.id] = &clause;
    }

    // nullptr for an id never heard of; the writers then show the id alone.
    Rule const* rule(std::string_view id) const {
        auto const at = rules_.find(id);
        return at == rules_.end() ? nullptr : at->second;
    }
    Clause const* clause(std::string_view id) const {
        auto const at = clauses_.find(id);
        return at == clauses_.end() ? nullptr : at->second;
    }

  private:
    std::map<std::string_view, Rule const*> rules_;
    std::map<std::string_view, Clause const*> clauses_;
};

}  // namespace keepmum
