// JSON (RFC 8259) by nlohmann/json's event interface, turned into a Tree. The event interface neither
// throws nor recurses, and lets us bound the depth; what it lacks, line numbers, comes from an
// iterator that remembers how far the lexer has read.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>
#include <nlohmann/json.hpp>

#include "base/tree_builder.h"

namespace keepmum {
namespace {

using Json = nlohmann::json;

class TrackedBytes {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = char const*;
    using reference = char const&;

    TrackedBytes(char const* at, char const** read) : at_(at), read_(read) {}
    char const& operator*() const { return *at_; }
    TrackedBytes& operator++() {
        ++at_;
        if (read_) *read_ = at_;
        return *this;
    }
    TrackedBytes operator++(int) {
        TrackedBytes before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(TrackedBytes const& a, TrackedBytes const& b) { return a.at_ == b.at_; }
    friend bool operator!=(TrackedBytes const& a, TrackedBytes const& b) { return a.at_ != b.at_; }

  private:
    char const* at_;
    char const** read_;
};

class JsonReader {
  public:
    JsonReader(std::string_view text, std::string_view file, std::uint32_t depth)
        : builder_(file), counted_(text.data()), read_(text.data()), depth_(depth) {}

    char const** read_position() { return &read_; }
    std::string const& problem() const { return problem_; }
    Tree take_root() { return std::move(root_); }

    // The line of what was read last. A number's lexer has read one byte too far, so the last byte
    // does not count; for everything else it is no line feed.
    std::size_t line() {
        while (counted_ + 1 < read_) line_ += *counted_++ == '\n';
        return line_;
    }

    bool null() { return put(builder_.start(Tree::Kind::null, line())); }
    bool boolean(bool value) { return put(builder_.boolean(value, line())); }
    bool number_integer(std::int64_t value) { return put(builder_.integer(value, line())); }
    bool number_unsigned(std::uint64_t value) {
        if (value > static_cast<std::uint64_t>(INT64_MAX))
            return put(builder_.floating(static_cast<double>(value), line()));
        return put(builder_.integer(static_cast<std::int64_t>(value), line()));
    }
    bool number_float(double value, std::string const&) { return put(builder_.floating(value, line())); }
    bool string(std::string& value) { return put(builder_.string(std::move(value), line())); }
    bool binary(Json::binary_t&) { return false; }
    bool start_object(std::size_t) { return open(Tree::Kind::table); }
    bool start_array(std::size_t) { return open(Tree::Kind::array); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& name) {
        Level& level = open_.back();
        if (!level.keys.insert(name).second) return refuse("the key '" + name + "' is given twice");
        level.key = std::move(name);
        level.key_line = line();
        return true;
    }
    bool parse_error(std::size_t, std::string const&, Json::exception const&) {
        return refuse("is not valid JSON");
    }

  private:
    struct Level {
        Tree tree;
        std::string key;
        std::size_t key_line = 0;
        std::set<std::string> keys;
    };

    bool refuse(std::string problem) {
        if (problem_.empty()) problem_ = std::move(problem);
        return false;
    }
    bool open(Tree::Kind kind) {
        if (open_.size() >= depth_) return refuse("is nested too deeply");
        open_.push_back({builder_.start(kind, line()), {}, 0, {}});
        return true;
    }
    bool close() {
        Tree done = std::move(open_.back().tree);
        open_.pop_back();
        return put(std::move(done));
    }
    bool put(Tree value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (Level& level = open_.back(); level.tree.is(Tree::Kind::array)) {
            TreeBuilder::append(level.tree, std::move(value));
        } else {
            TreeBuilder::place(value, level.key_line);
            TreeBuilder::append(level.tree, std::move(level.key), std::move(value));
        }
        return true;
    }

    TreeBuilder builder_;
    char const* counted_;
    char const* read_;
    std::uint32_t depth_;
    std::size_t line_ = 1;
    std::string problem_;
    Tree root_;
    std::vector<Level> open_;
};

}  // namespace

Result<Tree> parse_json(std::string_view text, std::string_view file, std::uint32_t depth) {
    JsonReader reader(text, file, depth);
    char const* const end = text.data() + text.size();
    bool const good = Json::sax_parse(TrackedBytes(text.data(), reader.read_position()),
                                      TrackedBytes(end, nullptr), &reader);
    if (!good) {
        std::string const problem = reader.problem().empty() ? "is not valid JSON" : reader.problem();
        return fail(Fault::invalid, problem, std::string(file) + ":" + std::to_string(reader.line()));
    }
    return reader.take_root();
}

}  // namespace keepmum
