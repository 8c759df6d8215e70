// Runs a function of deploy/ under node, as its vendor would: node serve.mjs cloudflare|netlify FOLDER DATABASE
// FOLDER: laid out as the file's first lines say; DATABASE: where SQL is answered. Prints its own address.
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const [vendor, folder, database] = process.argv.slice(2);

// What D1 says of itself: a statement is prepared, bound and run, and a batch is one transaction.
class D1 {
  prepare(sql) {
    const statement = { sql, values: [], bind: (...values) => ({ ...statement, values, run: () => this.run(sql, values) }) };
    return { ...statement, run: () => this.run(sql, []) };
  }

  async run(sql, values) {
    return (await this.batch([{ sql, values }]))[0];
  }

  async batch(statements) {
    const answer = await fetch(database, { method: "POST", body: JSON.stringify(statements) });
    if (!answer.ok) throw new Error("D1_ERROR");
    return (await answer.json()).map((results) => ({ success: true, results }));
  }
}

const variables = {
  PORTAL_NAME: "harbour",
  PORTAL_BASE_URL: "https://refer.harbour.example/",
  PORTAL_INBOX_TOKEN: "a-token-of-some-length",
};
globalThis.Netlify = { env: { get: (name) => variables[name] } };
const file = { cloudflare: "functions/leads/[[path]].js", netlify: "netlify/functions/leads.mjs" }[vendor];
const found = await import(pathToFileURL(`${folder}/${file}`));
const handle = {
  cloudflare: (request) => found.onRequest({ request, env: { ...variables, LEADS: new D1() } }),
  netlify: (request) => found.default(request, {}),
}[vendor];

const server = createServer(async (asked, told) => {
  const parts = [];
  for await (const part of asked) parts.push(part);
  const body = ["GET", "HEAD"].includes(asked.method) ? undefined : Buffer.concat(parts);
  const request = new Request(`http://${asked.headers.host}${asked.url}`, { method: asked.method, headers: asked.headers, body });
  const response = await handle(request);
  told.writeHead(response.status, Object.fromEntries(response.headers));
  told.end(Buffer.from(await response.arrayBuffer()));
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
