import { afterEach, expect, test } from "vitest";
import { config } from "#app/core/config.ts";
import { shared } from "#app/core/shared.ts";
import { sign, signedValue } from "#app/core/signed.ts";

const secret = config.secret;
afterEach(() => {
  config.secret = secret;
});

test("what was signed is known again, for its own purpose and unchanged", async () => {
  const token = await sign("stop", "decision-7");
  expect(await signedValue("stop", token)).toBe("decision-7");
  expect(await signedValue("sign-in", token)).toBeNull();
  for (const forged of [token.replace("7", "8"), token.slice(0, -1), `${token}x`, token.replace(/.$/, (last) => (last === "A" ? "B" : "A")), "", ".", "decision-7.", "x".repeat(5000), "decision-7." + "A".repeat(32)]) {
    expect(await signedValue("stop", forged), forged.slice(0, 40)).toBeNull();
  }
});

test("the secret of the settings signs; another one knows nothing of it", async () => {
  config.secret = "a".repeat(32);
  const token = await sign("stop", "1");
  config.secret = "b".repeat(32);
  expect(await signedValue("stop", token)).toBeNull();
});

test("without one in the settings a secret is made once, and a process that comes later finds it in the database", async () => {
  config.secret = undefined;
  shared("signed.secret", () => ({ value: null as string | null })).value = null;
  const token = await sign("stop", "1");
  shared("signed.secret", () => ({ value: null as string | null })).value = null;
  expect(await signedValue("stop", token)).toBe("1");
});
