import { gzipSync } from "node:zlib";
import { ask } from "./client.ts";
import { median } from "./median.ts";
import { cpuMs, type Server } from "./servers.ts";

export type Figure = { rps: number; p50Ms: number; p99Ms: number; failed: number; cpuMs: number | null };
type Asked = { paths: string[]; cookie?: string; connections: number; seconds: number; runs: number };

/** One page, or several in turn, at so many at a time: the median run by requests a second. Warm it first. */
export async function measurePage({ url, pid }: Server, { paths, cookie, connections, seconds, runs }: Asked): Promise<Figure> {
  const figures: Figure[] = [];
  for (let run = 0; run < runs; run++) {
    const before = cpuMs(pid);
    const { ok, failed, seconds: took, times } = await ask({ url, paths, headers: headersFor(cookie), connections, seconds });
    const msAt = (part: number) => Math.round((times[Math.floor(times.length * part)] ?? Number.NaN) * 10) / 10;
    figures.push({
      rps: Math.round((ok / took) * 10) / 10, p50Ms: msAt(0.5), p99Ms: msAt(0.99), failed,
      cpuMs: before === null ? null : Math.round(((cpuMs(pid)! - before) / Math.max(times.length, 1)) * 100) / 100,
    });
  }
  return figures.toSorted((a, b) => a.rps - b.rps)[runs >> 1]!;
}

/** So that what is measured is not the first compilation of a page. */
export async function warm({ url }: Server, paths: string[], cookie?: string): Promise<void> {
  await ask({ url, paths, headers: headersFor(cookie), connections: 4, seconds: 8, amount: 300 });
}

/** The first, a middle and the last page of a very long topic, in milliseconds: each asked many times, in turn with the others. */
export async function measureDeep(url: string, topic: string, cookie: string): Promise<{ firstMs: number; middleMs: number; lastMs: number }> {
  const times: Record<number, number[]> = { 1: [], 50_001: [], 99_901: [] };
  for (let n = 0; n < 40; n++) {
    for (const page of [1, 50_001, 99_901]) {
      const start = performance.now();
      await (await fetch(`${url}${topic}/${page + (n % 5) * 20}`, { headers: { cookie } })).text();
      times[page]!.push(performance.now() - start);
    }
  }
  const ms = (page: number) => Math.round(median(times[page]!) * 10) / 10;
  return { firstMs: ms(1), middleMs: ms(50_001), lastMs: ms(99_901) };
}

/** The script that a page loads on its own, gzipped, in bytes: what it imports, and what that imports. */
export async function scriptBytes(url: string): Promise<number> {
  const html = await (await fetch(url)).text();
  const waiting = [...html.matchAll(/<link rel="modulepreload" href="([^"]+)"|<script[^>]* src="([^"]+)"|(?:from|import\() ?"(\/assets\/[^"]+\.js)"/g)].map(([, ...found]) => found.find(Boolean)!);
  const sizes = new Map<string, number>();
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    const file = new URL(at, url).href;
    if (sizes.has(file)) continue;
    const text = await (await fetch(file)).text();
    sizes.set(file, gzipSync(text, { level: 9 }).length);
    waiting.push(...[...text.matchAll(/(?:^|[;}\s])(?:import|export)[^;()"']*?["'](\.\.?\/[^"']+\.js)["']/g)].map(([, found]) => new URL(found!, file).href));
  }
  return [...sizes.values()].reduce((sum, one) => sum + one, 0);
}

export function headersFor(cookie?: string): Record<string, string> {
  return { "accept-encoding": "gzip, br", ...(cookie ? { cookie } : {}) };
}
