// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/gitleaks.h"

#include <algorithm>

#include "base/tree_builder.h"
#include "base/utf8.h"

namespace keepmum {
namespace {

std::string quote(std::string const& theirs) { return "'" + theirs + "'"; }

class Importer {
  public:
    Importer(Tree const& root, std::vector<std::string> const& taken, std::vector<ImportNote>& notes)
        : root_(root), builder_(root.file()), taken_(taken), notes_(notes) {}

    Result<Tree> run() {
        Tree pack = builder_.start(Tree::Kind::table, 1);
        TreeBuilder::append(pack, "pack",
                            builder_.string(TRY(root_.text("title", "imported")), root_.line()));
        for (TreeMember const& member : root_.members()) TRY(take_global(member, pack));
        Tree rules = builder_.start(Tree::Kind::array, root_.line());
        for (Tree const& rule : TRY(root_.tables("rules")))
            TreeBuilder::append(rules, TRY(import_rule(rule)));
        TreeBuilder::append(pack, "rule", std::move(rules));
        return pack;
    }

  private:
    // "secret." and the id in the letters that rule ids have.
    std::string our_id(std::string_view theirs) const {
        std::string id = "secret.";
        for (char c : theirs) id += is_alnum(c) || c == '.' ? to_lower(c) : '-';
        return std::binary_search(taken_.begin(), taken_.end(), id) ? id + "-imported" : id;
    }

    void note(std::string_view rule, std::string_view field, std::string_view why, Tree const& at) {
        notes_.push_back({std::string(rule), std::string(field), std::string(why), at.where()});
    }

    Result<> take_global(TreeMember const& member, Tree& pack) {
        std::string const& key = member.key;
        if (key == "title" || key == "description" || key == "rules" || key == "minVersion" ||
            key == "betterleaksMinVersion")
            return {};
        if (key == "filter") {
            TreeBuilder::append(pack, "filter", member.value);
        } else if (key == "allowlist" || key == "allowlists") {
            Tree lists = builder_.start(Tree::Kind::array, member.value.line());
            for (Tree const& one : as_list(member.value)) {
                if (auto made = TRY(import_allow(one, ""))) TreeBuilder::append(lists, std::move(*made));
            }
            Tree const* const before = pack.find("allow");
            if (before) {
                for (Tree const& item : before->items()) TreeBuilder::append(lists, item);
            }
            if (!lists.items().empty()) TreeBuilder::set(pack, "allow", std::move(lists));
        } else if (key == "prefilter") {
            note("", key, "skips files by name; keepmum searches what it is given, whatever it is called",
                 member.value);
        } else if (key == "extend") {
            note("", key, "packs do not include other files; name them one by one", member.value);
        } else {
            note("", key, "is not known here", member.value);
        }
        return {};
    }

    static std::vector<Tree> as_list(Tree const& value) {
        return value.is(Tree::Kind::array) ? value.items() : std::vector<Tree>{value};
    }

    Result<Tree> import_rule(Tree const& theirs) {
        std::string const id = TRY(theirs.text("id"));
        Tree rule = builder_.start(Tree::Kind::table, theirs.line());
        TreeBuilder::append(rule, "id", builder_.string(our_id(id), theirs.find("id")->line()));
        add_words(rule, theirs, id, TRY(theirs.text("description", "")));
        bool generic = id.starts_with("generic");
        Tree allow = builder_.start(Tree::Kind::array, theirs.line());
        for (TreeMember const& member : theirs.members()) TRY(take_field(id, member, rule, allow, generic));
        if (!allow.items().empty()) TreeBuilder::append(rule, "allow", std::move(allow));
        Tree labels = builder_.start(Tree::Kind::array, theirs.line());
        for (std::string_view label : {"secret", "credential", "imported"}) add(labels, label);
        if (generic) add(labels, "generic");
        TreeBuilder::append(rule, "labels", std::move(labels));
        return rule;
    }

    void add(Tree& list, std::string_view text) {
        TreeBuilder::append(list, builder_.string(std::string(text), list.line()));
    }

    Tree both(std::string en, std::string zh, std::size_t line) {
        Tree table = builder_.start(Tree::Kind::table, line);
        TreeBuilder::append(table, "en", builder_.string(std::move(en), line));
        TreeBuilder::append(table, "zh", builder_.string(std::move(zh), line));
        return table;
    }

    // Their description is the reason; the title is the id, which is the thing's name.
    void add_words(Tree& rule, Tree const& theirs, std::string const& id, std::string const& description) {
        std::size_t const line = theirs.line();
        std::string name = id;
        std::replace(name.begin(), name.end(), '-', ' ');
        if (!name.empty()) name[0] = to_upper(name[0]);
        std::string const why =
            description.empty() ? "Whoever holds it can use the service in your name." : description;
        TreeBuilder::append(rule, "title", both(name, "密钥或口令（" + name + "）", line));
        TreeBuilder::append(
            rule, "why", both(why, "这是某项服务的密钥或口令，得到它的人可以冒用您的身份使用该服务。", line));
    }

