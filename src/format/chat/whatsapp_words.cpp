// What WhatsApp writes where a message had no text of its own, in the languages of its users. A phrase that is missing
// here does no harm: the line then counts as written by its sender, and is searched like any other.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/utf8.h"
#include "format/chat/readers.h"
#include "format/chat/stamp.h"

namespace keepmum {

namespace {

using Kind = ChatMessage::Kind;

struct Phrase {
    std::string_view words;
    Kind kind;
};

// The whole text, but for marks that show nothing and a full stop.
constexpr Phrase whole[] = {
    {"<Media omitted>", Kind::media},
    {"<Medien ausgeschlossen>", Kind::media},
    {"<Multimedia omitido>", Kind::media},
    {"<Archivo omitido>", Kind::media},
    {"<Médias omis>", Kind::media},
    {"<Fichier omis>", Kind::media},
    {"<Media omessi>", Kind::media},
    {"<Media weggelaten>", Kind::media},
    {"<Arquivo de mídia oculto>", Kind::media},
    {"<Mídia oculta>", Kind::media},
    {"<Ficheiro não revelado>", Kind::media},
    {"<Без медиафайлов>", Kind::media},
    {"<Medya dahil edilmedi>", Kind::media},
    {"<Media tidak disertakan>", Kind::media},
    {"<pominięto multimedia>", Kind::media},
    {"<媒体文件已省略>", Kind::media},
    {"<省略多媒体文件>", Kind::media},
    {"<省略多媒體檔案>", Kind::media},
    {"<已略去媒體檔>", Kind::media},
    {"<メディアは含まれていません>", Kind::media},
    {"<メディアなし>", Kind::media},
    {"<미디어 파일을 제외한 대화내용>", Kind::media},
    {"<미디어 제외됨>", Kind::media},
    {"image omitted", Kind::media},
    {"video omitted", Kind::media},
    {"audio omitted", Kind::media},
    {"sticker omitted", Kind::media},
    {"GIF omitted", Kind::media},
    {"document omitted", Kind::media},
    {"Contact card omitted", Kind::media},
    {"Bild weggelassen", Kind::media},
    {"Video weggelassen", Kind::media},
    {"Audio weggelassen", Kind::media},
    {"Sticker weggelassen", Kind::media},
    {"imagen omitida", Kind::media},
    {"Video omitido", Kind::media},
    {"audio omitido", Kind::media},
    {"image absente", Kind::media},
    {"vidéo absente", Kind::media},
    {"audio omis", Kind::media},
    {"immagine omessa", Kind::media},
    {"imagem ocultada", Kind::media},
    {"图像已忽略", Kind::media},
    {"圖像已忽略", Kind::media},
    {"图片已忽略", Kind::media},
    {"已忽略图像", Kind::media},
    {"圖片已略去", Kind::media},
    {"视频已忽略", Kind::media},
    {"影片已略去", Kind::media},
    {"音频已忽略", Kind::media},
    {"語音訊息已略去", Kind::media},
    {"贴图已忽略", Kind::media},
    {"貼圖已略去", Kind::media},
    {"文件已忽略", Kind::media},
    {"null", Kind::media},
    {"This message was deleted", Kind::system},
    {"You deleted this message", Kind::system},
    {"Diese Nachricht wurde gelöscht", Kind::system},
    {"Du hast diese Nachricht gelöscht", Kind::system},
    {"Se eliminó este mensaje", Kind::system},
    {"Eliminaste este mensaje", Kind::system},
    {"Este mensaje fue eliminado", Kind::system},
    {"Ce message a été supprimé", Kind::system},
    {"Vous avez supprimé ce message", Kind::system},
    {"Questo messaggio è stato eliminato", Kind::system},
    {"Mensagem apagada", Kind::system},
    {"Essa mensagem foi apagada", Kind::system},
    {"Dit bericht is verwijderd", Kind::system},
    {"Данное сообщение удалено", Kind::system},
    {"Bu mesaj silindi", Kind::system},
    {"此消息已删除", Kind::system},
    {"您删除了此消息", Kind::system},
    {"你已删除这条消息", Kind::system},
    {"此訊息已刪除", Kind::system},
    {"此訊息已被刪除", Kind::system},
    {"您刪除了此訊息", Kind::system},
    {"你已刪除此訊息", Kind::system},
    {"このメッセージは削除されました", Kind::system},
    {"삭제된 메시지입니다", Kind::system},
    {"Missed voice call", Kind::call},
    {"Missed video call", Kind::call},
    {"Missed group voice call", Kind::call},
    {"Voice call", Kind::call},
    {"Video call", Kind::call},
    {"Verpasster Sprachanruf", Kind::call},
    {"Llamada perdida", Kind::call},
    {"Appel vocal manqué", Kind::call},
    {"未接语音通话", Kind::call},
    {"未接视频通话", Kind::call},
    {"未接語音通話", Kind::call},
    {"语音通话", Kind::call},
    {"視訊通話", Kind::call},
};

// Behind the name of a file, or behind "<" and before ": name>".
constexpr std::string_view attached[] = {
    "file attached", "archivo adjunto", "fichier joint", "Datei angehängt", "file allegato", "arquivo anexado", "ficheiro anexado",
    "bestand bijgevoegd", "файл добавлен", "dosya ekli", "文件附件", "附件", "已附加文件", "附件檔案", "檔案附件", "添付ファイル", "파일 첨부됨",
    "attached", "adjunto", "Anhang", "pièce jointe", "allegato", "anexado", "bijgevoegd", "附加", "添付", "첨부됨"};

// What the program adds behind a text that was changed.
constexpr std::string_view edited[] = {
    "<This message was edited>", "<Diese Nachricht wurde bearbeitet.>", "<Se editó este mensaje.>", "<Ce message a été modifié>",
    "<Questo messaggio è stato modificato>", "<Mensagem editada>", "<此消息已编辑>", "<此消息已被编辑>", "<此訊息已編輯>", "<已編輯此訊息>",
    "<このメッセージは編集されました>", "<수정된 메시지입니다>"};

// How the lines begin that iOS writes in somebody's name, behind U+200E.
constexpr std::string_view notices[] = {
    "Messages and calls are end-to-end encrypted", "Messages you send to this", "Nachrichten und Anrufe sind Ende-zu-Ende",
    "Los mensajes y las llamadas están cifrados", "Les messages et les appels sont chiffrés", "I messaggi e le chiamate sono crittografati",
    "As mensagens e as chamadas são protegidas", "消息和通话均已进行端到端加密", "消息和通话已进行端到端加密", "訊息和通話經端對端加密", "訊息和通話受端對端加密",
    "メッセージと通話はエンドツーエンド", "Your security code with", "You created group", "You created this group"};

// What iOS says of a group, in the group's or somebody's name, behind U+200E and in one short line.
constexpr std::string_view group_words[] = {
    " created this group", " created group", " added ", " removed ", " left", " joined using",
    " changed the ", " changed this group", " changed to ",
    "hat die Gruppe", "hat dich hinzugefügt", "hinzugefügt", "创建了", "添加了", "加入了", "退出了", "更改了", "移除了", "建立了", "新增了", "離開了", "變更了"};

bool is_group_notice(std::string_view words) {
    if (words.size() > 160 || words.find('\n') != std::string_view::npos) return false;
    auto const there = [&](std::string_view phrase) { return words.find(phrase) != std::string_view::npos; };
    return std::any_of(std::begin(group_words), std::end(group_words), there);
}

bool is_attached_word(std::string_view words) {
    return std::find(std::begin(attached), std::end(attached), trim_blank(words)) != std::end(attached);
}

// "x.jpg (file attached)", maybe with lines of caption behind it: leaves the caption, else the name.
bool strip_attachment(std::string& text) {
    std::size_t const line_end = std::min(text.find('\n'), text.size());
    std::string_view const line = trim_blank(std::string_view(text).substr(0, line_end));
    std::string_view name;
    if (line.ends_with(')')) {
        std::size_t const open = line.rfind('(');
        if (open == std::string_view::npos || !is_attached_word(line.substr(open + 1, line.size() - open - 2))) return false;
        name = trim_blank(line.substr(0, open));
    } else if (line.starts_with('<') && line.ends_with('>')) {
        std::size_t colon = line.find(':'), width = 1;
        if (std::size_t const full = line.find("："); full < colon) {
            colon = full;
            width = 3;
        }
        if (colon == std::string_view::npos || !is_attached_word(line.substr(1, colon - 1))) return false;
        name = trim_blank(line.substr(colon + width, line.size() - colon - width - 1));
    } else {
        return false;
    }
    std::string_view const caption = trim_blank(std::string_view(text).substr(std::min(line_end + 1, text.size())));
    text = caption.empty() ? std::string(name) : std::string(caption);
    return true;
}

}  // namespace

ChatMessage::Kind judge_whatsapp_text(std::string& text) {
    // Most messages begin as none of these do, and are told by one look.
    char const first = text.empty() ? '\0' : text.front(), last = text.empty() ? '\0' : text.back();
    bool const marked = text.starts_with("\u200E");
    if (last == '>') {
        for (std::string_view const words : edited) {
            if (!std::string_view(text).ends_with(words)) continue;
            text = std::string(trim_blank(std::string_view(text).substr(0, text.size() - words.size())));
            return Kind::text;
        }
    }
    if ((first == '<' || marked || text.find(')') != std::string::npos) && strip_attachment(text)) return Kind::media;
    if (text.size() > 400) return Kind::text;
    std::string_view words = trim_blank(text);
    if (marked) {
        for (std::string_view const notice : notices) {
            if (words.starts_with(notice)) return Kind::system;
        }
        if (is_group_notice(words)) return Kind::system;
    }
    if (words.ends_with('.')) words.remove_suffix(1);
    if (words.ends_with("。")) words.remove_suffix(3);
    for (Phrase const& phrase : whole) {
        if (words.empty() || words.front() != phrase.words.front()) continue;
        if (words == phrase.words) return phrase.kind;
        // "Voice call, 3 min": only where the program's mark stands before it.
        if (marked && phrase.kind == Kind::call && words.starts_with(phrase.words)) return Kind::call;
    }
    return Kind::text;
}

}  // namespace keepmum
