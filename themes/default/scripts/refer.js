// The form sends without leaving the page, nothing before its first button, and loses nothing. All words stand in the HTML;
// without this it is a plain form.
{
  const DAY = 86_400_000;
  const PATIENCE = 20_000; // milliseconds, on a poor line
  const GONE = "404 405 410 501"; // Nobody takes forms there.

  const form = document.querySelector("form[data-form]");
  const url = new URL(form.getAttribute("action"), location.href).href;
  const { accept, altcha, base, ok, retry, thanks } = form.dataset;
  const OUTBOX = "referral "; // then its key
  const [first, second] = form.querySelectorAll("[data-step]");
  const [send, more] = form.querySelectorAll("[type=submit]");
  const part = (name) => document.querySelector(`[data-${name}]`);
  const show = (element, visible = true) => element && (element.hidden = !visible);
  const set = (element, name, value) => (value ? element.setAttribute(name, value) : element.removeAttribute(name));
  const on = (name, act) => part(name)?.addEventListener("click", act);
  const inputs = (within = form) => [...within.querySelectorAll("input:not([type=hidden]), textarea")];
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

  // basics: step 1 once it has arrived; entry: what has not; typed, added: form and step 2 as last sent; shown: when the form was;
  // taken: milliseconds to the first press.
  let key, sequence, arrived, basics, entry, typed, added, busy, done, shown, taken, proof;

  function begin() {
    key = "";
    sequence = 0;
    entry = taken = proof = null;
    arrived = busy = done = false;
    basics = [];
    shown = performance.now();
    added = state(second);
    form.noValidate = true;
    form.dataset.state = "";
    ["sent", "failed", "summary"].forEach((name) => show(part(name), false));
    if (more) more.textContent = more.dataset.label;
  }

  // The outbox: pressed, not arrived, in this browser alone.
  const nameOf = (sent) => OUTBOX + sent.key;
  const read = (name) => {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch (unreadable) {
      return null;
    }
  };

  function keep(sent) {
    try {
      localStorage.setItem(nameOf(sent), JSON.stringify(sent));
      return true;
    } catch (refused) {
      return false; // The page still holds the answers.
    }
  }

  function drop(sent) {
    // A later press may have replaced this one, and still waits.
    if (read(nameOf(sent))?.body === sent.body) localStorage.removeItem(nameOf(sent));
  }

  // What waits from other visits to this portal, of many on one host; for a day.
  function late() {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(OUTBOX));
      const fresh = (name) => Math.abs(Date.now() - read(name)?.at) < DAY || localStorage.removeItem(name);
      return names.filter(fresh).map(read).filter((sent) => sent.base === base && sent.key !== key);
    } catch (refused) {
      return [];
    }
  }

  function tell() {
    const waiting = late();
    part("who").textContent = waiting.map((sent) => new URLSearchParams(sent.body).get("prospect")).join(", ");
    show(part("waiting"), waiting.length);
    return waiting;
  }

  async function clearOutbox() {
    for (const sent of tell()) {
      // Another tab may be sending it.
      const locked = navigator.locks?.request(nameOf(sent), { ifAvailable: true }, (free) => free && post(sent));
      if ((await (locked ?? post(sent))) === "sent") show(part("late"));
    }
    tell();
  }

  // "sent", "waiting", or for good: "refused", "gone".
  async function post(sent) {
    try {
      const body = new URLSearchParams(sent.body);
      if (altcha) body.set("altcha", (await (sent.key === key ? ownProof() : prove().catch(() => ""))) || "");
      const answer = await fetch(url, {
        method: "POST",
        body,
        headers: { Accept: accept },
        keepalive: true, // even when the tab is closed
        redirect: "manual",
        signal: AbortSignal.timeout?.(PATIENCE),
      });
      // Browsers keep a redirect's status to themselves.
      const status = answer.type === "opaqueredirect" ? "303" : String(answer.status);
      const among = (statuses) => statuses.split(" ").includes(status);
      if (among(GONE)) return "gone";
      if (!among(ok)) return among(retry) || status >= 500 ? "waiting" : "refused";
      drop(sent);
      return "sent";
    } catch (unreachable) {
      return "waiting";
    }
  }

  // Arithmetic against robots (ALTCHA, version 2, with PBKDF2); it serves one referral.
  async function prove() {
    const asked = await (await fetch(altcha)).json();
    const { cost, keyLength, keyPrefix, nonce, salt } = asked.parameters;
    const bytes = (digits) => Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
    for (let counter = 0; ; counter++) {
      const password = bytes(nonce + counter.toString(16).padStart(8, "0"));
      const secret = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
      const way = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
      const derivedKey = hex(await crypto.subtle.deriveBits(way, secret, keyLength * 8));
      if (derivedKey.startsWith(keyPrefix)) return btoa(JSON.stringify({ challenge: asked, solution: { counter, derivedKey } }));
    }
  }

  // Without it the back end decides what becomes of the referral.
  function ownProof() {
    return (proof ??= prove().then((found) => (form.querySelector("[name=altcha]").value = found), () => (proof = null)));
  }

  const state = (within) => within && inputs(within).map((each) => [each.checked, each.value]).join("\n");

  // Every press is the whole referral.
  function snapshot(step) {
    key ||= hex(crypto.getRandomValues(new Uint8Array(16)));
    taken ??= Math.round(performance.now() - shown);
    const data = new FormData(form);
    for (const name of ["redirect", "_next"]) data.delete(name); // Where a back end sends those without this script.
    const told = { ref_key: key, ref_step: step, ref_seq: ++sequence, ref_ms: taken };
    for (const [name, value] of [...basics, ...Object.entries(told)]) data.set(name, value);
    typed = state(form);
    added = state(second);
    return { key, base, at: Date.now(), body: String(new URLSearchParams(data)) };
  }

  function press() {
    if (busy || !whole()) return;
    entry = snapshot(arrived ? 2 : 1);
    deliver();
  }

  // The button says what goes on and keeps the focus.
  async function during(button, work) {
    const words = button.textContent;
    set(button, "aria-disabled", "true");
    button.textContent = button.dataset.sending;
    const result = await work;
    button.textContent = words;
    set(button, "aria-disabled");
    return result;
  }

  async function deliver() {
    const sent = entry;
    const button = arrived ? more : send;
    const kept = keep(sent);
    const answer = post(sent);
    navigator.locks?.request(nameOf(sent), () => answer).catch(() => {});
    if (part("failed").contains(document.activeElement)) button.focus();
    show(part("failed"), false);
    busy = true;
    const verdict = await during(button, answer);
    busy = false;
    if (verdict !== "sent") return fail(verdict, kept);
    entry = null;
    if (arrived || !second) return finish();
    arrive(sent);
  }

  function fail(verdict, kept) {
    if (verdict !== "waiting") {
      drop(entry);
      proof = null; // It may have run out.
    } else verdict = kept ? "kept" : "unkept";
    ["kept", "unkept", "refused", "gone"].forEach((name) => show(part(name), name === verdict));
    show(part("forget"), verdict === "kept");
    show(part("again"), verdict !== "gone");
    show(part("copy").parentElement, navigator.clipboard);
    show(part("failed"));
    part("failed").focus();
  }

  function arrive(sent) {
    const later = inputs(second).map((each) => each.name);
    basics = [...new URLSearchParams(sent.body)].filter(([name]) => name !== "altcha" && !later.includes(name)); // The proof may be younger.
    arrived = true;
    empty(first);
    form.dataset.state = "sent";
    second.open = true;
    ["sent", "finish"].forEach((name) => show(part(name)));
    part("sent").focus();
  }

  // What has arrived is not sent again when one comes back.
  function empty(step) {
    for (const each of inputs(step)) {
      each.checked = each.defaultChecked;
      each.value = each.defaultValue;
    }
  }

  function finish() {
    done = true;
    empty(second ?? first);
    location.assign(thanks);
  }

  const errorOf = (input) => document.getElementById(`${input.id}-error`);
  const isWrong = (input) => !input.validity.valid || (input.required && !input.value.trim());

  function whole() {
    const asked = inputs(arrived ? second : first);
    asked.forEach((input) => mark(input, isWrong(input)));
    const wrong = asked.filter(isWrong);
    part("summary").querySelector("ul").replaceChildren(...wrong.map(reminder));
    show(part("summary"), wrong.length);
    if (wrong.length) part("summary").focus();
    return !wrong.length;
  }

  function reminder(input) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${input.id}`;
    link.textContent = errorOf(input)?.textContent ?? input.labels[0].textContent;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      input.focus();
    });
    item.append(link);
    return item;
  }

  function mark(input, wrong) {
    const error = errorOf(input);
    if (!error) return;
    const told = new Set(input.getAttribute("aria-describedby")?.split(" "));
    told[wrong ? "add" : "delete"](error.id);
    set(input, "aria-describedby", [...told].join(" "));
    set(input, "aria-invalid", wrong);
    show(error, wrong);
  }

  // For a mail or the clipboard.
  function answers() {
    const data = new URLSearchParams(entry.body);
    const asked = new Map(inputs().map((each) => [each.name, each.closest("fieldset")?.querySelector("legend") ?? each.labels[0]]));
    const said = [...asked].filter(([name]) => data.get(name));
    return said.map(([name, label]) => `${label.textContent.trim()}\r\n${data.get(name)}`).join("\r\n\r\n");
  }

  on("mail", ({ currentTarget: link }) => (link.href = `${link.href.split("&body=")[0]}&body=${encodeURIComponent(answers())}`));
  on("copy", async ({ currentTarget: button }) => {
    await navigator.clipboard.writeText(answers());
    button.textContent = button.dataset.done;
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    press();
  });
  form.addEventListener("input", ({ target }) => {
    if (target.getAttribute("aria-invalid") === null || isWrong(target)) return;
    mark(target, false);
    part("summary").querySelector(`[href="#${target.id}"]`)?.parentElement.remove();
    show(part("summary"), part("summary").querySelector("li"));
  });
  if (altcha) form.addEventListener("focusin", ownProof);
  on("again", press);
  on("send-now", ({ currentTarget: button }) => during(button, clearOutbox()));
  on("delete", () => {
    late().forEach(drop);
    tell();
    document.getElementById("main").focus();
  });
  on("forget", () => {
    drop(entry);
    entry = null;
    show(part("failed"), false);
    (arrived ? more : send).focus();
  });
  on("finish", () => {
    addUnsent();
    done = true;
    empty(second);
  });

  // Whoever leaves a half-filled step 2 leaves what it holds.
  function addUnsent() {
    if (!arrived || done || state(second) === added) return;
    const sent = snapshot(2);
    if (!navigator.onLine || !navigator.sendBeacon(url, new URLSearchParams(sent.body))) keep(sent);
  }

  function comeBack() {
    // Somebody who is mending what failed presses the button themself.
    if (entry && !busy && typed === state(form)) deliver();
    clearOutbox();
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? addUnsent() : comeBack()));
  addEventListener("online", comeBack);
  addEventListener("storage", tell);
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    if (done) begin();
    clearOutbox();
  });
  begin();
  clearOutbox();
}
