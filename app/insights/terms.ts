/** Words that say nothing of what a sentence is about. */
const SILENT = new Set(
  ("a about after again all also am an and any anybody anyone are as at be because been before being but by came can cannot could did do does doesn doing don done each even ever every few for from get gets give go goes going got had has have having he her here him his how i if in into is isn it its just know let like made make makes many may me mean might mine more most much must my myself need never new no nobody nor not now of off on once one only or other our out over own per please put quite rather really said same say says see seem seems she should show since so some something sometimes still such sure take tell than thank thanks that the their them then there these they thing things think this those though through to today too two under until up us use used uses using very want wanted wants was wasn way we well went were what when where which while who whom why will with without won would yes yet you your yours im ive id dont doesnt didnt cant wont isnt lot bit maybe always already back day days week weeks month months year years time times yesterday hello hi hey everyone guys folks question problem issue help topic post thread reply edit update someone way ways good great nice bad old work works working worked try tried trying first last next another right left end start started long little big less least around").split(" "),
);

/** The telling words of a text, each once, in a rough base form: "exports" and "exporting" are "export". */
export function termsOf(text: string): string[] {
  const words = text.slice(0, 2000).toLowerCase().replace(/https?:\/\/\S+/g, " ").replace(/['’]/g, "").match(/[\p{L}\p{N}][\p{L}\p{N}.+#]*[\p{L}\p{N}+#]|[\p{L}\p{N}]/gu) ?? [];
  return [...new Set(words.filter((word) => !SILENT.has(word)).map(baseOf).filter((word) => word.length > 1 && !SILENT.has(word) && !/^\d+$/.test(word)))];
}

function baseOf(word: string): string {
  if (word.length < 5) return word.endsWith("s") && word.length === 4 && !word.endsWith("ss") ? word.slice(0, -1) : word;
  return word.replace(/(ies)$/, "y").replace(/(?<=[^s])s$/, "").replace(/(?<=\w{3})(ing|ed)$/, "").replace(/(?<=\w{3})e$/, "").replace(/([bdgklmnprt])\1$/, "$1");
}
