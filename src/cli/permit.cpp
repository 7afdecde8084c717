// keepmum permit: what a hold is answered with.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/types.h>
#include <pwd.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <set>

#include "base/earth/date.h"
#include "base/hash.h"
#include "base/message.h"
#include "base/seal.h"
#include "cli/context.h"
#include "cli/openings.h"
#include "engine/run.h"
#include "io/clock.h"
#include "io/file.h"
#include "io/walk.h"
#include "policy/permits.h"

namespace keepmum {

namespace {

constexpr int default_days = 90;

// The fingerprints of a rule's findings in one file, as `check` would give them.
class FingerprintCollector final : public Writer {
  public:
    explicit FingerprintCollector(std::string rule) : rule_(std::move(rule)) {}
    void begin(RunFacts const&) override {}
    void source(SourceReport report) override {
        for (Finding const& finding : report.verdict.findings) {
            if (finding.rule == rule_) fingerprints_.insert(finding.fingerprint);
        }
    }
    void end(Summary const&) override {}
    Result<> finish() override { return {}; }
    std::set<std::string> const& fingerprints() const { return fingerprints_; }

  private:
    std::string rule_;
    std::set<std::string> fingerprints_;
};

Result<std::set<std::string>> find_fingerprints(Context const& context, Arguments const& arguments, Item const& item) {
    SetupOptions const chosen = TRY(setup_options(arguments));
    std::unique_ptr<Setup> const setup = TRY(make_setup(context.folders, chosen));
    Broker broker(context.folders.workers(), setup->limits);
    std::atomic<bool> const interrupted = false;
    FingerprintCollector collector(arguments.value("--rule"));
    std::unique_ptr<Source> const source = walk({item.path});
    TRY(run(*setup, broker, *source, collector, {}, interrupted));
    return collector.fingerprints();
}

std::string user_name() {
    passwd const* const user = getpwuid(geteuid());
    return user ? user->pw_name : std::to_string(geteuid());
}

Result<Permit> describe_permit(Arguments const& arguments, Officers const& sealed_to) {
    Permit permit;
    permit.id = "P-" + to_hex(std::string_view(reinterpret_cast<char const*>(random_key().data()), 4));
    permit.reason = arguments.value("--reason");
    if (permit.reason.empty()) return fail(Fault::invalid, Message::permit_needs_reason);
    permit.addressee = arguments.value("--for");
    permit.made = today();
    permit.until = arguments.value("--until", day_from_today(default_days));
    if (!is_date(permit.until)) return fail(Fault::invalid, Message::usage_date, {{"option", "--until"}, {"text", permit.until}});
    if (permit.until < permit.made) return fail(Fault::invalid, Message::usage_passed, {{"date", permit.until}});
    if (arguments.has("--uses")) {
        std::string const text = arguments.value("--uses");
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), permit.uses);
        if (error != std::errc() || *end || permit.uses == 0) return fail(Fault::invalid, Message::usage_number, {{"option", "--uses"}, {"least", "1"}, {"text", text}});
    }
    permit.rule = arguments.value("--rule");
    permit.sealed = TRY(seal(arguments.value("--by", user_name()), sealed_to.first, sealed_to.second));
    return permit;
}

