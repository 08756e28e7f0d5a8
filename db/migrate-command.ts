import { migrate } from "./migrate.ts";

// `npm run db:migrate`: brings the database of DATABASE_URL up to date without starting the community.
const url = process.env.DATABASE_URL;
if (!url) throw new Error("Set DATABASE_URL to the database to migrate. The embedded one is migrated at every start.");
await migrate(url);
console.log("The database is up to date.");
