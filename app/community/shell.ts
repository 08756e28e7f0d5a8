import type { Viewer } from "#app/core/viewer.ts";

/** What the frame around every page needs: who looks, and the places they may go. */
export async function readShell(viewer: Viewer) {
  return {
    viewer: { ...viewer, colourScheme: viewer.kind === "member" ? viewer.colourScheme : ("system" as const) },
  };
}
