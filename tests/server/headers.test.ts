import { connect as openSocket } from "node:net";
import { expect, test } from "vitest";
import { make } from "#tests/support/make.ts";
import { origin, visit } from "#tests/support/visit.ts";

/** Sends bytes as they are, which no HTTP client would, and answers what comes back. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = openSocket(Number(new URL(origin).port), "localhost", () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("close", () => resolve(answer)).on("error", reject);
    socket.setTimeout(5000, () => socket.destroy());
  });
}

async function aPage(): Promise<string> {
  const topic = await make.topic();
  await make.post({ topicId: topic.id });
  return `/t/${topic.slug}/${topic.id}`;
}

test.each(["/", "/nothing-here", "/assets/nothing.js", "/icons.svg", "/healthz", "/readyz", "/offline", "/sw.js", "/%E0%A4%A", "/_root.data"])("%s answers with every header that protects its readers", async (path) => {
  const { headers } = await visit(path);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
  expect(headers.get("permissions-policy")).toContain("camera=()");
  expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get("access-control-allow-origin")).toBeNull();
  expect(headers.get("x-powered-by")).toBeNull();
});

test("a page for a member lets only the scripts run that bear this answer's number", async () => {
  const member = await make.member();
  const answers = [await visit(await aPage(), { as: member }), await visit("/", { as: member })];
  const nonces = answers.map(({ headers }) => /'nonce-([^']+)'/.exec(headers.get("content-security-policy")!)![1]!);
  expect(nonces[0]).not.toBe(nonces[1]);
  for (const [i, answer] of answers.entries()) {
    const policy = answer.headers.get("content-security-policy")!;
    expect(policy).toContain("frame-ancestors 'self'");
    expect(/script-src [^;]*/.exec(policy)![0]).not.toMatch(/unsafe|\*|data:/);
    const scripts = (await answer.text()).match(/<script[^>]*>/g)!;
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonces[i]}"`))).toEqual([]);
  }
});

