// Which folder a program takes, as its own settings say. These files may be anything: what cannot be read says nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/tree.h"
#include "base/utf8.h"
#include "format/xml/stream.h"
#include "host/programs/programs.h"

namespace keepmum {
namespace {

constexpr std::size_t most_folders = 64;
constexpr std::size_t longest_path = 4096;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

void add(std::vector<FoundFolder>& folders, std::string_view path, std::string_view account, std::string_view line) {
    if (path.empty() || path.size() > longest_path || folders.size() >= most_folders) return;
    std::string const shown = made_valid(path);
    for (FoundFolder const& folder : folders) {
        if (folder.path == shown) return;
    }
    folders.push_back({shown, made_valid(account.substr(0, 200)), made_valid(line.substr(0, 196))});
}

// Steps through a tree. `stars` are the members taken for "*" so far: an account is sought along the same ones.
class JsonFolders final {
  public:
    JsonFolders(FolderTrace const& trace, std::vector<FoundFolder>& folders) : trace_(trace), folders_(folders) {}

    void walk(Tree const& root) {
        root_ = &root;
        step(root, trace_.path);
    }

  private:
    void step(Tree const& tree, std::string_view rest) {
        if (folders_.size() >= most_folders) return;
        if (rest.empty()) {
            if (!tree.is(Tree::Kind::string)) return;
            std::size_t star = 0;
            std::string const account = trace_.account.empty() ? "" : account_of(*root_, trace_.account, star);
            add(folders_, tree.string(), account, trace_.path + " = " + tree.string());
            return;
        }
        std::size_t const dot = rest.find('.');
        std::string_view const name = rest.substr(0, dot);
        std::string_view const next = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
        if (name != "*") {
            if (Tree const* const member = tree.find(name)) step(*member, next);
            return;
        }
        for (std::size_t i = 0; i < tree.members().size() + tree.items().size(); ++i) {
            stars_.push_back(i);
            step(i < tree.members().size() ? tree.members()[i].value : tree.items()[i - tree.members().size()], next);
            stars_.pop_back();
        }
    }

    std::string account_of(Tree const& tree, std::string_view rest, std::size_t& star) const {
        if (rest.empty()) return tree.string();
        std::size_t const dot = rest.find('.');
        std::string_view const name = rest.substr(0, dot);
        std::string_view const next = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
        if (name != "*") {
            Tree const* const member = tree.find(name);
            return member != nullptr ? account_of(*member, next, star) : "";
        }
        std::size_t const i = star < stars_.size() ? stars_[star++] : 0;
        if (i < tree.members().size()) return account_of(tree.members()[i].value, next, star);
        if (i - tree.members().size() < tree.items().size()) return account_of(tree.items()[i - tree.members().size()], next, star);
        return "";
    }

    FolderTrace const& trace_;
    std::vector<FoundFolder>& folders_;
    Tree const* root_ = nullptr;
    std::vector<std::size_t> stars_;
};

void read_ini(FolderTrace const& trace, std::string_view bytes, std::vector<FoundFolder>& folders) {
    struct Line {
        std::string_view value, whole;
    };
    std::vector<Line> paths;
    std::string_view account;
    while (!bytes.empty() && paths.size() < most_folders) {
        std::size_t const end = std::min(bytes.find('\n'), bytes.size());
        std::string_view const line = trimmed(bytes.substr(0, end));
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        std::size_t const equals = line.find('=');
        if (line.empty() || line.front() == '#' || line.front() == ';' || equals == std::string_view::npos) continue;
        std::string_view const key = trimmed(line.substr(0, equals));
        std::string_view value = trimmed(line.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
        if (key.size() > 256) continue;
        if (fits_glob(trace.path, key)) paths.push_back({value, line});
        if (account.empty() && !trace.account.empty() && fits_glob(trace.account, key)) account = value;
    }
    for (Line const& line : paths) add(folders, line.value, account, line.whole);
}

class XmlFolders final : public XmlHandler {
  public:
    XmlFolders(FolderTrace const& trace, std::vector<FoundFolder>& folders)
        : folders_(folders), path_(parted(trace.path)), account_(parted(trace.account)) {}

    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin) override {
        std::string_view const local = name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
        if (local == account_.element && found_account_.empty()) found_account_ = std::string(attributes[account_.attribute]);
        inside_ = local == path_.element;
        text_.clear();
        if (inside_ && !path_.attribute.empty()) {
            std::string const value(attributes[path_.attribute]);
            add(folders_, value, found_account_, path_.element + " " + path_.attribute + "=\"" + value + "\"");
        }
    }
    void end(std::string_view) override {
        if (inside_ && path_.attribute.empty()) add(folders_, text_, found_account_, path_.element + ": " + text_);
        inside_ = false;
    }
    void text(std::string_view text, XmlOrigin) override {
        if (inside_ && text_.size() < longest_path) text_ += text;
    }
    void aside(std::string_view, XmlOrigin) override {}
    bool enough() const override { return folders_.size() >= most_folders; }

  private:
    struct Parted {
        std::string element, attribute;
    };
    static Parted parted(std::string_view text) {
        std::size_t const at = std::min(text.find('@'), text.size());
        return {std::string(text.substr(0, at)), std::string(text.substr(std::min(at + 1, text.size())))};
    }
    std::vector<FoundFolder>& folders_;
    Parted path_, account_;
    std::string text_, found_account_;
    bool inside_ = false;
};

}  // namespace

std::vector<FoundFolder> folders_in(FolderTrace const& trace, std::string_view bytes) {
    std::vector<FoundFolder> folders;
    switch (trace.form) {
        case FolderTrace::Form::json: {
            auto const tree = parse_json(bytes, {}, 32);
            if (tree) JsonFolders(trace, folders).walk(*tree);
            break;
        }
        case FolderTrace::Form::ini:
            read_ini(trace, bytes, folders);
            break;
        case FolderTrace::Form::xml: {
            XmlFolders handler(trace, folders);
            static_cast<void>(read_xml(bytes, handler));
            break;
        }
        case FolderTrace::Form::fixed:
        case FolderTrace::Form::registry:
            break;
    }
    return folders;
}

}  // namespace keepmum
