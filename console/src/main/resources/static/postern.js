// What pages cannot do without script: live rungs, copying, filters that follow typing. Every page works without this file.
"use strict";

// Browsers hand the clipboard to scripts only over HTTPS and on this very machine; elsewhere what is selected can be copied.
const copy = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "visually-hidden";
  document.body.append(field);
  field.focus({ preventScroll: true });
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  if (!done) throw new Error("The browser did not copy.");
};

// Buttons that copy the field beside them, or what is meant for somebody else.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  button.dataset.label ??= button.textContent;
  try {
    await copy(source.value ?? source.textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = button.dataset.label; }, 1500);
  } catch {
    source.hidden = false;
    source.focus();
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    button.textContent = "Not copied. It is selected: press Ctrl+C";
  }
});

// Times are relative, with the exact time in the reader's zone on hover.
const spans = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const tellTimes = () => {
  for (const time of document.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    const seconds = (at - Date.now()) / 1000;
    const span = spans.find(([, length]) => Math.abs(seconds) >= length);
    time.textContent = span ? relative.format(Math.round(seconds / span[1]), span[0]) : seconds > 0 ? "in a moment" : "just now";
    time.title = at.toLocaleString("en", { dateStyle: "full", timeStyle: "long" });
  }
};
tellTimes();
setInterval(tellTimes, 30000);

// Tabs that do not fit scroll; the one that is open is to be seen.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

// One row menu at a time; Escape closes it.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.rowmenu[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details.rowmenu[open]")) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

// Filters submit themselves shortly after the last key.
for (const input of document.querySelectorAll("input[data-filter]")) {
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => input.form.requestSubmit(), 300);
  });
  if (input.value && document.referrer === location.href.split("?")[0]) input.focus();
}

// The security mode follows the port until somebody chooses.
const port = document.getElementById("smtpPort");
if (port) {
  const modes = [...document.querySelectorAll("input[name=connectionSecurity]")];
  const chosen = document.getElementById("securityChosen");
  for (const mode of modes) mode.addEventListener("change", () => { chosen.value = "true"; });
  port.addEventListener("input", () => {
    if (chosen.value === "true") return;
    const word = port.value === "465" || port.value === "2465" ? "tls" : "starttls";
    for (const mode of modes) mode.checked = mode.value === word;
  });
}

