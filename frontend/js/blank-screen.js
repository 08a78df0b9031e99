// "Blank screen" covers the page where it is, so that nothing typed is lost. The button shows itself only with scripts.
export function blankScreen() {
  const cover = document.querySelector("[data-blank-cover]");
  const buttons = document.querySelectorAll("[data-blank-screen]");
  if (!cover) return;
  const behind = [...document.body.children].filter((part) => part !== cover);
  let cameFrom = null;

  const blank = (hide) => {
    cover.hidden = !hide;
    for (const part of behind) part.inert = hide;
    if (hide) {
      cameFrom = document.activeElement;
      cover.querySelector("button").focus();
    } else if (cameFrom) {
      cameFrom.focus();
    }
  };
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", (click) => {
      click.preventDefault();
      blank(true);
    });
  }
  cover.querySelector("button").addEventListener("click", () => blank(false));
}