Result<> add(Context& context, Arguments const& arguments) {
    if (arguments.words.size() < 2) return fail(Fault::invalid, Message::usage_permit_file);
    Officers const sealed_to = TRY(officers(context.folders.data));
    Permit const plan = TRY(describe_permit(arguments, sealed_to));
    bool lasting = false;
    Key const key = machine_key(context.folders, lasting);
    if (!lasting) return fail(Fault::denied, Message::usage_permit_place, {}, context.folders.data);
    Permits permits = TRY(Permits::load(context.folders.data));
    std::unique_ptr<Source> const source = walk({arguments.words.begin() + 1, arguments.words.end()});
    while (std::optional<Item> const item = source->next()) {
        if (item->gap) return fail(Fault::not_found, item->gap->detail, item->name);
        Permit permit = plan;
        permit.id = "P-" + to_hex(std::string_view(reinterpret_cast<char const*>(random_key().data()), 4));
        if (plan.rule.empty()) {
            std::shared_ptr<File> const file = TRY(File::open(item->path));
            permit.content = TRY(content_binding(key, *file));
        } else {
            std::set<std::string> const found = TRY(find_fingerprints(context, arguments, *item));
            if (found.empty()) return fail(Fault::not_found, Message::usage_permit_rule, {{"rule", plan.rule}}, item->name);
            permit.fingerprints.assign(found.begin(), found.end());
        }
        std::string const id = permit.id, until = permit.until;
        TRY(permits.add(std::move(permit)));
        print_out(say(context.language, Message::permit_added, {{"id", id}, {"name", escape_name(item->name)}, {"until", until}}) + "\n");
    }
    if (sealed_to.fresh) print_out(say(context.language, Message::permit_officers_made, {{"folder", context.folders.data}}) + "\n");
    return {};
}

Message message_of(Standing standing) {
    switch (standing) {
        case Standing::valid: return Message::permit_valid;
        case Standing::expired: return Message::permit_expired;
        case Standing::overused: return Message::permit_overused;
        case Standing::revoked: return Message::permit_revoked;
    }
    return Message::permit_valid;
}

Result<> list(Context& context) {
    Permits const permits = TRY(Permits::load(context.folders.data));
    if (permits.empty()) print_out(say(context.language, Message::permit_none) + "\n");
    for (Permit const& permit : permits.all()) {
        Message const state = message_of(standing(permit, today()));
        std::string const what = permit.rule.empty() ? say(context.language, Message::permit_whole) : permit.rule;
        print_out(say(context.language, Message::permit_line,
                      {{"id", permit.id}, {"state", say(context.language, state)}, {"what", what}, {"whom", permit.addressee.empty() ? "–" : permit.addressee},
                       {"until", permit.until}, {"used", std::to_string(permit.used)}, {"uses", permit.uses ? "/" + std::to_string(permit.uses) : ""}, {"reason", permit.reason}}) + "\n");
    }
    return {};
}

// Who allowed it: both keys and a reason are needed, and the opening is written down.
Result<> open(Context& context, Arguments const& arguments) {
    if (arguments.words.size() != 4) return fail(Fault::invalid, Message::usage_permit_open);
    std::string const reason = arguments.value("--reason");
    if (reason.empty()) return fail(Fault::invalid, Message::permit_needs_reason);
    Permits const permits = TRY(Permits::load(context.folders.data));
    Permit const* const permit = permits.find(arguments.words[1]);
    if (!permit) return fail(Fault::not_found, Message::usage_permit_none, {{"text", arguments.words[1]}});
    Opening const opening{"permit", permit->id, permit->sealed, reason, arguments.words[2], arguments.words[3]};
    print_out(TRY(open_sealed(context.folders.data, opening)) + "\n");
    return {};
}

Result<> permit(Context& context, Arguments const& arguments) {
    std::string const what = arguments.words.empty() ? "" : arguments.words.front();
    if (what == "add") return add(context, arguments);
    if (what == "list") return list(context);
    if (what == "open") return open(context, arguments);
    if (what != "revoke") return fail(Fault::invalid, Message::usage_wants_one, {{"command", "permit"}, {"names", "add, list, revoke, open"}});
    if (arguments.words.size() != 2) return fail(Fault::invalid, Message::usage_permit_revoke);
    Permits permits = TRY(Permits::load(context.folders.data));
    TRY(permits.revoke(arguments.words[1]));
    print_out(say(context.language, Message::permit_revoked_now, {{"id", arguments.words[1]}}) + "\n");
    return {};
}

}  // namespace

int run_permit(Context& context, Arguments const& arguments) {
    Result<> const done = permit(context, arguments);
    return done ? exit_pass : complain(context.language, done.error());
}

}  // namespace keepmum
