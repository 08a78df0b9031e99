"""The name of a file: what it may be, and which kind of file it says it is.

kind_named(name)    "pdf"; raises Refused with a sentence that says what to do instead
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from harmony.audit.transitions import Refused

LONGEST = 150
KINDS = {
    "pdf": "pdf",
    "txt": "txt",
    "md": "txt",
    "png": "png",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "docx": "docx",
    "xlsx": "xlsx",
}
ARCHIVES = "zip gz tgz bz2 xz 7z rar tar jar iso cab zst lz dmg img vhd"
MACROS = "docm dotm xlsm xltm xlsb xlam pptm potm ppam ppsm doc dot xls xlt ppt pps rtf dotx xltx odt ods"
PICTURES = "gif webp heic heif bmp tif tiff avif ico psd raw"
RECORDINGS = "mp3 m4a wav ogg opus aac amr flac wma mp4 mov avi mkv webm 3gp m4v wmv"
PAGES = "htm html xhtml xht shtml svg svgz xml mht mhtml eml msg"
PROGRAMS = (
    "exe dll com scr msi bat cmd ps1 vbs vbe js jse mjs wsf wsh hta sh bash py pl php rb lnk url apk app pif reg "
    "chm cpl inf jnlp desktop scf settingcontent-ms elf bin swf"
)
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)  # by Windows, whatever follows the dot


def kind_named(name):
    _is_a_name(name)
    ending = _endings(name)[-1]
    if ending in KINDS:
        return KINDS[ending]
    for endings, sentence in (
        (ARCHIVES, _("We cannot look into an archive. Unpack it, and add each file by itself.")),
        (MACROS, _("This kind of office file can hold a program. Save it as a PDF, and add that.")),
        (PICTURES, _("Of pictures we take PNG and JPEG only, and only screenshots of a chat.")),
        (RECORDINGS, _("We take no sound and no video. Keep it where it is, and write here where that is.")),
        (PAGES, _("Web pages and mails can hold a program. Print it as a PDF, and add that.")),
        (PROGRAMS, _("This is a program, or looks like one. Do not open it. Ask whoever looks after IT.")),
    ):
        if ending in endings.split():
            raise Refused(sentence)
    raise Refused(_("We take PDF, plain text, Word, Excel, PNG and JPEG. Save it as a PDF, and add that."))


def _is_a_name(name):
    """A file is opened by its name, on somebody's computer: it must not be able to trick them, or that computer."""
    shown = unicodedata.normalize("NFC", name)
    if len(shown) > LONGEST:
        raise Refused(_("The name of this file is too long. Give it a shorter one."))
    if any(unicodedata.category(letter)[0] == "C" for letter in shown) or set(shown) & set('/\\:*?"<>|'):
        raise Refused(_("There are signs in the name of this file that no name needs. Give it a plain one."))
    if shown != shown.strip(" .") or "." not in shown or RESERVED.match(shown.split(".")[0].strip()):
        raise Refused(_("This is no name of a file. Give it one like chat.png."))
    if set(_endings(shown)[:-1]) & {*f"{PROGRAMS} {PAGES} {ARCHIVES} {MACROS}".split()}:
        raise Refused(_("The name of this file hides what it is. Give it a name with one ending, like chat.png."))


def _endings(name):
    return [part.strip() for part in name.lower().split(".")[1:]]
