"""On a phone and without an account: a young person tells us, keeps the code, comes back, reads and writes. No cookie, no other host."""

import pytest

from tests.browser import axe, fits, shot


@pytest.mark.needs("Chromium")
def test_a_young_person_on_a_phone(page, site, amara, tom):
    phone, asked = page(width=390), set()
    phone.on("request", lambda request: asked.add(request.url.split("/")[2]))

    def looks_right(name):
        axe(phone)
        fits(phone)
        shot(phone, f"speak-{name}-390")

    phone.goto(f"{site}/safe/")
    looks_right("young")
    phone.get_by_role("link", name="An adult is messaging me").click()
    looks_right("topic")
    phone.get_by_role("link", name="Tell us about it").click()
    phone.get_by_label("Deputy safeguarding officer").check()
    looks_right("about")
    phone.get_by_role("button", name="Next").click()
    phone.get_by_label("What happened?").fill("he msgs me at night")
    phone.get_by_label("I’m not sure").check()
    looks_right("words")
    phone.get_by_role("button", name="Next").click()
    assert phone.get_by_text("Tell them where you are").is_visible()
    assert "Deputy safeguarding officer" not in phone.locator("main").inner_text()  # from here on no page names them
    looks_right("answer")
    phone.get_by_role("button", name="Send").click()
    words = phone.locator(".hm-code li").all_inner_texts()
    looks_right("received")
    phone.get_by_role("link", name="I have a code").click()
    phone.get_by_label("Your six words").fill(" ".join(word[:4] for word in words))
    phone.get_by_role("button", name="See my messages").click()
    phone.get_by_label("Write back").fill("its still going on")
    phone.get_by_role("button", name="Send").click()
    assert phone.get_by_text("its still going on").is_visible()
    looks_right("conversation")
    assert phone.context.cookies() == []
    assert asked == {site.split("/")[2]}
