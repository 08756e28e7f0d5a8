import { expect, test } from "vitest";
import { addToGroup, removeFromGroup } from "#app/community/group-members.ts";
import { grantRight } from "#app/community/rights.ts";
import { topicPath } from "#app/forums/paths.ts";
import { make } from "#tests/support/make.ts";
import { cookieOf, visit } from "#tests/support/visit.ts";

/** What does not differ from one answer to the next: numbers used once, and keys of forms. */
function alike(html: string): string {
  return html.replaceAll(/nonce="[^"]*"/g, "").replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, "").replaceAll(/<script[\s\S]*?<\/script>/g, "");
}

test("what the server keeps of one member's page is never another's, nor a guest's", async () => {
  const admin = await make.member({ role: "owner" });
  const insider = await make.member({ username: "insideress", name: "Isa Inside" });
  const outsider = await make.member({ username: "outsidero", name: "Oto Outside" });
  const group = await make.group();
  const open = await make.category({ everyone: "see", members: "create" }, { name: "Agora" });
  const hidden = await make.category({}, { name: "Quietroom", divisionId: open.divisionId });
  await grantRight(admin, { categoryId: hidden.id, groupId: group.id }, "create");
  await addToGroup(admin, { groupId: group.id, memberId: insider.id });
  const topic = await make.topic({ categoryId: open.id, title: "For all" });
  await make.post({ topicId: topic.id });
  const [pages, cookies] = [["/", "/latest", topicPath(topic)], { admin: await cookieOf(admin), insider: await cookieOf(insider), outsider: await cookieOf(outsider) }];
  const look = async (page: string, cookie?: string) => (await visit(page, { cookie })).text();

  for (const page of pages) {
    // Each after each other, so that whatever could be mixed up was made for someone else just before.
    for (const first of [cookies.admin, cookies.insider, cookies.outsider, undefined]) {
      await look(page, first);
      const [theirs, guests] = [await look(page, cookies.outsider), await look(page)];
      for (const words of ["Quietroom", "Isa Inside", "insideress", `href="/admin"`]) {
        expect(theirs).not.toContain(words);
        expect(guests).not.toContain(words);
      }
      expect(theirs).toContain("Oto Outside");
      expect(guests).not.toContain("Oto Outside");
      expect(await look(page, cookies.insider)).toContain("Isa Inside");
    }
    // Made anew or taken from what is kept, it is the same page.
    expect(alike(await look(page, cookies.outsider))).toBe(alike(await look(page, cookies.outsider)));
  }
  expect(await look(topicPath(topic), cookies.insider)).toContain("Quietroom");
  await removeFromGroup(admin, { groupId: group.id, memberId: insider.id });
  expect(await look(topicPath(topic), cookies.insider)).not.toContain("Quietroom");
});

test("the frame says where its reader is, wherever they were before", async () => {
  const member = await make.member();
  const cookie = await cookieOf(member);
  const hereOn = async (page: string) => [...(await (await visit(page, { cookie })).text()).matchAll(/<a aria-current="page"[^>]* href="([^"]*)"/g)].map(([, href]) => href);
  for (const page of ["/latest", "/top", "/notifications", "/latest"]) expect(await hereOn(page)).toContain(page);
  expect(await hereOn("/top")).not.toContain("/latest");
});
