import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import getPort from "get-port";
import postgres from "postgres";
import { findPlace, type Place } from "./embedded-place.ts";

export type Embedded = { url: string; folder: string; stop: () => Promise<void> };

/** Marks the connection each of our processes keeps, so that the last one to leave knows that it is. */
const PRESENCE = "wellspring";

/**
 * Starts PostgreSQL out of node_modules, with its data in a folder of ours; or
 * joins the server that already runs there, be it another process's or left
 * over from one that was killed. The last process to stop stops the server.
 */
export async function startEmbedded({ name = "postgres", settings = {} as Record<string, string> } = {}): Promise<Embedded> {
  const place = await findPlace();
  const cluster = path.join(place.folder, name);
  if (!existsSync(cluster)) createCluster(place, cluster);

  const port = runningPort(cluster) ?? (await startServer(place, cluster, settings));
  const password = readFileSync(`${cluster}.password`, "utf8").trim();
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  const presence = await announcePresence(url);

  return {
    url,
    folder: cluster,
    async stop() {
      const [others] = await presence`
        select from pg_stat_activity where application_name = ${PRESENCE} and pid <> pg_backend_pid()`;
      await presence.end({ timeout: 5 });
      if (!others) control(place, cluster, "-m", "fast", "stop");
    },
  };
}

/** Made under another name first, so that one half made is never taken for a database. */
function createCluster(place: Place, cluster: string): void {
  const { uid, gid } = place.account;
  const password = `${cluster}.password`;
  rmSync(`${cluster}.new`, { recursive: true, force: true });
  mkdirSync(`${cluster}.new`, { mode: 0o700 });
  writeFileSync(password, `${randomBytes(18).toString("hex")}\n`, { mode: 0o600 });
  if (uid !== undefined) for (const owned of [`${cluster}.new`, password]) chownSync(owned, uid, gid!);
  execFileSync(
    path.join(place.binaries, "initdb"),
    ["--pgdata", `${cluster}.new`, "--username=postgres", "--auth=scram-sha-256", `--pwfile=${password}`,
      "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"],
    { ...place.account, cwd: place.folder, stdio: ["ignore", "ignore", "inherit"] },
  );
  renameSync(`${cluster}.new`, cluster);
}

async function startServer(place: Place, cluster: string, settings: Record<string, string>): Promise<number> {
  const port = settings.port ? Number(settings.port) : await getPort();
  const all = { port: String(port), listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings };
  const flags = Object.entries(all).map(([key, value]) => `-c ${key}='${value}'`);
  for (let attempt = 1; ; attempt++) {
    try {
      control(place, cluster, "-l", `${cluster}.log`, "-o", flags.join(" "), "start");
      return port;
    } catch (error) {
      // It refuses while processes of a server that was killed still end.
      if (attempt === 5) throw new Error(`PostgreSQL did not start. ${cluster}.log says why.`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

/** `pg_ctl` waits for what it does, and starts the server in a session of its own, out of reach of a terminal's Ctrl-C. */
function control({ binaries, account, folder }: Place, cluster: string, ...args: string[]): void {
  execFileSync(path.join(binaries, "pg_ctl"), ["-D", cluster, "-w", "-t", "60", ...args], {
    ...account,
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** Where a server already listens for this cluster. */
function runningPort(cluster: string): number | undefined {
  const note = path.join(cluster, "postmaster.pid");
  if (!existsSync(note)) return undefined;
  const lines = readFileSync(note, "utf8").split("\n");
  if (isServerOf(cluster, Number(lines[0]))) return Number(lines[3]);
  // Left by a server that was killed. PostgreSQL would refuse to start where another process now has its number, so
  // it gets one that nobody has. The rest must stay: by it PostgreSQL knows whether old processes still use the files.
  writeFileSync(note, [spawnSync(process.execPath, ["--version"]).pid, ...lines.slice(1)].join("\n"));
  return undefined;
}

/** A number of the same value can by now be another process, above all in a container. */
function isServerOf(cluster: string, pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" && !existsSync("/proc");
  }
  if (!existsSync("/proc")) return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster;
  } catch {
    return false;
  }
}

async function announcePresence(url: string) {
  const presence = postgres(url, {
    max: 1, idle_timeout: 0, max_lifetime: null, onnotice: () => {}, connection: { application_name: PRESENCE },
  });
  for (let attempt = 1; ; attempt++) {
    try {
      await presence`select 1`;
      return presence;
    } catch (error) {
      // Joining a server that is still reading back what it had not yet put in place.
      if ((error as { code?: string }).code !== "57P03" || attempt === 300) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
