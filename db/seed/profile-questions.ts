type SeedQuestion = { name: string; hint: string; staffOnly: boolean; answers: Record<string, string> };

/** Questions of the demo's profiles: one that everybody reads, one between a member and the staff. */
export const seedQuestions: SeedQuestion[] = [
  {
    name: "My system",
    hint: "What runs at your place.",
    staffOnly: false,
    answers: { cleo: "Store 14, Drive 11, Warm 9, 9.6 kWp", even: "A Store and a roof that faces the midnight sun" },
  },
  {
    name: "Serial number of the inverter",
    hint: "So that support finds your system. Nobody but staff sees it.",
    staffOnly: true,
    answers: { cleo: "HV-S14-2207-0931", even: "HV-S14-2405-0118" },
  },
];
