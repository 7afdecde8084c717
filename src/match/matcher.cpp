// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/matcher.h"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "match/codes.h"
#include "match/database.h"
#include "match/keyword.h"

namespace keepmum {
namespace {

constexpr std::uint64_t one_go = 16 << 20;  // bytes searched in one go, unless too much is found
constexpr std::uint64_t stretch = 1 << 20;  // else bytes searched at a time, so that memory stays bounded
constexpr std::size_t most_held = 1 << 19;  // ends and windows held before detectors are visited
constexpr std::uint32_t together = 64;      // ends of one pattern this close are one candidate

// A trigger of a detector.
struct Target {
    std::uint32_t detector;
    std::uint16_t trigger;
};

// What the matcher knows of a detector.
struct Client {
    std::vector<std::uint32_t> gates;  // numbers in Inside::sought
    std::vector<std::uint16_t> whole;  // triggers whose candidate is the whole text
    std::vector<std::uint16_t> unbounded;  // triggers whose candidate is that where a text is searched in stretches
};

// Ends of one sought thing, close together; one end for all but patterns.
struct Ends {
    std::uint32_t sought, first, last;
};

enum class Gate : std::uint8_t { unknown, shut, open };

}  // namespace

struct Matcher::Inside {
    explicit Inside(Database database) : database(std::move(database)) {}
    Database database;
    std::vector<Sought> sought;
    std::vector<std::vector<Target>> targets;  // by number
    std::vector<Client> clients;               // by detector
    CodeScanner codes;
    std::vector<std::uint32_t> searched_gates;  // those in the database
    std::vector<std::uint32_t> with_whole;      // detectors that take whole texts
    std::vector<std::uint32_t> with_stretches;  // and those that do where a text is searched in stretches
    std::array<std::vector<Target>, 256> code_targets;  // by length of the compact form, then by bit
};

struct Matcher::Scratch::Inside final : EndSink {
    Inside(Matcher::Inside const& matcher, Database::Scratch search) : matcher(matcher), search(std::move(search)) {
        candidates.resize(matcher.clients.size());
        last.resize(matcher.sought.size());
        gates.resize(matcher.sought.size());
    }

    bool ends(std::uint32_t number, std::uint32_t end) override {
        Sought const& sought = matcher.sought[number];
        if (sought.what == Trigger::What::gate) {
            gates[number] = Gate::open;
            return true;
        }
        if (in_stretches && matcher.database.treatments()[number] == Treatment::unbounded) return true;
        if (sought.what == Trigger::What::pattern && last[number] > 0) {
            Ends& open = found[last[number] - 1];
            if (end >= open.last && end - open.last <= together) {
                open.last = end;
                return true;
            }
        }
        found.push_back({number, end, end});
        last[number] = static_cast<std::uint32_t>(found.size());
        return in_stretches || found.size() < most_held;
    }

    void anywhere(std::uint32_t number, std::uint32_t from, std::uint32_t to) override {
        if (in_stretches && matcher.database.treatments()[number] == Treatment::unbounded) return;
        found.push_back({number, from, to});
        last[number] = static_cast<std::uint32_t>(found.size());
    }

    void begin_again() override {
        for (std::size_t i = before; i < found.size(); ++i) last[found[i].sought] = 0;
        found.resize(before);
    }

    bool gate_is_open(std::uint32_t number, std::string_view text);
    bool may_enter(Client const& client, std::string_view text);
    void touch(std::uint32_t detector) { touched.push_back(detector); }
    void put(std::uint32_t detector, Candidate const& candidate) {
        if (candidates[detector].empty()) touch(detector);
        candidates[detector].push_back(candidate);
    }

    void start(bool now_in_stretches);
    void distribute();
    void distribute_codes();
    void visit_all(std::string_view text, bool is_last, Visitor& visitor);