// A test message whose link may be pressed at any moment: asks often at first, then seldom, and only while somebody looks.
let asked = 0;
let asking;
const followArrival = () => {
  clearTimeout(asking);
  const rung = document.querySelector("#arrival[data-follow]");
  if (!rung) return;
  asking = setTimeout(async () => {
    if (!document.hidden) {
      asked += 1;
      const answer = await fetch(rung.dataset.follow, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
      if (answer && !answer.ok) return;
      const now = document.createElement("template");
      now.innerHTML = answer ? await answer.text() : "";
      if (rung.isConnected && !now.content.querySelector("[data-follow]")) {
        for (const fresh of now.content.querySelectorAll("[id]")) document.getElementById(fresh.id)?.replaceWith(fresh);
      }
    }
    followArrival();
  }, asked < 100 ? 3000 : 30000);
};
followArrival();

// Validate: start the check, then show each rung as it ends.
const form = document.getElementById("smtp-form");
if (form && window.EventSource) {
  const result = document.getElementById("result");
  const validate = document.getElementById("validate");
  const cancel = document.getElementById("cancel");
  let source = null;
  let running = null;

  const stop = () => {
    if (source) source.close();
    source = null;
    running = null;
    const focused = document.activeElement === cancel;
    validate.hidden = false;
    cancel.hidden = true;
    if (focused) validate.focus();
  };

  const show = (event) => {
    const rung = document.createElement("template");
    rung.innerHTML = event.data.trim();
    const fresh = rung.content.firstElementChild;
    const old = result.querySelector(`.ladder [data-stage="${fresh.dataset.stage}"]`);
    if (old) old.replaceWith(fresh);
    climb(fresh.nextElementSibling);
    const waiting = document.getElementById("waiting");
    if (waiting && waiting.className === "") waiting.textContent = "";
  };

  // The rung that is being climbed.
  const climb = (rung) => {
    if (!rung || rung.className !== "skipped") return;
    rung.className = "running";
    rung.querySelector(".mark").setAttribute("aria-label", "running");
  };

  // The verdict and the rung that broke, moved no more than they need; the focus stays where it is.
  const bringIntoView = () => {
    const verdict = result.querySelector(".verdict");
    if (!verdict) return;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    const top = verdict.getBoundingClientRect().top;
    const bottom = (result.querySelector(".ladder .failed") ?? verdict).getBoundingClientRect().bottom;
    const margin = 16;
    const below = bottom + margin - innerHeight;
    // What does not fit in whole is shown from its beginning.
    if (top < margin) scrollBy({ top: top - margin, behavior });
    else if (below > 0) scrollBy({ top: Math.min(below, top - margin), behavior });
  };

  // A form that was sent without script, such as by "Trust this certificate", comes back with its verdict.
  bringIntoView();

  const listen = (uid) => {
    source = new EventSource(`/system/administration/smtp/checks/${uid}/events`);
    source.addEventListener("rung", show);
    source.addEventListener("waiting", (event) => {
      const waiting = document.getElementById("waiting");
      waiting.textContent = event.data;
      waiting.className = "";
    });
    source.addEventListener("saved", (event) => { document.getElementById("saved").textContent = event.data; });
    source.addEventListener("verdict", (event) => {
      const remarks = result.querySelectorAll("[data-remark]");
      result.innerHTML = event.data;
      result.querySelector(".verdict")?.append(...remarks);
      stop();
      bringIntoView();
      tellTimes();
      asked = 0;
      followArrival();
    });
    source.onerror = stop;
  };

  const area = document.getElementById("trustedCertificates");
  const most = Number(area.dataset.max);

  // A fault of the certificates, at their field; empty: there is none.
  const tellTrust = (sentence) => {
    const fault = document.createElement("p");
    fault.className = "fault";
    fault.setAttribute("role", "alert");
    fault.textContent = sentence;
    document.getElementById("trusted-note").replaceChildren(...(sentence ? [fault] : []));
    if (sentence) {
      area.setAttribute("aria-invalid", "true");
      document.getElementById("trust").open = true;
      area.focus();
    } else {
      area.removeAttribute("aria-invalid");
    }
  };
  const tooLarge = (what, characters) =>
    `${what} ${Math.ceil(characters / 1024)} KiB; ${most / 1024} KiB of certificates are taken. The authority that signed the server's certificate is enough, or the server's own certificate.`;

  form.addEventListener("submit", (event) => {
    if (area.value.length <= most) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tellTrust(tooLarge("These are", area.value.length));
  });

  form.addEventListener("submit", async (event) => {
    if (!event.submitter || event.submitter.value !== "validate" || running) return;
    event.preventDefault();
    validate.hidden = true;
    cancel.hidden = false;
    cancel.focus();
    const answer = await fetch(form.getAttribute("action") + "/checks", { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) {
      stop();
      form.requestSubmit();
      return;
    }
    result.innerHTML = await answer.text();
    // A border without its sentence would accuse a field of nothing.
    for (const fault of form.querySelectorAll(".fault")) fault.remove();
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    // As they were checked.
    for (const box of form.querySelectorAll("input:not([type])")) box.value = box.value.trim();
    running = result.querySelector("[data-check]")?.dataset.check;
    climb(result.querySelector(".ladder li"));
    if (running) listen(running);
    else stop();
  });

  // What is folded away is told beside its name, as it stands now.
  const tellFolded = () => {
    const mechanism = form.elements.authMechanism.value;
    document.getElementById("trusts").hidden = form.elements.trustedCertificates.value.trim() === "";
    document.getElementById("only").hidden = mechanism === "";
    document.getElementById("only").textContent = `${mechanism} only`;
  };
  form.addEventListener("input", tellFolded);

  // What stands on the right belongs to the values it was found with.
  form.addEventListener("input", () => {
    const verdict = result.querySelector(".verdict.passed, .verdict.broken");
    if (verdict) verdict.classList.add("stale");
  });

  // A repair changes the form before your eyes, then validates.
  result.addEventListener("click", (event) => {
    const button = event.target.closest("[data-repair]");
    if (!button) return;
    event.preventDefault();
    for (const [name, value] of new URLSearchParams(button.value)) {
      if (name === "connectionSecurity") {
        for (const mode of form.elements[name]) mode.checked = mode.value === value;
        form.elements.securityChosen.value = "true";
      } else {
        form.elements[name].value = value;
        form.elements[name].closest("details")?.setAttribute("open", "");
      }
    }
    tellFolded();
    form.requestSubmit(validate);
  });

  // An address is kept in logs; a password that was pasted with the server must not get there.
  const withoutSignIn = (server) => server.replace(/^([a-z]+:\/\/)[^/?#]*@/i, "$1");

  // What is known about the provider follows what is typed.
  const note = document.getElementById("provider-note");
  for (const name of ["smtpServer", "fromEmailId"]) {
    form.elements[name].addEventListener("change", async () => {
      const typed = new URLSearchParams({ smtpServer: withoutSignIn(form.elements.smtpServer.value), fromEmailId: form.elements.fromEmailId.value });
      const answer = await fetch(`/system/administration/smtp/provider?${typed}`, { headers: { "X-Requested-With": "fetch" } });
      if (answer.ok) note.innerHTML = await answer.text();
    });
  }

  // A link to what is folded away unfolds it.
  for (const link of form.querySelectorAll("a[href='#trust']")) {
    link.addEventListener("click", () => {
      document.getElementById("trust").open = true;
      form.elements.trustedCertificates.focus();
    });
  }

  // Where the sequence that begins at a place of a file in binary form (DER) begins inside, and where it ends; null: there is none, or it is cut off.
  // One whose end is marked (BER, X.690 section 8.1.3.6) is taken to end with the file.
  const sequenceAt = (octets, at) => {
    const first = octets[at + 1];
    const more = first < 0x80 ? 0 : first & 0x7f;
    const inside = at + 2 + more;
    if (octets[at] === 0x30 && first === 0x80) return { inside, end: octets.length };
    const length = more === 0 ? first : octets.slice(at + 2, inside).reduce((sum, octet) => sum * 256 + octet, 0);
    return octets[at] === 0x30 && inside + length <= octets.length ? { inside, end: inside + length } : null;
  };

  // What such a sequence is, as the label of its text form; null for anything else than a key or certificates. A key begins with its version, one octet
  // (RFC 5958 section 2, RFC 8017 appendix A.1.2); one with a passphrase with the name of its cipher, and octets follow (RFC 5958 section 3). A
  // certificate begins with a sequence that begins with a version or a number (RFC 5280 section 4.1), a set of certificates with the name of a content
  // type (RFC 2315 section 7).
  const kindOf = (octets, outer) => {
    const first = octets[outer.inside];
    if (first === 0x02) return octets[outer.inside + 1] === 1 ? "PRIVATE KEY" : null;
    if (first === 0x06) return "PKCS7";
    const inner = sequenceAt(octets, outer.inside);
    if (!inner) return null;
    if (octets[inner.inside] === 0x06) return octets[inner.end] === 0x04 ? "ENCRYPTED PRIVATE KEY" : null;
    return [0xa0, 0x02].includes(octets[inner.inside]) ? "CERTIFICATE" : null;
  };

  // The keys and certificates that a file in binary form begins with, one behind the other.
  const partsOf = (octets) => {
    const outer = sequenceAt(octets, 0);
    const kind = outer && kindOf(octets, outer);
    return kind ? [{ kind, octets: octets.subarray(0, outer.end) }, ...partsOf(octets.subarray(outer.end))] : [];
  };

  const pem = ({ kind, octets }) => {
    const lines = btoa(String.fromCharCode(...octets)).match(/.{1,64}/g);
    return [`-----BEGIN ${kind}-----`, ...lines, `-----END ${kind}-----`].join("\n");
  };

  // A file as text for the field: as it is or, from binary form, as PEM. Empty: neither text nor certificates.
  const textOf = (octets, parts) => {
    if (parts.length > 0) return parts.map(pem).join("\n");
    const text = new TextDecoder().decode(octets);
    // Names around a certificate may be in any encoding; a certificate has its marks.
    return text.includes("-----BEGIN ") || !/[^\P{Cc}\s]|\uFFFD/u.test(text) ? text : "";
  };

  const file = document.getElementById("certificateFile");
  document.getElementById("upload").hidden = false;
  file.addEventListener("change", async () => {
    const chosen = file.files[0];
    if (!chosen) return;
    if (chosen.size > most) {
      tellTrust(tooLarge(`${chosen.name} has`, chosen.size));
    } else {
      const octets = new Uint8Array(await chosen.arrayBuffer());
      const parts = partsOf(octets);
      const text = textOf(octets, parts);
      const isKey = [text, new TextDecoder().decode(octets)].some((each) => each.includes("PRIVATE KEY-----"));
      if (isKey) {
        tellTrust(`${chosen.name} holds a private key. Never upload it or hand it out. What belongs here is the certificate alone; it begins with -----BEGIN CERTIFICATE-----.`);
      } else if (text.trim() === "") {
        tellTrust(`${chosen.name} holds no certificate. What belongs here is one as text, which begins with -----BEGIN CERTIFICATE-----, or in binary form (DER).`);
      } else {
        area.value = `${area.value.trim()}\n${text}`.trim() + "\n";
        tellTrust(area.value.length > most ? tooLarge("These are", area.value.length) : "");
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    file.value = "";
  });

  cancel.addEventListener("click", () => {
    const body = new FormData();
    body.set("_csrf", form.elements._csrf.value);
    fetch(`/system/administration/smtp/checks/${running}/cancel`, { method: "POST", body });
  });
}
