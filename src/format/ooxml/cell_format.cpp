// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/ooxml/cell_format.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "base/utf8.h"
#include "format/xml/stream.h"

namespace keepmum {

namespace {

constexpr std::int32_t last_row = 1'048'576;
constexpr std::int32_t last_column = 16'384;

template <class... Values>
std::string print_as(char const* format, Values... values) {
    char buffer[400];  // the longest is a double below 1e21 or a code of 40 digits
    int const size = std::snprintf(buffer, sizeof buffer, format, values...);
    return std::string(buffer, static_cast<std::size_t>(std::clamp(size, 0, static_cast<int>(sizeof buffer) - 1)));
}

int to_int(std::string_view text) { return std::atoi(std::string(text).c_str()); }

CellStyle built_in(int id) {
    using Shape = CellStyle::Shape;
    CellStyle style;
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58)
        style.shape = Shape::date;
    else if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56)
        style.shape = Shape::time;
    else if (id == 22)
        style.shape = Shape::moment;
    return style;
}

class StylesReader final : public XmlHandler {
  public:
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin) override {
        if (name == "x:numFmt") formats_[to_int(attributes["numFmtId"])] = shape_of_format(attributes["formatCode"]);
        else if (name == "x:fonts" || name == "x:fills" || name == "x:cellXfs") within_ = name.substr(2);
        else if (name == "x:font" && within_ == "fonts") white_.push_back(false);
        else if (name == "x:color" && within_ == "fonts" && !white_.empty())
            white_.back() = attributes["rgb"] == "FFFFFFFF" || (attributes["theme"] == "0" && !attributes.has("tint"));
        else if (name == "x:fill" && within_ == "fills") grounded_.push_back(false);
        else if (name == "x:patternFill" && within_ == "fills" && !grounded_.empty())
            grounded_.back() = attributes.has("patternType") && attributes["patternType"] != "none";
        else if (name == "x:gradientFill" && within_ == "fills" && !grounded_.empty()) grounded_.back() = true;
        else if (name == "x:xf" && within_ == "cellXfs") add_style(attributes);
    }
    void end(std::string_view name) override {
        if (name == "x:fonts" || name == "x:fills" || name == "x:cellXfs") within_.clear();
    }
    void text(std::string_view, XmlOrigin) override {}
    void aside(std::string_view, XmlOrigin) override {}

    CellStyles styles;

  private:
    void add_style(XmlAttributes const& attributes) {
        int const id = to_int(attributes["numFmtId"]);
        auto const custom = formats_.find(id);
        CellStyle style = custom != formats_.end() ? custom->second : built_in(id);
        std::size_t const font = static_cast<std::size_t>(to_int(attributes["fontId"]));
        std::size_t const fill = static_cast<std::size_t>(to_int(attributes["fillId"]));
        style.white = font < white_.size() && white_[font] && !(fill < grounded_.size() && grounded_[fill]);
        styles.styles.push_back(style);
    }
    std::map<int, CellStyle> formats_;
    std::vector<bool> white_, grounded_;
    std::string within_;
};

// Civil date of a day count from 1970-01-01 (proleptic Gregorian calendar).
std::string date_of(std::int64_t days) {
    std::int64_t const shifted = days + 719'468;
    std::int64_t const era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    std::int64_t const of_era = shifted - era * 146'097;
    std::int64_t const year_of_era = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
    std::int64_t const of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    std::int64_t const fifth = (5 * of_year + 2) / 153;
    std::int64_t const month = fifth < 10 ? fifth + 3 : fifth - 9;
    return print_as("%04d-%02d-%02d", static_cast<int>(year_of_era + era * 400 + (month <= 2)), static_cast<int>(month),
                    static_cast<int>(of_year - (153 * fifth + 2) / 5 + 1));
}