    Matcher::Inside const& matcher;
    Database::Scratch search;
    std::vector<Ends> found;
    std::size_t before = 0;           // how many of them were there before the search at hand
    std::vector<std::uint32_t> last;  // by number: index + 1 of its newest in `found`
    std::vector<Gate> gates;          // by number
    bool in_stretches = false;
    CodeWindows windows;
    std::vector<std::vector<Candidate>> candidates;  // by detector; empty between visits
    std::vector<std::uint32_t> touched;              // detectors to be visited
};

void Matcher::Scratch::Inside::start(bool now_in_stretches) {
    in_stretches = now_in_stretches;
    for (Ends const& ends : found) last[ends.sought] = 0;
    found.clear();
    before = 0;
    windows.clear();
    std::fill(gates.begin(), gates.end(), Gate::unknown);
}

bool Matcher::Scratch::Inside::gate_is_open(std::uint32_t number, std::string_view text) {
    Gate& gate = gates[number];
    if (gate == Gate::unknown) {
        gate = occurs_in_any_case(text, matcher.sought[number].text) ? Gate::open : Gate::shut;
    }
    return gate == Gate::open;
}

bool Matcher::Scratch::Inside::may_enter(Client const& client, std::string_view text) {
    if (client.gates.empty()) return true;
    for (std::uint32_t number : client.gates) {
        if (gates[number] == Gate::open) return true;
    }
    return std::any_of(client.gates.begin(), client.gates.end(),
                       [&](std::uint32_t number) { return gate_is_open(number, text); });
}

void Matcher::Scratch::Inside::distribute() {
    for (Ends const& ends : found) {
        Sought const& sought = matcher.sought[ends.sought];
        bool const pattern = sought.what == Trigger::What::pattern;
        auto const begin = pattern ? ends.first : ends.first - static_cast<std::uint32_t>(sought.text.size());
        for (Target const& target : matcher.targets[ends.sought]) {
            put(target.detector, {begin, ends.last, target.trigger, {}});
        }
        last[ends.sought] = 0;
    }
    found.clear();
}

void Matcher::Scratch::Inside::distribute_codes() {
    std::string_view const compacts = windows.compacts;
    for (CodeWindow const& window : windows.windows) {
        for (std::uint64_t left = window.triggers; left; left &= left - 1) {
            Target const& target = matcher.code_targets[window.length][static_cast<std::size_t>(std::countr_zero(left))];
            put(target.detector, {window.begin, window.end, target.trigger, compacts.substr(window.compact, window.length)});
        }
    }
    windows.windows.clear();  // the candidates still point into windows.compacts
}

namespace {

auto order(Candidate const& candidate) { return std::tie(candidate.begin, candidate.end, candidate.trigger); }

void put_in_order(std::vector<Candidate>& list) {
    auto const before = [](Candidate const& a, Candidate const& b) { return order(a) < order(b); };
    if (!std::is_sorted(list.begin(), list.end(), before)) std::sort(list.begin(), list.end(), before);
    auto const same = [](Candidate const& a, Candidate const& b) { return order(a) == order(b); };
    list.erase(std::unique(list.begin(), list.end(), same), list.end());
}

}  // namespace

// Hands out what is held. Candidates that span the whole text come with the last visit alone.
void Matcher::Scratch::Inside::visit_all(std::string_view text, bool is_last, Visitor& visitor) {
    distribute();
    if (is_last) {
        for (std::uint32_t gate : matcher.searched_gates) {
            if (gates[gate] == Gate::unknown) gates[gate] = Gate::shut;
        }
        for (std::uint32_t detector : in_stretches ? matcher.with_stretches : matcher.with_whole) touch(detector);
    }
    distribute_codes();
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (std::uint32_t detector : touched) {
        std::vector<Candidate>& list = candidates[detector];
        Client const& client = matcher.clients[detector];
        std::size_t const whole = is_last ? client.whole.size() + (in_stretches ? client.unbounded.size() : 0) : 0;
        if ((list.empty() && whole == 0) || !may_enter(client, text)) {
            list.clear();
            continue;
        }
        for (std::size_t i = 0; i < whole; ++i) {
            std::uint16_t const trigger =
                i < client.whole.size() ? client.whole[i] : client.unbounded[i - client.whole.size()];
            list.push_back({0, static_cast<std::uint32_t>(text.size()), trigger, {}});
        }
        put_in_order(list);
        visitor.visit(detector, list);
        list.clear();
    }
    windows.clear();
    touched.clear();
}

Matcher::Scratch::Scratch(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Matcher::Scratch::Scratch(Scratch&&) noexcept = default;
Matcher::Scratch& Matcher::Scratch::operator=(Scratch&&) noexcept = default;
Matcher::Scratch::~Scratch() = default;

Matcher::Matcher(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;
Matcher::~Matcher() = default;

namespace {

// Collects the triggers of all detectors; the same text sought by many is sought once.
class Collector {
  public:
    void add(std::uint32_t detector, std::span<Trigger const> triggers, CodeForm const& form) {
        Client& client = clients.emplace_back();
        for (Trigger const& trigger : triggers) {
            if (trigger.what != Trigger::What::gate) continue;
            client.gates.push_back(number_of(Trigger::What::gate, ascii_lower(trigger.text)));
        }
        for (std::uint16_t number = 0; number < triggers.size(); ++number) {
            add(detector, client, triggers[number], number, form);
        }
    }

    std::vector<Sought> sought;
    std::vector<std::vector<Target>> targets;
    std::vector<Client> clients;
    CodeScanner codes;
    std::array<std::vector<Target>, 256> code_targets;
    bool fits_in = true;  // whether all codes could be taken in

  private:
    void add(std::uint32_t detector, Client& client, Trigger const& trigger, std::uint16_t number,
             CodeForm const& form) {
        using What = Trigger::What;
        switch (trigger.what) {
            case What::always:
                client.whole.push_back(number);
                for (std::uint32_t gate : client.gates) sought[gate].eager = true;
                break;
            case What::code:
                fits_in &= codes.add(trigger, form);
                for (std::size_t length = std::max<std::size_t>(trigger.min, 1); length <= trigger.max; ++length) {
                    code_targets[length].push_back({detector, number});
                }
                break;
            case What::gate: break;
            case What::word: target(number_of(What::word, ascii_lower(trigger.text)), detector, number); break;
            case What::literal: target(number_of(What::literal, trigger.text), detector, number); break;
            case What::pattern: {
                std::uint32_t const pattern = number_of(What::pattern, trigger.text);
                bool const first = targets[pattern].empty();
                sought[pattern].gated = !client.gates.empty() && (first || sought[pattern].gated);
                sought[pattern].gates.insert(sought[pattern].gates.end(), client.gates.begin(), client.gates.end());
                target(pattern, detector, number);
                break;
            }
        }
    }

    void target(std::uint32_t sought_number, std::uint32_t detector, std::uint16_t trigger) {
        targets[sought_number].push_back({detector, trigger});
    }

    std::uint32_t number_of(Trigger::What what, std::string_view text) {
        auto const [at, added] =
            numbers_.emplace(std::pair(what, std::string(text)), static_cast<std::uint32_t>(sought.size()));
        if (added) {
            sought.push_back({what, std::string(text)});
            targets.emplace_back();
        }
        return at->second;
    }

    std::map<std::pair<Trigger::What, std::string>, std::uint32_t> numbers_;
};

}  // namespace

Result<Matcher> Matcher::build(std::span<Detector const* const> detectors, std::string const& cache_folder) {
    Collector all;
    for (std::uint32_t number = 0; number < detectors.size(); ++number) {
        all.add(number, detectors[number]->triggers(), detectors[number]->code_form());
    }
    if (!all.fits_in) return fail(Fault::full, "more than 64 detectors of codes of one length");
    auto database = Database::make(all.sought, cache_folder);
    if (!database) {
        Error error = database.error();
        for (std::size_t i = 0; i < all.sought.size() && error.fault == Fault::invalid; ++i) {
            if (all.sought[i].text != error.where || all.targets[i].empty()) continue;
            error.where = detectors[all.targets[i].front().detector]->rule().id;
            break;
        }
        return tl::unexpected(std::move(error));
    }
    auto inside = std::make_unique<Inside>(std::move(*database));
    std::span<Treatment const> const treatments = inside->database.treatments();
    for (std::size_t i = 0; i < all.sought.size(); ++i) {
        for (Target const& target : all.targets[i]) {
            Client& client = all.clients[target.detector];
            if (treatments[i] == Treatment::whole) client.whole.push_back(target.trigger);
            if (treatments[i] == Treatment::unbounded) client.unbounded.push_back(target.trigger);
        }
    }
    for (std::uint32_t i = 0; i < all.sought.size(); ++i) {
        bool const searched = treatments[i] == Treatment::search;
        if (searched && all.sought[i].what == Trigger::What::gate) inside->searched_gates.push_back(i);
    }
    for (std::uint32_t number = 0; number < all.clients.size(); ++number) {
        Client const& client = all.clients[number];
        if (!client.whole.empty()) inside->with_whole.push_back(number);
        if (!client.whole.empty() || !client.unbounded.empty()) inside->with_stretches.push_back(number);
    }
    inside->sought = std::move(all.sought);
    inside->targets = std::move(all.targets);
    inside->clients = std::move(all.clients);
    inside->codes = all.codes;
    inside->code_targets = std::move(all.code_targets);
    return Matcher(std::move(inside));
}

bool Matcher::was_cached() const { return inside_->database.was_cached(); }

Result<Matcher::Scratch> Matcher::make_scratch() const {
    return Scratch(std::make_unique<Scratch::Inside>(*inside_, TRY(inside_->database.make_scratch())));
}

Result<void> Matcher::scan(std::string_view text, Scratch& scratch, Visitor& visitor) const {
    if (text.size() >= 0xFFFFFFFFu) return fail(Fault::invalid, "a text of 4 GiB or more");
    Scratch::Inside& held = *scratch.inside_;
    held.start(text.size() > one_go);
    if (!held.in_stretches &&
        TRY(inside_->database.scan(text, 0, text.size(), held.search, held)) == Scanned::stopped) {
        held.start(true);
    }
    for (std::uint64_t from = 0; held.in_stretches && from < text.size(); from += stretch) {
        std::uint64_t const to = std::min<std::uint64_t>(from + stretch, text.size());
        held.before = held.found.size();
        (void)TRY(inside_->database.scan(text, from, to, held.search, held));
        if (held.found.size() >= most_held) held.visit_all(text, false, visitor);
    }
    for (std::size_t at = 0; !inside_->codes.empty() && at < text.size();) {
        at = inside_->codes.scan(text, at, text.size(), most_held, held.windows);
        if (held.windows.windows.size() >= most_held) held.visit_all(text, false, visitor);
    }
    held.visit_all(text, true, visitor);
    return {};
}

}  // namespace keepmum
