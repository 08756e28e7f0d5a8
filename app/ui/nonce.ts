import { createContext } from "react";

/** The number that this answer's Content-Security-Policy lets scripts carry; undefined in the browser. */
export const NonceContext = createContext<string | undefined>(undefined);

/** What this request is called in the log; undefined in the browser, which finds it in the page it was sent. */
export const RequestIdContext = createContext<string | undefined>(undefined);

/** Whether the page carries scripts. In the browser it does, or nothing would ask. */
export const ScriptsContext = createContext(true);
