// What scripts add to a page that works without them.
import {
  Button,
  ErrorSummary,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { autosave } from "./autosave.js";
import { blankScreen } from "./blank-screen.js";
import { Leave } from "./leave.js";
import { sessionEnd } from "./session.js";
import { openOnWideScreens } from "./wide.js";

for (const component of [Button, ErrorSummary, Leave, PasswordInput, ServiceNavigation, SkipLink]) {
  createAll(component);
}
autosave();
blankScreen();
sessionEnd();
openOnWideScreens();
