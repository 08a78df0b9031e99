"""National help lines: data to start from, and what error pages show when the database does not answer.

Each organisation checks and edits its own copy (S31): who checked, and when, is theirs to record, so
`checked_on` starts empty.
"""

NATIONAL = [
    {
        "code": "999",
        "name": "999",
        "says": "If anyone is in danger now, ring the police or an ambulance.",
        "phone": "999",
        "hours": "always",
    },
    {
        "code": "nspcc",
        "name": "NSPCC Helpline",
        "says": "For any adult worried about a child.",
        "phone": "0808 800 5000",
        "web": "https://www.nspcc.org.uk/",
        "hours": "Mon-Fri 10:00-16:00",
        "otherwise": "999",
    },
    {
        "code": "childline",
        "name": "Childline",
        "says": "For children and young people, about anything.",
        "phone": "0800 1111",
        "web": "https://www.childline.org.uk/",
        "hours": "always",
    },
    {
        "code": "101",
        "name": "Police, not an emergency",
        "says": "To report a crime when nobody is in danger now.",
        "phone": "101",
        "hours": "always",
    },
    {
        "code": "whistleblowing",
        "name": "NSPCC Whistleblowing Advice Line",
        "says": "If you think a concern was handled badly here. You need not give your name.",
        "phone": "0800 028 0285",
        "hours": "Mon-Fri 08:00-20:00; Sat-Sun 09:00-18:00",
        "otherwise": "nspcc",
    },
    {
        "code": "ceop",
        "name": "CEOP (Child Exploitation and Online Protection)",
        "says": "To report an adult who contacts a child online in a sexual way.",
        "web": "https://www.ceop.police.uk/",
        "hours": "always",
    },
    {
        "code": "report-remove",
        "name": "Report Remove",
        "says": "Free help for under-18s to try to get a nude image taken down.",
        "web": "https://www.childline.org.uk/remove",
        "hours": "always",
    },
    {
        "code": "samaritans",
        "name": "Samaritans",
        "says": "For anybody, about anything that is hard. Free, day and night.",
        "phone": "116 123",
        "web": "https://www.samaritans.org/",
        "hours": "always",
    },
]

GUIDANCE = [
    {
        "name": "NSPCC Learning: online safety",
        "url": "https://learning.nspcc.org.uk/online-safety/",
    },
    {
        "name": "NSPCC Learning: the child protection system in England",
        "url": "https://learning.nspcc.org.uk/child-protection-system/england/",
    },
    {
        "name": "NSPCC Learning: bullying and cyberbullying",
        "url": "https://learning.nspcc.org.uk/child-abuse-and-neglect/bullying/",
    },
    {
        "name": "Working together to safeguard children",
        "url": "https://www.gov.uk/government/publications/working-together-to-safeguard-children--2",
    },
]
