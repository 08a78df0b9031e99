// Shortly before a session ends it says so and offers to stay. When it has ended, what was typed is sent to be kept,
// and the page is left: nobody reads a record on a screen that was walked away from.
export function sessionEnd() {
  const banner = document.querySelector("[data-session]");
  if (!banner) return;
  const form = banner.querySelector("form");
  const says = banner.querySelector("[data-session-says]");
  const warning = Number(banner.dataset.warning);
  let timer;

  // `By-Itself`: asking is no use of the session, so it makes it no longer
  const ask = () => hear(fetch(form.action, { redirect: "manual", headers: { "By-Itself": "yes" } }));
  const stay = () => hear(fetch(form.action, { redirect: "manual", method: "POST", body: new FormData(form) }));

  async function hear(asked) {
    clearTimeout(timer);
    try {
      const answer = await asked;
      if (answer.type === "opaqueredirect") return leave(); // to the sign-in page: the session has ended
      told(await answer.json());
    } catch {
      timer = setTimeout(ask, 10_000); // no connection: the page stays, and asks again
    }
  }

  function told({ left, says: words, longer }) {
    banner.hidden = left > warning;
    if (!banner.hidden) says.textContent = words;
    form.hidden = !longer;
    timer = setTimeout(ask, 1000 * (banner.hidden ? left - warning : left + 1));
  }

  async function leave() {
    const address = new URLSearchParams({ idle: 1, next: location.pathname + location.search });
    for (const written of document.forms) {
      const until = written.elements.written_by && isTyped(written) && (await keep(written));
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

// Gives until when it waits, as the sign-in page reads it; nothing where it could not be kept.
async function keep(form) {
  const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const sent = { method: "POST", body: new URLSearchParams(typed), headers: { "Keep-Only": "yes" } };
  try {
    const answer = await fetch(form.getAttribute("action") || location.href, { ...sent, redirect: "manual" });
    return answer.headers.get("kept");
  } catch {
    return null; // no connection
  }
}
