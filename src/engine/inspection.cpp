// How bytes are accounted for. Each piece of evidence of kind bytes is a node; its extractor says how
// many of its bytes it accounted for, each gap says how many it did not see, and each embedded file
// hands its own unseen bytes up, scaled to the room that it takes in its parent and rounded up. So a
// gap five levels deep is missing from the coverage of the source, and only a source without any is
// read whole.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/inspection.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/utf8.h"
#include "core/objects.h"
#include "core/picture_text.h"
#include "engine/ahead.h"
#include "engine/examine.h"
#include "engine/ordering.h"
#include "engine/recognising.h"
#include "engine/show_picture.h"
#include "engine/typing.h"
#include "extract/registry.h"
#include "io/file.h"
#include "policy/directive.h"
#include "policy/permits.h"

namespace keepmum {
namespace {

// Larger files stay on disk: text is read in slices, everything else goes to its worker by descriptor.
constexpr std::uint64_t in_memory = 32u << 20;
// An embedded file must lie in memory, here and in its worker.
constexpr std::uint64_t largest_member = 256u << 20;
constexpr std::string_view objects_worker = "objects";
// Pictures of a source that a report shows.
constexpr std::uint32_t most_pictures = 24;

class Inspection {
  public:
    Inspection(Workbench const& bench, Item const& item) : bench_(bench), item_(item), recognising_(bench.setup) {
        Limits const& limits = bench.setup.limits;
        budget_ = {limits.bytes, limits.members, limits.depth};
        pictures_left_ = limits.pictures;
        report_.verdict.source = item.name;
    }

    SourceReport run() {
        examine_name();
        if (item_.gap) add_gap(*item_.gap);
        else if (item_.path.empty()) inspect_standard_input();
        else inspect_file();
        finish();
        return std::move(report_);
    }

  private:
    class EngineOutlet;
    friend class EngineOutlet;

    // A node on the way down: what is being extracted, and what of it was not seen.
    struct Node {
        Evidence const& evidence;
        Node* parent = nullptr;
        std::uint32_t depth = 0;
        std::uint32_t file = 0;       // its number among the files inside the source
        std::uint64_t unseen = 0;     // by gaps and embedded files
        std::uint64_t gaps = 0;       // put down for this node itself
        enum class Picture : std::uint8_t { unasked, granted, refused } picture = Picture::unasked;
        Ahead* ahead = nullptr;       // readers that were begun before their turn
        std::optional<Hash128> hash;  // of its content, once it was asked for: most sources hold nothing to compare it with

        Hash128 const& content() {
            if (!hash) hash = content_hash(evidence.content.view());
            return *hash;
        }
    };

    // What a content gave the first time it was met in this source, to be said again under its next name.
    struct Known {
        Place place;
        std::uint64_t stored;
        std::size_t findings_begin, findings_end, gaps_begin, gaps_end, exhibits_begin, exhibits_end;
        std::uint64_t unseen;
    };

    void examine_name() {
        Evidence name;
        name.kind = Kind::text;
        name.role = Role::name;
        name.place.source = item_.name;
        std::string_view const text = item_.name;
        name.content = Blob::adopt(nullptr, text.substr(0, valid_utf8_prefix(text)));  // outlives this inspection
        examine_text(name, 0);
    }

    void inspect_standard_input() {
        bool cut = false;
        Result<std::string> bytes = read_standard_input(largest_member, cut);
        if (!bytes) return add_unreadable(bytes.error().what, 0);
        Evidence evidence;
        evidence.place.source = item_.name;
        evidence.content = Blob::take(std::move(*bytes));
        start(evidence);
        if (!cut) return;
        add_gap(Cause::too_big, Stage::open, 1, "standard input is longer than can be held; give it as a file");
        report_.verdict.coverage.bytes += 1;
    }

    void inspect_file() {
        Result<std::shared_ptr<File>> const opened = File::open(item_.path);
        if (!opened) return add_unreadable(opened.error().what, 0);
        File const& file = **opened;
        Evidence evidence;
        evidence.place.source = item_.name;
        if (file.size() > in_memory) {
            evidence.large = *opened;
        } else {
            Result<Blob> content = file.read(0, static_cast<std::size_t>(file.size()));
            if (!content) {
                report_.verdict.coverage.bytes = file.size();
                return add_unreadable(content.error().what, file.size());
            }
            evidence.content = std::move(*content);
        }
        start(evidence);
        if (!file.changed()) return;
        report_.verdict.coverage.read = 0;
        add_unreadable("the file changed while it was read", file.size());
    }

