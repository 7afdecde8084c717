// One walk over all objects: strings are noted with their purpose, references give what is reached from
// where, and a second walk from each page gives the page that an object belongs to.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/survey.h"

// qpdf 11 asks which of its two pointer interfaces is meant; the standard one.
#define POINTERHOLDER_TRANSITION 4

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFXRefEntry.hh>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace keepmum::pdf {

namespace {

constexpr int most_nesting = 60;
constexpr std::size_t most_objects = 2'000'000;
constexpr std::size_t most_notes = 500'000;

bool is_one_of(std::string_view key, std::initializer_list<std::string_view> keys) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// Strings that are data for programs: binary, repeated in every file, or drawn from elsewhere.
bool is_noise(std::string_view key) {
    return is_one_of(key, {"ID", "DA", "O", "U", "OE", "UE", "Perms", "Registry", "Ordering", "CheckSum",
                           "Cert", "D", "Dest", "Dests", "Names", "CharSet", "Panose", "Lookup", "CS",
                           "IDTree", "ByteRange", "C", "DS", "ColorSpace", "DestOutputProfileRef"});
}

bool is_accounted_key(std::string_view key) {
    return is_one_of(key, {"Contents", "FontFile", "FontFile2", "FontFile3", "ToUnicode", "CIDToGIDMap",
                           "CIDSet", "CharProcs", "Function", "Functions", "TR", "TR2", "BG", "BG2", "UCR",
                           "UCR2", "HT", "ColorSpace", "DestOutputProfile", "Pattern", "Shading", "AP",
                           "Encoding", "UseCMap", "G", "XObject", "PS"});
}

std::string name_of(QPDFObjectHandle const& dictionary, std::string const& key) {
    QPDFObjectHandle value = QPDFObjectHandle(dictionary).getKey(key);
    return value.isName() ? value.getName().substr(1) : std::string();
}

int integer_of(QPDFObjectHandle dictionary, std::string const& key) {
    QPDFObjectHandle value = dictionary.getKey(key);
    return value.isInteger() ? value.getIntValueAsInt() : 0;
}

bool is_colour_space(QPDFObjectHandle array) {
    if (array.getArrayNItems() < 2 || !array.getArrayItem(0).isName()) return false;
    return is_one_of(array.getArrayItem(0).getName(),
                     {"/Indexed", "/I", "/ICCBased", "/Separation", "/DeviceN", "/CalRGB", "/CalGray", "/Lab"});
}

// What the strings of this dictionary are for, as far as it tells.
struct Context {
    Note::For purpose = Note::For::property;
    bool hidden = false;
    bool signature = false;
    bool field = false;
    bool annotation = false;
    bool file = false;
    bool bookmark = false;
    bool action = false;
};

Context context_of(QPDFObjectHandle dictionary, Context const& outer) {
    Context context;
    std::string const subtype = name_of(dictionary, "/Subtype"), action = name_of(dictionary, "/S");
    context.annotation = !subtype.empty() && dictionary.hasKey("/Rect");
    context.field = dictionary.hasKey("/FT") ||
                    (dictionary.hasKey("/T") && (dictionary.hasKey("/Kids") || dictionary.hasKey("/V"))) ||
                    subtype == "Widget";
    context.signature = dictionary.hasKey("/ByteRange") || name_of(dictionary, "/Type") == "Sig";
    context.file = dictionary.hasKey("/EF") || name_of(dictionary, "/Type") == "Filespec";
    context.bookmark = dictionary.hasKey("/Title") && dictionary.hasKey("/Parent");
    context.action = is_one_of(action, {"URI", "Launch", "GoToR", "GoToE", "SubmitForm", "ImportData", "Thread"});
    int const flags = integer_of(dictionary, "/F");
    context.hidden = outer.hidden || ((context.annotation || context.field) && (flags & (2 | 32)) != 0);
    bool const outer_action = outer.action && !context.annotation;
    context.action = context.action || outer_action;
    return context;
}

Note::For purpose_of(Context const& context, std::string_view key) {
    if (key == "JS") return Note::For::script;
    if (key == "URI" || (context.action && is_one_of(key, {"F", "UF", "P", "Win", "Unix", "Mac"}))) {
        return Note::For::link;
    }
    if (context.signature) return Note::For::signature;
    if (context.field) return Note::For::form;
    if (context.annotation) return Note::For::annotation;
    if (context.file) return Note::For::file_name;
    if (context.bookmark && key == "Title") return Note::For::bookmark;
    return Note::For::property;
}

class Walker {
  public:
    struct Edge {
        QPDFObjGen to;
        bool upward;  // /Parent and the like: belongs to no page
    };
    std::vector<Note>& notes;
    std::vector<Edge> edges;
    // Streams by the key under which something refers to them, nearest first.
    std::map<QPDFObjGen, std::vector<std::string>>* uses = nullptr;
    std::map<QPDFObjGen, std::string>* file_names = nullptr;
    std::uint32_t holder = 0;
    bool left_out = false;  // something deeper, or more, than is followed

    explicit Walker(std::vector<Note>& out) : notes(out) {}

    void walk(QPDFObjectHandle object, std::string const& key, std::string const& outer_key,
              Context const& context, int depth) {
        if (depth > most_nesting) {
            left_out = true;
            return;
        }
        if (depth > 0 && object.isIndirect()) {
            bool const upward = key == "Parent" || key == "P" || key == "Popup" || key == "IRT" ||
                                key == "Pg" || key == "StructParent" || key == "Dest" || key == "D";
            edges.push_back({object.getObjGen(), upward});
            if (uses) {
                auto& keys = (*uses)[object.getObjGen()];
                if (keys.size() < 16) {
                    keys.push_back(key);
                    keys.push_back(outer_key);
                }
            }
            return;
        }
        if (object.isString()) {
            note(object, key, context);
        } else if (object.isArray()) {
            if (is_colour_space(object)) return walk_items(object, "ColorSpace", outer_key, context, depth);
            walk_items(object, key, outer_key, context, depth);
        } else if (object.isDictionary() || object.isStream()) {
            walk_dictionary(object, key, context, depth);
        }
    }

  private:
    void walk_items(QPDFObjectHandle object, std::string const& key, std::string const& outer_key,
                    Context const& context, int depth) {
        for (int i = 0; i < object.getArrayNItems(); ++i) {
            walk(object.getArrayItem(i), key, outer_key, context, depth + 1);
        }
    }
    void walk_dictionary(QPDFObjectHandle object, std::string const& key, Context const& context, int depth) {
        QPDFObjectHandle dictionary = object.isStream() ? object.getDict() : object;
        Context const inner = context_of(dictionary, context);
        if (inner.file) note_file(dictionary);
        for (auto& [name, value] : dictionary.getDictAsMap()) {
            walk(value, name.substr(1), key, inner, depth + 1);
        }
    }
    void note(QPDFObjectHandle& string, std::string const& key, Context const& context) {
        Note::For const purpose = purpose_of(context, key);
        if (purpose == Note::For::property && is_noise(key)) return;
        if (is_one_of(key, {"ID", "DA", "DS", "Cert"}) || (key == "Contents" && context.signature)) return;
        if (notes.size() >= most_notes) {
            left_out = true;
            return;
        }
        std::string text = readable(string.getStringValue(), string.getUTF8Value());
        if (text.empty()) return;
        notes.push_back({purpose, context.hidden, 0, holder, key, std::move(text)});
    }
    void note_file(QPDFObjectHandle& dictionary) {
        if (!file_names) return;
        std::string name;
        for (char const* key : {"/UF", "/F", "/Unix", "/DOS", "/Mac"}) {
            QPDFObjectHandle value = dictionary.getKey(key);
            if (name.empty() && value.isString()) name = readable(value.getStringValue(), value.getUTF8Value());
        }
        QPDFObjectHandle files = dictionary.getKey("/EF");
        if (!files.isDictionary()) return;
        for (auto& [key, stream] : files.getDictAsMap()) {
            if (stream.isIndirect()) file_names->emplace(stream.getObjGen(), name);
        }
    }
};

class Surveyor {
  public:
    explicit Surveyor(QPDF& file) : file_(file) {}

    Survey run() {
        std::vector<QPDFObjectHandle> objects = file_.getAllObjects();
        survey_.cut_short = objects.size() > most_objects;
        if (survey_.cut_short) objects.resize(most_objects);
        for (std::size_t i = 0; i < objects.size(); ++i) index_[objects[i].getObjGen()] = i;
        edges_.resize(objects.size());
        page_.resize(objects.size());
        reached_.resize(objects.size());
        for (std::size_t i = 0; i < objects.size(); ++i) edges_[i] = walk(objects[i]);
        inherit_uses(objects);
        std::vector<Walker::Edge> const roots = walk(file_.getTrailer());
        reach(roots, objects);
        assign_pages(objects);
        describe(objects);
        for (Note& note : survey_.notes) {
            auto const found = numbers_.find(note.holder);
            if (found != numbers_.end()) note.page = page_[found->second];
        }
        for (auto const& [id, entry] : file_.getXRefTable()) {
            if (entry.getType() == 1) survey_.offsets.insert(static_cast<std::uint64_t>(entry.getOffset()));
        }
        return std::move(survey_);
    }

  private:
    std::vector<Walker::Edge> walk(QPDFObjectHandle object) {
        Walker walker(survey_.notes);
        walker.uses = &uses_;
        walker.file_names = &file_names_;
        walker.holder = static_cast<std::uint32_t>(std::max(object.getObjectID(), 0));
        walker.walk(object, "", "", {}, 0);
        survey_.cut_short = survey_.cut_short || walker.left_out;
        return std::move(walker.edges);
    }

    // What stands in an array or a bare dictionary of its own is used as that is.
    void inherit_uses(std::vector<QPDFObjectHandle>& objects) {
        for (std::size_t i = 0; i < objects.size(); ++i) {
            bool const bare = objects[i].isDictionary() && !objects[i].hasKey("/Type");
            if (!objects[i].isArray() && !bare) continue;
            std::vector<std::string> const keys = uses_[objects[i].getObjGen()];
            for (Walker::Edge const& edge : edges_[i]) {
                auto& inherited = uses_[edge.to];
                if (inherited.size() < 32) inherited.insert(inherited.end(), keys.begin(), keys.end());
            }
        }
    }

    // Everything that the trailer leads to.
    void reach(std::vector<Walker::Edge> const& roots, std::vector<QPDFObjectHandle>& objects) {
        std::vector<std::size_t> open;
        auto visit = [&](std::vector<Walker::Edge> const& edges) {
            for (Walker::Edge const& edge : edges) {
                auto const found = index_.find(edge.to);
                if (found == index_.end() || reached_[found->second]) continue;
                reached_[found->second] = true;
                open.push_back(found->second);
            }
        };
        visit(roots);
        while (!open.empty()) {
            std::size_t const at = open.back();
            open.pop_back();
            visit(edges_[at]);
        }
        for (std::size_t i = 0; i < objects.size(); ++i) {
            numbers_.emplace(static_cast<std::uint32_t>(objects[i].getObjectID()), i);
            bool const helper = objects[i].isStream() &&
                                is_one_of(name_of(objects[i].getDict(), "/Type"), {"XRef", "ObjStm"});
            bool const linear = objects[i].isDictionary() && objects[i].hasKey("/Linearized");
            // The hint table of a file laid out for the web; only an offset leads to it.
            bool const hints = objects[i].isStream() && objects[i].getDict().hasKey("/S") &&
                               objects[i].getDict().getKey("/S").isInteger();
            if (reached_[i] || helper || linear || hints || objects[i].isNull()) continue;
            survey_.unreached.emplace_back(objects[i].getObjectID(), objects[i].getGeneration());
        }
    }

    // Each object belongs to the first page that leads to it.
    void assign_pages(std::vector<QPDFObjectHandle>& objects) {
        std::uint32_t number = 0;
        survey_.pages = file_.getAllPages().size();
        std::vector<bool> in_tree(objects.size());
        std::vector<std::size_t> starts;
        for (QPDFObjectHandle const& page : file_.getAllPages()) {
            auto const found = index_.find(page.getObjGen());
            survey_.contents.emplace_back();
            note_contents(page, survey_.contents.back());
            starts.push_back(found == index_.end() ? objects.size() : found->second);
            if (found != index_.end()) in_tree[found->second] = true;
        }
        for (std::size_t start : starts) {
            ++number;
            if (start == objects.size() || page_[start] != 0) continue;
            std::vector<std::size_t> open{start};
            page_[start] = number;
            while (!open.empty()) {
                std::size_t const at = open.back();
                open.pop_back();
                for (Walker::Edge const& edge : edges_[at]) {
                    if (edge.upward) continue;
                    auto const found = index_.find(edge.to);
                    if (found == index_.end() || page_[found->second] != 0 || in_tree[found->second]) continue;
                    page_[found->second] = number;
                    open.push_back(found->second);
                }
            }
        }
        for (std::size_t i = 0; i < objects.size(); ++i) {
            if (reached_[i] && !in_tree[i] && objects[i].isDictionary() &&
                name_of(objects[i], "/Type") == "Page") {
                note_contents(objects[i], survey_.lost_contents);
            }
        }
    }

    void note_contents(QPDFObjectHandle page, std::vector<std::pair<int, int>>& list) {
        QPDFObjectHandle contents = page.getKey("/Contents");
        std::vector<QPDFObjectHandle> parts{contents};
        if (contents.isArray()) parts = contents.getArrayAsVector();
        for (QPDFObjectHandle const& part : parts) {
            if (QPDFObjectHandle(part).isStream()) {
                list.emplace_back(part.getObjectID(), part.getGeneration());
            }
        }
    }

    void describe(std::vector<QPDFObjectHandle>& objects) {
        for (std::size_t i = 0; i < objects.size(); ++i) {
            if (!reached_[i] || !objects[i].isStream()) continue;
            StreamNote note = describe_stream(objects[i]);
            note.page = page_[i];
            auto const file_name = file_names_.find(objects[i].getObjGen());
            auto const& keys = uses_[objects[i].getObjGen()];
            auto used_as = [&](std::string_view key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
            if (file_name != file_names_.end()) {
                note.is = StreamNote::Is::attachment;
                note.name = file_name->second;
            } else if (note.is == StreamNote::Is::other) {
                bool const known = std::any_of(keys.begin(), keys.end(), is_accounted_key);
                note.is = used_as("Thumb")                  ? StreamNote::Is::image
                          : used_as("JS")                   ? StreamNote::Is::script
                          : used_as("XFA")                  ? StreamNote::Is::form_data
                          : used_as("RC") || used_as("V") || used_as("RV") ? StreamNote::Is::rich_text
                          : known                           ? StreamNote::Is::accounted
                                                            : StreamNote::Is::other;
            }
            survey_.streams.push_back(std::move(note));
        }
    }

    struct HashId {
        std::size_t operator()(QPDFObjGen const& id) const {
            return static_cast<std::size_t>(id.getObj()) * 31 + static_cast<std::size_t>(id.getGen());
        }
    };
    QPDF& file_;
    Survey survey_;
    std::unordered_map<QPDFObjGen, std::size_t, HashId> index_;
    std::unordered_map<std::uint32_t, std::size_t> numbers_;
    std::vector<std::vector<Walker::Edge>> edges_;
    std::vector<std::uint32_t> page_;
    std::vector<bool> reached_;
    std::map<QPDFObjGen, std::vector<std::string>> uses_;
    std::map<QPDFObjGen, std::string> file_names_;
};

// How many numbers a pixel has; 0 where they do not stand for light as they are.
int components_of(QPDFObjectHandle space) {
    QPDFObjectHandle kind = space;
    if (space.isArray() && space.getArrayNItems() > 0) kind = space.getArrayItem(0);
    if (!kind.isName()) return 0;
    std::string const name = kind.getName();
    if (name == "/ICCBased" && space.isArray() && space.getArrayNItems() > 1 && space.getArrayItem(1).isStream()) {
        return integer_of(space.getArrayItem(1).getDict(), "/N");
    }
    if (name == "/DeviceGray" || name == "/CalGray" || name == "/G") return 1;
    return name == "/DeviceRGB" || name == "/CalRGB" || name == "/RGB" ? 3 : 0;
}

void describe_pixels(QPDFObjectHandle dictionary, StreamNote& note) {
    note.width = integer_of(dictionary, "/Width");
    note.height = integer_of(dictionary, "/Height");
    QPDFObjectHandle mask = dictionary.getKey("/ImageMask");
    bool const is_mask = mask.isBool() && mask.getBoolValue();
    note.bits = is_mask ? 1 : integer_of(dictionary, "/BitsPerComponent");
    note.components = is_mask ? 1 : components_of(dictionary.getKey("/ColorSpace"));
    QPDFObjectHandle parameters = dictionary.getKey("/DecodeParms");
    if (parameters.isArray() && parameters.getArrayNItems() > 0) parameters = parameters.getArrayItem(parameters.getArrayNItems() - 1);
    if (parameters.isDictionary()) note.fax_kind = integer_of(parameters, "/K");
}

}  // namespace

Survey survey_objects(QPDF& file) { return Surveyor(file).run(); }

bool note_strings(QPDFObjectHandle const& object, std::vector<Note>& notes) {
    Walker walker(notes);
    walker.walk(object, "", "", {}, 0);
    return !walker.left_out;
}

StreamNote describe_stream(QPDFObjectHandle const& stream) {
    QPDFObjectHandle dictionary = QPDFObjectHandle(stream).getDict();
    StreamNote note;
    note.number = QPDFObjectHandle(stream).getObjectID();
    note.generation = QPDFObjectHandle(stream).getGeneration();
    note.stored = static_cast<std::uint64_t>(std::max(integer_of(dictionary, "/Length"), 0));
    describe_pixels(dictionary, note);
    QPDFObjectHandle filter = dictionary.getKey("/Filter");
    if (filter.isArray() && filter.getArrayNItems() > 0) {
        note.filtered_before = filter.getArrayNItems() > 1;
        filter = filter.getArrayItem(filter.getArrayNItems() - 1);
    }
    if (filter.isName()) note.filter = filter.getName().substr(1);
    std::string const type = name_of(dictionary, "/Type"), subtype = name_of(dictionary, "/Subtype");
    bool const profile = dictionary.hasKey("/N") && integer_of(dictionary, "/N") > 0 && type.empty();
    bool const numbered = dictionary.hasKey("/FunctionType") || dictionary.hasKey("/ShadingType") ||
                          dictionary.hasKey("/PatternType") || dictionary.hasKey("/HalftoneType");
    if (subtype == "Image") {
        note.is = StreamNote::Is::image;
    } else if (type == "EmbeddedFile") {
        note.is = StreamNote::Is::attachment;
    } else if (type == "Metadata") {
        note.is = StreamNote::Is::metadata;
    } else if (numbered || profile || subtype == "Form" || subtype == "PS" ||
               is_one_of(type, {"ObjStm", "XRef", "CMap", "Pattern", "Font"})) {
        note.is = StreamNote::Is::accounted;
    } else {
        note.is = StreamNote::Is::other;
    }
    return note;
}

}  // namespace keepmum::pdf
