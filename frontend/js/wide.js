// Filters fold away on a phone and stand open on a wide screen.
export function openOnWideScreens() {
  if (!window.matchMedia("(min-width: 62em)").matches) return;
  for (const details of document.querySelectorAll("details[data-open-wide]")) details.open = true;
}
