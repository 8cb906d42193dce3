// A provider of identities for tests: npm's oidc-provider on loopback, with its own pages for development. What is typed
// as login there becomes the claim "staff". Arguments: the folder of node_modules, the address to lead back to.
import http from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, back] = process.argv.slice(2);
const found = createRequire(modules + "/").resolve("oidc-provider");
const { Provider, default: other } = await import(pathToFileURL(found));
const server = http.createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://localhost:${server.address().port}`;
  const provider = new (Provider ?? other)(issuer, {
    clients: [{ client_id: "yifa", client_secret: "only-for-tests", redirect_uris: [back], response_types: ["code"], grant_types: ["authorization_code"] }],
    pkce: { required: () => true },
    claims: { openid: ["sub", "staff"] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: "number-" + id, staff: id }) }),
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
