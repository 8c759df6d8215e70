// What `portal receive` does, for a function on somebody else's machines: the same answers to the form and to `portal inbox`.
// Every submission is kept for itself and none is changed later; whoever asks for leads gets them added up.
//
//   POST   /leads/NAME                one submission, answered when it is stored
//   GET    /leads/inbox               these four want "Authorization: Bearer TOKEN": how many leads there are, by portal
//   GET    /leads/inbox/NAME          the leads, as `portal inbox --from https://HOST/leads` reads them
//   POST   /leads/inbox/NAME/export   {"email": …}: those in which the address stands
//   DELETE /leads/inbox/NAME          {"key": …} or {"email": …}: gone, and not to come back

const LARGEST = 32 * 1024; // bytes of a body
const PEOPLE = {
  413: "That is more than this form can send. Please shorten it.",
  422: "Something is missing, too long, or not what the form asks for.",
  503: "That could not be kept just now. Please send it again in a moment.",
};
const ADDRESS = /[^\s<>()[\],;:"'|]+@[^\s<>()[\],;:"'|@]+/g;

const refused = (status, reason, field) => Object.assign(new Error(reason), { refused: { status, reason, field } });

// settings: portal (the last part of form.endpoint's path), home (base_url), token (of the inbox, "" for nobody's).
// store: put(submission), all() in their order of arrival, erase(portal, keys); they reject where the store does not answer.
export async function answer(request, store, { portal, home, token }) {
  const origin = URL.canParse(home) ? new URL(home).origin : "";
  try {
    if (!portal || portal === "inbox" || !origin) throw refused(503, "not_set_up");
    const [place = "", name = "", act = ""] = new URL(request.url).pathname.split("/").slice(2);
    if (place === "inbox" && token.length >= 16) return reply(200, await inbox(request, store, { portal, token, name, act }));
    if (place !== portal || name) throw refused(404, "not_here");
    const said = request.headers.get("origin");
    if (![null, "null", origin].includes(said)) throw refused(403, "foreign_origin");
    if (request.method === "OPTIONS") return reply(204, null, origin);
    if (request.method !== "POST") throw refused(405, "only_post");
    const submission = { portal, ...judged(await form(request)), origin_missing: said !== origin };
    await store.put(submission);
    if (isPerson(request)) return reply(303, null, origin, { Location: thanks(home, submission) });
    return reply(200, { ok: true }, origin);
  } catch (error) {
    const { status, reason, field } = error.refused ?? { status: 503, reason: "busy" }; // The page tries again.
    const more = { 401: { "WWW-Authenticate": "Bearer" }, 405: { Allow: "OPTIONS, POST" }, 503: { "Retry-After": "5" } }[status];
    return reply(status, isPerson(request) ? page(status) : { ok: false, error: reason, field }, origin, more);
  }
}

async function inbox(request, store, { portal, token, name, act }) {
  const [ours, theirs] = await Promise.all([`Bearer ${token}`, request.headers.get("authorization") ?? ""].map(digest));
  if (ours !== theirs) throw refused(401, "unauthorised"); // Of digests, so that the time it takes tells nothing.
  const all = leads(await store.all());
  const does = `${request.method} ${name && (act || "all")}`;
  const under = (portal) => all.filter((lead) => lead.portal === portal);
  if (does === "GET ") return { portals: Object.fromEntries(all.map((lead) => [lead.portal, under(lead.portal).length])) };
  const own = under(name); // A former name's too, as long as there are any.
  if (name !== portal && !own.length) throw refused(404, "not_here");
  if (does === "GET all") return { portal: name, leads: own };
  if (!["DELETE all", "POST export"].includes(does)) throw refused(405, "not_here");
  const { key = "", email = "" } = parsed(await body(request, "application/json"));
  if (!key === !email || (act && !email) || typeof (key || email) !== "string") throw refused(422, "key_or_email");
  const meant = own.filter((lead) => (key ? lead.key === key : mentions(lead.fields, email)));
  if (act) return { portal: name, leads: meant };
  await store.erase(name, meant.map((lead) => lead.key));
  return { erased: meant.length };
}

// The furthest submission under a key counts, the first of two that go equally far; a lead is suspected while all of them are.
function leads(submissions) {
  const found = new Map();
  for (const each of submissions) {
    const place = `${each.portal}/${each.key}`;
    const former = found.get(place) ?? { ...each, updated_at: each.received_at };
    const further = each.step - former.step || each.seq - former.seq;
    const next = further > 0 ? { ...each, updated_at: each.received_at, received_at: former.received_at } : former;
    found.set(place, { ...next, suspected: former.suspected.length && each.suspected.length ? next.suspected : [] });
  }
  return [...found.values()];
}

function parsed(json) {
  try {
    return JSON.parse(json) ?? {};
  } catch {
    throw refused(422, "unreadable");
  }
}

async function form(request) {
  const pairs = [...new URLSearchParams(await body(request, "application/x-www-form-urlencoded"))];
  const sent = Object.fromEntries(pairs);
  if (pairs.length > 100 || Object.keys(sent).length < pairs.length) throw refused(422, "repeated_field");
  return sent;
}

// Nothing is parsed before it is known to be small.
async function body(request, type) {
  if (Number(request.headers.get("content-length")) > LARGEST) throw refused(413, "too_large");
  if (request.headers.get("content-type")?.split(";")[0].trim().toLowerCase() !== type) throw refused(415, "wrong_type");
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > LARGEST) throw refused(413, "too_large");
  return new TextDecoder().decode(bytes);
}

