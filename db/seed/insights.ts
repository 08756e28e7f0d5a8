import type { ThemeState } from "../schema/insights.ts";

/** A part of Hearthvolt's products, and what members call it. `in` is the division it belongs to. */
export type SeedArea = { name: string; in?: string; under?: string; synonyms?: string[]; versions?: string[]; stage?: "planned" | "beta" | "active" | "legacy" | "retired"; description?: string };

export const seedAreas: SeedArea[] = [
  { name: "Battery", in: "store", synonyms: ["Store 8", "Store 14", "cells", "state of charge", "minimum charge", "preheating", "preheat"], versions: ["4.2", "4.3"], description: "Store 8 and Store 14: cells, charge, cold." },
  { name: "Gateway", synonyms: ["the grey box", "Wi-Fi", "wifi", "router", "LAN socket", "data gap"], versions: ["4.3.1", "4.3.4"], description: "What connects the house to the cloud." },
  { name: "Backup box", in: "store", synonyms: ["backup", "switchover", "power cut"], description: "What keeps the lights on." },
  { name: "Inverter", in: "store", synonyms: ["string", "fan noise", "whine", "fan curve"], description: "Hybrid inverters and their fans." },
  { name: "Modbus", in: "store", synonyms: ["register map", "register", "rev. F", "rev. G"], stage: "legacy", description: "The old local interface." },
  { name: "Charger", in: "drive", synonyms: ["Drive 11", "Drive 22", "phase switching", "charging", "cable", "wake up"], versions: ["3.2"], description: "Drive 11 and Drive 22." },
  { name: "Guest charging", in: "drive", under: "Charger", synonyms: ["card reader", "RFID", "guests", "receipt"] },
  { name: "Heat pump", in: "warm", synonyms: ["Warm 9", "Warm 12", "heating curve", "defrost", "night mode", "quiet mode"], versions: ["3.1"], description: "Warm 9 and Warm 12." },
  { name: "Hot water", in: "warm", under: "Heat pump", synonyms: ["legionella", "lukewarm", "hot-water"] },
  { name: "App", synonyms: ["the app", "home screen", "widget", "dark mode"], versions: ["7.4", "7.5", "7.6", "7.8"], description: "The app on phones." },
  { name: "Sign-in and accounts", under: "App", synonyms: ["logged out", "login", "log in", "family access", "password", "invite"], description: "Getting in, and who may." },
  { name: "Export and statistics", under: "App", synonyms: ["export", "csv", "statistics", "yearly file", "in one file", "real efficiency"] },
  { name: "Tariffs", under: "App", synonyms: ["dynamic tariff", "half hours", "half-hour", "cheapest hours", "prices", "price line"] },
  { name: "Notifications", under: "App", synonyms: ["notification", "alert", "push message"] },
  { name: "Cloud API", synonyms: ["API", "webhook", "refresh token", "OAuth"], description: "For developers." },
  { name: "Local API", synonyms: ["local control", "without the cloud", "MQTT", "pairing"], stage: "beta" },
  { name: "Documentation", synonyms: ["manual", "docs", "brochure"] },
  { name: "Support and orders", synonyms: ["support ticket", "ticket", "delivery", "invoice", "warranty", "support"], description: "Everything around the product." },
];

/** Customers as the company's books know them, and who of the community belongs to them. */
export const seedAccounts = [
  { name: "Harbour Lodge", externalKey: "CRM-1042", segment: "Hotels", value: 14_200, members: ["vic"] },
  { name: "Whitaker Property", externalKey: "CRM-2210", segment: "Property managers", value: 38_500, members: ["tess"] },
  { name: "Elektro Weiss", externalKey: "CRM-0071", segment: "Installers", value: 212_000, members: ["elektro_weiss"] },
  { name: "Harrop Electrical", externalKey: "CRM-0093", segment: "Installers", value: 86_000, members: ["davesparks"] },
  { name: "Nordvarme", externalKey: "CRM-0112", segment: "Installers", value: 154_000, members: ["nordvarme"] },
  { name: "Fontaine household", externalKey: "HOME-5521", segment: "Homes", value: 640, members: ["cleo"] },
  { name: "Nair household", externalKey: "HOME-6102", segment: "Homes", value: 420, members: ["priya"] },
  { name: "Byrne household", externalKey: "HOME-7718", segment: "Homes", value: 310, members: ["fionn"] },
];

/** What product managers decided, by the title of a topic whose theme it is. Days are counted back. */
export const seedDecisions: { topic: string; by: string; state: ThemeState; reason: string; daysAgo: number; owner?: string; dueInDays?: number; tracker?: string; title?: string }[] = [
  { topic: "Gateway drops off Wi-Fi whenever the router restarts", by: "pia", state: "planned", reason: "Fixed in firmware 4.3.4: the gateway never gives up and tries every five minutes. First waves go out this month.", daysAgo: 4, owner: "ravi", dueInDays: 19, tracker: "https://tracker.hearthvolt.example/FW-2231", title: "Gateway stays offline after the router restarts" },
  { topic: "More than one person per home", by: "pia", state: "accepted", reason: "Roles that may also change things: we want them, and will not promise a version yet.", daysAgo: 71, owner: "pia" },
  { topic: "Night mode that knows my night is in the daytime", by: "pia", state: "shipped", reason: "In Warm 3.1: a schedule for each weekday, three steps.", daysAgo: 250, owner: "pia" },
  { topic: "Let me decide who gets the sun first", by: "pia", state: "planned", reason: "Comes with the energy plan in App 7.8: an order you can drag, for battery, car, water and heat pump.", daysAgo: 96, owner: "pia", dueInDays: 40 },
  { topic: "Export more than 31 days", by: "pia", state: "planned", reason: "Quarter-hour export and a yearly file come with 7.8. Automatic mails will not be part of it.", daysAgo: 190, owner: "pia" },
  { topic: "Keep logs longer than two days", by: "ravi", state: "shipped", reason: "Since firmware 4.3 the log can be kept for seven days and read in the portal.", daysAgo: 83, owner: "ravi" },
  { topic: "Dark mode", by: "pia", state: "shipped", reason: "In App 7.4, following the phone or chosen by hand.", daysAgo: 34, owner: "pia" },
  { topic: "A 10 metre cable", by: "ravi", state: "declined", reason: "A longer fixed cable needs a new strain relief and a new approval. A socket version is the better answer.", daysAgo: 20, owner: "ravi" },
  { topic: "Show the real efficiency per day", by: "pia", state: "triaged", reason: "", daysAgo: 11, owner: "pia" },
  { topic: "Backup switchover under 100 ms", by: "ravi", state: "triaged", reason: "Patience of 300 ms is software and under way; faster needs a new box.", daysAgo: 15 },
  { topic: "Plan in half hours", by: "pia", state: "planned", reason: "Planning in half hours and quarter hours comes with 7.8.", daysAgo: 62, owner: "pia", dueInDays: -6, tracker: "https://tracker.hearthvolt.example/APP-918" },
];
