"""The long ways through the product in a line each: filing a concern, weighing it, asking for a document."""

from django.core.management import call_command

WHO = "Zed Adeyemi (12)"
FACTS = "Zed showed me a group chat. It is called zed is dead."
SAID = "they say i should not come back"
VIEW = "I think he is more scared than he says."


def answers_whom_it_is_about(reporter, about=None):
    """From the first page to the question who is worried about."""
    reporter.opens("/report/")
    first = "It is about someone who works or volunteers here" if about else "Neither of these"
    reporter.chooses("Before you write: is somebody in danger, or is it about one of us?", first)
    reporter.presses("Continue")
    if about:
        reporter.chooses("Who is it about?", about)
        reporter.presses("Save and continue")


def writes_what_happened(reporter, who=WHO, facts=FACTS):
    """From there to the page that shows every answer once more."""
    reporter.types("Who are you worried about?", who)
    reporter.presses("Save and continue")
    reporter.types("What happened?", facts)
    reporter.types("Their own words", SAID)
    reporter.types("What you think", VIEW)
    reporter.presses("Skip to check and send")


def files_a_concern(reporter):
    """The whole of it. Returns the reference that the last page shows."""
    answers_whom_it_is_about(reporter)
    writes_what_happened(reporter)
    reporter.presses("Send report")
    return reporter.window.inner_text(".hm-bigref")


def answers_the_triage(worker, rationale):
    worker.chooses("How serious is it?", "High")
    worker.selects("What kind of concern is it?", "Bullying online")
    worker.chooses("Who caused it, as far as you know?", "A child or young person of ours")
    worker.types("Why do you weigh it so?", rationale)
    worker.chooses("Have parents or carers been told?", "Not yet, we will tell them later")
    worker.types("What they said, or why they are not told now", "His dad is told tonight, with Zed.")
    worker.chooses("Will you refer it to somebody outside?", "No")
    worker.types("To whom and why, or why not", "Below the council's threshold: advice taken.")


def asks_for_a_document(person, purpose):
    """From the questions before a document to its download: the page may be left meanwhile."""
    person.chooses("What is it for?", purpose)
    person.types("Who will get it, and why do they need it?", "Our trustees, at their November meeting.")
    person.presses("Make the PDF")
    person.reads("You can leave this page")
    watched = person.path
    person.opens("/my-reports/")
    call_command("make_documents", verbosity=0)
    person.opens(watched)
    person.reads("It is ready")
    return person.downloads("Download the PDF")
