// Remembering while a check runs: stands before the report's writer and takes down each source that passes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "register/remembered.h"
#include "report/writer.h"

namespace keepmum {

struct RememberPlan {
    enum class Names : std::uint8_t { left_out, kept };
    std::string day;  // YYYY-MM-DD
    std::string to;   // label of the destination, or ""
    Names names = Names::left_out;
};

class Remembering final : public Writer {
  public:
    // `next` outlives it. The set-up of the run must hold make_sketcher() under the same key.
    Remembering(Writer& next, Rememberer rememberer, RegisterKey const& key, RememberPlan plan);

    void begin(RunFacts const& facts) override { next_.begin(facts); }
    void source(SourceReport report) override;
    void end(Summary const& summary) override { next_.end(summary); }
    // The first error of remembering, if any, once the report is whole.
    Result<void> finish() override;

    std::uint64_t count() const { return rememberer_.count(); }
    std::string const& last_id() const { return last_id_; }

  private:
    Writer& next_;
    Rememberer rememberer_;
    CheckTags tags_;
    RememberPlan plan_;
    std::string last_id_;
    std::optional<Error> error_;
};

// Fault::invalid where a destination's label will not do. A label names an organisation or a purpose ("supplier", "press"),
// never a person: addresses of mail are refused.
Result<> check_label(std::string_view label);

}  // namespace keepmum
