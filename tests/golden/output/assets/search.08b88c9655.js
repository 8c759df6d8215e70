// Looks through search.json while somebody types. Without this, the lists and the pages of groups are the way; the field is hidden.
const form = document.querySelector("[data-index]");
const [count, results, rows, none, list] = ["count", "results", "rows", "none", "list"].map((name) => document.querySelector(`[data-${name}]`));
const field = form.elements.q;
const { index, kind, found, most, near, failed } = form.dataset;
const MOST = 50;
const whole = { Ø: "O", Đ: "D", Ł: "L", Æ: "AE", Œ: "OE", "ة": "ه", "ى": "ي" };
const wide = { Ä: "AE", Ö: "OE", Ü: "UE", Ø: "OE", Å: "AA" };
const number = new Intl.NumberFormat(document.documentElement.lang);
const bare = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toUpperCase().replace(/[ØĐŁÆŒةى]/g, (letter) => whole[letter]);
// Both spellings, "MULLER" and "MUELLER": one types the other. A line for each, so that a break marks where it begins.
const fold = (text) => [...new Set([text, text.normalize("NFKC").toUpperCase().replace(/[ÄÖÜØÅ]/g, (letter) => wide[letter])].map(bare))];

// Once somebody turns to the field; a failed try is forgotten, so that the next letter tries again.
let loading;
const load = () => (loading ??= fetch(index).then((answer) => answer.json()).then(({ kinds, rows }) => rows
  .filter((row) => !kind || row[0] === Number(kind))
  .map(([of, url, ...texts]) => ({ of, label: kind ? "" : kinds[of], url, texts, folded: texts.map((text) => `\n${fold(text).join("\n")}`) })))
  .catch(() => { loading = undefined; }));

// What begins with it, what is called so, what is so, and what mentions it; each in the order of the index.
const holds = (text, words) => words.every((word) => word.some((spelling) => text.includes(spelling)));
const says = ({ folded }) => folded.slice(0, 3).join(" ");
const rank = (row, words, finds) => [words[0].some((spelling) => row.folded[0].includes(`\n${spelling}`)), finds(row.folded[0], words), finds(says(row), words), true].indexOf(true);

// One letter wrong, missing, too many, or two the wrong way round, in a word of five or more: what is typed may be the beginning only.
const slips = (typed, word) => {
  let at = 0;
  while (at < typed.length && typed[at] === word[at]) at += 1;
  const rest = typed.slice(at + 1);
  const turned = typed[at + 1] === word[at] && word[at + 1] === typed[at] && word.slice(at + 2).startsWith(typed.slice(at + 2));
  return turned || word.slice(at + 1).startsWith(rest) || word.slice(at).startsWith(rest) || word.slice(at + 1).startsWith(typed.slice(at));
};
const resembles = (text, words) => words.every((word) => holds(text, [word])
  || word.some((spelling) => spelling.length > 4 && text.split(/[^\p{L}\p{N}]+/u).some((said) => said && slips(spelling, said))));

const shown = (row, words, finds) => {
  const item = results.querySelector("template").content.cloneNode(true);
  const [label, , note, text, wish] = item.querySelectorAll("p");
  const link = item.querySelector("a");
  link.href = row.url;
  link.textContent = row.texts[0];
  [label.textContent, note.textContent, text.textContent] = [row.label, row.texts[1], row.texts[2]];
  for (const part of [label, note, text]) part.hidden = !part.textContent;
  // Why it was found, where what is shown does not say so.
  wish.hidden = !row.texts[3] || finds(says(row), words);
  const [wants, answer] = wish.children;
  wants.hidden = row.of > 0;
  answer.hidden = row.of === 0;
  wish.lastChild.textContent = row.texts[3];
  return item;
};

const search = async () => {
  const typed = field.value;
  const words = typed.split(/[\s,.;:!?"“”„()&]+/).filter(Boolean).map(fold);
  const all = words.length ? await load() : [];
  if (field.value !== typed) return;
  const exact = (all ?? []).filter((row) => holds(row.folded.join(" "), words));
  const finds = exact.length ? holds : resembles;
  const hits = exact.length ? exact : (all ?? []).filter((row) => resembles(row.folded.join(" "), words));
  const ranked = hits.map((row) => [rank(row, words, finds), row]).sort(([one], [other]) => one - other);
  const looks = words.length > 0 && Boolean(all);
  rows.replaceChildren(...ranked.slice(0, MOST).map(([, row]) => shown(row, words, finds)));
  results.hidden = !looks;
  list.hidden = looks;
  none.hidden = hits.length > 0;
  count.textContent = all ? (words.length ? (hits.length > MOST ? most : hits.length > exact.length ? near : found).replace("{}", number.format(hits.length)) : "") : failed;
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
