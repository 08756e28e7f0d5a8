import { buildIfStale } from "./build.ts";

// `npm run build`: makes build/ from the sources as they are, or says nothing when it is already made of them.
buildIfStale();
