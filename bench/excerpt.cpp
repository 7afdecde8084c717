// What the register recognises of a quote, and how often it takes a stranger's text for one.
//
//   bench_excerpt FOLDER [-n QUOTES] [-k KEY] [-o [-p READER]] [-q] [-v] [-w] [-r calibrate]
//
// FOLDER/text is what bench/excerpt_corpus.py wrote. All documents of `register` are registered; quotes of them, with random
// errors, are asked for; so are all documents of `report`, of which none was registered. -v tells which ones are said falsely,
// and each quote that was missed. -k takes the key of a number, so that two programs can be compared. -r takes
// strangers and quotes of `calibrate`, by which src/index/threshold.h was settled; -o asks for quotes of the pages of
// bench/excerpt_pages.py alone, -q for the other quotes alone. -w has winnowing beside it, with as many bytes as the register has.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "excerpt/alike.h"
#include "excerpt/boilerplate.h"
#include "excerpt/documents.h"
#include "excerpt/winnowed.h"
#include "index/ask.h"
#include "index/made_key_test.h"
#include "index/normal.h"

using namespace keepmum;

namespace {

class Product final : public Method {
  public:
    Product(Store const& store, Thresholds const& thresholds, Legibility legibility)
        : store_(store), thresholds_(thresholds), legibility_(legibility) {}
    std::vector<Overlap> overlaps(std::string_view text) const override {
        Question question(store_, thresholds_);
        question.add(text, legibility_);
        return question.answer();
    }
    std::vector<std::uint64_t> ask(std::string_view text, Stream) const override {
        std::vector<std::uint64_t> ids;
        for (Overlap const& overlap : overlaps(text)) ids.push_back(overlap.document.id);
        return ids;
    }

  private:
    Store const& store_;
    Thresholds const& thresholds_;
    Legibility legibility_;
};

// ---- quotes ----

class Quotes {
  public:
    Quotes(std::vector<Document> const& documents, Boilerplate const& boilerplate, Stream stream, unsigned seed)
        : boilerplate_(boilerplate), random_(seed) {
        for (Document const& one : documents) {
            if (one.stream == stream) documents_.push_back(&one);
        }
    }

    struct Quote {
        std::uint64_t id = 0;
        std::string text;
        Document const* from = nullptr;
    };
    // So many letters of one document, as they stand there, with each letter changed, lost or doubled at that rate. Most of
    // them are the document's own: nothing is said of passages that are boilerplate.
    Quote next(std::size_t letters, double errors) {
        for (;;) {
            Document const& from = *documents_[random_() % documents_.size()];
            Letters const all = normalise(from.text);
            std::vector<std::uint32_t> const& begins = from.stream == Stream::latin ? all.latin.begins : all.cjk.begins;
            if (begins.size() < letters + 1) continue;
            std::size_t const first = random_() % (begins.size() - letters);
            std::string const clean = from.text.substr(begins[first], begins[first + letters] - begins[first]);
            if (!boilerplate_.leaves_most(normalise(clean))) continue;
            return {from.id, damage_letters(clean, from.stream, errors), &from};
        }
    }

  private:
    double chance() { return std::uniform_real_distribution<>(0, 1)(random_); }
    std::string damage_letters(std::string const& clean, Stream stream, double errors) {
        Letters const all = normalise(clean);
        std::vector<std::uint32_t> const& begins = stream == Stream::latin ? all.latin.begins : all.cjk.begins;
        std::string out;
        auto next = begins.begin();
        for (std::size_t at = 0; at < clean.size();) {
            std::size_t const size = decode_utf8(clean, at).length;
            std::string const c = clean.substr(at, size);
            bool const letter = next != begins.end() && *next == at;
            while (next != begins.end() && *next < at + size) ++next;
            if (!letter || chance() >= errors) out += c;
            else damage(out, c, stream == Stream::latin ? std::string(1, static_cast<char>('a' + random_() % 26)) : common_character());
            at += size;
        }
        return out;
    }
    void damage(std::string& out, std::string const& kept, std::string const& other) {
        double const kind = chance();
        if (kind < 0.70)
            out += other;  // another one
        else if (kind >= 0.85)
            out += kept + other;  // one more; else lost
    }
    std::string common_character() {
        auto const c = static_cast<unsigned>(0x4E00 + random_() % 5000);
        return {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
                static_cast<char>(0x80 | (c & 0x3F))};
    }

