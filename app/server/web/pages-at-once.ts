/**
 * Lets so many pages be made at a time; others wait in their order. Pages begun together all stay in memory until the
 * last of them is done, and moving that about cost more than making them: fifty at a time took three times the processor
 * of ten. Whoever has waited long goes in all the same, so that a few that hang cannot keep everyone out.
 */
export function makeSome(atOnce: number, patienceMs: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <Made>(make: () => Promise<Made>): Promise<Made> => {
    if (running >= atOnce) await turn(waiting, patienceMs);
    running++;
    try {
      return await make();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}

function turn(waiting: (() => void)[], patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(late);
      resolve();
    };
    const late = setTimeout(() => {
      waiting.splice(waiting.indexOf(go), 1);
      resolve();
    }, patienceMs);
    waiting.push(go);
  });
}
