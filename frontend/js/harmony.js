// What scripts add to a page that works without them.
import {
  Button,
  ErrorSummary,
  ExitThisPage,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { blankScreen } from "./blank-screen.js";
import { openOnWideScreens } from "./wide.js";

for (const component of [Button, ErrorSummary, ExitThisPage, PasswordInput, ServiceNavigation, SkipLink]) {
  createAll(component);
}
blankScreen();
openOnWideScreens();