    Boilerplate const& boilerplate_;
    std::vector<Document const*> documents_;
    std::mt19937 random_;
};

struct Cell {
    Stream stream;
    std::size_t letters;
    double errors;
    double target;  // per cent; 0: none
};
constexpr Cell cells[] = {
    {Stream::latin, 60, 0, 0},      {Stream::latin, 60, 0.05, 0},  {Stream::latin, 100, 0, 0},
    {Stream::latin, 100, 0.05, 95}, {Stream::latin, 100, 0.10, 0}, {Stream::latin, 150, 0.10, 0},
    {Stream::latin, 250, 0.10, 99}, {Stream::latin, 300, 0.10, 0}, {Stream::cjk, 15, 0, 0},
    {Stream::cjk, 20, 0, 100},      {Stream::cjk, 20, 0.05, 0},    {Stream::cjk, 30, 0, 0},
    {Stream::cjk, 30, 0.05, 90},    {Stream::cjk, 50, 0.10, 0},
};

// A quote that was missed: what the product holds of it where nothing is asked of a chain.
void tell_miss(Quotes::Quote const& quote, std::vector<std::uint64_t> const& said, Method const& loose) {
    std::printf("  missed: %s %zu (%.2f of a quote), %zu others are said: %s\n", quote.from->source.c_str(),
                quote.from->index, share_of_a_quote(normalise(quote.text), normalise(quote.from->text)), said.size(), quote.text.c_str());
    for (Overlap const& overlap : loose.overlaps(quote.text)) {
        if (overlap.document.id != quote.id) continue;
        for (Passage const& passage : overlap.passages) {
            std::printf("    %u letters in %u grams, score %u: bytes %zu+%zu\n", passage.letters, passage.grams, passage.score,
                        static_cast<std::size_t>(passage.span.begin), static_cast<std::size_t>(passage.span.size()));
        }
    }
}

void print_recall(std::vector<Document> const& registered, Boilerplate const& boilerplate, std::size_t quotes, unsigned seed,
                  std::vector<std::pair<char const*, Method const*>> const& methods, Method const& loose, bool tell) {
    std::printf("\nrecall, %zu quotes a cell, 95 %% intervals (Wilson)\n%-8s letters errors  alike", quotes, "");
    for (auto const& [name, method] : methods) std::printf("  %-22s", name);
    std::printf("  target\n");
    for (Cell const& cell : cells) {
        Quotes maker(registered, boilerplate, cell.stream, seed);
        std::vector<std::size_t> found(methods.size());
        std::size_t alike = 0;
        for (std::size_t i = 0; i < quotes; ++i) {
            Quotes::Quote const quote = maker.next(cell.letters, cell.errors);
            alike += share_quote(quote.text, quote.from->text);
            for (std::size_t m = 0; m < methods.size(); ++m) {
                std::vector<std::uint64_t> const ids = methods[m].second->ask(quote.text, cell.stream);
                bool const known = std::find(ids.begin(), ids.end(), quote.id) != ids.end();
                found[m] += known;
                if (tell && m == 0 && (cell.target > 0 || cell.errors == 0) && cell.letters != 15 && !known) tell_miss(quote, ids, loose);
            }
        }
        std::printf("%-8s %7zu %4.0f %%  %5.1f", name_of(cell.stream), cell.letters, 100 * cell.errors,
                    100.0 * static_cast<double>(alike) / static_cast<double>(quotes));
        for (std::size_t count : found) {
            Share const share = share_of(count, quotes);
            std::printf("  %5.1f (%5.1f to %5.1f) ", share.share, share.low, share.high);
        }
        if (cell.target > 0) std::printf("  %3.0f", cell.target);
        std::printf("\n");
        std::fflush(stdout);
    }
}

// ---- pages that were read from pictures ----

template <class Unit>
std::size_t edits(std::basic_string<Unit> const& a, std::basic_string<Unit> const& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t corner = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1])});
            corner = above;
        }
    }
    return row[b.size()];
}

