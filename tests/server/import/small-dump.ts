import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const escape = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/\n/g, "&#xA;");

/** One row of a dump. */
export function row(values: Record<string, string | number>): string {
  return `  <row ${Object.entries(values).map(([name, value]) => `${name}="${escape(String(value))}"`).join(" ")} />`;
}

/** Writes a dump of a site `tea.stackexchange.com` into a new folder. Each list holds the lines between the root's tags. */
export function writeDump(files: Record<string, string[]>): string {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), "dump-")), "tea.stackexchange.com");
  mkdirSync(folder);
  for (const [name, lines] of Object.entries(files)) {
    const root = name.toLowerCase();
    writeFileSync(path.join(folder, `${name}.xml`), `<?xml version="1.0" encoding="utf-8"?>\n<${root}>\n${lines.join("\n")}\n</${root}>\n`);
  }
  return folder;
}

const day = (number: number) => `2012-03-${String(number).padStart(2, "0")}T10:00:00.000`;
const hostile = `<p>Hello <b>there</b><script>alert(1)</script><img src="x" onerror="alert(2)"><a href="javascript:alert(3)">one</a> <a href="/questions/1/tea">two</a><iframe src="https://evil.example"></iframe></p><svg onload="alert(4)"></svg>`;

/** Everything that goes wrong in a dump, and a few things that do not. */
export const smallDump: Record<string, string[]> = {
  Users: [
    row({ Id: -1, DisplayName: "Community", CreationDate: day(1) }),
    row({ Id: 1, DisplayName: "Ann Leaf", CreationDate: day(1), AboutMe: "<p>Drinks <b>tea</b></p><script>alert(1)</script>", WebsiteUrl: "javascript:alert(1)", Location: "Assam" }),
    row({ Id: 2, DisplayName: "Ann  Leaf", CreationDate: day(1) }),
    row({ Id: 3, DisplayName: "茶", CreationDate: day(1) }),
    row({ Id: 4, DisplayName: "No date" }),
    `  <row Id="5" DisplayName="Broken CreationDate="${day(1)}" />`,
  ],
  Posts: [
    row({ Id: 1, PostTypeId: 1, CreationDate: day(2), Title: "How long for green tea?", Tags: "<support><green-tea>", Score: 5, Body: "<p>old</p>", OwnerUserId: 1, AcceptedAnswerId: 2 }),
    row({ Id: 2, PostTypeId: 2, ParentId: 1, CreationDate: day(3), Score: 3, Body: "<p>Two minutes.</p>", OwnerUserId: 3 }),
    row({ Id: 3, PostTypeId: 2, ParentId: 1, CreationDate: day(4), Score: -1, Body: hostile, OwnerUserId: 99, OwnerDisplayName: "Gone" }),
    row({ Id: 4, PostTypeId: 2, ParentId: 77, CreationDate: day(4), Body: "<p>To a question that was deleted</p>", OwnerUserId: 1 }),
    row({ Id: 5, PostTypeId: 1, CreationDate: day(5), Title: "A pot that pours", Tags: "|feature-request|status-completed|", Body: "<p>Please</p>", OwnerUserId: 2, ClosedDate: day(9) }),
    row({ Id: 6, PostTypeId: 1, CreationDate: day(6), Title: "Deleted", Body: "<p>x</p>", DeletionDate: day(7) }),
    row({ Id: 1, PostTypeId: 1, CreationDate: day(6), Title: "The same again", Body: "<p>x</p>" }),
    row({ Id: 7, PostTypeId: 5, CreationDate: day(6), Body: "<p>long</p>" }),
    `  <row Id="8" PostTypeId="1" CreationDate="yesterday" Title="When?" Body="" />`,
    `  <row Id="9" PostTypeId="1"`,
  ],
  Comments: [
    row({ Id: 1, PostId: 2, Score: 2, Text: "See [this](https://tea.stackexchange.com/q/5) and <b>not bold</b> `code`", CreationDate: day(5), UserId: 1 }),
    row({ Id: 2, PostId: 55, Text: "lost", CreationDate: day(5), UserId: 1 }),
  ],
  PostHistory: [
    row({ Id: 1, PostHistoryTypeId: 1, PostId: 1, RevisionGUID: "a", CreationDate: day(2), UserId: 1, Text: "How long?" }),
    row({ Id: 2, PostHistoryTypeId: 2, PostId: 1, RevisionGUID: "a", CreationDate: day(2), UserId: 1, Text: "How *long*?" }),
    row({ Id: 3, PostHistoryTypeId: 4, PostId: 1, RevisionGUID: "b", CreationDate: day(3), UserId: 2, Comment: "clearer", Text: "How long for green tea?" }),
    row({ Id: 4, PostHistoryTypeId: 5, PostId: 1, RevisionGUID: "b", CreationDate: day(3), UserId: 2, Comment: "clearer", Text: "How **long** do I\n\n- steep\n- wait?\n\n<script>alert(5)</script>" }),
    row({ Id: 5, PostHistoryTypeId: 10, PostId: 5, RevisionGUID: "c", CreationDate: day(9), UserId: 1, Comment: "102" }),
    row({ Id: 6, PostHistoryTypeId: 25, PostId: 5, RevisionGUID: "d", CreationDate: day(9) }),
  ],
  Votes: [1, 2, 3].map((id) => row({ Id: id, PostId: 5, VoteTypeId: 2, CreationDate: day(6) })).concat(row({ Id: 4, PostId: 2, VoteTypeId: 1, CreationDate: day(8) }), row({ Id: 5, PostId: 5, VoteTypeId: 8, CreationDate: day(8) })),
  Badges: [row({ Id: 1, UserId: 1, Name: "Teacher", Date: day(8), Class: 2 }), row({ Id: 2, UserId: 1, Name: "Teacher", Date: day(9), Class: 2 }), row({ Id: 3, UserId: 98, Name: "Teacher", Date: day(9), Class: 2 })],
  Tags: [row({ Id: 1, TagName: "support", Count: 1 }), row({ Id: 2, TagName: "empty", Count: 0 })],
  PostLinks: [row({ Id: 1, CreationDate: day(10), PostId: 5, RelatedPostId: 1, LinkTypeId: 3 }), row({ Id: 2, CreationDate: day(10), PostId: 5, RelatedPostId: 1, LinkTypeId: 1 })],
};
