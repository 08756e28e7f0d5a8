import { redirect } from "@remix-run/node";
import { defineLoader, noParams } from "#app/core/http.ts";

export const loader = defineLoader({ params: noParams }, async () => redirect("/settings/profile"));
