// SPDX-License-Identifier: GPL-3.0-or-later
#include "excerpt/documents.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "excerpt/alike.h"

using namespace keepmum;

std::vector<Document> read_documents(std::string const& folder) {
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(folder)) {
        for (auto const& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<Document> documents;
    for (auto const& file : files) {
        std::ifstream in(file, std::ios::binary);
        std::ostringstream all;
        all << in.rdbuf();
        std::istringstream parts(std::move(all).str());
        std::string const name = file.stem().string();
        std::size_t index = 0;
        for (std::string text; std::getline(parts, text, '\f');) {
            documents.push_back(
                {name, std::move(text), name.starts_with("chinese-") ? Stream::cjk : Stream::latin, 0, index++});
        }
    }
    return documents;
}

char const* name_of(Stream stream) { return stream == Stream::latin ? "Latin" : "Chinese"; }

Share share_of(std::size_t count, std::size_t all) {
    double const n = static_cast<double>(std::max<std::size_t>(all, 1)), p = static_cast<double>(count) / n, z = 1.96;
    double const middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    double const half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    return {100 * p, 100 * std::max(0.0, middle - half), 100 * std::min(1.0, middle + half)};
}

bool share_quote(std::string const& a, std::string const& b) { return share_of_a_quote(normalise(a), normalise(b)) >= 1; }
