import { ExitThisPage } from "govuk-frontend";

// "Hide this page": what is shown goes at once, and the page it leads to takes the place of this one, so that "back" does
// not show it again. (govuk-frontend puts that page after this one.)
export class Leave extends ExitThisPage {
  exitPage() {
    document.body.classList.add("govuk-exit-this-page-hide-content");
    location.replace(this.$button.href);
  }
}
