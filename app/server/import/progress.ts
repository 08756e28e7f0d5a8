const WIDTH = 30;

export type Progress = { step(name: string, total: number): (done: number) => void; end(): void };

/** A bar on a terminal; elsewhere one line for each step, so that a log stays readable. */
export function showProgress(out: NodeJS.WriteStream = process.stderr): Progress {
  const clear = () => void (out.isTTY && out.write("\r\u001b[K"));
  return {
    step(name, total) {
      clear();
      if (!out.isTTY) out.write(`${name} …\n`);
      let done = 0;
      let shown = -1;
      return (more) => {
        done += more;
        const percent = total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 100;
        if (!out.isTTY || percent === shown) return;
        shown = percent;
        const filled = Math.round((WIDTH * percent) / 100);
        out.write(`\r${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${String(percent).padStart(3)} %  ${name}\u001b[K`);
      };
    },
    end: clear,
  };
}

/** For tests and for callers who show nothing. */
export const noProgress: Progress = { step: () => () => {}, end: () => {} };