    Result<> take_field(std::string const& id, TreeMember const& member, Tree& rule, Tree& allow,
                        bool& generic) {
        std::string const& key = member.key;
        Tree const& value = member.value;
        if (key == "regex" || key == "path" || key == "keywords") {
            TreeBuilder::append(rule, key, value);
        } else if (key == "filter") {
            TreeBuilder::append(rule, key, value);
            if (value.string().find("failsTokenEfficiency") != std::string::npos) {
                note(id, key, "failsTokenEfficiency is answered by keepmum's own model of rarity", value);
            }
        } else if (key == "entropy") {
            if (value.number() != 0) TreeBuilder::append(rule, key, value);
        } else if (key == "secretGroup") {
            TreeBuilder::append(rule, "group", value);
        } else if (key == "skipReport") {
            TreeBuilder::append(rule, "report", builder_.boolean(!value.boolean(), value.line()));
        } else if (key == "specificity") {
            generic = generic || value.integer() == 0;
        } else if (key == "allowlist" || key == "allowlists") {
            for (Tree const& one : as_list(value)) {
                if (auto made = TRY(import_allow(one, id))) TreeBuilder::append(allow, std::move(*made));
            }
        } else if (key == "required") {
            TreeBuilder::append(rule, "requires", TRY(import_required(value)));
        } else if (key == "validate") {
            note(id, key, "asks the provider over the network, which keepmum never does", value);
        } else if (key != "id" && key != "description" && key != "tags") {
            note(id, key, "is not known here", value);
        }
        return {};
    }

    Result<Tree> import_required(Tree const& theirs) {
        Tree list = builder_.start(Tree::Kind::array, theirs.line());
        for (Tree const& one : as_list(theirs)) {
            TRY(one.only({"id", "withinLines", "withinColumns"}));
            Tree made = builder_.start(Tree::Kind::table, one.line());
            TreeBuilder::append(made, "rule", builder_.string(our_id(TRY(one.text("id"))), one.line()));
            if (Tree const* const lines = one.find("withinLines")) TreeBuilder::append(made, "lines", *lines);
            if (Tree const* const columns = one.find("withinColumns"))
                TreeBuilder::append(made, "columns", *columns);
            TreeBuilder::append(list, std::move(made));
        }
        return list;
    }

    // Nothing where no condition is left that keepmum has a use for.
    Result<std::optional<Tree>> import_allow(Tree const& theirs, std::string const& id) {
        Tree made = builder_.start(Tree::Kind::table, theirs.line());
        bool stated = false;
        std::string condition, target;
        for (TreeMember const& member : theirs.members()) {
            std::string const& key = member.key;
            if (key == "regexes" || key == "stopwords" || key == "paths") {
                if (member.value.items().empty()) continue;
                TreeBuilder::append(made, key == "stopwords" ? "words" : key, member.value);
                stated = true;
                if (key == "paths")
                    note(id, "allowlist.paths", "counts only where names of files are to be honoured",
                         member.value);
            } else if (key == "commits") {
                note(id, "allowlist.commits", "keepmum looks at files, not at commits", member.value);
            } else if (key == "regexTarget") {
                TreeBuilder::append(made, "target", member.value);
            } else if (key == "condition") {
                condition = ascii_upper(TRY(theirs.text(key)));
            } else if (key == "targetRules") {
                TreeBuilder::append(made, "rules", import_ids(member.value));
            } else if (key != "description") {
                note(id, "allowlist." + key, "is not known here", member.value);
            }
        }
        if (!condition.empty() && condition != "AND" && condition != "OR" && condition != "&&" &&
            condition != "||") {
            return theirs.find("condition")
                ->complain("condition", "must be AND or OR, not " + quote(condition));
        }
        if (condition == "AND" || condition == "&&")
            TreeBuilder::append(made, "all", builder_.boolean(true, theirs.line()));
        // An AND with commits could only hold for a commit.
        bool const impossible = made.find("all") && theirs.find("commits");
        return stated && !impossible ? std::optional<Tree>(std::move(made)) : std::nullopt;
    }

    Tree import_ids(Tree const& theirs) {
        Tree list = builder_.start(Tree::Kind::array, theirs.line());
        for (Tree const& one : theirs.items()) add(list, our_id(one.string()));
        return list;
    }

    Tree const& root_;
    TreeBuilder builder_;
    std::vector<std::string> const& taken_;
    std::vector<ImportNote>& notes_;
};

}  // namespace

bool is_gitleaks(Tree const& root) { return root.has("rules") && !root.has("rule"); }

Result<Tree> import_gitleaks(Tree const& root, std::vector<std::string> const& taken,
                             std::vector<ImportNote>& notes) {
    return Importer(root, taken, notes).run();
}

}  // namespace keepmum
