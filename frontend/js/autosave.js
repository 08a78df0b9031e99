// A form that saves itself names in `data-autosave` where it says so. When it could not, it says that at once, and tries
// again. What was typed stays in the page alone: shared computers remember.
export function autosave() {
  for (const form of document.querySelectorAll("[data-autosave]")) {
    const status = document.querySelector(form.dataset.autosave);
    let again;
    const failed = () => {
      status.textContent = status.dataset.notSaved;
      status.classList.add("hm-saved--not");
      clearTimeout(again);
      again = setTimeout(() => form.dispatchEvent(new CustomEvent("save-again")), 10_000);
    };
    for (const name of ["sendError", "responseError", "timeout"]) form.addEventListener(`htmx:${name}`, failed);
    form.addEventListener("htmx:afterRequest", ({ detail }) => {
      if (!detail.successful) return;
      clearTimeout(again);
      status.classList.remove("hm-saved--not");
    });
  }
}
