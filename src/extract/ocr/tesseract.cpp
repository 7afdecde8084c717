// SPDX-License-Identifier: GPL-3.0-or-later
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "base/utf8.h"
#include "extract/ocr/reader.h"

namespace keepmum::ocr {

namespace {

constexpr std::uint32_t height = 48;  // pixels; its networks make 36 of any
constexpr char const* folders[] = {"/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata",
                                   "/usr/local/share/tessdata"};

bool has(std::string const& folder, char const* language) {
    return access((folder + "/" + language + ".traineddata").c_str(), R_OK) == 0;
}

// "chi_sim+eng". Chinese comes first: that order keeps Chinese words together, and what Chinese reads well is not read again.
std::string languages_in(std::string const& folder) {
    std::string all;
    // Simplified Chinese reads traditional characters badly but often; a third network costs half as much time again.
    char const* const chinese = has(folder, "chi_sim") ? "chi_sim" : "chi_tra";
    for (char const* language : {chinese, "eng"}) {
        if (has(folder, language)) all += (all.empty() ? "" : "+") + std::string(language);
    }
    return all;
}

bool start(tesseract::TessBaseAPI& api, std::string const& folder, std::string const& languages) {
    if (api.Init(folder.c_str(), languages.c_str(), tesseract::OEM_LSTM_ONLY) != 0) return false;
    api.SetVariable("tessedit_do_invert", "0");  // what it is given is dark on white already
    return true;
}

// `dots` an inch.
void show(tesseract::TessBaseAPI& api, Grey const& picture, tesseract::PageSegMode mode, std::uint32_t dots) {
    api.SetPageSegMode(mode);
    api.SetImage(picture.values.data(), static_cast<int>(picture.width), static_cast<int>(picture.height), 1,
                 static_cast<int>(picture.width));
    api.SetSourceResolution(static_cast<int>(dots));
}

std::vector<Word> read_with(tesseract::TessBaseAPI& api, Grey const& strip) {
    std::vector<Word> words;
    show(api, strip, tesseract::PSM_SINGLE_LINE, 300);
    if (api.Recognize(nullptr) != 0) return words;
    std::unique_ptr<tesseract::ResultIterator> const at(api.GetIterator());
    if (!at) return words;
    do {
        std::unique_ptr<char[]> const text(at->GetUTF8Text(tesseract::RIL_WORD));
        int left = 0, top = 0, right = 0, bottom = 0;
        if (!text || !text[0] || !at->BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom)) continue;
        words.push_back(
            {text.get(), static_cast<float>(left), static_cast<float>(right), at->Confidence(tesseract::RIL_WORD)});
    } while (at->Next(tesseract::RIL_WORD));
    return words;
}

// The line at which it stands, level or nearly so.
Line line_at(tesseract::ResultIterator const& at) {
    int left = 0, top = 0, right = 0, bottom = 0, x = 0, y = 0, end_x = 0, end_y = 0;
    Line line;
    line.height = 0;
    if (!at.BoundingBox(tesseract::RIL_TEXTLINE, &left, &top, &right, &bottom) || right <= left || bottom <= top) return line;
    float slope = 0;
    if (at.Baseline(tesseract::RIL_TEXTLINE, &x, &y, &end_x, &end_y) && end_x > x)
        slope = std::clamp(static_cast<float>(end_y - y) / static_cast<float>(end_x - x), -0.2F, 0.2F);
    auto const wide = static_cast<float>(right - left), tall = static_cast<float>(bottom - top);
    float const stretch = std::sqrt(1 + slope * slope);
    line.height = std::max(0.3F * tall, tall - std::abs(slope) * wide);
    line.along = 1 / stretch;
    line.down = slope / stretch;
    line.length = wide * stretch;
    line.x = static_cast<float>(left);
    line.y = slope >= 0 ? static_cast<float>(top) + line.height / 2 : static_cast<float>(bottom) - line.height / 2;
    line.rows = 1;
    line.aside = 0;
    return line;
}

// Tesseract asks at each word.
bool is_to_stop(void* outlet, int) {
    static_cast<Outlet*>(outlet)->progress();
    return static_cast<Outlet*>(outlet)->enough();
}

std::vector<ReadLine> read_page_with(tesseract::TessBaseAPI& api, Grey const& page, std::uint32_t dots, Outlet& outlet) {
    std::vector<ReadLine> lines;
    show(api, page, tesseract::PSM_AUTO, dots);
    tesseract::ETEXT_DESC monitor;
    monitor.cancel = is_to_stop;
    monitor.cancel_this = &outlet;
    if (api.Recognize(&monitor) != 0) return lines;
    std::unique_ptr<tesseract::ResultIterator> const at(api.GetIterator());
    if (!at) return lines;
    do {
        if (at->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) lines.push_back({line_at(*at), {}});
        std::unique_ptr<char[]> const text(at->GetUTF8Text(tesseract::RIL_WORD));
        int left = 0, top = 0, right = 0, bottom = 0;
        if (lines.empty() || !text || !text[0] || !at->BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom)) continue;
        Line const& line = lines.back().line;
        if (line.height <= 0) continue;
        float const scale = static_cast<float>(height) / line.height;  // from pixels of the page to those of a strip
        lines.back().words.push_back({text.get(), (static_cast<float>(left) - line.x) * scale, (static_cast<float>(right) - line.x) * scale,
                                      at->Confidence(tesseract::RIL_WORD)});
    } while (at->Next(tesseract::RIL_WORD));
    std::erase_if(lines, [](ReadLine const& one) { return one.words.empty(); });
    return lines;
}

class Tesseract final : public Reader {
  public:
    bool start(std::string const& folder, std::string const& languages) {
        bool const mixed = languages.find('+') != std::string::npos;
        return ocr::start(all_, folder, languages) && (!mixed || (has_latin_ = ocr::start(latin_, folder, "eng")));
    }

    std::string_view name() const override { return "tesseract"; }
    std::string full_name() const override { return std::string("tesseract ") + tesseract::TessBaseAPI::Version(); }
    std::uint32_t strip_height() const override { return height; }

    // Behind a line of English comes another, and reading it as Chinese first takes twice the time.
    std::vector<Word> read(Grey const& strip) override {
        constexpr float sure = 86;
        if (has_latin_ && last_was_latin_) {
            std::vector<Word> words = read_with(latin_, strip);
            if (confidence(words) >= sure) return words;
        }
        std::vector<Word> words = read_with(all_, strip);
        last_was_latin_ = confidence(words) >= sure && std::all_of(words.begin(), words.end(), [](Word const& word) {
                              return is_ascii(word.text);
                          });
        return words;
    }

    std::vector<ReadLine> read_page(Grey const& page, Script script, std::uint32_t dots, Outlet& outlet) override {
        return read_page_with(script == Script::latin && has_latin_ ? latin_ : all_, page, dots, outlet);
    }

  private:
    tesseract::TessBaseAPI all_, latin_;
    bool has_latin_ = false, last_was_latin_ = false;
};

}  // namespace

std::unique_ptr<Reader> make_tesseract() {
    for (char const* folder : folders) {
        std::string const languages = languages_in(folder);
        if (languages.empty()) continue;
        auto reader = std::make_unique<Tesseract>();
        if (reader->start(folder, languages)) return reader;
    }
    return nullptr;
}

}  // namespace keepmum::ocr
