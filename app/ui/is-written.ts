/** Whether a field holds words that someone wrote for people, and not a choice, a name, a key or what an editor sends. */
export function isWritten(value: string): boolean {
  return /\S\s+\S/.test(value) && !value.startsWith('{"type"');
}