struct ReadPage {
    std::string text;
    Document const* of = nullptr;
};

// Quotes of each kind of page, asked as the product asks for what was read by a machine.
class Pages {
  public:
    Pages(std::filesystem::path const& folder, std::vector<Document> const& registered) {
        if (!std::filesystem::is_directory(folder)) return;
        for (auto const& entry : std::filesystem::directory_iterator(folder)) {
            std::string const name = entry.path().stem().string();
            if (entry.path().extension() != ".txt") continue;
            std::ifstream in(entry.path(), std::ios::binary);
            std::string source, rest;
            std::size_t index = 0;
            in >> source >> index;
            std::ostringstream all;
            all << in.rdbuf();
            for (Document const& one : registered) {
                if (one.source == source && one.index == index)
                    pages_[name.substr(0, name.rfind('-'))].push_back({std::move(all).str(), &one});
            }
        }
    }

    void print(std::size_t quotes, std::vector<std::pair<char const*, Method const*>> const& methods) const {
        std::printf("\npages read by a machine, %zu quotes a cell of the recognised text\n%-12s pages errors letters",
                    quotes, "");
        for (auto const& [name, method] : methods) std::printf("  %-22s", name);
        std::printf("\n");
        for (auto const& [kind, pages] : pages_) {
            bool const latin = pages.front().of->stream == Stream::latin;
            for (std::size_t letters :
                 latin ? std::vector<std::size_t>{60, 100, 150} : std::vector<std::size_t>{20, 30, 50}) {
                std::printf("%-12s %5zu %5.1f%% %7zu", kind.c_str(), pages.size(), 100 * errors(pages, latin), letters);
                for (auto const& [name, method] : methods) {
                    Share const share = share_of(latin ? count<char>(pages, letters, quotes, *method)
                                                       : count<char16_t>(pages, letters, quotes, *method),
                                                 quotes);
                    std::printf("  %5.1f (%5.1f to %5.1f) ", share.share, share.low, share.high);
                }
                std::printf("\n");
                std::fflush(stdout);
            }
        }
    }

  private:
    template <class Unit>
    static LetterRun<Unit> const& run(Letters const& letters) {
        if constexpr (sizeof(Unit) == 1)
            return letters.latin;
        else
            return letters.cjk;
    }
    // Each page has the beginning of its document, so what the reading lacks at the end is no error.
    static double errors(std::vector<ReadPage> const& pages, bool latin) {
        std::size_t wrong = 0, all = 0;
        for (ReadPage const& page : pages) {
            Letters const read = normalise(page.text), whole = normalise(page.of->text);
            auto const add = [&](auto const& a, auto b) {
                b.resize(std::min(b.size(), a.size()));
                wrong += edits(a, b), all += b.size();
            };
            if (latin)
                add(read.latin.letters, whole.latin.letters);
            else
                add(read.cjk.letters, whole.cjk.letters);
        }
        return static_cast<double>(wrong) / static_cast<double>(std::max<std::size_t>(all, 1));
    }
    template <class Unit>
    static std::size_t count(std::vector<ReadPage> const& pages, std::size_t letters, std::size_t quotes,
                             Method const& method) {
        std::mt19937 random(5);
        std::size_t found = 0;
        for (std::size_t i = 0; i < quotes; ++i) {
            ReadPage const& page = pages[i % pages.size()];
            Letters const all = normalise(page.text);
            std::vector<std::uint32_t> const& begins = run<Unit>(all).begins;
            if (begins.size() <= letters) continue;  // a page that could not be read is not recognised
            std::size_t const first = random() % (begins.size() - letters);
            std::vector<std::uint64_t> const ids =
                method.ask(std::string_view(page.text).substr(begins[first], begins[first + letters] - begins[first]),
                           sizeof(Unit) == 1 ? Stream::latin : Stream::cjk);
            found += std::find(ids.begin(), ids.end(), page.of->id) != ids.end();
        }
        return found;
    }

