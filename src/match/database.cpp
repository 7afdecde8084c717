// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/database.h"

#include <hs/hs.h>

#include <algorithm>
#include <mutex>
#include <set>

#include "match/cache_file.h"
#include "match/expression.h"
#include "match/long_run.h"
#include "match/regex.h"
#include "match/soundness.h"

namespace keepmum {
namespace {

// Patterns wider than this count as unbounded, so that stretches overlap by little.
constexpr std::uint64_t widest = 32 * 1024;

struct Deleter {
    void operator()(hs_database_t* database) const { hs_free_database(database); }
};
using DatabasePointer = std::unique_ptr<hs_database_t, Deleter>;

bool is_pattern(Sought const& sought) { return sought.what == Trigger::What::pattern; }

std::string quote(std::string_view literal) {
    constexpr char const* hex = "0123456789abcdef";
    std::string quoted;
    for (unsigned char c : literal) {
        quoted += "\\x";
        quoted += hex[c >> 4];
        quoted += hex[c & 15];
    }
    return quoted;
}

// What Hyperscan is given.
struct Expression {
    std::string text;
    unsigned flags = 0;
    unsigned number = 0;
};

Expression express(Sought const& sought, unsigned number) {
    switch (sought.what) {
        case Trigger::What::word: return {quote(sought.text), HS_FLAG_CASELESS, number};
        case Trigger::What::gate: return {quote(sought.text), HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH, number};
        case Trigger::What::pattern: return {nominating_expression(sought.text), 0, number};
        default: return {quote(sought.text), 0, number};
    }
}

std::uint64_t width_of(Sought const& sought) {
    // Of the pattern itself: what nominates it may run on, but a true occurrence has nominated it by then.
    return is_pattern(sought) ? occurrence_width(sought.text) : sought.text.size();
}

// How far a pattern reaches beside the long run that it needs, if it does; `expression` may become one that begins as
// it does.
std::optional<std::uint64_t> beside_long_run(Sought const& sought, Expression& expression) {
    if (auto const reach = reach_beside_long_run(sought.text)) return reach;
    std::optional<std::string> beginning = beginning_to_long_run(sought.text);
    auto const reach = beginning ? reach_beside_long_run(*beginning) : std::nullopt;
    if (reach) expression.text = std::move(*beginning);
    return reach;
}

// Bytes: where such words come as close, it is a flood. Those that were met by then have cost about as much as RE2 will.
constexpr std::uint64_t flood_every = 64;

struct Told {
    EndSink* sink;
    std::uint64_t base, from, to;
    std::vector<bool> const* prone;  // by number, and so are the words behind the last; null where floods do not matter
    std::uint64_t left;              // such ends, until it is a flood
    bool flooded = false;
};

int tell(unsigned number, unsigned long long, unsigned long long end, unsigned, void* context) {
    Told& told = *static_cast<Told*>(context);
    if (told.prone && (number >= told.prone->size() || (*told.prone)[number])) {
        told.flooded = told.left-- == 0;
        if (told.flooded) return 1;
        if (number >= told.prone->size()) return 0;
    }
    std::uint64_t const at = told.base + end;
    if (at <= told.from || at > told.to) return 0;
    return told.sink->ends(number, static_cast<std::uint32_t>(at)) ? 0 : 1;
}

// Compiles what is not treated otherwise. On success `number` of a refused expression is -1.
struct Compiled {
    DatabasePointer database;
    int refused = -1;
    std::string why;
};

Compiled compile(std::span<Expression const> expressions) {
    std::vector<char const*> texts;
    std::vector<unsigned> flags, numbers;
    for (Expression const& expression : expressions) {
        texts.push_back(expression.text.c_str());
        flags.push_back(expression.flags);
        numbers.push_back(expression.number);
    }
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    hs_error_t const code = hs_compile_multi(texts.data(), flags.data(), numbers.data(),
                                             static_cast<unsigned>(texts.size()), HS_MODE_BLOCK, nullptr, &database,
                                             &error);
    Compiled compiled{DatabasePointer(database)};
    if (code != HS_SUCCESS) {
        compiled.refused = error ? error->expression : -1;
        compiled.why = error ? error->message : "out of memory";
        hs_free_compile_error(error);
    }
    return compiled;
}

// All that the compiled form depends on.
std::string describe(std::span<Sought const> sought) {
    std::string all = "keepmum " KEEPMUM_VERSION ", search 6, ";
    all += hs_version();
    hs_platform_info_t platform{};
    hs_populate_platform(&platform);
    all += " " + std::to_string(platform.tune) + " " + std::to_string(platform.cpu_features) + "\n";
    for (Sought const& one : sought) {
        all += std::to_string(static_cast<int>(one.what)) + (one.gated ? "g" : "-") + (one.eager ? "e" : "-") + std::to_string(one.text.size()) +
               ":" + one.text;
        for (std::uint32_t gate : one.gates) all += "," + std::to_string(gate);
    }
    return all;
}

bool take_number(std::string_view& content, std::uint64_t& number) {
    if (content.size() < sizeof number) return false;
    content.copy(reinterpret_cast<char*>(&number), sizeof number);
    content.remove_prefix(sizeof number);
    return true;
}

// `front` tells its length, `body` begins with it; Hyperscan checks what it is given (CRC-32C).
bool take_database(std::string_view& front, std::string_view& body, DatabasePointer& database) {
    std::uint64_t size = 0;
    if (!take_number(front, size) || size > body.size()) return false;
    if (size == 0) return true;
    hs_database_t* loaded = nullptr;
    if (hs_deserialize_database(body.data(), size, &loaded) != HS_SUCCESS) return false;
    database.reset(loaded);
    body.remove_prefix(size);
    return true;
}

void put_number(std::string& content, std::uint64_t number) {
    content.append(reinterpret_cast<char const*>(&number), sizeof number);
}

bool put_database(CacheFile::Content& content, DatabasePointer const& database) {
    char* bytes = nullptr;
    std::size_t size = 0;
    if (database && hs_serialize_database(database.get(), &bytes, &size) != HS_SUCCESS) return false;
    put_number(content.front, size);
    content.body.append(bytes ? bytes : "", size);
    free(bytes);
    return true;
}

}  // namespace

struct Database::Inside {
    std::vector<Treatment> treatments;
    std::uint64_t overlap = 0;
    std::uint64_t reach = 0;       // of what is found around long runs
    DatabasePointer database;      // empty where nothing is sought
    DatabasePointer near_runs;     // likewise, around long runs
    bool cached = false;
    std::vector<bool> prone;       // by number: patterns that a flood of words keeps busy
    std::vector<bool> beside;      // by number: patterns that are looked for around long runs alone
    std::vector<Sought> const sought;