    void start(Evidence const& evidence) {
        // Reading a file as the texts that it is costs no more than its size; the limit is for what it
        // unpacks to beyond that.
        constexpr std::uint64_t views = 3;
        budget_.bytes += views * evidence.size();
        Setup const& setup = bench_.setup;
        if (!setup.permits.empty()) {
            Result<std::string> const binding = evidence.large ? content_binding(setup.key, *evidence.large)
                                                               : content_binding(setup.key, evidence.content.view());
            if (binding) report_.binding = *binding;
        }
        std::uint64_t const unseen = inspect_bytes(evidence, nullptr);
        report_.verdict.coverage = {evidence.size(), evidence.size() - unseen, report_.verdict.coverage.picture_reader};
    }

    // Returns how many of the evidence's bytes were not seen.
    std::uint64_t inspect_bytes(Evidence const& evidence, Node* parent);
    bool identify_and_extract(Node& node);
    enum class Gaps : std::uint8_t { said, dropped };
    std::uint64_t extract(Node& node, FileType const& type, Gaps gaps = Gaps::said);
    bool may_read_picture(Node& node);
    void begin_reading_picture(Node& node, std::vector<FileType const*> const& types);
    void look_for_objects(Node& node, FileType const& type);
    void read_strings(Node& node);
    void take_child(Node& parent, Evidence child);
    void examine_text(Evidence const& text, std::uint32_t file);
    void show(Node const& node, FileType const& type);
    void say_again(Known const& known, Place const& place);
    void finish();

    void add_gap(Gap gap) {
        if (gap.place.source.empty()) gap.place.source = item_.name;
        report_.verdict.gaps.push_back(std::move(gap));
    }

    void add_gap(Cause cause, Stage stage, std::uint64_t bytes, std::string detail, Place place = {}, std::string_view media = {}) {
        Gap gap;
        gap.place = std::move(place);
        gap.cause = cause;
        gap.stage = stage;
        gap.bytes = bytes;
        gap.media = media;
        gap.detail = std::move(detail);
        add_gap(std::move(gap));
    }

    // What to say where the budget did not suffice.
    std::string passed_limit() const {
        return budget_.members == 0 ? "more embedded files than the limit allows" : "unpacks to more than the limit allows";
    }

    void add_node_gap(Node& node, Cause cause, Stage stage, std::uint64_t bytes, std::string_view media,
                      std::string detail) {
        node.unseen += std::max<std::uint64_t>(bytes, 1);
        ++node.gaps;
        add_gap(cause, stage, bytes, std::move(detail), node.evidence.place, media);
    }

    void add_unreadable(std::string detail, std::uint64_t bytes) {
        add_gap(Cause::unreadable, Stage::open, bytes, std::move(detail));
    }

    Workbench const& bench_;
    Item const& item_;
    Budget budget_;
    SourceReport report_;
    std::map<Hash128, Known> known_;
    Recognising recognising_;
    std::uint32_t files_ = 0;  // inside the source, so far
    std::uint32_t pictures_ = 0;  // shown, so far
    std::uint32_t pictures_left_ = 0;  // to be read, of the limit
    bool out_of_members_ = false, out_of_bytes_ = false;
};

// Charges the budget and hands on; the worker's own outlet has checked the same bounds already.
class Inspection::EngineOutlet final : public Outlet {
  public:
    EngineOutlet(Inspection& inspection, Node& node, Gaps gaps = Gaps::said) : inspection_(inspection), node_(node), gaps_(gaps) {}

    void put(Evidence evidence) override {
        evidence.place = evidence.place.under(node_.evidence.place);
        if (!charge(evidence)) return;
        if (evidence.kind == Kind::bytes) {
            inspection_.take_child(node_, std::move(evidence));
        } else if (evidence.media == picture_objects_media && evidence.content.empty()) {
            inspection_.report_.verdict.objects = ObjectsLooked::looked;
        } else if (evidence.kind == Kind::image) {
            inspection_.recognising_.look(evidence, node_.file);
        } else {
            inspection_.examine_text(evidence, node_.file);
        }
    }

    void gap(Gap gap) override {
        if (gaps_ == Gaps::dropped) return;
        gap.place = gap.place.under(node_.evidence.place);
        node_.unseen += std::max<std::uint64_t>(gap.bytes, 1);
        ++node_.gaps;
        inspection_.add_gap(std::move(gap));
    }