    std::map<std::string, std::vector<ReadPage>> pages_;
};

void tell_lie(Document const& one, Document const& other, std::vector<Overlap> const& overlaps) {
    std::printf("  %s %zu is said to quote %s %zu (%.2f of a quote)\n", one.source.c_str(), one.index, other.source.c_str(),
                other.index, share_of_a_quote(normalise(one.text), normalise(other.text)));
    for (Overlap const& overlap : overlaps) {
        if (overlap.document.id != other.id) continue;
        for (Passage const& passage : overlap.passages) {
            std::string said = one.text.substr(passage.span.begin, std::min<std::size_t>(passage.span.size(), 200));
            std::replace(said.begin(), said.end(), '\n', ' ');
            std::printf("    %u letters in %u grams, score %u: %s\n", passage.letters, passage.grams, passage.score, said.c_str());
        }
    }
}

void print_false(std::vector<Document> const& strangers, Registered const& registered,
                 std::vector<std::pair<char const*, Method const*>> const& methods, bool tell) {
    std::printf(
        "\nfalse documents: strangers said to quote a document with which they share no quote: no alignment (+1, -4) of %d "
        "Latin letters or %d Chinese characters\n",
        least_of_a_quote[0], least_of_a_quote[1]);
    for (auto const& [name, method] : methods) {
        for (Stream stream : {Stream::latin, Stream::cjk}) {
            std::size_t all = 0, said = 0, wrong = 0;
            for (Document const& one : strangers) {
                if (one.stream != stream) continue;
                ++all;
                std::vector<std::uint64_t> const ids = method->ask(one.text, stream);
                auto const lie = std::find_if(ids.begin(), ids.end(), [&](std::uint64_t id) {
                    return !share_quote(one.text, registered.at(id)->text);
                });
                said += !ids.empty();
                wrong += lie != ids.end();
                if (tell && lie != ids.end()) tell_lie(one, *registered.at(*lie), method->overlaps(one.text));
            }
            Share const share = share_of(wrong, all);
            std::printf(
                "  %-18s %-8s %6zu documents, %4zu are said to quote, %4zu falsely: %6.2f per 10,000 (%.2f to %.2f)\n",
                name, name_of(stream), all, said, wrong, 100 * share.share, 100 * share.low, 100 * share.high);
            std::fflush(stdout);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return std::puts("bench_excerpt FOLDER [-n QUOTES] [-o] [-q] [-v] [-w] [-r ROLE]"), 2;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    std::size_t quotes = 400;
    bool tell = false, pages_alone = false, quotes_alone = false, winnowing = false, drawn = true;
    unsigned seed = 0;
    std::string role = "report", reader;
    for (int i = 2; i < argc; ++i) {
        std::string const option = argv[i];
        if (option == "-v") tell = true;
        if (option == "-w") winnowing = true;
        if (option == "-o") pages_alone = true;
        if (option == "-q") quotes_alone = true;
        if (option == "-p" && i + 1 < argc) reader = std::string("-") + argv[++i];
        if (option == "-n" && i + 1 < argc) quotes = std::strtoull(argv[++i], nullptr, 10);
        if (option == "-k" && i + 1 < argc) seed = static_cast<unsigned>(std::strtoul(argv[++i], nullptr, 10)), drawn = false;
        if (option == "-r" && i + 1 < argc) role = argv[++i];
    }
    std::filesystem::path const texts = std::filesystem::path(argv[1]) / "text";
    std::vector<Document> registered = read_documents(texts / "register");
    std::vector<Document> const strangers = read_documents(texts / role),
                                background = read_documents(texts / "background");
    std::filesystem::path const folder =
        std::filesystem::temp_directory_path() / ("bench_excerpt-" + std::to_string(getpid()));
    RegisterKey const key = drawn ? RegisterKey::draw() : made_key(seed);
    Registered by_id;
    {
        auto writer = StoreWriter::open(folder, key);
        if (!writer) return std::puts(writer.error().what.c_str()), 1;
        for (Document const& one : background) {
            if (!writer->add_background(one.text)) return 1;
        }
        for (Document& one : registered) {
            DocumentFacts facts;
            facts.name = one.source;
            facts.level = "secret";
            facts.added = "2026-01-02";
            DocumentText text;
            text.parts.push_back({"", Blob::take(std::string(one.text)), {}});
            auto const added = writer->add(facts, text, StoreWriter::Depth::loose);
            if (!added) return std::puts(added.error().what.c_str()), 1;
            one.id = *added;
            by_id[*added] = &one;
        }
        if (!writer->commit()) return 1;
    }
    auto const store = Store::open(folder, key);
    if (!store) return 1;
    for (Stream stream : {Stream::latin, Stream::cjk}) {
        auto const of = [&](std::vector<Document> const& all) {
            return std::count_if(all.begin(), all.end(), [&](auto const& one) { return one.stream == stream; });
        };
        std::printf("%s: %td documents registered, %td of others asked (%s)\n", name_of(stream), of(registered),
                    of(strangers), role.c_str());
    }
    std::uintmax_t bytes = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
        bytes += entry.is_regular_file() ? entry.file_size() : 0;
    }
    std::printf("the register: %.1f MB\n", static_cast<double>(bytes) / 1e6);
    Thresholds const thresholds;
    Thresholds const none = [] {
        Thresholds least;
        for (LayerThreshold& layer : least.layers) layer.chain_grams = 1, layer.chain_letters = 0;
        for (StreamThreshold& stream : least.streams) stream.chain_cost = 0, stream.likely_letters = 1;
        return least;
    }();
    {
        Product const of_all(**store, none, Legibility::typed);
        Product const product(**store, thresholds, Legibility::typed), of_read(**store, thresholds, Legibility::noisy);
        std::vector<std::pair<char const*, Method const*>> ways = {{"as typed", &product}, {"as read", &of_read}};
        std::unique_ptr<Winnowed> beside;
        if (winnowing) {
            beside = std::make_unique<Winnowed>(registered, bytes);
            beside->settle(read_documents(texts / "calibrate"), by_id);
            ways.emplace_back("winnowing", beside.get());
        }
        if (pages_alone) {
            Pages(std::filesystem::path(argv[1]) / ("pages" + reader), registered).print(quotes, ways);
        } else {
            Boilerplate boilerplate;
            for (Document const& one : background) boilerplate.add_background(normalise(one.text));
            for (Document const& one : registered) boilerplate.add(normalise(one.text));
            print_recall(registered, boilerplate, quotes, role == "report" ? 7 : 3, ways, of_all, tell);
            if (beside) {
                for (auto const& [stream, letters, wanted] : {std::tuple(Stream::latin, 100u, 95.0), std::tuple(Stream::cjk, 30u, 90.0)}) {
                    Quotes maker(registered, boilerplate, stream, 11);
                    std::vector<std::string> texts_of;
                    std::vector<std::uint64_t> from;
                    for (std::size_t i = 0; i < quotes; ++i) {
                        Quotes::Quote const quote = maker.next(letters, 0.05);
                        texts_of.push_back(quote.text), from.push_back(quote.id);
                    }
                    beside->print_at(wanted, stream, texts_of, from);
                }
            }
            if (!quotes_alone) print_false(strangers, by_id, ways, tell);
            std::printf("\nthe peer's figure: Symantec's index needs 300 normalised characters for a partial match\n");
        }
    }
    std::filesystem::remove_all(folder);
}