    explicit Inside(std::span<Sought const> all) : treatments(all.size()), prone(all.size()), beside(all.size()), sought(all.begin(), all.end()) {}
    Result<void> build();
    Result<void> decide();
    Result<DatabasePointer> compile_what_can_be(std::vector<Expression> expressions);
    bool is_searched(std::size_t number) const {
        return treatments[number] == Treatment::search || treatments[number] == Treatment::unbounded;
    }
    bool load(CacheFile::Content const& content);
    Result<CacheFile::Content> save() const;

    // As `database`, without what is prone; null where there is none. Made when first asked for.
    hs_database_t const* calm();
    CacheFile calm_cache{"", ""};

  private:
    std::once_flag once_;
    DatabasePointer calm_;
};

Result<void> Database::Inside::decide() {
    treatments.assign(sought.size(), Treatment::search);
    bool const sound = std::none_of(sought.begin(), sought.end(), is_pattern) || search_is_sound();
    for (std::size_t number = 0; number < sought.size(); ++number) {
        if (sought[number].what == Trigger::What::gate && !sought[number].eager) treatments[number] = Treatment::aside;
    }
    for (std::size_t number = 0; number < sought.size(); ++number) {
        Sought const& one = sought[number];
        if (one.text.empty()) return fail(Fault::invalid, "an empty trigger", one.text);
        if (!is_pattern(one)) continue;
        auto const checked = Regex::compile(one.text);
        if (!checked) return fail(Fault::invalid, checked.error().what, one.text);
        if (width_of(one) > widest) treatments[number] = Treatment::unbounded;
        if (sound && !(one.gated && is_weak(one.text))) continue;
        treatments[number] = Treatment::whole;
        for (std::uint32_t gate : one.gates) treatments[gate] = Treatment::search;
    }
    return {};
}

Result<void> Database::Inside::build() {
    TRY(decide());
    std::vector<Expression> everywhere, at_runs;
    std::set<std::string> words;
    for (unsigned number = 0; number < sought.size(); ++number) {
        if (!is_searched(number)) continue;
        if (treatments[number] == Treatment::search) overlap = std::max(overlap, width_of(sought[number]));
        Expression expression = express(sought[number], number);
        auto const reach_beside = is_pattern(sought[number]) ? beside_long_run(sought[number], expression) : std::nullopt;
        reach = std::max(reach, reach_beside.value_or(0));
        beside[number] = reach_beside.has_value();
        if (is_pattern(sought[number]) && !reach_beside) {
            std::vector<std::string> const floods = flood_words(sought[number].text);
            words.insert(floods.begin(), floods.end());
            prone[number] = !floods.empty();
        }
        (reach_beside ? at_runs : everywhere).push_back(std::move(expression));
    }
    auto number = static_cast<unsigned>(sought.size());
    for (std::string const& word : words) everywhere.push_back({quote(word), HS_FLAG_CASELESS, number++});
    database = TRY(compile_what_can_be(std::move(everywhere)));
    near_runs = TRY(compile_what_can_be(std::move(at_runs)));
    return {};
}

hs_database_t const* Database::Inside::calm() {
    std::call_once(once_, [this] {
        if (auto const content = calm_cache.read()) {
            std::string_view front = content->front, body = content->body;
            if (take_database(front, body, calm_) && calm_) return;
        }
        std::vector<Expression> expressions;
        for (unsigned number = 0; number < sought.size(); ++number) {
            if (is_searched(number) && !prone[number] && !beside[number]) expressions.push_back(express(sought[number], number));
        }
        if (expressions.empty()) return;
        calm_ = compile(expressions).database;
        CacheFile::Content content;
        if (calm_ && put_database(content, calm_)) calm_cache.write(content);
    });
    return calm_.get();
}

Result<DatabasePointer> Database::Inside::compile_what_can_be(std::vector<Expression> expressions) {
    while (!expressions.empty()) {
        Compiled compiled = compile(expressions);
        if (compiled.database) return std::move(compiled.database);
        auto const refused = static_cast<std::size_t>(compiled.refused);
        unsigned const number = compiled.refused >= 0 && refused < expressions.size() ? expressions[refused].number : ~0u;
        if (number >= sought.size() || !is_pattern(sought[number])) {
            return fail(Fault::internal, "cannot compile the search: " + compiled.why);
        }
        // RE2 takes it and Hyperscan does not: slower, but never left out.
        treatments[number] = Treatment::whole;
        expressions.erase(expressions.begin() + compiled.refused);
    }
    return DatabasePointer();
}

// Layout of a cache file (cache_file.h). Front: treatments, one byte each, with 16 added for what is prone and 32 for what
// is looked for around long runs; overlap, reach and the length of either database, 8 bytes each. Body: the databases in
// Hyperscan's own form.
bool Database::Inside::load(CacheFile::Content const& content) {
    std::string_view front = content.front, body = content.body;
    if (front.size() < treatments.size()) return false;
    for (std::size_t i = 0; i < treatments.size(); ++i) {
        char const treatment = front[i] & 15;
        if (front[i] < 0 || front[i] > 63 || treatment > static_cast<char>(Treatment::aside)) return false;
        treatments[i] = static_cast<Treatment>(treatment);
        prone[i] = (front[i] & 16) != 0;
        beside[i] = (front[i] & 32) != 0;
    }
    front.remove_prefix(treatments.size());
    return take_number(front, overlap) && take_number(front, reach) && take_database(front, body, database) &&
           take_database(front, body, near_runs) && front.empty() && body.empty();
}

Result<CacheFile::Content> Database::Inside::save() const {
    CacheFile::Content content;
    for (std::size_t i = 0; i < treatments.size(); ++i) {
        content.front.push_back(static_cast<char>(static_cast<int>(treatments[i]) + (prone[i] ? 16 : 0) + (beside[i] ? 32 : 0)));
    }
    put_number(content.front, overlap);
    put_number(content.front, reach);
    if (!put_database(content, database) || !put_database(content, near_runs)) {
        return fail(Fault::internal, "cannot serialise the search");
    }
    return content;
}

Result<Database> Database::make(std::span<Sought const> sought, std::string const& cache_folder) {
    if (hs_valid_platform() != HS_SUCCESS) {
        return fail(Fault::unsupported, "this processor lacks the instructions that the search needs (SSE4.2)");
    }
    std::string const form = describe(sought);
    CacheFile const cache(cache_folder, form);
    auto const start = [&] {
        auto inside = std::make_unique<Inside>(sought);
        inside->calm_cache = CacheFile(cache_folder, form + "calm");
        return inside;
    };
    auto inside = start();
    if (auto const content = cache.read(); content && inside->load(*content)) {
        inside->cached = true;
        return Database(std::move(inside));
    }
    inside = start();
    TRY(inside->build());
    if (auto const content = inside->save()) cache.write(*content);
    return Database(std::move(inside));
}

Database::Database(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

std::span<Treatment const> Database::treatments() const { return inside_->treatments; }
bool Database::was_cached() const { return inside_->cached; }

Database::Scratch::~Scratch() { hs_free_scratch(static_cast<hs_scratch_t*>(inside_)); }

Result<Database::Scratch> Database::make_scratch() const {
    Scratch scratch;
    hs_scratch_t* allocated = nullptr;
    for (hs_database_t const* database : {inside_->database.get(), inside_->near_runs.get()}) {
        bool const done = !database || hs_alloc_scratch(database, &allocated) == HS_SUCCESS;
        scratch.inside_ = allocated;
        if (!done) return fail(Fault::full, "no memory for the search");
    }
    return scratch;
}

Result<void const*> Database::calm_for(Scratch& scratch) const {
    hs_database_t const* const calm = inside_->calm();
    if (!calm || scratch.knows_calm_) return calm;
    auto allocated = static_cast<hs_scratch_t*>(scratch.inside_);
    bool const done = hs_alloc_scratch(calm, &allocated) == HS_SUCCESS;
    scratch.inside_ = allocated;
    if (!done) return fail(Fault::full, "no memory for the search");
    scratch.knows_calm_ = true;
    return calm;
}

Result<Scanned> Database::scan(std::string_view text, std::uint64_t from, std::uint64_t to, Scratch& scratch,
                            EndSink& sink) const {
    // Enough before for the widest occurrence and the byte that \b and \B look at; enough behind
    // for $, which looks for a last line feed.
    constexpr std::uint64_t beside = 2;
    std::uint64_t const before = inside_->overlap + beside;
    Span const all{from > before ? from - before : 0, std::min<std::uint64_t>(to + beside, text.size())};
    bool counts = true, flooded = false;
    auto const search = [&](hs_database_t const* database, Span part) -> Result<Scanned> {
        if (!database || part.size() == 0) return Scanned::all;
        Told told{&sink, part.begin, from, to, counts ? &inside_->prone : nullptr, part.size() / flood_every + flood_every};
        hs_error_t const code = hs_scan(database, text.data() + part.begin, static_cast<unsigned>(part.size()), 0,
                                        static_cast<hs_scratch_t*>(scratch.inside_), tell, &told);
        flooded = told.flooded;
        if (code == HS_SCAN_TERMINATED) return flooded ? Scanned::all : Scanned::stopped;
        if (code != HS_SUCCESS) return fail(Fault::internal, "the search failed, code " + std::to_string(code));
        return Scanned::all;
    };
    if (TRY(search(inside_->database.get(), all)) == Scanned::stopped) return Scanned::stopped;
    counts = false;
    if (flooded) {
        auto const calm = static_cast<hs_database_t const*>(TRY(calm_for(scratch)));
        sink.begin_again();
        if (TRY(search(calm ? calm : inside_->database.get(), all)) == Scanned::stopped) return Scanned::stopped;
        for (std::uint32_t number = 0; calm && number < inside_->prone.size(); ++number) {
            if (inside_->prone[number]) sink.anywhere(number, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to));
        }
    }
    if (!inside_->near_runs) return Scanned::all;
    for (Span const part : around_long_runs(text, all.begin, all.end, inside_->reach + beside)) {
        if (TRY(search(inside_->near_runs.get(), part)) == Scanned::stopped) return Scanned::stopped;
    }
    return Scanned::all;
}

}  // namespace keepmum
