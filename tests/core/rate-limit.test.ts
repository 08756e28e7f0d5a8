import { expect, test } from "vitest";
import { RateLimitedError } from "#app/core/errors.ts";
import { forgiveRate, keyOf, limitRate } from "#app/core/rate-limit.ts";

const thrice = { points: 3, perSeconds: 60 };

test("the fourth of three attempts is refused, and says when to come back", async () => {
  for (let attempt = 0; attempt < 3; attempt++) await limitRate("knock", 1, thrice);
  const refusal = await limitRate("knock", 1, thrice).catch((error: unknown) => error as RateLimitedError);
  expect(refusal).toBeInstanceOf(RateLimitedError);
  expect((refusal as RateLimitedError).retryAfterSeconds).toBeGreaterThan(50);
  await limitRate("knock", 2, thrice);
  await limitRate("ring", 1, thrice);
});

test("an attempt that was taken back does not count", async () => {
  for (let attempt = 0; attempt < 10; attempt++) {
    await limitRate("forgiven", 1, thrice);
    await forgiveRate("forgiven", 1, thrice);
  }
});

test.each([
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["64:ff9b::192.0.2.33", "64:ff9b:0:0::/64"],
  ["::ffff:192.0.2.33", "192.0.2.33"],
  ["192.0.2.33", "192.0.2.33"],
])("%s is counted as %s", (address, key) => {
  expect(keyOf(address)).toBe(key);
});

test("one who changes the lower half of their address is still the same", async () => {
  for (let attempt = 0; attempt < 3; attempt++) await limitRate("household", `2001:db8:1:2::${attempt + 1}`, thrice);
  await expect(limitRate("household", "2001:db8:1:2:ffff::9", thrice)).rejects.toThrow(RateLimitedError);
  await limitRate("household", "2001:db8:1:3::1", thrice);
});