std::string moment_of(double serial, CellStyle::Shape shape, Epoch epoch) {
    std::int64_t day = static_cast<std::int64_t>(std::floor(serial));
    std::int64_t seconds = std::llround((serial - static_cast<double>(day)) * 86'400);
    if (seconds >= 86'400) ++day, seconds -= 86'400;
    // The 1900 system believes in a 29 February 1900, so its days before that are one off.
    std::int64_t const since_1970 = epoch == Epoch::y1904 ? day - 24'107 : day < 60 ? day - 25'568 : day - 25'569;
    std::string const clock = print_as("%02d:%02d:%02d", static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60),
                                       static_cast<int>(seconds % 60));
    if (shape == CellStyle::Shape::time && day == 0) return clock;
    return seconds == 0 ? date_of(since_1970) : date_of(since_1970) + " " + clock;
}

}  // namespace

CellStyles read_cell_styles(std::string_view styles_xml) {
    StylesReader reader;
    (void)read_xml(styles_xml, reader);
    return std::move(reader.styles);
}

CellStyle shape_of_format(std::string_view code) {
    CellStyle style;
    if (code == ";;;" || code == "\"\";\"\";\"\";\"\"" || code == ";;;;") {
        style.shape = CellStyle::Shape::nothing;
        return style;
    }
    bool date = false, clock = false, quoted = false, bracket = false;
    std::size_t zeros = 0, others = 0;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        char const c = to_lower(code[i]);
        if (c == '"') quoted = !quoted;
        else if (c == '[') bracket = true;
        else if (c == ']') bracket = false;
        else if (c == '\\' || c == '_' || c == '*') ++i;
        else if (quoted || bracket) continue;
        else if (c == 'y' || c == 'd' || c == 'e') date = date || c != 'e' || i == 0;
        else if (c == 'h' || c == 's') clock = true;
        else if (c == '0') ++zeros;
        else if (c != 'm' && c != '@') ++others;
    }
    if (date) style.shape = clock ? CellStyle::Shape::moment : CellStyle::Shape::date;
    else if (clock) style.shape = CellStyle::Shape::time;
    else if (zeros > 1 && zeros <= 40 && others == 0) {
        style.shape = CellStyle::Shape::padded;
        style.digits = static_cast<std::uint8_t>(zeros);
    }
    return style;
}

std::string shown_number(std::string_view value, CellStyle style, Epoch epoch) {
    std::string const text(value);
    char* end = nullptr;
    double const number = std::strtod(text.c_str(), &end);
    if (text.empty() || end != text.c_str() + text.size() || !std::isfinite(number)) return text;
    using Shape = CellStyle::Shape;
    bool const calendar = style.shape == Shape::date || style.shape == Shape::time || style.shape == Shape::moment;
    // 2958465 is 9999-12-31, the last day there is.
    if (calendar && number >= 0 && number < 2'958'466) return moment_of(number, style.shape, epoch);
    bool const whole = number == std::floor(number) && std::fabs(number) < 1e21;
    if (style.shape == Shape::padded && whole && number >= 0) return print_as("%0*.0f", static_cast<int>(style.digits), number);
    bool const exponent = text.find_first_of("eE") != std::string::npos;
    if (!exponent) return text;
    return whole ? print_as("%.0f", number) : print_as("%.15g", number);
}

CellAddress parse_cell(std::string_view reference) {
    CellAddress address;
    std::size_t i = 0;
    for (; i < reference.size() && is_alpha(reference[i]); ++i) {
        address.column = address.column * 26 + (to_upper(reference[i]) - 'A' + 1);
        if (address.column > last_column) return {};
    }
    for (; i < reference.size() && is_digit(reference[i]); ++i) {
        address.row = address.row * 10 + (reference[i] - '0');
        if (address.row > last_row) return {};
    }
    return i == reference.size() ? address : CellAddress{};
}

std::string margin_words(std::string_view codes) {
    std::string words;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (codes[i] != '&' || i + 1 == codes.size()) {
            words.push_back(codes[i]);
            continue;
        }
        char const code = codes[++i];
        if (code == '&') words.push_back('&');
        else if (code == 'L' || code == 'C' || code == 'R') words.push_back('\n');
        else if (code == '"') i = std::min(codes.find('"', i + 1), codes.size());
        else if (code == 'K') i += std::min<std::size_t>(6, codes.size() - 1 - i);
        else if (is_digit(code))
            while (i + 1 < codes.size() && is_digit(codes[i + 1])) ++i;
    }
    return words;
}

}  // namespace keepmum
