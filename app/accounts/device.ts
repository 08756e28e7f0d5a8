const browsers: [RegExp, string][] = [[/\bEdgi?A?\//, "Edge"], [/\bOPR\//, "Opera"], [/\bFirefox\/|\bFxiOS\//, "Firefox"], [/\b(?:Headless)?Chrome\/|\bCriOS\//, "Chrome"], [/\bSafari\//, "Safari"], [/^curl\//, "curl"]];
const systems: [RegExp, string][] = [[/\biPhone\b/, "iPhone"], [/\biPad\b/, "iPad"], [/\bAndroid\b/, "Android"], [/\bWindows\b/, "Windows"], [/\bMac OS X\b|\bMacintosh\b/, "macOS"], [/\bCrOS\b/, "ChromeOS"], [/\bLinux\b/, "Linux"]];

export type Device = { browser: string | null; system: string | null; isHandheld: boolean };

/** What a browser says of itself, as far as people would recognise it. */
export function deviceOf(userAgent: string): Device {
  const first = (known: [RegExp, string][]) => known.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
  return { browser: first(browsers), system: first(systems), isHandheld: /\b(Mobi|iPhone|iPad|Android)/.test(userAgent) };
}
