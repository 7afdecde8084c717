// Every kind of file that keepmum knows by its content: what can be read, by which extractor, and what
// is known but not read, so that the gap has a name. Names of files decide nothing.
//
// Several rows may be sure of one file (a picture with an archive behind it): all are run. Rows that
// read text are sure only of files with a form of their own; plain text is the last resort, so it
// never says more than maybe.
//
// Nearly all kinds begin with bytes of their own, and are not asked about a content that does not: `begins` and `shows`, and
// whatever is known by a mark at its start. Fuzzing holds them against the questions themselves.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <iterator>

#include "extract/claims.h"
#include "extract/kinds.h"
#include "extract/registry.h"

namespace keepmum {

namespace {

constexpr std::string_view office = "office", pdf = "pdf", archive = "archive", mail = "mail", database = "database", drawing = "drawing", image = "image", photo = "photo", ocr = "ocr", objects = "objects";
constexpr std::string_view here = "";    // worker: the main program itself
constexpr std::string_view none = "";    // extractor: not read yet
constexpr std::string_view sealed = "text.sealed";
constexpr std::string_view accounted = "text.accounted";
constexpr std::string_view pack = "archive.libarchive";
constexpr std::string_view looks = "image.picture", facts = "photo.facts", seen_text = "ocr.text", seen_codes = "ocr.codes", seen_objects = "objects.picture";

// It claims only what begins with one of these bytes, or as a text with one of these characters behind blanks.
constexpr Claimer begins(std::string_view first, Claim (*ask)(Head const&)) { return {ask, Claimer::Start::byte, first}; }
constexpr Claimer shows(std::string_view first, Claim (*ask)(Head const&)) { return {ask, Claimer::Start::visible, first}; }

// As FileType has it, with the bytes that such a file begins with.
struct Row {
    std::string_view media;
    Bilingual name;
    std::string_view extractor, worker;
    Claimer claims;
    bool last_resort = false;
    Yields yields = Yields::contents;
};

constexpr Row table[] = {
    // Documents
    {"application/zip", {"zip-based file (Office document or archive)", "ZIP 结构文件（Office 文档或压缩包）"}, "office.package", office, claims_zip},
    {"application/vnd.oasis.opendocument.flat+xml", {"OpenDocument file in plain XML", "单一 XML 形式的 OpenDocument 文档"}, "office.package", office, shows("<", claims_flat_odf)},
    {"application/rtf", {"RTF document", "RTF 文档"}, "office.rtf", office, shows("{", claims_rtf)},
    {"application/pdf", {"PDF document", "PDF 文档"}, "pdf.document", pdf, claims_pdf},
    {"application/x-ole-encrypted", {"encrypted Office document", "加密的 Office 文档"}, sealed, here, begins("\xD0", claims_encrypted_office)},
    {"application/msword", {"Word 97-2003 document", "Word 97-2003 文档"}, none, here, begins("\xD0", claims_old_word)},
    {"application/vnd.ms-excel", {"Excel 97-2003 workbook", "Excel 97-2003 工作簿"}, none, here, begins("\xD0", claims_old_excel)},
    {"application/vnd.ms-powerpoint", {"PowerPoint 97-2003 presentation", "PowerPoint 97-2003 演示文稿"}, none, here, begins("\xD0", claims_old_powerpoint)},
    {"application/vnd.ms-outlook", {"Outlook message", "Outlook 邮件"}, none, here, begins("\xD0", claims_outlook_message)},
    {"application/vnd.visio", {"Visio drawing", "Visio 绘图"}, none, here, begins("\xD0", claims_old_visio)},
    {"application/vnd.ms-publisher", {"Publisher document", "Publisher 文档"}, none, here, begins("\xD0", claims_old_publisher)},
    {"application/x-hwp", {"Hangul (HWP) document", "韩文 HWP 文档"}, none, here, begins("\xD0", claims_hwp)},
    {"application/x-ole-storage", {"compound file (older Office or WPS)", "复合文档（旧版 Office 或 WPS）"}, none, here, begins("\xD0", claims_other_compound)},
    {"application/onenote", {"OneNote section", "OneNote 笔记"}, none, here, marked<"\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D\xAE\xB1\x53\x78\xD0\x29\x96\xD3">},
    {"image/vnd.djvu", {"DjVu document", "DjVu 文档"}, none, here, marked<"AT&TFORM">},
    {"application/vnd.ms-htmlhelp", {"compiled help (CHM)", "CHM 帮助文件"}, none, here, marked_binary<"ITSF">},
    {"application/vnd.ms-tnef", {"winmail.dat (TNEF)", "winmail.dat（TNEF）"}, "mail.tnef", mail, marked<"\x78\x9F\x3E\x22">},
    {"message/rfc822", {"mail message", "电子邮件"}, "mail.message", mail, claims_mail},
    {"application/mbox", {"mailbox (mbox)", "邮箱文件（mbox）"}, "mail.mbox", mail, shows("F", claims_mbox)},
    {"application/vnd.ms-outlook-pst", {"Outlook data file (PST)", "Outlook 数据文件（PST）"}, none, here, marked<"!BDN">},
    {"application/postscript", {"PostScript document or EPS picture", "PostScript 文档或 EPS 图片"}, none, here, marked<"%!PS">},
    {"application/eps-binary", {"EPS picture with preview", "带预览的 EPS 图片"}, none, here, marked<"\xC5\xD0\xD3\xC6">},
    // Archives and packers
    {"application/gzip", {"gzip archive", "gzip 压缩包"}, pack, archive, begins("\x1F", claims_gzip)},
    {"application/x-bzip2", {"bzip2 archive", "bzip2 压缩包"}, pack, archive, begins("B", claims_bzip2)},
    {"application/x-xz", {"xz archive", "xz 压缩包"}, pack, archive, marked<"\xFD" "7zXZ\0">},
    {"application/x-lzma", {"LZMA archive", "LZMA 压缩包"}, pack, archive, begins("]", claims_lzma)},
    {"application/x-lzip", {"lzip archive", "lzip 压缩包"}, pack, archive, marked_binary<"LZIP">},
    {"application/zstd", {"Zstandard archive", "Zstandard 压缩包"}, pack, archive, claims_zstd},
    {"application/x-lz4", {"LZ4 archive", "LZ4 压缩包"}, pack, archive, marked<"\x04\x22\x4D\x18">},
    {"application/x-compress", {"compress (.Z) archive", "compress（.Z）压缩包"}, pack, archive, marked<"\x1F\x9D">},
    {"application/x-7z-compressed", {"7-Zip archive", "7-Zip 压缩包"}, pack, archive, marked<"7z\xBC\xAF\x27\x1C">},
    {"application/vnd.rar", {"RAR archive", "RAR 压缩包"}, pack, archive, marked<"Rar!\x1A\x07">},
    {"application/vnd.ms-cab-compressed", {"Cabinet archive", "CAB 压缩包"}, pack, archive, marked<"MSCF\0\0\0\0">},
    {"application/x-iso9660-image", {"disc image (ISO 9660)", "光盘映像（ISO 9660）"}, pack, archive, claims_iso},
    {"application/x-archive", {"ar archive", "ar 归档"}, pack, archive, marked<"!<arch>\n">},
    {"application/x-cpio", {"cpio archive", "cpio 归档"}, pack, archive, begins("0\xC7\x71", claims_cpio)},
    {"application/x-tar", {"tar archive", "tar 归档"}, pack, archive, claims_tar},
    {"application/x-lzh-compressed", {"LHA archive", "LHA 压缩包"}, pack, archive, claims_lha},
    {"application/x-rpm", {"RPM package", "RPM 软件包"}, pack, archive, marked<"\xED\xAB\xEE\xDB">},
    {"application/x-xar", {"xar archive", "xar 归档"}, pack, archive, marked<"xar!\0">},
    {"application/x-arj", {"ARJ archive", "ARJ 压缩包"}, none, here, marked_binary<"\x60\xEA">},
    {"application/x-stuffit", {"StuffIt archive", "StuffIt 压缩包"}, none, here, marked_binary<"StuffIt">},
    {"application/x-disk-image", {"disk image", "磁盘映像"}, none, here, claims_disk_image},
    {"application/x-ms-wim", {"Windows image (WIM)", "Windows 映像（WIM）"}, none, here, marked<"MSWIM\0\0\0">},
    {"application/x-squashfs", {"SquashFS image", "SquashFS 映像"}, none, here, marked_binary<"hsqs">},
    // Databases and data
    {"application/vnd.sqlite3", {"SQLite database", "SQLite 数据库"}, "database.sqlite", database, marked<"SQLite format 3\0">},
    {"application/x-sqlite-wal", {"SQLite write-ahead log", "SQLite 预写日志"}, none, here, marked<"\x37\x7F\x06">},
    {"application/x-msaccess", {"Access database", "Access 数据库"}, none, here, marked<"\0\1\0\0Standard ">},
    {"application/x-dbf", {"dBASE table", "dBASE 数据表"}, none, here, claims_dbf},
    {"application/vnd.apache.parquet", {"Parquet table", "Parquet 数据表"}, none, here, marked_binary<"PAR1">},
    {"application/x-hdf5", {"HDF5 data", "HDF5 数据"}, none, here, marked<"\x89HDF\r\n\x1A\n">},
    {"application/x-matlab-data", {"MATLAB data", "MATLAB 数据"}, none, here, marked_binary<"MATLAB 5.0 MAT-file">},
    {"application/x-npy", {"NumPy array", "NumPy 数组"}, none, here, marked<"\x93NUMPY">},
    {"application/x-avro", {"Avro data", "Avro 数据"}, none, here, marked<"Obj\1">},
    {"application/x-pickle", {"Python pickle", "Python pickle 数据"}, none, here, begins("\x80", claims_pickle)},
    {"application/vnd.tcpdump.pcap", {"network capture", "网络抓包"}, none, here, marked<"\xD4\xC3\xB2\xA1">},
    {"application/vnd.tcpdump.pcap", {"network capture", "网络抓包"}, none, here, marked<"\xA1\xB2\xC3\xD4">},
    {"application/x-pcapng", {"network capture (pcapng)", "网络抓包（pcapng）"}, none, here, marked<"\x0A\x0D\x0D\x0A">},
    {"application/x-windows-registry", {"Windows registry hive", "Windows 注册表文件"}, none, here, marked_binary<"regf">},
    {"application/x-windows-evtx", {"Windows event log", "Windows 事件日志"}, none, here, marked<"ElfFile\0">},
    {"application/x-ms-shortcut", {"Windows shortcut", "Windows 快捷方式"}, none, here, marked<"L\0\0\0\1\x14\x02\0\0\0\0\0\xC0\0\0\0\0\0\0\x46">},
    {"application/x-apple-ds-store", {"macOS folder settings (.DS_Store)", "macOS 文件夹设置（.DS_Store）"}, none, here, marked<"\0\0\0\1Bud1">},
    {"application/x-apple-plist", {"binary property list", "二进制属性列表"}, none, here, marked<"bplist0">},
    {"application/x-appledouble", {"AppleDouble resource", "AppleDouble 资源文件"}, none, here, marked<"\0\x05\x16\x07">},
    {"application/x-java-serialized", {"serialised Java object", "Java 序列化对象"}, none, here, marked<"\xAC\xED\0\5">},
    {"application/x-java-keystore", {"Java key store", "Java 密钥库"}, sealed, here, marked<"\xFE\xED\xFE\xED">},
    {"application/dicom", {"DICOM medical image", "DICOM 医学影像"}, none, here, marked<"DICM", 128>},
    // Pictures
    {"image/jpeg", {"JPEG picture", "JPEG 图片"}, facts, photo, marked<"\xFF\xD8\xFF">},
    {"image/jpeg", {"JPEG picture", "JPEG 图片"}, seen_text, ocr, marked<"\xFF\xD8\xFF">},
    {"image/jpeg", {"JPEG picture", "JPEG 图片"}, seen_codes, ocr, marked<"\xFF\xD8\xFF">},
    {"image/jpeg", {"JPEG picture", "JPEG 图片"}, seen_objects, objects, marked<"\xFF\xD8\xFF">},
    {"image/jpeg", {"JPEG picture", "JPEG 图片"}, looks, image, marked<"\xFF\xD8\xFF">, false, Yields::likeness},
    {"image/png", {"PNG picture", "PNG 图片"}, facts, photo, marked<"\x89PNG\r\n\x1A\n">},
    {"image/png", {"PNG picture", "PNG 图片"}, seen_text, ocr, marked<"\x89PNG\r\n\x1A\n">},
    {"image/png", {"PNG picture", "PNG 图片"}, seen_codes, ocr, marked<"\x89PNG\r\n\x1A\n">},
    {"image/png", {"PNG picture", "PNG 图片"}, seen_objects, objects, marked<"\x89PNG\r\n\x1A\n">},
    {"image/png", {"PNG picture", "PNG 图片"}, looks, image, marked<"\x89PNG\r\n\x1A\n">, false, Yields::likeness},
    {"image/gif", {"GIF picture", "GIF 图片"}, facts, photo, marked_binary<"GIF8">},
    {"image/gif", {"GIF picture", "GIF 图片"}, seen_text, ocr, marked_binary<"GIF8">},
    {"image/gif", {"GIF picture", "GIF 图片"}, seen_codes, ocr, marked_binary<"GIF8">},
    {"image/gif", {"GIF picture", "GIF 图片"}, seen_objects, objects, marked_binary<"GIF8">},
    {"image/gif", {"GIF picture", "GIF 图片"}, looks, image, marked_binary<"GIF8">, false, Yields::likeness},
    {"image/webp", {"WebP picture", "WebP 图片"}, facts, photo, contained<"RIFF", "WEBP">},
    {"image/webp", {"WebP picture", "WebP 图片"}, seen_text, ocr, contained<"RIFF", "WEBP">},
    {"image/webp", {"WebP picture", "WebP 图片"}, seen_codes, ocr, contained<"RIFF", "WEBP">},
    {"image/webp", {"WebP picture", "WebP 图片"}, seen_objects, objects, contained<"RIFF", "WEBP">},
    {"image/webp", {"WebP picture", "WebP 图片"}, looks, image, contained<"RIFF", "WEBP">, false, Yields::likeness},
    {"image/tiff", {"TIFF or raw photo", "TIFF 或相机原始图片"}, facts, photo, begins("IM", claims_tiff)},
    {"image/tiff", {"TIFF or raw photo", "TIFF 或相机原始图片"}, seen_text, ocr, begins("IM", claims_tiff)},
    {"image/tiff", {"TIFF or raw photo", "TIFF 或相机原始图片"}, seen_codes, ocr, begins("IM", claims_tiff)},
    {"image/tiff", {"TIFF or raw photo", "TIFF 或相机原始图片"}, seen_objects, objects, begins("IM", claims_tiff)},
    {"image/tiff", {"TIFF or raw photo", "TIFF 或相机原始图片"}, looks, image, begins("IM", claims_tiff), false, Yields::likeness},
    {"image/x-fujifilm-raf", {"raw photo (Fujifilm)", "相机原始图片（富士）"}, facts, photo, marked<"FUJIFILMCCD-RAW">},
    {"image/x-fujifilm-raf", {"raw photo (Fujifilm)", "相机原始图片（富士）"}, seen_text, ocr, marked<"FUJIFILMCCD-RAW">},
    {"image/x-fujifilm-raf", {"raw photo (Fujifilm)", "相机原始图片（富士）"}, seen_codes, ocr, marked<"FUJIFILMCCD-RAW">},
    {"image/x-fujifilm-raf", {"raw photo (Fujifilm)", "相机原始图片（富士）"}, seen_objects, objects, marked<"FUJIFILMCCD-RAW">},
    {"image/x-fujifilm-raf", {"raw photo (Fujifilm)", "相机原始图片（富士）"}, looks, image, marked<"FUJIFILMCCD-RAW">, false, Yields::likeness},
    {"image/x-canon-crw", {"raw photo (Canon)", "相机原始图片（佳能）"}, facts, photo, marked<"HEAPCCDR", 6>},
    {"image/x-canon-crw", {"raw photo (Canon)", "相机原始图片（佳能）"}, seen_text, ocr, marked<"HEAPCCDR", 6>},
    {"image/x-canon-crw", {"raw photo (Canon)", "相机原始图片（佳能）"}, seen_codes, ocr, marked<"HEAPCCDR", 6>},
    {"image/x-canon-crw", {"raw photo (Canon)", "相机原始图片（佳能）"}, seen_objects, objects, marked<"HEAPCCDR", 6>},
    {"image/x-canon-crw", {"raw photo (Canon)", "相机原始图片（佳能）"}, looks, image, marked<"HEAPCCDR", 6>, false, Yields::likeness},
    {"image/x-minolta-mrw", {"raw photo (Minolta)", "相机原始图片（美能达）"}, facts, photo, marked<"\0MRM">},
    {"image/x-minolta-mrw", {"raw photo (Minolta)", "相机原始图片（美能达）"}, seen_text, ocr, marked<"\0MRM">},
    {"image/x-minolta-mrw", {"raw photo (Minolta)", "相机原始图片（美能达）"}, seen_codes, ocr, marked<"\0MRM">},
    {"image/x-minolta-mrw", {"raw photo (Minolta)", "相机原始图片（美能达）"}, seen_objects, objects, marked<"\0MRM">},
    {"image/x-minolta-mrw", {"raw photo (Minolta)", "相机原始图片（美能达）"}, looks, image, marked<"\0MRM">, false, Yields::likeness},
    {"image/x-sigma-x3f", {"raw photo (Sigma)", "相机原始图片（适马）"}, facts, photo, marked<"FOVb">},
    {"image/x-sigma-x3f", {"raw photo (Sigma)", "相机原始图片（适马）"}, seen_text, ocr, marked<"FOVb">},
    {"image/x-sigma-x3f", {"raw photo (Sigma)", "相机原始图片（适马）"}, seen_codes, ocr, marked<"FOVb">},
    {"image/x-sigma-x3f", {"raw photo (Sigma)", "相机原始图片（适马）"}, seen_objects, objects, marked<"FOVb">},
    {"image/x-sigma-x3f", {"raw photo (Sigma)", "相机原始图片（适马）"}, looks, image, marked<"FOVb">, false, Yields::likeness},
    {"image/bmp", {"BMP picture", "BMP 图片"}, facts, photo, begins("B", claims_bmp)},
    {"image/bmp", {"BMP picture", "BMP 图片"}, seen_text, ocr, begins("B", claims_bmp)},
    {"image/bmp", {"BMP picture", "BMP 图片"}, seen_codes, ocr, begins("B", claims_bmp)},
    {"image/bmp", {"BMP picture", "BMP 图片"}, seen_objects, objects, begins("B", claims_bmp)},
    {"image/bmp", {"BMP picture", "BMP 图片"}, looks, image, begins("B", claims_bmp), false, Yields::likeness},
    {"image/x-portable-anymap", {"PNM picture", "PNM 图片"}, facts, photo, begins("P", claims_pnm)},
    {"image/x-portable-anymap", {"PNM picture", "PNM 图片"}, seen_text, ocr, begins("P", claims_pnm)},
    {"image/x-portable-anymap", {"PNM picture", "PNM 图片"}, seen_codes, ocr, begins("P", claims_pnm)},
    {"image/x-portable-anymap", {"PNM picture", "PNM 图片"}, seen_objects, objects, begins("P", claims_pnm)},
    {"image/x-portable-anymap", {"PNM picture", "PNM 图片"}, looks, image, begins("P", claims_pnm), false, Yields::likeness},
    {"image/heic", {"HEIC or HEIF picture", "HEIC/HEIF 图片"}, facts, photo, claims_heic},
    {"image/heic", {"HEIC or HEIF picture", "HEIC/HEIF 图片"}, seen_text, ocr, claims_heic},
    {"image/heic", {"HEIC or HEIF picture", "HEIC/HEIF 图片"}, seen_codes, ocr, claims_heic},
    {"image/heic", {"HEIC or HEIF picture", "HEIC/HEIF 图片"}, seen_objects, objects, claims_heic},
    {"image/heic", {"HEIC or HEIF picture", "HEIC/HEIF 图片"}, looks, image, claims_heic, false, Yields::likeness},
    {"image/avif", {"AVIF picture", "AVIF 图片"}, facts, photo, claims_avif},
    {"image/avif", {"AVIF picture", "AVIF 图片"}, seen_text, ocr, claims_avif},
    {"image/avif", {"AVIF picture", "AVIF 图片"}, seen_codes, ocr, claims_avif},
    {"image/avif", {"AVIF picture", "AVIF 图片"}, seen_objects, objects, claims_avif},
    {"image/avif", {"AVIF picture", "AVIF 图片"}, looks, image, claims_avif, false, Yields::likeness},
    {"image/x-canon-cr3", {"raw photo (Canon)", "相机原始图片（佳能）"}, facts, photo, branded<"crx ">},
    {"image/x-canon-cr3", {"raw photo (Canon)", "相机原始图片（佳能）"}, seen_text, ocr, branded<"crx ">},
    {"image/x-canon-cr3", {"raw photo (Canon)", "相机原始图片（佳能）"}, seen_codes, ocr, branded<"crx ">},
    {"image/x-canon-cr3", {"raw photo (Canon)", "相机原始图片（佳能）"}, seen_objects, objects, branded<"crx ">},
    {"image/x-canon-cr3", {"raw photo (Canon)", "相机原始图片（佳能）"}, looks, image, branded<"crx ">, false, Yields::likeness},
    {"image/jxl", {"JPEG XL picture", "JPEG XL 图片"}, facts, photo, marked<"\xFF\x0A">},
    {"image/jxl", {"JPEG XL picture", "JPEG XL 图片"}, facts, photo, marked<"\0\0\0\x0CJXL \r\n\x87\n">},
    {"image/jp2", {"JPEG 2000 picture", "JPEG 2000 图片"}, facts, photo, marked<"\0\0\0\x0CjP  \r\n\x87\n">},
    {"image/jp2", {"JPEG 2000 picture", "JPEG 2000 图片"}, facts, photo, marked<"\xFF\x4F\xFF\x51">},
    {"image/svg+xml", {"SVG drawing", "SVG 矢量图"}, "text.svg", here, shows("<\xBB\xBF", claims_svg)},
    {"image/svg+xml", {"SVG drawing", "SVG 矢量图"}, facts, photo, shows("<\xBB\xBF", claims_svg)},
    {"image/svg+xml", {"SVG drawing", "SVG 矢量图"}, "drawing.picture", drawing, shows("<\xBB\xBF", claims_svg)},
    {"image/x-jbig2", {"JBIG2 picture", "JBIG2 图片"}, none, here, marked<"\x97JB2\r\n\x1A\n">},
    {"image/vnd.adobe.photoshop", {"Photoshop picture", "Photoshop 图片"}, facts, photo, begins("8", claims_psd)},
    {"image/x-xcf", {"GIMP picture", "GIMP 图片"}, none, here, marked<"gimp xcf ">},
    {"image/x-exr", {"OpenEXR picture", "OpenEXR 图片"}, none, here, marked<"\x76\x2F\x31\x01">},
    {"image/vnd.microsoft.icon", {"icon or cursor", "图标或光标"}, none, here, claims_icon},
    {"image/emf", {"EMF drawing", "EMF 图形"}, none, here, begins("\x01", claims_emf)},
    {"image/wmf", {"WMF drawing", "WMF 图形"}, none, here, begins("\xD7\x01", claims_wmf)},
    {"image/vnd.dwg", {"AutoCAD drawing (DWG)", "AutoCAD 图纸（DWG）"}, none, here, marked_binary<"AC10">},
    // Sound and film
    {"audio/wav", {"WAV recording", "WAV 录音"}, facts, photo, contained<"RIFF", "WAVE">},
    {"video/x-msvideo", {"AVI film", "AVI 视频"}, facts, photo, contained<"RIFF", "AVI ">},
    {"audio/aiff", {"AIFF recording", "AIFF 录音"}, none, here, contained<"FORM", "AIF">},
    {"audio/mpeg", {"MP3 recording", "MP3 录音"}, facts, photo, begins("I\xFF", claims_mp3)},
    {"audio/flac", {"FLAC recording", "FLAC 录音"}, facts, photo, marked_binary<"fLaC">},
    {"audio/ogg", {"Ogg recording or film", "Ogg 音视频"}, none, here, marked<"OggS\0">},
    {"audio/midi", {"MIDI music", "MIDI 音乐"}, none, here, marked<"MThd\0\0\0\6">},
    {"audio/amr", {"AMR recording", "AMR 录音"}, none, here, marked<"#!AMR">},
    {"audio/silk", {"SILK voice message", "SILK 语音消息"}, none, here, marked<"\x02#!SILK_V3">},
    {"video/mp4", {"MP4, QuickTime or 3GP film or recording", "MP4/QuickTime/3GP 音视频"}, facts, photo, claims_other_media_box},
    {"video/x-matroska", {"Matroska or WebM film", "Matroska/WebM 视频"}, facts, photo, marked<"\x1A\x45\xDF\xA3">},
    {"video/x-ms-asf", {"Windows Media film or recording", "Windows Media 音视频"}, none, here, marked<"\x30\x26\xB2\x75\x8E\x66\xCF\x11">},
    {"video/x-flv", {"Flash film", "Flash 视频"}, none, here, marked<"FLV\1">},
    {"video/mpeg", {"MPEG film", "MPEG 视频"}, none, here, claims_mpeg},
    {"application/x-shockwave-flash", {"Flash animation", "Flash 动画"}, none, here, marked_binary<"FWS">},
    {"application/x-shockwave-flash", {"Flash animation", "Flash 动画"}, none, here, marked_binary<"CWS">},
    // Fonts and colour profiles: fully explained when their tables add up
    {"font/sfnt", {"TrueType or OpenType font", "TrueType/OpenType 字体"}, accounted, here, claims_font},
    {"application/vnd.iccprofile", {"colour profile (ICC)", "色彩配置文件（ICC）"}, accounted, here, claims_icc},
    {"font/woff", {"web font (WOFF)", "网页字体（WOFF）"}, none, here, marked<"wOFF">},
    {"font/woff2", {"web font (WOFF2)", "网页字体（WOFF2）"}, none, here, marked<"wOF2">},
    // Programs
    {"application/x-elf", {"Linux program (ELF)", "Linux 程序（ELF）"}, none, here, marked<"\x7F" "ELF">},
    {"application/vnd.microsoft.portable-executable", {"Windows program", "Windows 程序"}, none, here, begins("M", claims_portable_executable)},
    {"application/x-mach-binary", {"macOS program (Mach-O)", "macOS 程序（Mach-O）"}, none, here, begins("\xCA\xFE\xCE\xCF", claims_macho)},
    {"application/java-vm", {"Java class", "Java 类文件"}, none, here, begins("\xCA", claims_java_class)},
    {"application/wasm", {"WebAssembly program", "WebAssembly 程序"}, none, here, marked<"\0asm">},
    {"application/x-dex", {"Android program (DEX)", "Android 程序（DEX）"}, none, here, marked<"dex\n03">},
    {"application/x-python-code", {"compiled Python", "已编译的 Python 代码"}, none, here, claims_pyc},
    {"application/x-llvm-bitcode", {"LLVM bitcode", "LLVM 中间代码"}, none, here, marked<"BC\xC0\xDE">},
    // Locked
    {"application/pgp-encrypted", {"PGP-encrypted message", "PGP 加密消息"}, sealed, here, shows("-\x84\x85\xC1", claims_pgp_message)},
    {"application/x-age-encryption", {"age-encrypted file", "age 加密文件"}, sealed, here, marked<"age-encryption.org/v1\n">},
    {"application/x-age-encryption", {"age-encrypted file", "age 加密文件"}, sealed, here, marked<"-----BEGIN AGE ENCRYPTED FILE-----">},
    {"application/x-luks", {"encrypted volume (LUKS)", "加密卷（LUKS）"}, sealed, here, marked<"LUKS\xBA\xBE">},
    {"application/x-bitlocker", {"encrypted volume (BitLocker)", "加密卷（BitLocker）"}, sealed, here, marked<"-FVE-FS-", 3>},
    {"application/x-keepass2", {"KeePass password store", "KeePass 密码库"}, sealed, here, marked<"\x03\xD9\xA2\x9A">},
    {"application/x-openssl-salted", {"OpenSSL-encrypted file", "OpenSSL 加密文件"}, sealed, here, marked<"Salted__">},
    {"application/x-ansible-vault", {"Ansible vault", "Ansible 加密保险库"}, sealed, here, marked<"$ANSIBLE_VAULT;">},
    {"application/x-pkcs12", {"key and certificate store (PKCS #12)", "密钥证书库（PKCS #12）"}, sealed, here, begins("0", claims_pkcs12)},
    {"application/pkcs7-encrypted", {"encrypted data (S/MIME, PKCS #7)", "加密数据（S/MIME、PKCS #7）"}, sealed, here, begins("0", claims_pkcs7_sealed)},
    {"application/pkcs7-mime", {"signed data (PKCS #7)", "签名数据（PKCS #7）"}, none, here, begins("0", claims_pkcs7)},
    // Text, read in the main program
    {"text/html", {"web page (HTML)", "网页（HTML）"}, "text.html", here, shows("<", claims_html)},
    {"application/xml", {"XML document", "XML 文档"}, "text.xml", here, shows("<", claims_xml)},
    {"application/x-ipynb+json", {"Jupyter notebook", "Jupyter 笔记本"}, "text.notebook", here, shows("{", claims_notebook)},
    {"application/json", {"JSON data", "JSON 数据"}, "text.json", here, shows("{[", claims_json)},
    {"text/calendar", {"calendar entry or contact card", "日历条目或名片"}, "text.calendar", here, shows("Bb", claims_calendar)},
    {"text/x-tex", {"LaTeX document", "LaTeX 文档"}, "text.latex", here, shows("\\%", claims_latex)},
    {"text/csv", {"table (CSV or TSV)", "表格（CSV 或 TSV）"}, "text.csv", here, claims_csv},
    {"text/plain", {"text", "文本"}, "text.plain", here, claims_plain, true},
};

constexpr auto kinds = [] {
    std::array<FileType, std::size(table)> types{};
    for (std::size_t i = 0; i < types.size(); ++i) {
        Row const& row = table[i];
        types[i] = {row.media, row.name, row.extractor, row.worker, row.claims.ask, row.last_resort, row.yields};
    }
    return types;
}();

// Row by row, of which most name one byte: asking each row about each byte takes more steps than compilers allow.
constexpr auto by_first_byte = [] {
    std::array<Kinds, 256> may_be{};
    for (std::size_t row = 0; row < std::size(table); ++row) {
        Claimer const& claims = table[row].claims;
        for (char const c : claims.first) may_be[static_cast<unsigned char>(c)].put(row);
        for (std::size_t byte = 0; byte < may_be.size(); ++byte) {
            bool const passed_over = byte <= 0x20 || byte == 0xEF || byte == 0xFE || byte == 0xFF;
            if (claims.start == Claimer::Start::byte) break;
            if (claims.start == Claimer::Start::any || passed_over) may_be[byte].put(row);
        }
    }
    return may_be;
}();

}  // namespace

std::span<FileType const> filetypes() { return kinds; }

Kinds kinds_beginning_with(char first) { return by_first_byte[static_cast<unsigned char>(first)]; }

}  // namespace keepmum
