import type { RightsLevel } from "#db/schema/community.ts";
import type { TopicKind } from "#db/schema/topic-kind.ts";

type GroupName = "everyone" | "members" | "staff" | "owners" | "installers";
export type Rights = Partial<Record<GroupName, RightsLevel>>;

export type Place = {
  slug: string;
  name: string;
  description: string;
  icon: string;
  defaultKind?: TopicKind;
  allowedKinds?: TopicKind[];
  /** Left out: those of the place above. */
  rights?: Rights;
  readForFeedback?: false;
  children?: Place[];
};

export type SeedDivision = {
  slug: string;
  name: string;
  tagline: string;
  description: string;
  accent: string;
  menu?: { label: string; href: string }[];
  places: Place[];
};

const open: Rights = { everyone: "see", members: "create", staff: "create" };
const news: Rights = { everyone: "see", members: "reply", staff: "create" };

const announcements: Place = { slug: "news", name: "News", description: "Releases, recalls and plans, from the people who make it.", icon: "megaphone", defaultKind: "announcement", rights: news };
const wishes = (what: string): Place => ({ slug: "wishes", name: "Wishes", description: `What ${what} should do one day. Vote before you write; yours may be here already.`, icon: "lightbulb", defaultKind: "idea", allowedKinds: ["idea", "discussion"], rights: open });

/** What the community says of itself. */
export const seedSite = {
  name: "Hearthvolt Community",
  tagline: "Ask the people who live with it",
  welcome: "Owners, installers and the people who build Hearthvolt systems, in one place. Look for your question, ask it, or tell us what should come next.",
};

/** The groups a company made for itself, beside those every community has. */
export const seedGroups = [
  { key: "owners", name: "Verified owners", description: "People with a serial number on their account.", joining: "request", isListed: true, runBy: "max" },
  { key: "installers", name: "Certified installers", description: "Trained partners who fit our systems.", joining: "closed", isListed: true, runBy: "elektro_weiss" },
] as const;

/** Who waits to be let into a group. */
export const seedRequests = [
  { username: "hugo", group: "owners", message: "My Store 8 was fitted on Tuesday. The serial number is on the invoice I sent to support.", hoursAgo: 30 },
  { username: "emre", group: "owners", message: "Second-hand Store 14, papers are with me. What do you need to see?", hoursAgo: 5 },
] as const;

/** What new topics begin with in a category, and which tags they bear there. */
export const seedForms = [
  {
    category: "store/beta", kind: "question", hint: "Say which firmware runs, and what the log shows: most answers hang on it.",
    body: "**What happens**\n\n**What should happen**\n\n**What the log shows**\n", requires: { name: "Firmware", description: "It stands under About in the app.", tags: ["firmware-4-2", "firmware-4-3"] },
  },
] as const;

