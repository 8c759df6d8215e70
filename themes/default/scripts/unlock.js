// Opens a sealed page in its reader's own browser, shows it, and locks it again. It asks nobody, keeps nothing and sends nothing.
// All words stand in the page; the envelope is described in site_builder/seal/envelope.py. Written so that browsers too old to open
// the page can still say so: no syntax younger than 2017.
{
  const MINUTE = 60000;
  const IDLE = 15 * MINUTE;
  // Iterations: fewer make guessing cheap, and more would only freeze the browser.
  const FEWEST = 600000;
  const MOST = 20000000;
  // Bytes; there are eight of them, whoever may read.
  const SLOT = 40;
  // Crockford's base32.
  const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
  // Unicode's White_Space.
  const BLANKS = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
  // What people write between words: those blanks, marks of no width, hyphens and dashes, dots, commas, underscores.
  const BETWEEN =
    /[\t-\r \x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\-\u2010-\u2015\u2212.,_]+/g;
  // Quotation marks, and what a sentence ends with, around a phrase that was copied out of one.
  const AROUND = /^[ !"'?\xab\xbb\u2018-\u201f]+|[ !"'?\xab\xbb\u2018-\u201f]+$/g;
  // The only words of our list with a hyphen, without it.
  const HALVES = /(^| )(drop down|felt tip|t shirt|yo yo)(?= |$)/g;
  const UNWANTED = "audio,base,embed,form,frame,iframe,image,img,link,meta,object,picture,script,source,style,template,video";

  // Before anything else: a key that stays in the address bar is read over shoulders and kept in bookmarks.
  function takeKey() {
    const key = location.hash.slice(1);
    if (key) history.replaceState(null, "", location.href.split("#")[0]);
    return key;
  }
  const key = takeKey();

  const part = (id) => document.getElementById(id);
  const [closed, said, form, typed, shown, send, wait, bar, told, open] =
    ["closed", "said", "form", "typed", "shown", "send", "wait", "bar", "told", "open"].map(part);
  const words = part("words").dataset;
  const byLink = form.dataset.for === "link";
  const utf8 = new TextEncoder();

  // sealed: the envelope's parts once they are found whole; turn: grows with each locking, so that what began before is dropped.
  let sealed = null;
  let busy = false;
  let turn = 0;
  let seen = 0;
  let timer;

  function say(name) {
    said.textContent = "";
    if (name) said.append(part(`say-${name}`).content.cloneNode(true));
    const wrong = name === "wrong" || name === "empty";
    typed[wrong ? "setAttribute" : "removeAttribute"]("aria-invalid", "true");
  }

  // Everything that goes wrong and has no name of its own is damage.
  const nameOf = (error) => (part(`say-${error.message}`) ? error.message : "damaged");

  // ---------------------------------------------------------------- the envelope

  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  function joined(...parts) {
    const all = new Uint8Array(parts.reduce((length, each) => length + each.length, 0));
    parts.reduce((start, each) => (all.set(each, start), start + each.length), 0);
    return all;
  }

  // Nothing is derived from a passphrase before the whole envelope is found to be one of ours.
  async function envelope() {
    const raw = JSON.parse(part("sealed").content.textContent);
    const [header, slots, nonce, text, sum] = ["header", "slots", "nonce", "text", "sum"].map((name) => bytes(raw[name]));
    if (slots.length !== 8 * SLOT || nonce.length !== 12 || sum.length !== 16 || text.length < 16) throw new Error("damaged");
    const found = new Uint8Array(await crypto.subtle.digest("SHA-256", joined(header, slots, nonce, text)));
    if (sum.some((byte, place) => byte !== found[place])) throw new Error("damaged");
    const { v, for: readers, page, salt, iterations } = JSON.parse(new TextDecoder().decode(header));
    const cost = byLink || (Number.isInteger(iterations) && iterations >= FEWEST && iterations <= MOST);
    if (v !== 1 || readers !== form.dataset.for || bytes(salt).length !== 16 || !cost) throw new Error("parameters");
    const address = location.pathname.replace(/index\.html$/, "").replace(/\/?$/, "/");
    if (location.protocol !== "file:" && !address.endsWith(`/${page}`)) throw new Error("moved");
    return { header, slots, nonce, text, salt: bytes(salt), iterations };
  }

  const phrase = (text) => text.normalize("NFKC").replace(BLANKS, " ").replace(/^ | $/g, "");

  // A phrase as it was probably meant; site_builder/seal/ways.py says the rule.
  function plain(text) {
    const small = text.normalize("NFKC").replace(BETWEEN, " ").replace(AROUND, "").replace(/\u0130/g, "I").toLowerCase();
    return phrase(small.replace(HALVES, (_, before, word) => before + word.replace(" ", "-")));
  }

  // What is typed becomes the bytes to try, in order; none when it can be no key.
  function secretsOf(text) {
    const found = byLink ? [linkSecret(text)] : Array.from(new Set([phrase(text), plain(text)]), (each) => utf8.encode(each));
    return found.filter((secret) => secret && secret.length);
  }

  function linkSecret(text) {
    let plain = text.split("#").pop();
    try {
      plain = decodeURIComponent(plain);
    } catch (unescaped) {
      // It was no escape after all.
    }
    plain = plain.toLowerCase().replace(/[^0-9a-z]/g, "").replace(/o/g, "0").replace(/[il]/g, "1");
    const bits = Array.from(plain, (letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
    // 26 letters hold 128 bits and two zeros; -1 has left its sign.
    if (plain.length !== 26 || !/^[01]{128}00$/.test(bits)) return null;
    return Uint8Array.from({ length: 16 }, (_, place) => parseInt(bits.substr(place * 8, 8), 2));
  }

  async function unlocked(secret) {
    const { header, slots, nonce, text, salt, iterations } = sealed;
    const { subtle } = crypto;
    const way = byLink
      ? { name: "HKDF", hash: "SHA-256", salt, info: utf8.encode("referral-portal link 1") }
      : { name: "PBKDF2", hash: "SHA-256", salt, iterations };
    const base = await subtle.importKey("raw", secret, way.name, false, ["deriveKey"]);
    const reader = await subtle.deriveKey(way, base, { name: "AES-KW", length: 256 }, false, ["unwrapKey"]);
    const unwrap = (slot) => subtle.unwrapKey("raw", slot, reader, "AES-KW", "AES-GCM", false, ["decrypt"]).catch(() => null);
    const slot = (_, place) => unwrap(slots.subarray(place * SLOT, (place + 1) * SLOT));
    const content = (await Promise.all(Array.from({ length: 8 }, slot))).find(Boolean);
    if (!content) throw new Error("wrong");
    const additionalData = joined(utf8.encode("referral-portal sealed 1\0"), header, slots);
    const padded = new Uint8Array(await subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData }, content, text));
    const packed = new Blob([padded.subarray(4, 4 + new DataView(padded.buffer).getUint32(0))]);
    padded.fill(0);
    return new Response(packed.stream().pipeThrough(new DecompressionStream("deflate"))).text();
  }

  // ---------------------------------------------------------------- opening and locking

  async function attempt(text) {
    if (busy || !sealed) return;
    const secrets = secretsOf(text);
    if (!secrets.length) return fail(!byLink ? "empty" : text ? "wrong" : "keyless");
    const mine = turn;
    waiting(true);
    say();
    try {
      const html = await unlocked(secrets[0]).catch((error) => {
        if (error.message !== "wrong" || mine !== turn || !secrets[1]) throw error;
        return unlocked(secrets[1]);
      });
      if (mine === turn) show(html);
    } catch (error) {
      if (mine === turn) fail(nameOf(error));
    }
    waiting(false);
  }

  function waiting(begins) {
    busy = typed.readOnly = begins;
    send.setAttribute("aria-disabled", begins);
    send.textContent = begins ? send.dataset.busy : send.dataset.label;
    wait.textContent = begins ? wait.dataset.busy : "";
  }

  function fail(name) {
    say(name);
    form.hidden = false;
    typed.focus();
  }

  function show(html) {
    // Parsed where nothing runs or loads. Sanitised it was before it was sealed; this is the second fence.
    const { body } = new DOMParser().parseFromString(html, "text/html");
    body.querySelectorAll(UNWANTED).forEach((each) => each.remove());
    for (const each of body.querySelectorAll("*")) {
      for (const { name, value } of Array.from(each.attributes)) {
        const loads = each.localName !== "a" && /href$/.test(name) && value[0] !== "#";
        const paints = each instanceof SVGElement && /\\|url\((?!#)/.test(value);
        if (loads || paints || /^(on.*|style|src.*|background|formaction|ping|poster)$/.test(name)) each.removeAttribute(name);
      }
    }
    dress(body);
    open.replaceChildren(...body.childNodes);
    empty();
    closed.hidden = true;
    open.hidden = bar.hidden = false;
    focus(open.querySelector("h1") || open);
    scrollTo(0, 0);
    seen = Date.now();
    watch();
  }

  function lock(name) {
    turn += 1;
    clearTimeout(timer);
    empty();
    if (open.hidden) return;
    open.textContent = told.textContent = "";
    open.hidden = bar.hidden = true;
    closed.hidden = false;
    fail(name);
  }

  function empty() {
    form.reset();
    reveal();
  }

  const reveal = () => shown && (typed.type = shown.checked ? "text" : "password");

  function focus(element) {
    if (element.tabIndex < 0) element.tabIndex = -1;
    element.focus();
  }

  // Timers sleep with the machine, so whatever wakes it looks at the clock first.
  const left = () => IDLE - Math.abs(Date.now() - seen);

  function watch() {
    clearTimeout(timer);
    if (open.hidden) return;
    const rest = left();
    if (rest <= 0) return lock("idle");
    told.textContent = rest > MINUTE ? "" : words.soon;
    timer = setTimeout(watch, rest > MINUTE ? rest - MINUTE : rest);
  }

  function used() {
    if (open.hidden) return;
    const rest = left();
    if (rest > 0) seen = Date.now();
    if (rest <= MINUTE) watch();
  }

  // ---------------------------------------------------------------- what an opened page can do

  function dress(root) {
    for (const table of root.querySelectorAll("table[data-name]")) {
      const { name } = table.dataset;
      const title = table.caption ? table.caption.textContent.trim() : name;
      const csv = button("CSV", () => save(`${name}.csv`, "text/csv", csvOf(rowsOf(table))));
      const json = button("JSON", () => save(`${name}.json`, "application/json", jsonOf(rowsOf(table))));
      for (const each of [csv, json]) each.setAttribute("aria-label", `${each.textContent}: ${title}`);
      beside(table, csv, json);
    }
    for (const file of root.querySelectorAll("pre[data-file]")) {
      const { file: name, type, label } = file.dataset;
      // A calendar's lines end as its standard says, which HTML forgets.
      const text = () => (type === "text/calendar" ? file.textContent.replace(/\r?\n/g, "\r\n") : file.textContent);
      file.hidden = true;
      beside(file, button(label || words.download.replace("{file}", name), () => save(name, type || "text/plain", text())));
    }
    for (const link of root.querySelectorAll("a[href]")) {
      const address = link.getAttribute("href");
      if (address[0] === "#") continue;
      // A page opened from a file has its site elsewhere. And who follows a link comes back to a page that is still open.
      if (location.protocol === "file:" && address[0] === "/") link.href = words.origin + address;
      if (/^(https?|file):$/.test(link.protocol)) link.target = "_blank";
      else if (!/^(mailto|tel|sms):$/.test(link.protocol)) link.removeAttribute("href");
      link.rel = "noopener noreferrer";
    }
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "download";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function beside(element, ...buttons) {
    const row = document.createElement("p");
    row.className = "downloads";
    row.append(...buttons);
    element.after(row);
  }

  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = name;
    link.click();
    setTimeout(URL.revokeObjectURL, 1000, link.href);
  }

  // A row is its cells, each as [what it says, whether it is a number]; the first row names the columns.
  function rowsOf(table) {
    const head = table.tHead ? table.tHead.rows[table.tHead.rows.length - 1] : table.rows[0];
    const rows = Array.from(table.tBodies).reduce((all, body) => all.concat(Array.from(body.rows)), []);
    return [head, ...rows.filter((row) => row !== head)].map((row) => Array.from(row.cells, cellOf));
  }

  function cellOf(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("svg, button, [aria-hidden=true]").forEach((each) => each.remove());
    copy.querySelectorAll("br").forEach((each) => each.before("; "));
    const exact = copy.querySelectorAll("data[value], time[datetime]");
    if (exact.length !== 1) return [copy.textContent.replace(/\s+/g, " ").trim(), false];
    const isData = exact[0].matches("data");
    const value = exact[0].getAttribute(isData ? "value" : "datetime");
    return [value, isData && /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(value)];
  }

  const jsonOf = ([head, ...rows]) =>
    JSON.stringify(rows.map((row) => row.reduce((all, [value, isNumber], place) => {
      all[(head[place] || [place])[0]] = value === "" ? null : isNumber ? Number(value) : value;
      return all;
    }, {})), null, 2);

  // RFC 4180; the mark in front is what Excel knows UTF-8 by.
  const csvOf = (rows) => `\ufeff${rows.map((row) => `${row.map(([value]) => quoted(value)).join(",")}\r\n`).join("")}`;

  function quoted(value) {
    // A spreadsheet would reckon it out: a formula in a client's name must stay a name.
    const safe = /^[=+\-@\t\r]/.test(value) && !/^[+-]?\d+([.,]\d+)?$/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  async function copy(from) {
    from.dataset.label = from.dataset.label || from.textContent;
    try {
      await navigator.clipboard.writeText(from.dataset.copy);
      told.textContent = from.textContent = words.copied;
    } catch (refused) {
      told.textContent = words.uncopied;
    }
    setTimeout(() => {
      from.textContent = from.dataset.label;
      watch();
    }, 3000);
  }

  function lead(event, id) {
    event.preventDefault(); // The address bar stays as it is: what somebody looked at is nobody's business.
    const target = Array.from(open.querySelectorAll("[id]")).find((each) => each.id === id);
    if (!target) return;
    for (let each = target; each !== open; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
    target.scrollIntoView();
    focus(target);
  }

  open.addEventListener("click", (event) => {
    const from = event.target.closest("button[data-copy]");
    const link = event.target.closest('a[href^="#"]');
    if (from) copy(from);
    if (link) lead(event, decodeURIComponent(link.getAttribute("href").slice(1)));
  });

  // ---------------------------------------------------------------- the beginning

  async function start() {
    if (top !== self) return say("framed");
    if (!isSecureContext) return say("insecure");
    if (!crypto.subtle || !window.DecompressionStream || !open.replaceChildren) return say("old");
    try {
      sealed = await envelope();
    } catch (error) {
      return say(nameOf(error));
    }
    say();
    if (byLink) return attempt(key);
    form.hidden = false;
    typed.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(typed.value);
  });
  typed.addEventListener("input", () => say());
  if (shown) shown.addEventListener("change", reveal);
  document.querySelectorAll("button[data-phrase]").forEach((each) =>
    each.addEventListener("click", () => {
      typed.value = each.dataset.phrase;
      attempt(typed.value);
    }));
  part("lock").addEventListener("click", () => lock("locked"));
  for (const name of ["pointermove", "pointerdown", "keydown", "scroll", "wheel", "touchstart"]) {
    document.addEventListener(name, used, { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", watch);
  addEventListener("pagehide", () => lock("locked"));
  addEventListener("pageshow", ({ persisted }) => persisted && lock("locked"));
  // Another link pasted over this one loads nothing anew.
  addEventListener("hashchange", () => {
    const other = takeKey();
    if (!other || !byLink || !sealed) return;
    lock("locked");
    attempt(other);
  });
  start();
}
