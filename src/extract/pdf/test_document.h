// For tests only: writes small PDF files, and collects what the extractor puts out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/extractor.h"
#include "extract/registry.h"

namespace keepmum::pdf::test {

// Objects are numbered in the order in which they are added, from 1.
class FileWriter final {
  public:
    FileWriter() : bytes_("%PDF-1.7\n") {}

    int add(std::string const& body) {
        int const number = reserve();
        set(number, body);
        return number;
    }
    int add_stream(std::string const& dictionary, std::string const& data) {
        return add(stream(dictionary, data));
    }
    static std::string stream(std::string const& dictionary, std::string const& data) {
        return "<< " + dictionary + " /Length " + std::to_string(data.size()) + " >>\nstream\n" + data +
               "\nendstream";
    }
    int reserve() { return ++last_; }
    void set(int number, std::string const& body) {
        offsets_[number] = bytes_.size();
        bytes_ += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
    }
    void raw(std::string_view bytes) { bytes_ += bytes; }

    // Writes the table of what changed since the last call, the trailer and the end mark.
    FileWriter& finish(std::string const& trailer) {
        std::size_t const table = bytes_.size();
        bytes_ += "xref\n";
        if (previous_ == 0) bytes_ += "0 1\n0000000000 65535 f \n";
        for (auto const& [number, offset] : offsets_) {
            std::string digits = std::to_string(offset);
            bytes_ += std::to_string(number) + " 1\n" + std::string(10 - digits.size(), '0') + digits +
                      " 00000 n \n";
        }
        bytes_ += "trailer\n<< /Size " + std::to_string(last_ + 1) + " " + trailer;
        if (previous_ != 0) bytes_ += " /Prev " + std::to_string(previous_);
        bytes_ += " >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
        previous_ = table;
        offsets_.clear();
        return *this;
    }
    std::string const& bytes() const { return bytes_; }

  private:
    std::string bytes_;
    std::map<int, std::size_t> offsets_;
    std::size_t previous_ = 0;
    int last_ = 0;
};

// A page of 300 by 200 points. The numbers of its objects stand first, so that updates can name them.
struct OnePage {
    FileWriter file;
    int catalog, pages, page, content, font;
    std::string page_extra, catalog_extra, resources_extra;

    OnePage() {
        catalog = file.reserve();
        pages = file.reserve();
        page = file.reserve();
        content = file.reserve();
        font = file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                        "/Encoding /WinAnsiEncoding >>");
    }
    std::string reference(int number) const { return std::to_string(number) + " 0 R"; }
    std::string page_body() const {
        return "<< /Type /Page /Parent " + reference(pages) + " /MediaBox [0 0 300 200] /Contents " +
               reference(content) + " /Resources << /Font << /F1 " + reference(font) + " >> " +
               resources_extra + " >> " + page_extra + " >>";
    }
    void write(std::string const& drawing) {
        file.set(catalog, "<< /Type /Catalog /Pages " + reference(pages) + " " + catalog_extra + " >>");
        file.set(pages, "<< /Type /Pages /Kids [" + reference(page) + "] /Count 1 >>");
        file.set(page, page_body());
        file.set(content, FileWriter::stream("", drawing));
    }
    std::string finish(std::string const& trailer = "") {
        return file.finish("/Root " + reference(catalog) + " " + trailer).bytes();
    }
};

// The drawing may use the shading S1 and the graphics states Clear, Half and Multiply.
inline std::string page_with(std::string const& drawing) {
    OnePage page;
    page.resources_extra =
        "/ExtGState << /Clear << /ca 0 >> /Half << /ca 0.4 >> /Multiply << /BM /Multiply >> >> "
        "/Shading << /S1 << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 300 0] "
        "/Function << /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [0.3] /N 1 >> >> >>";
    page.write(drawing);
    return page.finish();
}

struct Collector final : Outlet {
    std::vector<Evidence> evidence;
    std::vector<Gap> gaps;
    std::uint64_t left = 64 << 20;
    bool finished = false;

    void put(Evidence item) override {
        left -= std::min<std::uint64_t>(left, item.content.size());
        evidence.push_back(std::move(item));
    }
    void gap(Gap gap) override { gaps.push_back(std::move(gap)); }
    void progress() override {}
    bool enough() const override { return finished || left == 0; }
    std::uint64_t allowance() const override { return left; }

    // All text of the role, spaces and line feeds out, in the order it came.
    std::string text(Role role, std::string_view reason = "") const {
        std::string out;
        for (Evidence const& item : evidence) {
            if (item.role != role || item.kind == Kind::bytes) continue;
            if (!reason.empty() && item.reason != reason) continue;
            for (char c : item.content.view()) {
                if (c != ' ' && c != '\n') out.push_back(c);
            }
        }
        return out;
    }
    bool has(Cause cause) const {
        for (Gap const& item : gaps) {
            if (item.cause == cause) return true;
        }
        return false;
    }
};

struct Extracted {
    Collector out;
    Done done;
};

inline Extracted extract(std::string bytes) {
    Extracted result;
    Evidence evidence;
    evidence.content = Blob::take(std::move(bytes));
    auto done = extractors_pdf()[0].instance()->extract(evidence, result.out);
    if (done) result.done = *done;
    return result;
}

}  // namespace keepmum::pdf::test
