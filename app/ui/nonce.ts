import { createContext } from "react";

/** The number that this answer's Content-Security-Policy lets scripts carry; undefined in the browser. */
export const NonceContext = createContext<string | undefined>(undefined);
