// The form's back end as a Cloudflare Pages Function, with its rows in D1. In your portal's folder:
//
//   functions/contract.mjs         deploy/contract.mjs, as it is
//   functions/leads/[[path]].js    this file: it answers at /leads/ and below
//   wrangler.toml                  deploy/cloudflare/wrangler.toml, with your names
//
//   npx wrangler d1 create leads                                            # says the id for wrangler.toml
//   npx wrangler d1 execute leads --remote --file deploy/cloudflare/leads.sql
//   npx wrangler pages secret put PORTAL_INBOX_TOKEN
//   npx wrangler pages deploy                                               # from here; an upload by hand has no functions
//
// https://developers.cloudflare.com/pages/functions/routing/
// https://developers.cloudflare.com/pages/functions/bindings/#d1-databases
// https://developers.cloudflare.com/d1/worker-api/prepared-statements/
import { answer, digest } from "../contract.mjs";

// What is kept already, or was erased, is not kept again.
const PUT = `INSERT INTO submissions (portal, key, step, seq, kind, fields, received_at, suspected, origin_missing)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE NOT EXISTS (SELECT 1 FROM erased WHERE portal = ?1 AND key_hash = ?10)
  ON CONFLICT DO NOTHING`;

class Store {
  constructor(database) {
    this.database = database;
  }

  // D1 answers when the row is written, and rejects otherwise.
  async put({ portal, key, step, seq, kind, fields, received_at, suspected, origin_missing }) {
    const texts = [JSON.stringify(fields), received_at, JSON.stringify(suspected), Number(origin_missing), await digest(key)];
    await this.database.prepare(PUT).bind(portal, key, step, seq, kind, ...texts).run();
  }

  async all() {
    const { results } = await this.database.prepare("SELECT * FROM submissions ORDER BY received_at, rowid").run();
    return results.map(({ fields, suspected, origin_missing, ...row }) => {
      return { ...row, fields: JSON.parse(fields), suspected: JSON.parse(suspected), origin_missing: origin_missing === 1 };
    });
  }

  // A batch is one transaction.
  async erase(portal, keys) {
    const remember = this.database.prepare("INSERT OR IGNORE INTO erased (portal, key_hash) VALUES (?1, ?2)");
    const remove = this.database.prepare("DELETE FROM submissions WHERE portal = ?1 AND key = ?2");
    const hashes = await Promise.all(keys.map(digest));
    const steps = keys.flatMap((key, at) => [remember.bind(portal, hashes[at]), remove.bind(portal, key)]);
    if (steps.length) await this.database.batch(steps);
  }
}

export function onRequest({ request, env }) {
  const { PORTAL_NAME: portal = "", PORTAL_BASE_URL: home = "", PORTAL_INBOX_TOKEN: token = "" } = env;
  return answer(request, new Store(env.LEADS), { portal, home, token });
}