export const seedDivisions: SeedDivision[] = [
  {
    slug: "store", name: "Store", accent: "#1f6f5c",
    tagline: "Batteries and inverters",
    description: "Everything between the panels and the socket: Store 8, Store 14, the hybrid inverters and the backup box.",
    places: [
      announcements,
      { slug: "help", name: "Help", description: "It does not do what it should. Say which firmware.", icon: "circle-help", defaultKind: "question", rights: open, children: [
        { slug: "install", name: "Installation and wiring", description: "Before and after the electrician was there.", icon: "wrench", defaultKind: "question", children: [
          { slug: "backup", name: "Backup box", description: "Power cuts, switchover, what stays on.", icon: "shield", defaultKind: "question" },
        ] },
        { slug: "winter", name: "Winter", description: "Cold cells, short days, low numbers.", icon: "moon", defaultKind: "question" },
      ] },
      wishes("your battery"),
      { slug: "setups", name: "Show your setup", description: "Roofs, cellars, graphs.", icon: "image", rights: open },
      { slug: "beta", name: "Firmware beta", description: "For verified owners who run firmware before others do. What is said here stays here until release.", icon: "rocket", rights: { owners: "create", staff: "create" } },
    ],
  },
  {
    slug: "drive", name: "Drive", accent: "#2457a6",
    tagline: "Charging at home and at work",
    description: "Drive 11, Drive 22, cards, cables and the cars at the other end.",
    places: [
      announcements,
      { slug: "help", name: "Help", description: "When it will not charge. Say which car.", icon: "circle-help", defaultKind: "question", rights: open, children: [
        { slug: "cars", name: "Cars and their habits", description: "One page for each difficult car, in the end.", icon: "list", defaultKind: "question" },
      ] },
      wishes("your charger"),
      { slug: "work", name: "Charging at work", description: "Hotels, car parks, flats, offices.", icon: "layers", rights: open },
    ],
  },
  {
    slug: "warm", name: "Warm", accent: "#b4481e",
    tagline: "Heat pumps and hot water",
    description: "Warm 9 and Warm 12: curves, noise, defrosting, and how low your flow can go.",
    places: [
      announcements,
      { slug: "help", name: "Help", description: "Cold rooms, odd sounds, error codes.", icon: "circle-help", defaultKind: "question", rights: open, children: [
        { slug: "tuning", name: "Tuning", description: "Heating curves and the art of leaving it alone.", icon: "settings", defaultKind: "discussion" },
      ] },
      wishes("your heat pump"),
      { slug: "talk", name: "Talk", description: "Experiences, bills, neighbours.", icon: "message-circle", rights: open },
    ],
  },
  {
    slug: "app", name: "App & Cloud", accent: "#6a3fa0",
    tagline: "The app, the portal and the API",
    description: "Hearthvolt app 7, the web portal, tariffs, accounts and everything you can automate.",
    menu: [{ label: "Questions without an answer", href: "/unanswered" }],
    places: [
      announcements,
      { slug: "help", name: "Help", description: "Logging in, numbers that do not add up, things that spin.", icon: "circle-help", defaultKind: "question", rights: open },
      wishes("the app"),
      { slug: "tariffs", name: "Tariffs", description: "Dynamic prices, feed-in, and what the app makes of them.", icon: "sun", rights: open },
      { slug: "developers", name: "Developers", description: "Cloud API, local API, Modbus, MQTT.", icon: "code", rights: open, children: [
        { slug: "home-automation", name: "Home automation", description: "Bridges, add-ons and flows made by members.", icon: "home", children: [
          { slug: "recipes", name: "Recipes", description: "Finished automations to copy. One a topic.", icon: "file-text" },
        ] },
      ] },
    ],
  },
  {
    slug: "commons", name: "Commons", accent: "#8a6d1f",
    tagline: "The common room",
    description: "Say hello, ask before you buy, and talk about what fits nowhere else.",
    places: [
      { ...announcements, description: "About Hearthvolt and this community." },
      { slug: "hello", name: "Say hello", description: "Who you are and what is on your roof.", icon: "smile", rights: open },
      { slug: "before-you-buy", name: "Before you buy", description: "Ask owners, not brochures.", icon: "search", defaultKind: "question", rights: open },
      { slug: "service", name: "Service and orders", description: "Deliveries, support, invoices, warranty.", icon: "inbox", rights: open },
      { slug: "about", name: "About this community", description: "How we talk here, and what should be better about it.", icon: "info", rights: open, readForFeedback: false },
      { slug: "owners", name: "Owners' lounge", description: "For verified owners. A little more frank than the rest.", icon: "star", rights: { owners: "create", staff: "create" } },
      { slug: "installers", name: "Installers", description: "For certified installers and the people who support them.", icon: "wrench", rights: { installers: "create", staff: "create" } },
      { slug: "staff", name: "Back office", description: "Employees only.", icon: "lock", rights: { staff: "create" }, readForFeedback: false },
    ],
  },
];