    void progress() override {}
    bool enough() const override {
        return inspection_.bench_.interrupted.load(std::memory_order_relaxed) || inspection_.out_of_members_ ||
               inspection_.out_of_bytes_;
    }
    std::uint64_t allowance() const override { return inspection_.budget_.bytes; }

  private:
    // A text that is a view of the node's own bytes costs nothing more than those.
    bool charge(Evidence const& evidence) {
        Budget& budget = inspection_.budget_;
        bool const is_member = evidence.kind == Kind::bytes || evidence.kind == Kind::image;
        bool const fits = (!is_member || budget.spend_member()) && budget.spend_bytes(evidence.size());
        if (fits) return true;
        bool& said = budget.members == 0 ? inspection_.out_of_members_ : inspection_.out_of_bytes_;
        if (!said) {
            said = true;
            inspection_.add_node_gap(node_, Cause::too_big, Stage::extract, node_.evidence.size(), {}, inspection_.passed_limit());
        }
        return false;
    }

    Inspection& inspection_;
    Node& node_;
    Gaps gaps_;
};

std::uint64_t Inspection::inspect_bytes(Evidence const& evidence, Node* parent) {
    std::uint64_t const size = evidence.size();
    if (size == 0) return 0;
    Node node{evidence, parent, parent ? parent->depth + 1 : 0, files_, 0, 0};
    if (!evidence.large) {
        for (Node* above = parent; above; above = above->parent) {
            // A file that holds itself holds nothing new: its content is being looked at already.
            if (above->evidence.size() == size && !above->evidence.large && above->content() == node.content()) return 0;
        }
        if (auto const known = known_.empty() ? known_.end() : known_.find(node.content()); known != known_.end()) {
            Known const again = known->second;
            if (are_one({evidence.place, evidence.stored}, {again.place, again.stored})) return again.unseen;
            say_again(again, evidence.place);
            return again.unseen;
        }
    }
    Known known{evidence.place, evidence.stored,
                report_.verdict.findings.size(), 0,
                report_.verdict.gaps.size(), 0,
                report_.exhibits.size(), 0, 0};
    if (node.depth > bench_.setup.limits.depth) {
        add_node_gap(node, Cause::too_deep, Stage::identify, size, evidence.media, "nested deeper than the limit allows");
    } else {
        ++files_;
        recognising_.look(evidence, node.file);
        identify_and_extract(node);
    }
    std::uint64_t unseen = std::min(size, node.unseen);
    known.findings_end = report_.verdict.findings.size();
    known.gaps_end = report_.verdict.gaps.size();
    known.exhibits_end = report_.exhibits.size();
    known.unseen = unseen;
    if (!evidence.place.steps.empty() && !evidence.large) known_.emplace(node.content(), std::move(known));
    return unseen;
}

// Runs every extractor that is sure of the content, or else the first that may be able to read it.
bool Inspection::identify_and_extract(Node& node) {
    Evidence const& evidence = node.evidence;
    std::uint64_t const size = evidence.size();
    Result<Typing> const typing = type_of(evidence);
    if (!typing) {
        add_node_gap(node, Cause::unreadable, Stage::open, size, {}, typing.error().what);
        return false;
    }
    auto const& [sure, maybe] = *typing;
    Ahead ahead(bench_.broker, evidence);
    node.ahead = &ahead;
    begin_reading_picture(node, sure);
    std::uint64_t best = 0;  // bytes accounted for by the reader that understood most
    bool understood = false, unread = false;
    bool const has_contents = std::any_of(sure.begin(), sure.end(), gives_contents);
    auto attempt = [&](FileType const& type) {
        // Where others read the contents, what cannot be seen of them is theirs to say.
        if (type.yields == Yields::likeness && has_contents) {
            if (recognising_.wants(Kind::image)) extract(node, type, Gaps::dropped);
            return;
        }
        if (type.extractor.empty() || type.yields == Yields::likeness) {
            unread = true;
            add_node_gap(node, Cause::unsupported, Stage::identify, size, type.media, std::string(type.name.en) + " cannot be read yet");
            if (!type.extractor.empty() && recognising_.wants(Kind::image)) extract(node, type);
            return;
        }
        if (type.worker == objects_worker) return look_for_objects(node, type);
        if (type.worker == "ocr" && !may_read_picture(node)) return;
        std::uint64_t const gaps = node.gaps;
        std::uint64_t const read = extract(node, type);
        best = std::max(best, read);
        understood = understood || node.gaps == gaps || read > 0;
    };
    for (FileType const* type : sure) attempt(*type);
    for (FileType const* type : maybe) {
        if (!sure.empty() || understood) break;
        attempt(*type);
    }
    if (sure.empty() && maybe.empty()) {
        unread = true;
        add_node_gap(node, Cause::unsupported, Stage::identify, size, evidence.media, "no known kind of file");
    } else if (best < size && node.unseen < size - best) {
        // The reader stopped short without saying why.
        if (node.gaps == 0) add_node_gap(node, Cause::malformed, Stage::extract, size - best, {}, "bytes at the end that belong to nothing");
        node.unseen = std::max(node.unseen, size - best);
    }
    if (unread || (!understood && node.gaps > 0)) read_strings(node);
    for (FileType const* type : sure) {
        if (type->yields == Yields::likeness) show(node, *type);
    }
    return understood;
}

std::uint64_t Inspection::extract(Node& node, FileType const& type, Gaps gaps) {
    EngineOutlet outlet(*this, node, gaps);
    if (!type.worker.empty()) {
        bool const kept = type.yields == Yields::likeness && recognising_.keeps_likenesses();
        Done const done = node.ahead->run(type.worker, kept ? kept_likeness : type.extractor, outlet);
        if (done.media.starts_with(picture_reader_media)) report_.verdict.coverage.picture_reader = done.media.substr(picture_reader_media.size());
        return done.read;
    }
    Extractor const* const extractor = extractor_here(type.extractor);
    Result<Done> const done = extractor ? extractor->extract(node.evidence, outlet) : fail(Fault::unsupported, "no reader for it in this build");
    if (done) return done->read;
    add_node_gap(node, extractor ? Cause::malformed : Cause::unsupported, Stage::extract, node.evidence.size(), type.media, done.error().what);
    return 0;
}

// Reading pictures takes a second each, so a file with thousands of them is not read to the end.
bool Inspection::may_read_picture(Node& node) {
    using Picture = Node::Picture;
    if (node.picture == Picture::unasked) {
        node.picture = pictures_left_ > 0 ? Picture::granted : Picture::refused;
        if (node.picture == Picture::granted) --pictures_left_;
        else add_node_gap(node, Cause::too_big, Stage::decode, node.evidence.size(), "image/*", "writing in it was not looked for: more pictures than the limit allows");
    }
    return node.picture == Picture::granted;
}

// Their order in the report is that of `types` all the same.
void Inspection::begin_reading_picture(Node& node, std::vector<FileType const*> const& types) {
    std::vector<FileType const*> readers;
    for (FileType const* type : types) {
        bool const looks = type->worker == objects_worker && bench_.setup.objects == Setup::Objects::looked_for;
        if (type->worker == "ocr" || looks) readers.push_back(type);
    }
    if (!readers.empty() && may_read_picture(node)) node.ahead->begin(readers, bench_.spare, budget_.bytes, bench_.interrupted);
}

// It only adds: what cannot be looked at, others have said, and reports say where nothing was looked for.
void Inspection::look_for_objects(Node& node, FileType const& type) {
    if (node.picture != Node::Picture::granted) return;
    ObjectsLooked& looked = report_.verdict.objects;
    if (looked == ObjectsLooked::unasked) looked = ObjectsLooked::no_network;
    if (bench_.setup.objects == Setup::Objects::looked_for) extract(node, type, Gaps::dropped);
}

// What cannot be read is at least searched for plain text; the gap stays.
void Inspection::read_strings(Node& node) {
    Extractor const* const strings = extractor_here("text.strings");
    if (!strings) return;
    EngineOutlet outlet(*this, node);
    Result<Done> const done = strings->extract(node.evidence, outlet);
    (void)done;  // its reading never counts as having understood the file
}

void Inspection::take_child(Node& parent, Evidence child) {
    std::uint64_t const size = child.size();
    std::uint64_t const room = std::min(child.stored ? child.stored : size, parent.evidence.size());
    std::uint64_t unseen = 0;
    if (size > largest_member && !child.large) {
        Node node{child, &parent, parent.depth + 1, parent.file, 0, 0};
        add_node_gap(node, Cause::too_big, Stage::extract, size, child.media, "too large to be unpacked in memory");
        unseen = size;
    } else {
        unseen = inspect_bytes(child, &parent);
    }
    if (unseen == 0 || size == 0) return;
    // Rounded up: a gap never vanishes on the way up.
    auto const scaled = static_cast<std::uint64_t>(static_cast<double>(room) * static_cast<double>(unseen) / static_cast<double>(size));
    parent.unseen += std::clamp<std::uint64_t>(scaled, 1, std::max<std::uint64_t>(room, 1));
}

void Inspection::examine_text(Evidence const& text, std::uint32_t file) {
    bool const recognised = recognising_.wants(text.kind);
    std::uint32_t const kept = recognised ? recognising_.look(text, file) : Recognising::not_kept;
    Examined examined = examine(bench_.setup, bench_.scratch, text, recognised ? Unfolded::wanted : Unfolded::dropped);
    for (Evidence const& unfolded : examined.unfolded) recognising_.look(unfolded, file);
    auto& findings = report_.verdict.findings;
    auto const offset = static_cast<std::uint32_t>(findings.size());
    if (kept != Recognising::not_kept) {
        recognising_.mark(kept, std::move(examined.highlights), offset);  // shown once all that must be masked is known
    } else if (bench_.exhibits == Exhibits::wanted && !examined.findings.empty()) {
        for (Highlight& highlight : examined.highlights) highlight.finding += offset;
        for (Exhibit& exhibit : make_exhibits(text, examined.highlights)) report_.exhibits.push_back(std::move(exhibit));
    }
    std::move(examined.findings.begin(), examined.findings.end(), std::back_inserter(findings));
    std::move(examined.secrets.begin(), examined.secrets.end(), std::back_inserter(report_.secrets));
    for (Gap& gap : examined.gaps) add_gap(std::move(gap));
    if (!examined.unjudged.empty()) report_.surroundings = Surroundings::concealed;
    for (Evidence& embedded : examined.embedded) {
        if (!budget_.spend_member() || !budget_.spend_bytes(embedded.size())) {
            add_gap(Cause::too_big, Stage::extract, embedded.size(), passed_limit(), embedded.place);
            break;
        }
        std::uint64_t const unseen = inspect_bytes(embedded, nullptr);
        (void)unseen;  // its bytes were read as text; that its meaning was not seen is in the gap
    }
}

void Inspection::show(Node const& node, FileType const& type) {
    if (bench_.exhibits != Exhibits::wanted || pictures_ >= most_pictures) return;
    for (Exhibit& picture : show_picture(bench_.broker, type, node.evidence, most_pictures - pictures_)) {
        ++pictures_;
        report_.exhibits.push_back(std::move(picture));
    }
}

void Inspection::say_again(Known const& known, Place const& place) {
    auto& findings = report_.verdict.findings;
    std::size_t const shift = findings.size() - known.findings_begin;
    recognising_.again({known.place, place, known.findings_begin, known.findings_end, shift});
    for (std::size_t i = known.findings_begin; i < known.findings_end; ++i) {
        Finding again = findings[i];
        again.place = moved(std::move(again.place), known.place, place);
        findings.push_back(std::move(again));
    }
    for (std::size_t i = known.gaps_begin; i < known.gaps_end; ++i) {
        Gap again = report_.verdict.gaps[i];
        again.place = moved(std::move(again.place), known.place, place);
        report_.verdict.gaps.push_back(std::move(again));
    }
    for (std::size_t i = known.exhibits_begin; i < known.exhibits_end; ++i) {
        Exhibit again = report_.exhibits[i];
        again.place = moved(std::move(again.place), known.place, place);
        renumber(again, [&](std::int32_t finding) { return finding + static_cast<std::int32_t>(shift); });
        report_.exhibits.push_back(std::move(again));
    }
}

void Inspection::finish() {
    Verdict& verdict = report_.verdict;
    recognising_.finish(report_, bench_.exhibits == Exhibits::wanted);
    put_in_order(report_);
    std::sort(report_.secrets.begin(), report_.secrets.end());
    report_.secrets.erase(std::unique(report_.secrets.begin(), report_.secrets.end()), report_.secrets.end());
    verdict.partial = bench_.interrupted.load(std::memory_order_relaxed);
    Setup const& setup = bench_.setup;
    judge(setup.directive, verdict);
    apply_permits(setup.permits, report_.binding, setup.today, setup.directive, verdict);
}

}  // namespace

SourceReport inspect(Workbench const& bench, Item const& item) { return Inspection(bench, item).run(); }

}  // namespace keepmum
