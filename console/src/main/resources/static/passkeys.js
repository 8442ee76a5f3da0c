// Forms that a passkey fills in: asks the page's question of the browser, and sends its answer with the form.
"use strict";

const octets = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const each = (list) => (list ?? []).map((one) => ({ ...one, id: octets(one.id) }));

const create = async (question) => {
  const publicKey = {
    ...question,
    challenge: octets(question.challenge),
    user: { ...question.user, id: octets(question.user.id) },
    excludeCredentials: each(question.excludeCredentials),
  };
  const made = await navigator.credentials.create({ publicKey });
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
  };
};

const sign = async (question) => {
  const publicKey = { ...question, challenge: octets(question.challenge), allowCredentials: each(question.allowCredentials) };
  const signed = await navigator.credentials.get({ publicKey });
  const answer = {
    clientDataJSON: text(signed.response.clientDataJSON),
    authenticatorData: text(signed.response.authenticatorData),
    signature: text(signed.response.signature),
  };
  if (signed.response.userHandle) answer.userHandle = text(signed.response.userHandle);
  return { id: signed.id, rawId: text(signed.rawId), type: signed.type, clientExtensionResults: {}, response: answer };
};

const words = {
  NotAllowedError: "No passkey was used: the browser says that it was cancelled, took too long, or that it has none. Try again.",
  InvalidStateError: "This device has a passkey of your account already. Add one on another device.",
  SecurityError: "The browser refuses passkeys at this address.",
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const note = form.querySelector("[data-passkey-note]");
  const button = form.querySelector("[data-passkey-button]");
  const answer = form.querySelector("[data-passkey-answer]");
  const say = (sentence) => {
    note.textContent = sentence;
    note.className = "notice error";
    note.setAttribute("role", "alert");
    note.hidden = false;
  };
  if (location.origin !== form.dataset.origin) {
    say(`Passkeys work only at ${form.dataset.origin}, the base URL of this instance. This page was opened at ${location.origin}.`);
    continue;
  }
  if (!window.PublicKeyCredential) {
    say("This browser knows no passkeys.");
    continue;
  }
  note.hidden = true;
  button.disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      const asked = await fetch(form.dataset.question, { headers: { Accept: "application/json" } });
      if (!asked.ok || asked.redirected) {
        location.reload();
        return;
      }
      const question = await asked.json();
      answer.value = JSON.stringify(form.dataset.passkey === "create" ? await create(question) : await sign(question));
      form.submit();
    } catch (error) {
      say(words[error.name] ?? "The browser could not use a passkey. Try again, or use another way.");
      button.disabled = false;
    }
  });
}
