import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { matchesFilter } from "./meili-filter.ts";
import { checkRequest } from "./meili-openapi.ts";

type Doc = Record<string, unknown> & { id: string };
type StoredIndex = { uid: string; docs: Map<string, Doc>; settings: Record<string, unknown> };
type Task = { uid: number; indexUid: string; status: string; type: string; error: null | { message: string; code: string; type: string; link: string }; run: () => void; enqueuedAt: string; asked: number };

/** What a test may have go wrong. */
export type Trouble = {
  /** Answers before anything is done: a status, or `hang` to never answer; or does it, and loses the answer (`lost`). */
  request?: (method: string, path: string) => number | "hang" | "lost" | undefined;
  /** Makes a task fail for a reason of the server's own. */
  task?: (type: string, uid: number) => boolean;
  /** Leaves tasks waiting until `work` is called. */
  holdsTasks?: boolean;
  /** Does a task only when it was asked after so many times. */
  slowBy?: number;
};

/**
 * A server that speaks Meilisearch's HTTP API on loopback, as far as the community uses it, and is stricter than it:
 * unknown keys in a request are refused, every write is a task that is done later, a bad document fails its whole task.
 * It finds words, and does not rank: what is tested with it is what is found, by whom, and that nothing is lost.
 */
export async function startStandIn() {
  const indexes = new Map<string, StoredIndex>();
  const tasks: Task[] = [];
  const trouble: Trouble = {};
  const keys: Record<string, unknown>[] = [];
  const requests: { method: string; path: string; body: unknown }[] = [];

  const work = () => {
    for (const task of tasks.filter(({ status }) => status === "enqueued")) {
      try {
        if (trouble.task?.(task.type, task.uid)) throw problem("internal", "the disk is full");
        task.run();
        task.status = "succeeded";
      } catch (error) {
        const { code, message } = error as { code?: string; message: string };
        task.status = "failed";
        task.error = { message, code: code ?? "internal", type: "invalid_request", link: "" };
      }
    }
  };
  /** Someone asks what became of the tasks: those that wait long enough are done, in their order. */
  const asked = () => {
    for (const task of tasks) if (task.status === "enqueued") task.asked++;
    if (!trouble.holdsTasks && tasks.every(({ status, asked: times }) => status !== "enqueued" || times >= (trouble.slowBy ?? 0))) work();
  };
  const enqueue = (type: string, indexUid: string, run: () => void) => {
    const task: Task = { uid: tasks.length, indexUid, status: "enqueued", type, error: null, run, enqueuedAt: new Date().toISOString(), asked: 0 };
    tasks.push(task);
    if (!trouble.holdsTasks && !trouble.slowBy) setImmediate(work);
    return { status: 202, body: { taskUid: task.uid, indexUid, status: "enqueued", type, enqueuedAt: task.enqueuedAt } };
  };
  const named = (uid: string) => {
    const index = indexes.get(uid);
    if (!index) throw Object.assign(problem("index_not_found", `Index \`${uid}\` not found.`), { status: 404 });
    return index;
  };

  const routes: [string, RegExp, (groups: string[], body: any, query: URLSearchParams) => { status: number; body: unknown }][] = [
    ["GET", /^\/version$/, () => ({ status: 200, body: { pkgVersion: "1.53.0", commitSha: "x", commitDate: "x" } })],
    ["POST", /^\/indexes$/, (_, { uid }) => enqueue("indexCreation", uid, () => {
      if (indexes.has(uid)) throw problem("index_already_exists", "exists");
      indexes.set(uid, { uid, docs: new Map(), settings: {} });
    })],
    ["GET", /^\/indexes\/([^/]+)$/, ([uid]) => ({ status: 200, body: { uid: named(uid!).uid, primaryKey: "id", createdAt: "", updatedAt: "" } })],
    ["DELETE", /^\/indexes\/([^/]+)$/, ([uid]) => enqueue("indexDeletion", uid!, () => void (named(uid!), indexes.delete(uid!)))],
    ["PATCH", /^\/indexes\/([^/]+)\/settings$/, ([uid], body) => enqueue("settingsUpdate", uid!, () => Object.assign(named(uid!).settings, body))],
    ["POST", /^\/indexes\/([^/]+)\/documents$/, ([uid], documents: Doc[]) => enqueue("documentAdditionOrUpdate", uid!, () => {
      for (const { id } of documents) {
        if (typeof id !== "string" || !/^[A-Za-z0-9_-]{1,511}$/.test(id)) throw problem("invalid_document_id", `Document identifier \`${id}\` is invalid.`);
      }
      const poison = documents.find(({ body }) => typeof body === "string" && body.includes("POISON"));
      if (poison) throw problem("invalid_document_fields", `Document \`${poison.id}\` cannot be read.`);
      for (const document of documents) named(uid!).docs.set(document.id, document);
    })],
    ["POST", /^\/indexes\/([^/]+)\/documents\/delete-batch$/, ([uid], ids: string[]) => enqueue("documentDeletion", uid!, () => ids.forEach((id) => named(uid!).docs.delete(id)))],
    ["POST", /^\/indexes\/([^/]+)\/documents\/fetch$/, ([uid], body) => ({ status: 200, body: fetchDocuments(named(uid!), body) })],
    ["GET", /^\/indexes\/([^/]+)\/documents$/, ([uid], _, query) => ({ status: 200, body: fetchDocuments(named(uid!), { ids: query.get("ids")?.split(","), fields: query.get("fields")?.split(","), limit: Number(query.get("limit") ?? 20), offset: Number(query.get("offset") ?? 0) }) })],
    ["POST", /^\/indexes\/([^/]+)\/search$/, ([uid], body) => ({ status: 200, body: searchDocuments(named(uid!), body) })],
    ["PUT", /^\/indexes\/([^/]+)\/settings\/synonyms$/, ([uid], synonyms) => enqueue("settingsUpdate", uid!, () => Object.assign(named(uid!).settings, { synonyms }))],
    ["GET", /^\/keys$/, () => ({ status: 200, body: { results: keys, offset: 0, limit: 1000, total: keys.length } })],
    ["POST", /^\/keys$/, (_, body) => {
      keys.push({ ...body, uid: `uid-${keys.length}`, key: `key-${keys.length}`, createdAt: "", updatedAt: "" });
      return { status: 201, body: keys.at(-1) };
    }],
    ["GET", /^\/tasks$/, (_, __, query) => {
      asked();
      const uids = query.get("uids")?.split(",").map(Number);
      return { status: 200, body: { results: tasks.filter(({ uid }) => !uids || uids.includes(uid)).map(shown), total: tasks.length, limit: 20, from: null, next: null } };
    }],
    ["GET", /^\/tasks\/(\d+)$/, ([uid]) => {
      asked();
      const task = tasks[Number(uid)];
      if (!task) throw Object.assign(problem("task_not_found", "Task not found."), { status: 404 });
      return { status: 200, body: shown(task) };
    }],
  ];

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, "http://stand-in");
    const method = request.method!;
    const answer = trouble.request?.(method, pathname);
    if (answer === "hang") return;
    if (answer && answer !== "lost") return send(response, answer, { message: "injected", code: "injected", type: "internal", link: "" }, { "Retry-After": "10" });
    try {
      const body = await readBody(request);
      requests.push({ method, path: pathname, body });
      checkRequest(method, pathname, body);
      for (const [verb, pattern, act] of routes) {
        const found = verb === method && pattern.exec(pathname);
        if (found) {
          const { status, body: reply } = act(found.slice(1), body, searchParams);
          return answer === "lost" ? void response.destroy() : send(response, status, reply);
        }
      }
      send(response, 404, { message: `no route ${method} ${pathname}`, code: "not_found", type: "invalid_request", link: "" });
    } catch (error) {
      const { status = 400, code = "bad_request", message } = error as { status?: number; code?: string; message: string };
      send(response, status, { message, code, type: "invalid_request", link: "" });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    indexes,
    tasks,
    keys,
    trouble,
    requests,
    work,
    /** As after a disk was lost: no index, no task. */
    wipe() {
      indexes.clear();
      tasks.length = 0;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type StandIn = Awaited<ReturnType<typeof startStandIn>>;

function fetchDocuments({ docs }: StoredIndex, { ids, fields, limit = 20, offset = 0 }: { ids?: string[]; fields?: string[]; limit?: number; offset?: number }) {
  const all = ids ? ids.flatMap((id) => docs.get(id) ?? []) : [...docs.values()];
  const results = all.slice(offset, offset + limit).map((doc) => (fields ? Object.fromEntries(fields.map((field) => [field, doc[field]])) : doc));
  return { results, offset, limit, total: all.length };
}

function searchDocuments({ docs, settings }: StoredIndex, { q = "", filter, offset = 0, limit = 20, distinct, facets, attributesToRetrieve, sort }: Record<string, any>) {
  const words = (q as string).toLowerCase().match(/[\p{L}\p{N}+#]+/gu) ?? [];
  const filterable = new Set((settings.filterableAttributes as { attributePatterns: string[] }[]).flatMap(({ attributePatterns }) => attributePatterns));
  const synonyms = (settings.synonyms ?? {}) as Record<string, string[]>;
  const hasWord = (doc: Doc, word: string, isLast: boolean): boolean => holds(doc, word, isLast) || (synonyms[word] ?? []).some((other) => other.split(" ").every((one) => holds(doc, one, false)));
  const holds = (doc: Doc, word: string, isLast: boolean) =>
    (settings.searchableAttributes as string[]).some((name) => {
      const tokens = [doc[name]].flat().join(" ").toLowerCase().match(/[\p{L}\p{N}+#]+/gu) ?? [];
      return tokens.some((token) => token === word || (isLast && token.startsWith(word)));
    });
  const found = [...docs.values()].filter((doc) => matchesFilter(doc, filter ?? "", filterable) && words.every((word, at) => hasWord(doc, word, at === words.length - 1)));
  if (sort) found.sort((a, b) => Number(b.createdAt) - Number(a.createdAt));
  const seen = new Set<unknown>();
  const grouped = found.filter((doc) => !distinct || (!seen.has(doc[distinct]) && seen.add(doc[distinct])));
  const facetDistribution: Record<string, Record<string, number>> = {};
  for (const name of facets ?? []) {
    facetDistribution[name] = {};
    for (const doc of grouped) for (const value of [doc[name]].flat()) facetDistribution[name][String(value)] = (facetDistribution[name][String(value)] ?? 0) + 1;
  }
  const hits = grouped.slice(offset, offset + limit).map((doc) => Object.fromEntries((attributesToRetrieve ?? Object.keys(doc)).map((name: string) => [name, doc[name]])));
  return { hits, query: q, offset, limit, estimatedTotalHits: grouped.length, processingTimeMs: 1, facetDistribution };
}

function shown(task: Task) {
  return { ...task, run: undefined, batchUid: null, canceledBy: null, details: null, duration: null, startedAt: null, finishedAt: null };
}

function problem(code: string, message: string) {
  return Object.assign(new Error(message), { code });
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const piece of request) text += piece;
  return text === "" ? undefined : JSON.parse(text);
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
}
