// A form that saves itself names in `data-autosave` where it says so. When it could not, it says that at once, and tries
// again. What was typed stays in the page alone: shared computers remember.
export function autosave() {
  for (const form of document.querySelectorAll("[data-autosave]")) {
    const status = document.querySelector(form.dataset.autosave);
    let again;
    let unsaved = false;
    const failed = () => {
      unsaved = true;
      status.textContent = status.dataset.notSaved;
      status.classList.add("hm-saved--not");
      clearTimeout(again);
      again = setTimeout(() => form.dispatchEvent(new CustomEvent("save-again")), 10_000);
    };
    form.addEventListener("input", () => (unsaved = true));
    form.addEventListener("submit", () => (unsaved = false));
    form.addEventListener("htmx:beforeRequest", () => (unsaved = false));
    // loaded again, closed, or put away: what was typed since the last saving goes out with the page
    const leave = () => {
      if (!unsaved) return;
      unsaved = false;
      const typed = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
      fetch(location.href, { method: "POST", body: typed, headers: { "HX-Request": "true" }, keepalive: true }).catch(() => {});
    };
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => document.hidden && leave());
    for (const name of ["sendError", "responseError", "timeout"]) form.addEventListener(`htmx:${name}`, failed);
    form.addEventListener("htmx:afterRequest", ({ detail }) => {
      if (!detail.successful) return;
      clearTimeout(again);
      status.classList.toggle("hm-saved--not", !detail.xhr.responseText.includes('id="drawn"'));
    });
  }
}
