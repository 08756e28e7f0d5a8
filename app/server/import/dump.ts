import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Db } from "#db/client.ts";
import type { Progress } from "./progress.ts";
import { isBad, readRows } from "./read-rows.ts";
import type { Report } from "./report.ts";

const ROWS_AT_ONCE = 500;

/** The folder is no dump; the message says what is missing. */
export class NoDumpError extends Error {}

/** A dump being imported: where it is, what it is called, and who is told about it. */
export type Dump = {
  folder: string;
  /** The site it came from: `bicycles.meta.stackexchange.com`. */
  host: string;
  /** As import_links names it: `stackexchange:bicycles.meta.stackexchange.com`. */
  source: string;
  divisionSlug: string;
  /** One connection: what is read is first laid down in temporary tables, which only it can see. */
  db: Db;
  report: Report;
  progress: Progress;
};

/** The site's address, out of the folder's name: archives are called after it, copies often `stackexchange-<name>`. */
export function hostOf(folder: string): string {
  const name = path.basename(path.resolve(folder)).toLowerCase();
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name)) return name;
  return `${name.replace(/^stackexchange-/, "").replace(/[^a-z0-9]+/g, ".")}.stackexchange.com`;
}

const externalId = z.string().regex(/^-?\d{1,15}$/, "is no number");
const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/, "is no date").transform((text) => new Date(`${text}Z`)).refine((date) => !Number.isNaN(date.getTime()), "is no date");
const count = z.string().regex(/^-?\d{1,9}$/, "is no number").transform(Number);
const words = z.string().max(500_000, "is too long");

// Attributes that are not named here are not read.
const shapes = {
  Users: z.object({ Id: externalId, CreationDate: moment, DisplayName: words.default(""), LastAccessDate: moment.optional(), WebsiteUrl: words.default(""), Location: words.default(""), AboutMe: words.default("") }),
  Posts: z.object({
    Id: externalId, PostTypeId: count, CreationDate: moment, ParentId: externalId.optional(), AcceptedAnswerId: externalId.optional(), Score: count.default(0),
    Body: words.default(""), Title: words.default(""), Tags: words.default(""), OwnerUserId: externalId.optional(), OwnerDisplayName: words.default(""), ClosedDate: moment.optional(), DeletionDate: moment.optional(),
  }),
  Comments: z.object({ Id: externalId, PostId: externalId, Score: count.default(0), Text: words, CreationDate: moment, UserId: externalId.optional(), UserDisplayName: words.default("") }),
  PostHistory: z.object({
    Id: externalId, PostHistoryTypeId: count, PostId: externalId, RevisionGUID: words.default(""), CreationDate: moment,
    UserId: externalId.optional(), UserDisplayName: words.default(""), Comment: words.default(""), Text: words.default(""),
  }),
  Votes: z.object({ Id: externalId, PostId: externalId, VoteTypeId: count, CreationDate: moment }),
  Badges: z.object({ Id: externalId, UserId: externalId, Name: words.pipe(z.string().min(1)), Date: moment, Class: count.default(3) }),
  Tags: z.object({ Id: externalId, TagName: words.pipe(z.string().min(1)), Count: count.default(0), ExcerptPostId: externalId.optional(), WikiPostId: externalId.optional() }),
  PostLinks: z.object({ Id: externalId, CreationDate: moment, PostId: externalId, RelatedPostId: externalId, LinkTypeId: count }),
};

export type DumpFile = keyof typeof shapes;
export type DumpRow<File extends DumpFile> = z.infer<(typeof shapes)[File]> & { line: number };

/** Reads a file of the dump a few hundred rows at a time. Rows that cannot be read are named in the report and left out. */
export async function* readBatches<File extends DumpFile>(dump: Dump, file: File, doing: string): AsyncGenerator<DumpRow<File>[]> {
  const name = `${file}.xml`;
  const place = path.join(dump.folder, name);
  if (!existsSync(place)) {
    dump.report.drop(name, "the dump has no such file", undefined, 1);
    return;
  }
  const step = dump.progress.step(doing, statSync(place).size);
  let batch: DumpRow<File>[] = [];
  for await (const row of readRows(place, step)) {
    if (isBad(row)) {
      dump.report.skip(name, row.line, row.rowId, row.why);
      continue;
    }
    dump.report.read(name, 1);
    const parsed = shapes[file].safeParse(row.values);
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      dump.report.skip(name, row.line, row.values.Id ?? null, `${String(issue.path[0])} ${issue.code === "invalid_type" ? "is missing" : issue.message}`);
      continue;
    }
    batch.push({ ...parsed.data, line: row.line } as unknown as DumpRow<File>);
    if (batch.length < ROWS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
