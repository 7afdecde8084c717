// Reads the writing in pictures and says what, where, by what and how fast, for bench/ocr.py: bench_ocr FILE…
// Networks are looked for in the folders that KEEPMUM_MODELS names; without it tesseract reads. One JSON object a
// picture; its decode_ms is the time of the decoder alone, at full size. SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/resource.h>

#include <chrono>
#include <cstdio>

#include "base/json_writer.h"
#include "core/picture_text.h"
#include "extract/collect.h"
#include "extract/ocr/text.h"
#include "io/file.h"
#include "photos.h"

namespace keepmum {
namespace {

double decode(std::string_view bytes) {
    PictureFormat const format = picture_format(bytes);
    Nowhere canvas;
    return milliseconds([&] {
        if (format.decode) (void)format.decode(bytes, canvas);
    });
}

void read(std::string const& path) {
    Result<std::string> const bytes = read_file(path);
    if (!bytes) return;
    Evidence input;
    input.content = Blob::adopt(nullptr, *bytes);
    Collect found;
    auto const clock = std::chrono::steady_clock::now();
    double const used = milliseconds([&] { (void)!picture_text_extractor()->extract(input, found); });
    double const wall = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - clock).count();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::string words;
    std::string_view reader = "";
    for (Evidence const& evidence : found.all) {
        std::string_view const text = evidence.content.view();
        reader = evidence.reason;
        std::vector<Mark> boxes;
        std::vector<int> lines;
        int line = 0;
        for (Mark const& mark : evidence.marks) {
            if (mark.what == Mark::What::line) line = mark.a;
            if (mark.what != Mark::What::box) continue;
            boxes.push_back(mark);
            lines.push_back(line);
        }
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            std::size_t const end = i + 1 < boxes.size() ? boxes[i + 1].at : text.size();
            std::string quoted;
            append_json_string(quoted, text.substr(boxes[i].at, end - boxes[i].at));
            char place[120];
            std::snprintf(place, sizeof place, ",%.1f,%.1f,%.1f,%.1f,%d]", boxes[i].a / 100.0, boxes[i].b / 100.0,
                          boxes[i].c / 100.0, boxes[i].d / 100.0, lines[i]);
            words += (words.empty() ? "[" : ",[") + quoted + place;
        }
    }
    std::string name;
    append_json_string(name, path);
    std::printf(
        "{\"file\":%s,\"reader\":\"%.*s\",\"ms\":%.1f,\"processor_ms\":%.1f,\"decode_ms\":%.1f,\"peak_mb\":%ld,\"gaps\":%zu,\"words\":[%s]"
        "}\n",
        name.c_str(), static_cast<int>(reader.size()), reader.data(), wall, used, decode(*bytes), usage.ru_maxrss >> 10,
        found.gaps.size(), words.c_str());
    std::fflush(stdout);
}

}  // namespace
}  // namespace keepmum

int main(int count, char** words) {
    keepmum::picture_text_extractor();  // its data is read before anything is timed
    for (int i = 1; i < count; ++i) keepmum::read(words[i]);
    return 0;
}