test("what is not a page may do nothing when opened as one", async () => {
  const { headers } = await visit("/_root.data", { as: await make.member() });
  expect(headers.get("content-security-policy")).toContain("sandbox");
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("no page of a member's is kept by a browser or a proxy, and a guest's is asked for again", async () => {
  const page = await aPage();
  expect((await visit(page, { as: await make.member() })).headers.get("cache-control")).toBe("no-store");
  expect((await visit(`${page}.data`, { as: await make.member() })).headers.get("cache-control")).toBe("no-store");
  expect((await visit(page, { cookie: "wellspring=nonsense" })).headers.get("cache-control")).toBe("no-store");
  expect((await visit(page)).headers.get("cache-control")).toBe("public, no-cache");
  expect((await visit("/nothing-here")).headers.get("cache-control")).toBe("no-store");
});

test("pages and built files come compressed to whoever reads that", async () => {
  const page = await aPage();
  const script = /\/assets\/[^"]+\.js/.exec(await (await visit(page)).text())![0];
  const member = await make.member();
  for (const ask of [(headers: Record<string, string>) => visit(page, { headers }), (headers: Record<string, string>) => visit(page, { as: member, headers }), (headers: Record<string, string>) => visit(script, { headers })]) {
    for (const [accept, encoding] of [["br, gzip", "br"], ["gzip, deflate", "gzip"], ["br;q=0, gzip", "gzip"], ["identity", null]] as const) {
      const answer = await ask({ "accept-encoding": accept });
      expect([answer.status, answer.headers.get("content-encoding")]).toEqual([200, encoding]);
      expect(answer.headers.get("vary")).toContain("Accept-Encoding");
      expect((await answer.text()).length).toBeGreaterThan(500);
    }
  }
});

test("built files never change under their names, and a missing one is no page", async () => {
  const script = /\/assets\/[^"]+\.js/.exec(await (await visit("/")).text())![0];
  expect((await visit(script)).headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect((await visit(script)).headers.get("content-type")).toMatch(/javascript/);
  const missing = await visit("/assets/nothing.js");
  expect([missing.status, missing.headers.get("content-type"), missing.headers.get("cache-control")]).toEqual([404, "text/plain; charset=utf-8", "no-store"]);
  expect((await visit(`${script}.br`)).status).toBe(404);
});

test.each(["/", "/healthz", "/nothing-here", "/icons.svg"])("HEAD %s answers as GET does, without the body", async (path) => {
  const [head, get] = [await visit(path, { method: "HEAD" }), await visit(path)];
  expect(head.status).toBe(get.status);
  expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
  expect(await head.text()).toBe("");
});

test("asking for the head of a page's data does not run its action", async () => {
  const page = await aPage();
  expect((await visit(`${page}.data`, { method: "HEAD", as: await make.member() })).status).toBe(200);
});

test("TRACE and methods nobody knows are refused", async () => {
  for (const method of ["TRACE", "PROPFIND", "LOCK"]) {
    const answer = await sendRaw(`${method} / HTTP/1.1\r\nHost: localhost\r\nX-Secret: abc\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 405/);
    expect(answer).not.toContain("abc");
  }
  expect(await sendRaw("NONSENSE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
});

test.each([
  ["a path that is no UTF-8", "/%E0%A4%A", 400],
  ["a hidden zero", "/t/a%00b/1", 400],
  ["a hidden zero in the query", "/latest?x=%00", 400],
  ["Remix's old way to ask for one loader", "/?_data=root", 400],
  ["the same, behind another parameter", "/?a=1&_data=routes/x", 400],
  ["an address too long", `/${"a".repeat(13_000)}`, 414],
  ["an id that is none", "/t/x/1e3", 404],
  ["an id that no number holds", "/t/x/99999999999999999999", 404],
  ["a property of every object", "/t/x/__proto__", 404],
  ["a file of ours", "/../package.json", 404],
  ["a file of ours, disguised", "/%2e%2e/package.json", 404],
  ["the history of our source", "/.git/config", 404],
  ["what no visitor may see", "/metrics", 404],
  ["a double slash", "//evil.test/x", 404],
  ["data of no page", "/nothing.data", 404],
  ["data of no route", "/_root.data?_routes=nonsense", 200],
  ["a manifest of nonsense", "/__manifest?p=%2Fx&version=nonsense", 204],
] as const)("%s is answered as such: %s", async (_what, path, status) => {
  const answer = await sendRaw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  expect(answer.split("\r\n")[0]).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
  expect(answer).not.toMatch(/node_modules|at [\w.]+ \(|select .* from/);
});

test.each(["", "a.test:80/@evil", "evil test", "a.test:99999999", "<script>"])("the host %j is refused", async (host) => {
  expect(await sendRaw(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 400/);
});

test("headers beyond reason are refused", async () => {
  expect(await sendRaw(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${"a".repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431/);
  expect(await sendRaw("GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
  expect(await sendRaw("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
});

test("another site's host name gets into no answer", async () => {
  const answer = await sendRaw("GET / HTTP/1.1\r\nHost: evil.test\r\nX-Forwarded-Host: worse.test\r\nX-Forwarded-Proto: gopher\r\nConnection: close\r\n\r\n");
  expect(answer).not.toMatch(/evil\.test|worse\.test|gopher/);
});

test.each([
  ["an address that is none", "/%E0%A4%A", 400, {}],
  ["an address too long", `/${"a".repeat(13_000)}`, 414, {}],
  ["more than we take", "/sign-in", 413, { method: "POST", body: "x".repeat(1_200_000), headers: { "content-type": "application/x-www-form-urlencoded" } }],
  ["what another site makes a browser send", "/sign-in", 403, { method: "POST", body: "a=b", headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://evil.test" } }],
] as const)("%s is told to a browser on a page, and to a program in a line", async (_what, path, status, init) => {
  const send = (accept: string) => fetch(origin + path, { ...init, headers: { ...("headers" in init ? init.headers : {}), accept } });
  const [page, line] = await Promise.all([send("text/html,application/xhtml+xml"), send("application/json")]);
  expect([page.status, line.status]).toEqual([status, status]);
  expect([page.headers.get("content-type"), line.headers.get("content-type")]).toEqual(["text/html; charset=utf-8", "text/plain; charset=utf-8"]);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await page.text()).toMatch(/<h1>[^<]+<\/h1>/);
  expect(await line.text()).not.toContain("<");
});
