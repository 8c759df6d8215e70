// The form's back end as a Netlify Function, with its rows in Netlify Blobs. In your portal's folder:
//
//   netlify/contract.mjs           deploy/contract.mjs, as it is
//   netlify/functions/leads.mjs    this file: it answers at /leads/ and below
//   netlify.toml                   [functions] directory = "netlify/functions"
//
//   npm install @netlify/blobs@10
//   npx netlify-cli env:set PORTAL_NAME harbour         # form.endpoint: https://refer.harbour.example/leads/harbour
//   npx netlify-cli env:set PORTAL_BASE_URL https://refer.harbour.example/
//   npx netlify-cli env:set PORTAL_INBOX_TOKEN "$(openssl rand -hex 32)" --secret
//   npx netlify-cli deploy --prod --no-build --dir output
//
// https://docs.netlify.com/build/functions/overview/
// https://docs.netlify.com/build/data-and-storage/netlify-blobs/
import { getStore } from "@netlify/blobs";
import { answer, digest } from "../contract.mjs";

// Submissions lie under portal/key/step-seq, each written once, so that of two writers none overwrites the other.
class Store {
  constructor() {
    this.blobs = getStore({ name: "leads", consistency: "strong" });
    this.erased = getStore({ name: "leads-erased", consistency: "strong" });
  }

  async put(submission) {
    const { portal, key, step, seq } = submission;
    if (await this.erased.get(`${portal}/${await digest(key)}`)) return;
    await this.blobs.setJSON(`${portal}/${key}/${step}-${seq}`, submission, { onlyIfNew: true });
  }

  async all() {
    const { blobs } = await this.blobs.list();
    const found = [];
    for (let at = 0; at < blobs.length; at += 50) {
      found.push(...(await Promise.all(blobs.slice(at, at + 50).map(({ key }) => this.blobs.get(key, { type: "json" })))));
    }
    // One that was erased since it was listed is none.
    return found.filter(Boolean).sort((one, other) => (one.received_at < other.received_at ? -1 : 1));
  }

  async erase(portal, keys) {
    for (const key of keys) {
      await this.erased.set(`${portal}/${await digest(key)}`, "erased");
      const { blobs } = await this.blobs.list({ prefix: `${portal}/${key}/` });
      await Promise.all(blobs.map((each) => this.blobs.delete(each.key)));
    }
  }
}

export default (request) => {
  const [portal, home, token] = ["NAME", "BASE_URL", "INBOX_TOKEN"].map((name) => Netlify.env.get(`PORTAL_${name}`) ?? "");
  return answer(request, new Store(), { portal, home, token });
};

export const config = { path: ["/leads/*"] };
