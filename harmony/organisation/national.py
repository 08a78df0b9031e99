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

NSPCC = ("nspcc-online", "nspcc-system", "nspcc-bullying")  # the three pages that the policy statement names (S6)
GUIDANCE = [
    {
        "code": "nspcc-online",
        "name": "Online safety",
        "publisher": "NSPCC Learning",
        "url": "https://learning.nspcc.org.uk/online-safety/",
    },
    {
        "code": "nspcc-system",
        "name": "The child protection system in England",
        "publisher": "NSPCC Learning",
        "url": "https://learning.nspcc.org.uk/child-protection-system/england/",
    },
    {
        "code": "nspcc-bullying",
        "name": "Bullying and cyberbullying",
        "publisher": "NSPCC Learning",
        "url": "https://learning.nspcc.org.uk/child-abuse-and-neglect/bullying/",
    },
    {
        "code": "working-together",
        "name": "Working together to safeguard children",
        "publisher": "Department for Education",
        "url": "https://www.gov.uk/government/publications/working-together-to-safeguard-children--2",
    },
    {
        "code": "kcsie",
        "name": "Keeping children safe in education",
        "publisher": "Department for Education",
        "url": "https://www.gov.uk/government/publications/keeping-children-safe-in-education--2",
    },
    {
        "code": "information-sharing",
        "name": "Information sharing advice for safeguarding practitioners",
        "publisher": "Department for Education",
        "url": "https://www.gov.uk/government/publications/safeguarding-practitioners-information-sharing-advice",
    },
    {
        "code": "nudes",
        "name": "Sharing nudes and semi-nudes: advice for education settings working with children and young people",
        "publisher": "UK Council for Internet Safety",
        "url": "https://www.gov.uk/government/publications/"
        "sharing-nudes-and-semi-nudes-advice-for-education-settings-working-with-children-and-young-people",
    },
    {
        "code": "serious-incidents",
        "name": "How to report a serious incident in your charity",
        "publisher": "Charity Commission",
        "url": "https://www.gov.uk/guidance/how-to-report-a-serious-incident-in-your-charity",
    },
    {
        "code": "dbs",
        "name": "Making barring referrals to the DBS",
        "publisher": "Disclosure and Barring Service",
        "url": "https://www.gov.uk/guidance/making-barring-referrals-to-the-dbs",
    },
    {
        "code": "data-breaches",
        "name": "Personal data breaches: a guide",
        "publisher": "Information Commissioner’s Office",
        "url": "https://ico.org.uk/for-organisations/report-a-breach/personal-data-breach/personal-data-breaches-a-guide/",
    },
    {
        "code": "ico-sharing",
        "name": "A 10 step guide to sharing information to safeguard children",
        "publisher": "Information Commissioner’s Office",
        "url": "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-sharing/"
        "a-10-step-guide-to-sharing-information-to-safeguard-children/",
    },
    {
        "code": "nspcc-records",
        "name": "Child protection records: retention and storage",
        "publisher": "NSPCC Learning",
        "url": "https://learning.nspcc.org.uk/research-resources/briefings/child-protection-records-retention-storage",
    },
    {
        "code": "iicsa",
        "name": "The report of the Independent Inquiry into Child Sexual Abuse, recommendation 17",
        "publisher": "Independent Inquiry into Child Sexual Abuse",
        "url": "https://www.iicsa.org.uk/reports-recommendations/publications/inquiry/final-report.html",
    },
    {
        "code": "ico-storage",
        "name": "Storage limitation: how long personal data may be kept",
        "publisher": "Information Commissioner’s Office",
        "url": "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-protection-principles/"
        "a-guide-to-the-data-protection-principles/storage-limitation/",
    },
    {
        "code": "duty-to-tell",
        "name": "Crime and Policing Bill: the duty to tell of sexual abuse of a child",
        "publisher": "UK Parliament",
        "url": "https://bills.parliament.uk/bills/3938",
    },
]
