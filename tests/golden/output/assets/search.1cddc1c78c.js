// Looks through search.json while somebody types. Without this, the lists and the pages of groups are the way; the field is hidden.
const form = document.querySelector("[data-index]");
const [count, results, rows, none, list] = ["count", "results", "rows", "none", "list"].map((name) => document.querySelector(`[data-${name}]`));
const field = form.elements.q;
const { index, kind, found, most, failed } = form.dataset;
const MOST = 50;
const whole = { Ø: "O", Đ: "D", Ł: "L", Æ: "AE", Œ: "OE" };
const number = new Intl.NumberFormat(document.documentElement.lang);
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toUpperCase().replace(/[ØĐŁÆŒ]/g, (letter) => whole[letter]);

// Once somebody turns to the field; a failed try is forgotten, so that the next letter tries again.
let loading;
const load = () => (loading ??= fetch(index).then((answer) => answer.json()).then(({ kinds, rows }) => rows
  .filter((row) => !kind || row[0] === Number(kind))
  .map(([of, url, ...texts]) => ({ of, label: kind ? "" : kinds[of], url, texts, folded: texts.map(fold) })))
  .catch(() => { loading = undefined; }));

// What begins with it, what is called so, what is so, and what mentions it; each in the order of the index.
const holds = (text, words) => words.every((word) => text.includes(word));
const says = ({ folded }) => folded.slice(0, 3).join(" ");
const rank = (row, words) => [row.folded[0].startsWith(words[0]), holds(row.folded[0], words), holds(says(row), words), true].indexOf(true);

const shown = (row, words) => {
  const item = results.querySelector("template").content.cloneNode(true);
  const [label, , note, text, wish] = item.querySelectorAll("p");
  const link = item.querySelector("a");
  link.href = row.url;
  link.textContent = row.texts[0];
  [label.textContent, note.textContent, text.textContent] = [row.label, row.texts[1], row.texts[2]];
  for (const part of [label, note, text]) part.hidden = !part.textContent;
  // Why it was found, where what is shown does not say so.
  wish.hidden = !row.texts[3] || holds(says(row), words);
  wish.firstChild.hidden = row.of > 0;
  wish.lastChild.textContent = row.texts[3];
  return item;
};

const search = async () => {
  const typed = field.value;
  const words = fold(typed).split(/[\s,.;:!?"“”„()&]+/).filter(Boolean);
  const all = words.length ? await load() : [];
  if (field.value !== typed) return;
  const hits = (all ?? []).filter((row) => holds(row.folded.join(" "), words));
  const ranked = hits.map((row) => [rank(row, words), row]).sort(([one], [other]) => one - other);
  const looks = words.length > 0 && Boolean(all);
  rows.replaceChildren(...ranked.slice(0, MOST).map(([, row]) => shown(row, words)));
  results.hidden = !looks;
  list.hidden = looks;
  none.hidden = hits.length > 0;
  count.textContent = all ? (words.length ? (hits.length > MOST ? most : found).replace("{}", number.format(hits.length)) : "") : failed;
  const address = new URL(location);
  if (typed.trim()) address.searchParams.set("q", typed);
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
};

form.hidden = false;
field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("focus", load);
field.addEventListener("input", search);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
none.querySelector("[data-clear]").addEventListener("click", () => {
  field.value = "";
  field.focus();
  search();
});
if (field.value) search();
