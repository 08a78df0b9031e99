document.body.classList.replace("no-js","js-enabled");"noModule"in HTMLScriptElement.prototype&&document.body.classList.add("govuk-frontend-supported");
