import { sql } from "drizzle-orm";

/** Which statements, read as `s`, belong to a theme and what was merged into it. */
export const ofTheme = (themeId: number) => sql`s.theme_id in (select id from themes where id = ${themeId} or merged_into_id = ${themeId})`;

/** Those of them that count. */
export const behindTheme = (themeId: number) => sql`${ofTheme(themeId)} and s.excluded is null`;
