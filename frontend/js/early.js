// First thing in <body>: says that scripts run, before anything is drawn.
document.body.classList.replace("no-js", "js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
