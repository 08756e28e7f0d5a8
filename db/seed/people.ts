import type { SpeakerLabel } from "#db/schema/accounts.ts";
import type { RoleName } from "#db/schema/community.ts";

/** Someone of the demo community. All are invented, as is the company, Hearthvolt. */
export type Person = {
  username: string;
  name: string;
  /** How many days ago they joined. */
  joinedDaysAgo: number;
  label?: SpeakerLabel;
  title?: string;
  bio?: string;
  location?: string;
  timeZone?: string;
  website?: string;
  /** A duty over the whole site, or over the division named. */
  role?: RoleName;
  roleIn?: string;
  groups?: ("owners" | "installers")[];
};

const employee = { label: "employee" as const, timeZone: "Europe/Copenhagen" };
const partner = { label: "partner" as const, groups: ["installers" as const] };
const champion = { label: "champion" as const, groups: ["owners" as const] };
const owner = { groups: ["owners" as const] };

export const people: Person[] = [
  // The four who can sign in come first.
  { ...employee, username: "ada", name: "Ada Lindqvist", joinedDaysAgo: 1290, role: "owner", title: "Head of Community, Hearthvolt", location: "Aarhus", bio: "I look after this place. If something about the community itself bothers you, tell me, even when it's small." },
  { ...employee, username: "max", name: "Max Oduya", joinedDaysAgo: 1130, role: "moderator", title: "Community moderator", location: "Leeds", timeZone: "Europe/London", bio: "Keeps the rooms tidy. Former night-shift support, so I have seen every error code twice. Rides a cargo bike, owns no car, has opinions about chargers anyway." },
  { ...employee, username: "pia", name: "Pia Brandt", joinedDaysAgo: 960, role: "product_manager", title: "Product manager, App & Cloud", location: "Hamburg", timeZone: "Europe/Berlin", bio: "I read every wish in App & Cloud. I don't answer all of them, but I do read them. Store 8 and a very small balcony at home." },
  { ...owner, username: "cleo", name: "Cleo Fontaine", joinedDaysAgo: 505, location: "Lyon", timeZone: "Europe/Paris", bio: "Two kids, one heat pump, 9.6 kWp on the barn. Store 14, Drive 11, and a spreadsheet nobody else in the house wants to see." },

  { ...employee, username: "jonas", name: "Jonas Keller", joinedDaysAgo: 900, title: "Support engineer, Store", location: "Bremen", bio: "Second-line support for batteries and inverters. Send me logs, not photos of logs. (Photos are fine too.)" },
  { ...employee, username: "ines", name: "Inês Cardoso", joinedDaysAgo: 700, title: "Firmware engineer", location: "Porto", timeZone: "Europe/Lisbon", bio: "I write the part that decides when your battery charges. Not always popular in January." },
  { ...employee, username: "tobi", name: "Tobias Renn", joinedDaysAgo: 610, title: "Developer relations", location: "Berlin", timeZone: "Europe/Berlin", bio: "API, webhooks, and apologies for breaking changes." },
  { ...employee, username: "hanna", name: "Hanna Sørby", joinedDaysAgo: 820, title: "Heat pump engineer", location: "Trondheim", timeZone: "Europe/Oslo", bio: "Refrigeration person. I like quiet machines and long heating curves." },
  { ...employee, username: "ravi", name: "Ravi Menon", joinedDaysAgo: 540, role: "product_manager", roleIn: "drive", title: "Product manager, Drive", location: "Copenhagen", bio: "Chargers, cables and the mysteries of what cars say to them." },

  { ...partner, username: "elektro_weiss", name: "Katrin Weiss", joinedDaysAgo: 880, title: "Elektro Weiss, certified installer", location: "Regensburg", timeZone: "Europe/Berlin", bio: "Family business, third generation. 140 Store systems so far." },
  { ...partner, username: "davesparks", name: "Dave Harrop", joinedDaysAgo: 640, title: "Harrop Electrical, certified installer", location: "Sheffield", timeZone: "Europe/London", bio: "Sparky. If it's on fire ring 999 not me." },
  { ...partner, username: "nordvarme", name: "Mikkel Juhl", joinedDaysAgo: 570, title: "Nordvarme, heat pump partner", location: "Odense" },

  { ...champion, username: "greta_pv", name: "Greta Amundsen", joinedDaysAgo: 1180, title: "Champion since 2024", location: "Bergen", timeZone: "Europe/Oslo", bio: "Retired maths teacher. Logs everything, believes nothing until it is plotted." },
  { ...champion, username: "oldfitter", name: "Brian Tate", joinedDaysAgo: 1010, title: "Champion", location: "Hull", timeZone: "Europe/London", bio: "Forty-one years on the tools. I answer what I know and say so when I don't." },
  { ...champion, username: "marco.b", name: "Marco Bellini", joinedDaysAgo: 760, title: "Champion", location: "Bologna", timeZone: "Europe/Rome", bio: "Home automation, too many relays. Maintainer of hearthvolt-bridge." },

  { ...owner, username: "tomasz", name: "Tomasz Wójcik", joinedDaysAgo: 530, location: "Poznań", bio: "Store 14, two strings east-west. English is my third language, please be patient." },
  { ...owner, username: "sanne", name: "Sanne de Vries", joinedDaysAgo: 520, location: "Utrecht", bio: "Terraced house, 12 panels, one neighbour with a very tall tree." },
  { ...owner, username: "yuki_h", name: "Yuki Hayashi", joinedDaysAgo: 410, location: "Rotterdam" },
  { ...owner, username: "priya", name: "Priya Nair", joinedDaysAgo: 515, location: "Reading", bio: "Data person by day. Drive 11 + Store 8." },
  { ...owner, username: "luc", name: "Luc Moreau", joinedDaysAgo: 480, location: "Nantes", bio: "Retraité, bricoleur. Sorry for my english." },
  { ...owner, username: "bettina", name: "Bettina Kraus", joinedDaysAgo: 545, location: "Graz", bio: "Store 14 with backup box because of the valley's power cuts." },
  { ...owner, username: "samir", name: "Samir Haddad", joinedDaysAgo: 300, location: "Brussels" },
  { username: "ola_k", name: "Ola Kowalczyk", joinedDaysAgo: 210, location: "Gdańsk" },
  { ...owner, username: "gordon", name: "Gordon McRae", joinedDaysAgo: 490, location: "Inverness", bio: "Says what he thinks." },
  { ...owner, username: "lena_m", name: "Lena Maurer", joinedDaysAgo: 455, location: "Winterthur" },
  { ...owner, username: "pedro", name: "Pedro Albuquerque", joinedDaysAgo: 390, location: "Évora", bio: "Sun all year. My problem is the opposite of yours." },
  { ...owner, username: "fionn", name: "Fionn Byrne", joinedDaysAgo: 350, location: "Galway" },
  { ...owner, username: "aino", name: "Aino Laakso", joinedDaysAgo: 500, location: "Tampere", bio: "Heat pump in minus thirty. It works. Ask me." },
  { ...owner, username: "watt_now", name: "Chris Watt", joinedDaysAgo: 470, location: "Bristol", bio: "Yes, that is my real surname." },
  { ...owner, username: "kaisa", name: "Kaisa Tamm", joinedDaysAgo: 260, location: "Tartu" },
  { ...owner, username: "deepak", name: "Deepak Rao", joinedDaysAgo: 440, location: "Manchester", bio: "Spreadsheets, half-hourly everything." },
  { ...owner, username: "nora.j", name: "Nora Jensen", joinedDaysAgo: 365, location: "Aalborg", bio: "Nurse, sleeps in daytime, cares a lot about fan noise." },
  { ...owner, username: "vic", name: "Victor Osei", joinedDaysAgo: 330, title: "Runs the Harbour Lodge, 14 rooms", location: "Whitby", bio: "Small hotel, six Drive chargers, guests with cars I have never heard of." },
  { ...owner, username: "mhall", name: "Margaret Hall", joinedDaysAgo: 280, location: "Shrewsbury", bio: "74. My grandson set this up and then went to university." },
  { ...owner, username: "stefano", name: "Stefano Greco", joinedDaysAgo: 420, location: "Bari" },
  { ...owner, username: "ruth", name: "Ruth Abrams", joinedDaysAgo: 315, location: "Zürich" },
  { ...owner, username: "jakub", name: "Jakub Novák", joinedDaysAgo: 375, location: "Brno", bio: "Firmware changelogs are my bedtime reading." },
  { username: "emre", name: "Emre Yıldız", joinedDaysAgo: 190, location: "İzmir" },
  { ...owner, username: "simone", name: "Simone Petit", joinedDaysAgo: 240, location: "Liège" },
  { ...owner, username: "zoltan", name: "Zoltán Kiss", joinedDaysAgo: 400, location: "Szeged" },
  { ...owner, username: "liam_ev", name: "Liam Carter", joinedDaysAgo: 385, location: "Cardiff", bio: "On my fourth EV. First charger that makes me post in a forum." },
  { ...owner, username: "ingrid", name: "Ingrid Holm", joinedDaysAgo: 430, location: "Uppsala" },
  { username: "hugo", name: "Hugo Lindner", joinedDaysAgo: 150, location: "Kassel", bio: "Still comparing." },
  { ...owner, username: "tess", name: "Tess Whitaker", joinedDaysAgo: 290, title: "Property manager, 40 flats", location: "Bath" },
  { username: "arman", name: "Arman Petrosyan", joinedDaysAgo: 345, title: "Developer", location: "Yerevan", website: "https://example.org/arman", bio: "I integrate things that were not meant to be integrated." },
  { username: "jodie", name: "Jodie Marsh", joinedDaysAgo: 35, location: "Norwich", bio: "New house, no idea, many questions." },
  { ...owner, username: "kwh_kevin", name: "Kevin Tran", joinedDaysAgo: 225, location: "Melbourne", timeZone: "Australia/Melbourne" },
  { ...owner, username: "even", name: "Even Strand", joinedDaysAgo: 175, location: "Tromsø", bio: "No sun for two months, then no night for two months. Great test site." },
];
