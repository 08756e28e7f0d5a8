import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { config } from "#app/core/config.ts";
import { sender } from "#app/core/deliver-mail.ts";
import { parseEmailAddress } from "#app/core/email-address.ts";
import { sendMail } from "#app/core/mail.ts";
import { db } from "#db/client.ts";
import { sentMail } from "#tests/support/mailbox.ts";
import { finishWork, waitingWork } from "#tests/support/work.ts";

const mail = { to: { name: "Ada", address: "ada@example.com" }, subject: "Hello", text: "Hello Ada", html: "<p>Hello Ada</p>" };

type Received = { from: string; to: string[]; source: string };

afterEach(() => (config.smtpUrl = undefined));

test("without SMTP_URL a mail is written to a file, whole", async () => {
  await sendMail(db, { ...mail, subject: "Grüße" });
  const [file] = await sentMail();
  expect(file).toContain('To: "Ada" <ada@example.com>\r\n');
  expect(file).toContain("Subject: Grüße\r\n");
  expect(file).toContain("Hello Ada");
  expect(file).toContain("<p>Hello Ada</p>");
});

test("a mail is sent if and only if the change it tells of happened", async () => {
  await expect(
    db.transaction(async (tx) => {
      await sendMail(tx, mail);
      throw new Error("changed our mind");
    }),
  ).rejects.toThrow();
  expect(await sentMail()).toEqual([]);
});

test("with SMTP_URL it goes to the mail server", async () => {
  const { received } = await mailServer();
  await sendMail(db, mail);
  await finishWork();
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ from: sender().address, to: ["ada@example.com"] });
  expect(received[0]!.source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(received[0]!.source).toMatch(/^Subject: Hello\r$/m);
});

test("what a mail server cannot take now is sent again later, once", async () => {
  const { received, answer } = await mailServer();
  answer.to = 451;
  await sendMail(db, mail);
  const failure = await finishWork().catch((error: Error) => error);
  expect(String(failure)).toContain("451");
  expect(String(failure)).not.toContain("example.com");
  answer.to = 0;
  await finishWork({ afterMinutes: 5 });
  await finishWork({ afterMinutes: 5 });
  expect(received).toHaveLength(1);
});

test("a mail server that is away is asked again", async () => {
  config.smtpUrl = "smtp://127.0.0.1:9";
  await sendMail(db, mail);
  await expect(finishWork()).rejects.toThrow("could not be sent");
  expect(await waitingWork()).toMatchObject([{ task: "core.send-mail", attempts: 1 }]);
});

test("an address that the mail server refuses for good is given up", async () => {
  const { received, answer } = await mailServer();
  answer.to = 550;
  await sendMail(db, mail);
  await finishWork();
  expect([received.length, (await waitingWork()).length]).toEqual([0, 0]);
});

test("line breaks in a name or a subject make no header and no second reader", async () => {
  const { received } = await mailServer();
  const hostile = { ...mail, to: { ...mail.to, name: 'Ada"\r\nBcc: eve@evil.test\r\n<eve@evil.test>,' }, subject: "Hi\r\nBcc: eve@evil.test\u2028X: y\n\nbody" };
  await sendMail(db, hostile);
  await finishWork();
  expect(received[0]!.to).toEqual(["ada@example.com"]);
  expect(received[0]!.source).not.toMatch(/^(Bcc|X):/im);
  config.smtpUrl = undefined;
  await sendMail(db, hostile);
  expect((await sentMail())[0]).not.toMatch(/^(Bcc|X):/im);
});

test.each([
  "x@y.z\r\nBcc: q@w.test", "x@y.test\nBcc: q@w.test", "a: x@y.test;", "x@y.test, q@w.test", "x@y.test;q@w.test", '"x y"@y.test', "Ada <x@y.test>", "<x@y.test>", "x@y.test (comment)",
  "x@@y.test", "x@y", "x@localhost", "@y.test", "x@", "x@.test", "x@y..test", "x@-y.test", "x@y.test.", ".x@y.test", "x.@y.test", "x..y@z.test", "x@[127.0.0.1]", "x@127.0.0.1", "x@y.test/evil",
  "x@y.test?z", "x@y%2etest", "x y@z.test", "x\u0000@y.test", "x@y.te\u0000st", "\u202Ex@y.test", "x@\u2028y.test", "x\t@y.test", `${"a".repeat(65)}@y.test`, `a@${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(63)}.${"e".repeat(63)}.test`, "", "@",
])("%j is no address, and nothing is ever queued for it", async (address) => {
  expect(parseEmailAddress(address)).toBeNull();
  await expect((async () => sendMail(db, { ...mail, to: { name: "X", address } }))()).rejects.toThrow();
});

test.each([
  ["ada@example.com", "ada@example.com"],
  ["Ada.Lovelace+news@sub.example.co.uk", "Ada.Lovelace+news@sub.example.co.uk"],
  ["o'hara@example.com", "o'hara@example.com"],
  ["ada@bücher.example", "ada@xn--bcher-kva.example"],
])("%s is an address", (text, address) => {
  expect(parseEmailAddress(text)).toBe(address);
});

/** A mail server that keeps what it gets. `answer.to` makes it refuse those it is for. */
async function mailServer(): Promise<{ received: Received[]; answer: { to: number } }> {
  const received: Received[] = [];
  const answer = { to: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: (_address, _session, done) => done(answer.to ? Object.assign(new Error("no"), { responseCode: answer.to }) : null),
    onData(stream, { envelope }, done) {
      let source = "";
      stream.on("data", (chunk: Buffer) => (source += chunk.toString("utf8")));
      stream.on("end", () => {
        received.push({ from: envelope.mailFrom ? envelope.mailFrom.address : "", to: envelope.rcptTo.map(({ address }) => address), source });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  config.smtpUrl = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return { received, answer };
}
