// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/remembering.h"

#include <algorithm>

#include "base/message.h"
#include "base/utf8.h"

namespace keepmum {

Remembering::Remembering(Writer& next, Rememberer rememberer, RegisterKey const& key, RememberPlan plan)
    : next_(next), rememberer_(std::move(rememberer)), tags_(key), plan_(std::move(plan)) {}

void Remembering::source(SourceReport report) {
    // A source that was not read to its end, or not at all, was not checked.
    std::optional<Sketch> sketch = report.verdict.partial ? std::nullopt : read_sketch(report.keepsake);
    if (sketch && !sketch->content.empty() && !error_) {
        RememberedCheck check = describe_check(report, std::move(*sketch), tags_);
        check.day = plan_.day;
        check.to = plan_.to;
        if (plan_.names == RememberPlan::Names::kept) check.name = report.verdict.source;
        Result<> const added = rememberer_.add(check);
        if (added) last_id_ = report.remembered = check.id();
        else error_ = added.error();
    }
    next_.source(std::move(report));
}

Result<void> Remembering::finish() {
    Result<void> const finished = next_.finish();
    if (error_) return tl::unexpected(Error{error_->fault, "the checks could not all be remembered: " + error_->what, error_->where});
    if (!finished) return finished;
    return rememberer_.sync();
}

Result<> check_label(std::string_view label) {
    if (label.empty()) return fail(Fault::invalid, Message::usage_to);
    if (!is_utf8(label) || label.size() > 64) return fail(Fault::invalid, Message::usage_to_long);
    auto const is_control = [](char byte) { return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F; };
    if (std::any_of(label.begin(), label.end(), is_control)) return fail(Fault::invalid, Message::usage_to_lines);
    if (label.find('@') != label.npos || label.find("＠") != label.npos) {
        return fail(Fault::invalid, Message::usage_to_person);
    }
    return {};
}

}  // namespace keepmum
