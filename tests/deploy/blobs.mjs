// What @netlify/blobs says of itself, in memory. A value that speaks of a broken store is refused, as where none answers.
const stores = {};

export function getStore({ name }) {
  const kept = (stores[name] ??= new Map());

  async function set(key, value, { onlyIfNew = false } = {}) {
    if (value.includes("broken store")) throw new Error("internal error");
    if (onlyIfNew && kept.has(key)) return { modified: false };
    kept.set(key, value);
    return { modified: true };
  }

  async function get(key, { type = "text" } = {}) {
    const value = kept.get(key) ?? null;
    return type === "json" ? JSON.parse(value) : value;
  }

  async function list({ prefix = "" } = {}) {
    return { blobs: [...kept.keys()].filter((key) => key.startsWith(prefix)).map((key) => ({ key })) };
  }

  return { set, get, list, setJSON: (key, value, options) => set(key, JSON.stringify(value), options), delete: async (key) => void kept.delete(key) };
}
