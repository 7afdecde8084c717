// The order of a reading: pages first, since they are what most depends on; then what hangs on the
// document; then what it no longer shows: dropped objects, earlier revisions, loose bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/document.h"

#include <algorithm>
#include <set>

#include "extract/pdf/object_file.h"
#include "extract/pdf/page_reader.h"
#include "extract/pdf/pages.h"
#include "extract/pdf/residue.h"
#include "extract/pdf/scribe.h"
#include "extract/pdf/structure.h"
#include "format/pdf/byte_map.h"

namespace keepmum::pdf {

namespace {

constexpr std::string_view media = "application/pdf";
constexpr std::size_t most_revisions = 64;  // the newest; older ones are a gap

class Reading {
  public:
    Reading(std::string_view bytes, Outlet& outlet)
        : bytes_(bytes), map_(map_pdf_bytes(bytes)),
          scribe_(outlet, map_.cuts.size() > 1 ? Scribe::Memory::lines : Scribe::Memory::none) {}

    Done run() {
        Done done{0, std::string(media)};
        if (!put_whole()) return done;
        put_earlier();
        done.read = bytes_.size() - std::min<std::uint64_t>(lost_, bytes_.size());
        return done;
    }

  private:
    // The document as it is now. False where nothing of it can be read.
    bool put_whole() {
        {
            PageReader pages(bytes_);
            if (pages.state() == PageReader::State::encrypted) {
                scribe_.gap({}, Cause::encrypted, bytes_.size(), std::string(media), "a password is needed");
                return false;
            }
            if (pages.state() == PageReader::State::broken) {
                scribe_.gap({}, Cause::malformed, bytes_.size(), std::string(media), "no pages can be found");
                pages_broken_ = true;
            }
            put_pages(pages, PageReader::Look::pictures, scribe_);
            pages_read_ = static_cast<std::size_t>(pages.pages());
        }
        ObjectFile const file(bytes_);
        bool const damaged = !map_.closed || (file.state() == ObjectFile::State::ready && file.is_rebuilt());
        if (damaged && !pages_broken_) {
            scribe_.gap({}, Cause::malformed, 1, std::string(media), "cut short or damaged: there may be more");
        }
        if (file.state() == ObjectFile::State::ready) {
            Survey const survey = file.survey();
            live_.insert(survey.offsets.begin(), survey.offsets.end());
            scribe_.put_fields(Place{}.with(How::part, "properties"), Role::metadata, "", facts(file));
            lost_ += put_structure(file, survey, scribe_);
            lost_ += put_unreferenced(file, survey, scribe_);
            put_missed_pages(file, survey);
            if (survey.cut_short) {
                scribe_.gap({}, Cause::too_big, 1, std::string(media), "more objects, or deeper ones, than are read");
            }
        }
        if (file.state() == ObjectFile::State::encrypted) {
            scribe_.gap({}, Cause::encrypted, bytes_.size(), std::string(media), "a password is needed for a part");
            lost_ = bytes_.size();
            return true;
        }
        if (file.state() == ObjectFile::State::broken && !pages_broken_) {
            scribe_.gap({}, Cause::malformed, 1, std::string(media), "the object tables cannot be read");
        }
        note_earlier();
        lost_ += put_leftovers(bytes_, map_, file, live_, scribe_);
        if (pages_broken_) lost_ = bytes_.size();
        return true;
    }

    // A page tree that lies about its size makes viewers, and poppler, leave pages out.
    void put_missed_pages(ObjectFile const& file, Survey const& survey) {
        if (survey.pages <= pages_read_ || scribe_.enough()) return;
        scribe_.gap({}, Cause::malformed, 1, std::string(media), "the page tree holds more pages than it says");
        for (std::size_t page = pages_read_; page < survey.contents.size(); ++page) {
            Place const place = Place{}.with(How::page, std::to_string(page + 1));
            for (auto const& [number, generation] : survey.contents[page]) {
                lost_ += put_residue(file.read_object(number, generation, scribe_.outlet().allowance()), place,
                                     scribe_);
            }
        }
    }

    std::vector<Line> facts(ObjectFile const& file) const {
        std::vector<Line> lines;
        if (map_.cuts.size() > 1) {
            lines.push_back({"Revisions", std::to_string(map_.cuts.size())});
            lines.push_back({"End-of-file marks", std::to_string(map_.end_marks)});
        }
        if (file.is_encrypted()) lines.push_back({"Encryption", "opens without a password"});
        return lines;
    }

    // Ends of the earlier revisions, newest first: without the last one, which is the document itself.
    std::vector<std::size_t> earlier() const {
        std::vector<std::size_t> numbers;
        std::size_t const last = map_.cuts.size();
        for (std::size_t number = last; number > 1; --number) numbers.push_back(number - 1);
        return numbers;
    }

    // Objects of earlier revisions are read with them, not as loose ones.
    void note_earlier() {
        std::size_t count = 0;
        for (std::size_t number : earlier()) {
            if (++count > most_revisions || scribe_.enough()) break;
            ObjectFile const file(bytes_.substr(0, map_.cuts[number - 1]));
            if (file.state() != ObjectFile::State::ready) continue;
            Survey const survey = file.survey();
            live_.insert(survey.offsets.begin(), survey.offsets.end());
        }
    }

    void put_earlier() {
        std::size_t count = 0;
        for (std::size_t number : earlier()) {
            if (scribe_.enough()) return;
            scribe_.enter_revision(static_cast<int>(number));
            std::string_view const bytes = bytes_.substr(0, map_.cuts[number - 1]);
            if (++count > most_revisions) {
                scribe_.gap({}, Cause::too_big, bytes.size(), std::string(media), "more revisions than are read");
                return;
            }
            PageReader pages(bytes);
            put_pages(pages, PageReader::Look::geometry, scribe_);
            ObjectFile const file(bytes);
            if (file.state() != ObjectFile::State::ready) continue;
            put_structure(file, file.survey(), scribe_);
        }
    }

    std::string_view bytes_;
    PdfByteMap map_;
    Scribe scribe_;
    std::set<std::uint64_t> live_;
    std::uint64_t lost_ = 0;
    bool pages_broken_ = false;
    std::size_t pages_read_ = 0;
};

}  // namespace

DocumentExtractor::DocumentExtractor() { prepare_pages(); }

Result<Done> DocumentExtractor::extract(Evidence const& evidence, Outlet& outlet) const {
    return Reading(evidence.content.view(), outlet).run();
}

}  // namespace keepmum::pdf
