import { expect, test } from "vitest";
import { isWriteAfterClose } from "#app/server/driver-fault.ts";

function thrown(message: string, place: string): TypeError {
  return Object.assign(new TypeError(message), { stack: `TypeError: ${message}\n    at Immediate.nextWrite (file:///srv/${place}:255:22)` });
}

test("only the driver's own fault is forgiven", () => {
  const message = "Cannot read properties of null (reading 'write')";
  expect(isWriteAfterClose(thrown(message, "node_modules/postgres/src/connection.js"))).toBe(true);
  expect(isWriteAfterClose(thrown(message, "app/core/realtime.ts"))).toBe(false);
  expect(isWriteAfterClose(thrown("Cannot read properties of null (reading 'end')", "node_modules/postgres/src/connection.js"))).toBe(false);
  expect(isWriteAfterClose(new Error(message))).toBe(false);
  expect(isWriteAfterClose(undefined)).toBe(false);
});
