// Shortly before a session ends it says so and offers to stay. When it has ended, what was typed is sent to be kept,
// and the page is left: nobody reads a record on a screen that was walked away from. With no connection to leave by, the
// page is emptied where it is; what was typed waits in memory, and is sent when there is a connection again.
export function sessionEnd() {
  const banner = document.querySelector("[data-session]");
  if (!banner) return;
  const form = banner.querySelector("form");
  const says = banner.querySelector("[data-session-says]");
  const warning = Number(banner.dataset.warning);
  let timer;
  let over = Date.now() + 1000 * banner.dataset.left;
  let putAway = null; // what had been typed, once the page is empty

  // `By-Itself`: asking is no use of the session, so it makes it no longer
  const ask = () => hear({ headers: { "By-Itself": "yes" } });
  const stay = () => hear({ method: "POST", body: new FormData(form) });

  async function hear(how) {
    clearTimeout(timer);
    try {
      const answer = await fetch(form.action, { ...how, redirect: "manual", signal: AbortSignal.timeout(8000) });
      if (answer.type === "opaqueredirect") return leave(); // to the sign-in page: the session has ended
      told(await answer.json());
    } catch {
      if (Date.now() >= over) empty();
      timer = setTimeout(ask, 10_000); // no connection: it asks again
    }
  }

  function told({ left, says: words, longer }) {
    if (putAway) return again(); // another window stayed
    over = Date.now() + 1000 * left;
    banner.hidden = left > warning;
    if (!banner.hidden) says.textContent = words;
    form.hidden = !longer;
    timer = setTimeout(ask, 1000 * (banner.hidden ? left - warning : left + 1));
  }

  function empty() {
    putAway ??= typed();
    document.title = banner.dataset.over;
    document.body.replaceChildren(document.importNode(banner.querySelector("template").content, true));
  }

  async function again() {
    for (const written of putAway) await keep(written);
    location.reload();
  }

  async function leave() {
    const address = new URLSearchParams({ idle: 1, next: location.pathname + location.search });
    for (const written of putAway ?? typed()) {
      const until = await keep(written);
      if (until) address.set("kept", until);
    }
    location.replace(`${banner.dataset.signIn}?${address}`);
  }

  form.addEventListener("submit", (submit) => {
    submit.preventDefault();
    stay();
  });
  // timers sleep with the computer; and another window may have stayed
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  timer = setTimeout(ask, 1000 * Math.max(0, banner.dataset.left - warning));
}

// What was refused stands in its boxes as if it had been there from the start.
function isTyped(form) {
  if (document.querySelector(".govuk-error-summary")) return true;
  return [...form.elements].some((box) => {
    if (box.options) return [...box.options].some((option) => option.selected !== option.defaultSelected);
    const isBox = "defaultValue" in box;
    return isBox && (box.checked !== box.defaultChecked || box.value !== box.defaultValue);
  });
}

// What was typed in the forms that may be kept: where each goes, and its words.
function typed() {
  const forms = [...document.forms].filter((form) => form.elements.written_by && isTyped(form));
  return forms.map((form) => ({
    address: form.getAttribute("action") || location.href,
    words: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")),
  }));
}

// Gives until when it waits, as the sign-in page reads it; nothing where it could not be kept.
async function keep({ address, words }) {
  const sent = { method: "POST", body: words, headers: { "Keep-Only": "yes" } };
  try {
    const answer = await fetch(address, { ...sent, redirect: "manual" });
    return answer.headers.get("kept");
  } catch {
    return null; // no connection
  }
}
