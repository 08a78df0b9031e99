"""What the demo organisation uses, and what it found when it looked: the eight platforms of the design, and its other ways.

A risk: code of the library, how likely and how bad before and after, what is done, who sees to it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    name: str
    kind: str
    by: str  # who proposed it
    purpose: str
    uses: str
    conditions: str
    risks: tuple
    nothing_in: str
    ages: tuple = (None, None)
    groups: str = ""
    owner: str = "dso"
    age_terms: str = "It says nothing about age."
    data: str = "Names and numbers of those who use it"
    dpia: str = "None needed: little is told, and nothing private"
    leaving: str = "We close the account and delete what is in it."
    is_channel: bool = True
    is_public: bool = True
    days: int = 300  # approved for so many more
    holders: tuple = ()
    decision: str = "The risks are low once this is done."
    refused: str = ""
    to_do: bool = False  # its last control is not in place yet


EIGHT = (
    Told(
        "WhatsApp: parents’ notices", "messages", "sol", "To tell parents that a club is late or cancelled.",
        "Short notices to parents and carers.",
        "Broadcast only: parents cannot see one another’s numbers.\nOnly parents and carers are on the list, no young person.\n"
        "Nothing about a child by name.\nFrom the office phone, never from your own.",
        (
            ("numbers", 4, 3, 1, 3, "One broadcast list, no group", "sol"),
            ("pile-on", 3, 3, 1, 2, "Answers are off", "sol"),
            ("one-holder", 3, 3, 1, 3, "The office phone is held by two", "noor"),
        ),
        "content commerce ai", groups="Parents and carers of every group", owner="office", age_terms="13 and over",
        data="Parents’ phone numbers", dpia="Shared drive, DPIA folder, number 3", days=120, holders=("sol", "noor"),
        leaving="Delete the list and the account; parents are told by e-mail.",
        decision="For parents only, and one way. That is what it is good for.",
    ),
    Told(
        "Instagram: our photo page", "social", "noor", "To show what young people make with us.",
        "Pictures of what we do, for anybody to see.",
        "Only pictures that the photo check says yes to.\nNo names, no faces close up.\nComments and private messages are off.\n"
        "Two of us look at each post before it goes out.",
        (
            ("strangers", 4, 4, 1, 4, "Private messages and comments are off", "noor"),
            ("pictures", 4, 4, 2, 3, "The photo check comes before each post", "noor"),
            ("adverts", 3, 2, 2, 2, "No young person is tagged or named", "jamie"),
            ("too-much", 2, 3, 1, 3, "The account knows no young person", "noor"),
            ("one-holder", 3, 3, 1, 3, "Two hold the account, each with a second proof", "jamie"),
        ),
        "content ai", ages=(None, None), groups="We publish, and nobody signs up", owner="consent", age_terms="13 and over",
        data="Pictures for which there is permission", dpia="Shared drive, DPIA folder, number 5", days=150,
        holders=("noor", "jamie"), leaving="Take down every post, then close the account.",
        decision="It only shows. Nobody can reach a young person through it.",
    ),
    Told(
        "Online Club server", "social", "jamie", "Online Club meets there between sessions.",
        "Online Club, Tuesdays and Thursdays from 17:00 to 20:00.",
        "By invitation only, under first names.\nTwo moderators are there, or it is shut.\nPrivate messages are off.\n"
        "What is written is kept for 90 days.\nNo bots but our own.",
        (
            ("shown-harm", 3, 4, 2, 3, "Links and files wait for a moderator", "jamie"),
            ("strangers", 4, 5, 1, 5, "By invitation, and each account is known to us", "jamie"),
            ("one-to-one", 4, 4, 1, 4, "Private messages are off", "leah"),
            ("pile-on", 4, 4, 2, 3, "Two moderators, and what is written is kept", "leah"),
            ("too-much", 3, 3, 2, 2, "First names only", "leah"),
            ("ai-pictures", 3, 4, 2, 4, "Bots and picture apps are off", "piotr"),
        ),
        "commerce", ages=(13, 17), groups="Online Club", age_terms="13 and over",
        data="First names, and what they write", dpia="Shared drive, DPIA folder, number 2", days=45,
        holders=("jamie", "leah"), leaving="Tell families, save what a case needs, delete the server.",
        decision="With two moderators and no private messages I am content.",
    ),
    Told(
        "Zoom", "video", "tom", "Sessions for learners who cannot come in.",
        "Sessions for groups, and meetings with parents and other agencies.",
        "A waiting room, and only names that we know are let in.\nTwo adults in every session, never one to one.\n"
        "Only we share a screen.\nNothing is recorded.",
        (
            ("shared-screen", 3, 4, 1, 4, "Only hosts share a screen", "piotr"),
            ("strangers", 4, 4, 1, 4, "Waiting room and a new link each time", "priya"),
            ("one-to-one", 3, 4, 1, 4, "Two hosts in every session", "tom"),
            ("recording", 3, 3, 1, 3, "Recording is off for all accounts", "piotr"),
        ),
        "conduct commerce ai", ages=(11, 18), groups="All groups", owner="deputy",
        age_terms="16 and over for an account of one’s own; guests need none", data="First names and pictures while it lasts",
        dpia="Shared drive, DPIA folder, number 1", days=200, holders=("tom", "priya"),
        leaving="Nothing is kept there. Close the accounts.",
    ),
    Told(
        "YouTube: our films", "video", "noor", "To show films that young people made.",
        "Films by young people, for families and funders.",
        "Unlisted: only who has the link finds it.\nComments are off.\nEverybody in it has said yes to this.\n"
        "We watch at our rooms without suggestions.",
        (
            ("suggested", 4, 3, 2, 2, "Shown from our own page, with suggestions off", "noor"),
            ("pile-on", 3, 3, 1, 2, "Comments are off", "noor"),
            ("pictures", 3, 4, 2, 3, "The photo check comes before each film", "noor"),
            ("adverts", 3, 2, 2, 2, "Films are marked as made for children", "leah"),
        ),
        "contact data ai", groups="Families and funders", owner="consent", age_terms="13 and over",
        data="Films for which there is permission", dpia="Shared drive, DPIA folder, number 6",
        holders=("noor", "leah"), leaving="Delete the films, then the account.",
    ),
    Told(
        "Minecraft: club server", "games", "callum", "Club nights for Tuesday Makers.",
        "Club nights for Tuesday Makers, in our room and from home.",
        "Our own server: nobody joins who is not on the list.\nTwo of us play along.\nThe chat filter is on.\n"
        "Nothing is bought.\nIt is shut outside club nights.",
        (
            ("strangers", 4, 5, 1, 4, "A list of who may join", "jamie"),
            ("pile-on", 3, 3, 2, 2, "Two workers play along, and the chat is kept", "leah"),
            ("spending", 3, 2, 1, 2, "Shops and gifts are off", "piotr"),
            ("shown-harm", 3, 3, 2, 2, "The chat filter is on", "piotr"),
        ),
        "data ai", ages=(11, 13), groups="Tuesday Makers", age_terms="7 and over; accounts from 13",
        data="Player names", dpia="Shared drive, DPIA folder, number 8", days=270, holders=("jamie", "piotr"),
        leaving="Give each their world to take home, then delete the server.", to_do=True,
        decision="On our own server, with the list. Not before the filter is on.",
    ),
    Told(
        "AI chatbot", "ai", "priya", "Ideas for stories and for code in creative projects.",
        "Creative projects of learners who are 16 or over, with a worker beside them.",
        "Not under 16.\nA worker is in the room and sees the screen.\nNo names, no pictures, nothing about anybody’s life.\n"
        "No account of one’s own. It is not asked for advice about feelings or health.",
        (
            ("shown-harm", 3, 4, 2, 3, "A worker sees the screen", "priya"),
            ("too-much", 4, 3, 2, 2, "A card beside the screen: nothing about anybody", "priya"),
            ("ai-wrong", 5, 3, 3, 2, "Each answer is checked in a second place", "priya"),
            ("ai-friend", 3, 5, 1, 4, "On our machine only, and never alone", "tom"),
            ("ai-pictures", 3, 5, 1, 4, "Making pictures is off", "piotr"),
            ("ai-learns", 4, 3, 1, 3, "Training on what is typed is off", "piotr"),
        ),
        "contact conduct commerce", ages=(16, 18), groups="Pathways learners", age_terms="13 or 18, by its maker",
        data="Nothing about anybody", dpia="Shared drive, DPIA folder, number 9", is_channel=False,
        leaving="Close our account. Nothing is kept.",
        decision="Only from 16, and only with a worker there. Under 16 the answer is no.",
    ),
    Told(
        "Snapchat", "messages", "callum", "Learners answer there faster than by e-mail.",
        "Messages between workers and learners.", "There are none under which it would be safe.",
        (
            ("vanishing", 5, 4, 5, 3, "Workers take a picture of each talk", "callum"),
            ("one-to-one", 5, 4, 4, 4, "Workers tell the DSO", "callum"),
            ("place", 4, 4, 3, 4, "Learners switch their map off", "callum"),
        ),
        "content commerce data ai", ages=(16, 18), groups="Pathways learners", age_terms="13 and over",
        data="Names, and what they write", refused="Messages vanish, so nobody could say afterwards what was written. A worker "
        "and a young person would be alone there. Use the club phone.",
    ),
)  # fmt: skip
PLAIN = (("too-much", 2, 2, 1, 2, "Only what is needed is written there", "sol"),)
ALL_ELSE = "content contact conduct commerce ai"
OTHERS = (
    Told("Club phone", "device", "leah", "Calls and texts about club times.", "Calls and texts about club times.",
         "Calls and texts about club times.\nKept in the office at night.", PLAIN, ALL_ELSE, (11, 18), "All groups",
         holders=("sol", "leah"), owner="office"),
    Told("E-mail from a work address", "messages", "sol", "Letters and answers.", "Letters and answers.",
         "A parent or a second worker is copied in.", PLAIN, ALL_ELSE, (11, 18), "All groups", holders=("sol", "amara"),
         owner="office"),
    Told("Our website", "system", "noor", "To say who we are and what we do.", "To say who we are and what we do.",
         "Two people read a page before it goes out.", PLAIN, ALL_ELSE, groups="Anybody", holders=("noor", "sol"),
         owner="consent"),
    Told("Noticeboards in our rooms", "other", "leah", "To show what we make.", "To show what we make.",
         "Inside the building only.", PLAIN, ALL_ELSE, groups="Whoever comes in", holders=("noor", "leah"), owner="consent"),
    Told("Newsletter", "other", "noor", "News for families, printed.", "News for families, printed.",
         "Only pictures with permission for the newsletter.", PLAIN, ALL_ELSE, groups="Families", days=200,
         holders=("noor",), owner="consent"),
)  # fmt: skip
STOPPED = Told("Messages on a worker’s own phone", "device", "callum", "To say that a club is late.",
               "To say that a club is late.", "Only to say that a club is late.", PLAIN, ALL_ELSE, is_public=False)  # fmt: skip
WHY_STOPPED = "Nobody else could see what was written. The club phone does this now."
WAITS = Told(
    "AI picture maker", "ai", "priya", "Backgrounds for the films of Studio.", "Backgrounds for films, made by workers.",
    "Workers only.\nNo picture of anybody goes in.\nWhat comes out is marked as made by AI.",
    (
        ("ai-pictures", 4, 5, 2, 4, "Workers only, on one account that is looked at each week", "priya"),
        ("ai-learns", 4, 3, 1, 3, "Training on what goes in is off", "piotr"),
    ),
    "content contact conduct commerce data", age_terms="18 and over", data="Nothing about anybody", is_channel=False, is_public=False,
)  # fmt: skip