function judged(sent) {
  const fields = {};
  for (const name of Object.keys(sent).filter((each) => /^(?!ref_|altcha$)[a-z][a-z0-9_]{0,31}$/.test(each)).sort()) {
    const text = sent[name].replaceAll("\r\n", "\n").trim();
    if (text.length > (name === "note" ? 4000 : 300)) throw refused(422, "too_long", name);
    const odd = name === "note" ? /[^\P{Cc}\n\t]/u : /[^\P{Cc}\t]|[\u2028\u2029]/u; // One line, but for the note.
    if (odd.test(text)) throw refused(422, "control_characters", name);
    if (text) fields[name] = text;
  }
  for (const name of ["prospect", "contact"]) if (!fields[name]) throw refused(422, "missing", name);
  const { ref_key: key, ref_step: step = "", ref_seq: seq = "", ref_kind: kind = "", ref_ms: ms = "" } = sent;
  const weak = key && (!/^[0-9a-f]{32}$/.test(key) || new Set(key).size < 7 || key.slice(0, 16) === key.slice(16));
  if (weak) throw refused(422, "weak_key", "ref_key");
  const known = [/^[12]?$/.test(step), /^([1-9][0-9]{0,5})?$/.test(seq), /^(referral|self)?$/.test(kind)];
  if (known.includes(false)) throw refused(422, "bad_value");
  const isFast = /^[0-9]{1,12}$/.test(ms) && Number(ms) < 1500;
  const suspected = [sent.ref_email?.trim() && "honeypot", isFast && "too_fast"].filter(Boolean);
  const own = { key: key || hex(crypto.getRandomValues(new Uint8Array(16))), kind: kind || "referral", fields, suspected };
  return { ...own, step: Number(step || 1), seq: Number(seq || 1), received_at: new Date().toISOString() };
}

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
export const digest = async (text) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
const isPerson = ({ headers }) => /^(?!.*application\/json).*text\/html/.test(headers.get("accept"));

function page(status) {
  const start = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not sent</title></head><body>';
  const words = PEOPLE[status] ?? "There is nothing here.";
  return `${start}<h1>${words}</h1><p>Go back in your browser: what you typed is still there.</p></body></html>`;
}

function mentions(fields, email) {
  const wanted = email.trim().toLowerCase();
  const addresses = Object.values(fields).flatMap((text) => text.match(ADDRESS) ?? []);
  return addresses.some((found) => found.toLowerCase().replace(/[.!?]+$/, "") === wanted);
}

function thanks(home, { kind, fields }) {
  const ways = ["refer", ...(fields.referrer?.match(/^[0-9A-HJKMNP-TV-Z]{8}$/) ?? [])];
  return [home.replace(/\/+$/, ""), ...(kind === "self" ? ["meet"] : ways), "thanks/"].join("/");
}

function reply(status, content, origin, more = {}) {
  const isPage = typeof content === "string";
  const usual = { "Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'", Vary: "Accept, Origin" };
  const type = content && { "Content-Type": isPage ? "text/html; charset=utf-8" : "application/json" };
  const cors = origin && { "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Headers": "Accept, Content-Type" };
  const headers = { ...usual, "X-Content-Type-Options": "nosniff", ...type, ...cors, ...more };
  return new Response(isPage || !content ? content : JSON.stringify(content), { status, headers });
}
