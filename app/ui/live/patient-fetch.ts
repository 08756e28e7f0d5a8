// What a page asks of the server waits while there is no connection, instead of ending the page and all that was typed
// in it. Runs in browsers only.

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 10_000;

/** Told to the window when questions begin to wait for a connection, and when the last of them has been answered. */
export const WAITING = "wellspring:waiting";

let waiting = 0;

/** Whether anything waits for a connection now. */
export function isWaiting(): boolean {
  return waiting > 0;
}

/**
 * From here on pages and acts that found no connection are asked for again until they are answered, at the latest every
 * ten seconds and as soon as the device is connected. An act is sent again as it was: a post bears a key by which the
 * server makes one of two. Whatever is given up meanwhile, such as by a step elsewhere, ends at once.
 */
export function waitForConnections(): void {
  const ask = window.fetch;
  window.fetch = async (input, init) => {
    if (!isOfPages(input)) return ask(input, init);
    let pause = FIRST_WAIT_MS;
    let isCounted = false;
    try {
      for (;;) {
        try {
          return await ask(input, init);
        } catch (error) {
          // No answer at all is a TypeError; what was given up has another name.
          if (!(error instanceof TypeError) || init?.signal?.aborted) throw error;
        }
        if (!isCounted) change(1);
        isCounted = true;
        await sleep(pause, init?.signal ?? undefined);
        pause = Math.min(pause * 2, LONGEST_WAIT_MS);
      }
    } finally {
      if (isCounted) change(-1);
    }
  };
}

/**
 * A link pressed on a device without a connection is followed when there is one: the code of its page could not be had
 * either, and Remix would give up the page that is open. Of several the last.
 */
export function holdLinks(): void {
  let held: HTMLAnchorElement | null = null;
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.<HTMLAnchorElement>("a[href]");
    if (navigator.onLine || !link || !leadsAway(link, event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!held) change(1);
    held = link;
  }, { capture: true });
  window.addEventListener("online", () => {
    const link = held;
    held = null;
    if (!link) return;
    change(-1);
    if (link.isConnected) link.click();
  });
}

/** To another page of ours, in this tab. */
function leadsAway(link: HTMLAnchorElement, event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || (link.target && link.target !== "_self") || link.hasAttribute("download")) return false;
  const here = window.location;
  return link.origin === here.origin && (link.pathname !== here.pathname || link.search !== here.search);
}

/** What Remix asks: the data of pages, what acts answer, and which pages there are. */
function isOfPages(input: RequestInfo | URL): boolean {
  const address = input instanceof Request ? input.url : String(input);
  const { origin, pathname } = new URL(address, window.location.href);
  return origin === window.location.origin && (pathname.endsWith(".data") || pathname === "/__manifest");
}

function change(by: 1 | -1): void {
  waiting += by;
  window.dispatchEvent(new Event(WAITING));
}

/** @throws the signal's reason when it is given up meanwhile */
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", onOnline);
      signal?.removeEventListener("abort", onAbort);
    };
    const onOnline = () => (end(), resolve());
    const onAbort = () => (end(), reject(signal!.reason as Error));
    const timer = setTimeout(onOnline, ms);
    window.addEventListener("online", onOnline);
    signal?.addEventListener("abort", onAbort);
  });
}
