// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/gather.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "index/normal.h"

namespace keepmum {

namespace {

// Which texts of a document are its own.
bool counts(Role role) {
    switch (role) {
        case Role::shown:
        case Role::margin:
        case Role::note:
        case Role::comment:
        case Role::inserted:
        case Role::deleted:
        case Role::hidden:
        case Role::covered:
        case Role::earlier: return true;
        case Role::metadata:
        case Role::name:
        case Role::link:
        case Role::markup:
        case Role::residue: return false;
    }
    return false;
}

// What people call such text beside the body.
std::string_view kind_of(Role role) {
    switch (role) {
        case Role::comment: return "comments";
        case Role::note: return "notes";
        case Role::margin: return "header and footer";
        case Role::hidden: return "hidden text";
        case Role::covered: return "covered text";
        case Role::deleted: return "deleted text";
        default: return "";
    }
}

// The parts of a package that hold its body; their names say nothing to people.
bool is_body_part(std::string_view name) {
    return name.starts_with("word/") || name.starts_with("xl/") || name.starts_with("ppt/") || name == "content.xml";
}

// "page 3", "annex.docx, comments", "" for the body.
std::string name_part(Evidence const& evidence) {
    std::string name;
    auto const add = [&](std::string_view what) {
        if (!what.empty()) name += (name.empty() ? "" : ", ") + std::string(what);
    };
    for (Step const& step : evidence.place.steps) {
        if (step.how != How::member) add(std::string(word(step.how)) + " " + step.name);
        else if (!is_body_part(step.name)) add(step.name);
    }
    add(kind_of(evidence.role));
    return name;
}

// Takes in what is shown of one file; done() brings it together.
class Collection final : public Onlooker {
  public:
    explicit Collection(GatheredText& gathered) : gathered_(gathered) {}

    void look(Evidence const& evidence) override {
        if (evidence.kind == Kind::bytes || evidence.kind == Kind::image) gathered_.files.push_back(evidence);
        else if (counts(evidence.role)) keep(evidence);
        else if (evidence.role == Role::markup) markup_.push_back(evidence);
    }

    void done() {
        // A file that is nothing but mark-up (a bare XML file) has its text there.
        if (texts_.empty()) texts_ = std::move(markup_);
        for (std::size_t i = 0; i < texts_.size(); ++i) {
            if (texts_[i].role == Role::deleted) take_rejected(texts_[i]);
            else if (texts_[i].role != Role::inserted) take(texts_[i]);  // insertions stand in the body too
        }
    }

  private:
    void keep(Evidence const& evidence) {
        gathered_.bytes += evidence.content.size();
        if (gathered_.bytes > most_text) gathered_.too_large = true;
        else texts_.push_back(evidence);
    }

    Evidence const* sibling(Evidence const& of, Role role) const {
        for (Evidence const& other : texts_) {
            if (other.role == role && other.place == of.place) return &other;
        }
        return nullptr;
    }

    void take(Evidence const& evidence) {
        std::string state = evidence.role == Role::earlier && !evidence.place.steps.empty()
                                ? std::string(word(evidence.place.steps[0].how)) + " " + evidence.place.steps[0].name
                                : std::string(kind_of(evidence.role));
        add({name_part(evidence), evidence.content, evidence.marks}, state.empty() ? "body" : std::move(state));
    }

    // The body as it was before the changes; where it has no such counterpart, what was deleted by itself.
    void take_rejected(Evidence const& deleted) {
        Evidence const* const shown = sibling(deleted, Role::shown);
        if (!shown) return take(deleted);
        DocumentText::Part part = reject_changes(*shown, sibling(deleted, Role::inserted), deleted);
        part.name = name_part(*shown) + (name_part(*shown).empty() ? "" : ", ") + "changes rejected";
        add(std::move(part), "changes rejected");
    }

    void add(DocumentText::Part part, std::string state) {
        part = keep_new_lines(std::move(part), seen_);
        if (part.text.empty()) return;
        if (std::find(gathered_.states.begin(), gathered_.states.end(), state) == gathered_.states.end()) {
            gathered_.states.push_back(std::move(state));
        }
        count_letters(part.text.view());
        gathered_.text.parts.push_back(std::move(part));
    }

    void count_letters(std::string_view text) {
        constexpr std::size_t piece = 1u << 20;
        for (std::size_t at = 0; at < text.size();) {
            std::size_t const end = piece_end(text, at, piece);
            Letters const letters = normalise(text.substr(at, end - at));
            gathered_.latin += letters.latin.letters.size();
            gathered_.cjk += letters.cjk.letters.size();
            at = end;
        }
    }

    GatheredText& gathered_;
    std::vector<Evidence> texts_, markup_;
    std::set<Hash128> seen_;  // lines
};

}  // namespace

Gatherer::Gatherer(Showing showing) : showing_(std::move(showing)) {}

Result<Gatherer> Gatherer::make(WorkerFolders const& workers, Limits const& limits) {
    return Gatherer(TRY(Showing::make(workers, limits, {Kind::bytes, Kind::text, Kind::image, Kind::fields, Kind::records},
                                      Recogniser::Likenesses::kept)));
}

GatheredText Gatherer::gather(Item const& item) {
    GatheredText gathered;
    Collection collection(gathered);
    gathered.gaps = showing_.show(item, collection).gaps;
    collection.done();
    return gathered;
}

}  // namespace keepmum
