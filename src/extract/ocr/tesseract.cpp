// SPDX-License-Identifier: GPL-3.0-or-later
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <unistd.h>

#include <algorithm>

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
    api.SetVariable("tessedit_do_invert", "0");  // strips are dark on white already
    api.SetPageSegMode(tesseract::PSM_SINGLE_LINE);
    return true;
}

std::vector<Word> read_with(tesseract::TessBaseAPI& api, Grey const& strip) {
    std::vector<Word> words;
    api.SetImage(strip.values.data(), static_cast<int>(strip.width), static_cast<int>(strip.height), 1,
                 static_cast<int>(strip.width));
    api.SetSourceResolution(300);
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
