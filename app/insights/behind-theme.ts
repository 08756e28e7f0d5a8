import { sql } from "drizzle-orm";

/** Which statements, read as `s`, stand behind a theme and what was merged into it. */
export const behindTheme = (themeId: number) => sql`s.theme_id in (select id from themes where id = ${themeId} or merged_into_id = ${themeId}) and s.excluded is null`;
