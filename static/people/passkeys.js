/* Starts allauth's passkey scripts on the button that asks for them, and shows its form:
   <form hidden> … <button data-passkey="loginForm" data-ids='{"login": "…", "credential": "…"}'>
   Where scripts or passkeys are missing, the form stays hidden and the other way on the page is the only one.
   When the device says no, or somebody changes their mind, the sentence marked data-passkey-failed appears. */
(() => {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    if (window.PublicKeyCredential) {
      button.form.hidden = false;
      window.allauth.webauthn.forms[button.dataset.passkey]({ ids: JSON.parse(button.dataset.ids) });
    }
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const sentence of document.querySelectorAll("[data-passkey-failed]")) {
      sentence.hidden = false;
      sentence.focus();
    }
  });
})();
