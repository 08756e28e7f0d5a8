// Which words say what a sentence does, whatever it is about. All other words are one and the same to the skeleton of a
// sentence, so that what was learnt on bicycles holds for billing software. The groups were written by hand.

/** Words that mean the same to us: `crash` and `glitch` are both "@broken". */
const GROUPS: Record<string, string> = {
  "@broken":
    "bug bugs buggy broken breaks broke breaking crash crashes crashed crashing error errors erroneous fail fails failed failing failure failures glitch glitches glitchy freeze freezes froze frozen freezing hang hangs hung stuck corrupt corrupted corrupts wrong wrongly incorrect incorrectly inconsistent missing disappear disappears disappeared disappearing vanish vanishes vanished gone dead unresponsive blank garbled malformed invalid unexpected unexpectedly misaligned truncated overlap overlaps overlapping regression exception traceback timeout timeouts defect defective faulty fault malfunction malfunctioning flicker flickers flickering unreadable mangled cropped lost loses reset resets reverted reverts _code_",
  "@working": "work works worked working function functions functioning behave behaves load loads loaded loading open opens respond responds render renders rendered update updates updating refresh refreshes save saves saved saving start starts started sync syncs synced",
  "@show": "show shows showing shown display displays displayed displaying say says said saying appear appears appeared report reports reported return returns returned throw throws get gets getting got receive receives received give gives see seeing redirect redirects redirected",
  "@symptom": "reproduce reproducible repro steps expected actual expect actually instead intermittently sometimes randomly consistently suddenly anymore screenshot browser chrome firefox safari android ios windows mac iphone version _version_ console log logs debug workaround",
  "@wish": "wish wishes wishlist wished request requests requested requesting suggest suggests suggested suggesting suggestion suggestions propose proposes proposed proposing proposal idea ideas improvement improvements enhancement enhancements",
  "@add": "add adding added allow allowing enable enabling implement implementing introduce introducing improve improving include including create creating provide providing extend extending integrate integrating support supporting make making offer offering",
  "@change": "change changing changed remove removing rename renaming merge merging replace replacing disable disabling hide hiding limit limiting reduce increase ban banning require requiring migrate split expand simplify move moving customize customise edit editing burninate blacklist synonym synonymize synonyms retag",
  "@option": "option options optional ability setting settings toggle button checkbox shortcut filter feature features functionality choice preference preferences",
  "@consider": "consider considering considered introduce let lets let's",
  "@nice": "nice great good useful helpful handy cool better best beneficial convenient neat",
  "@love": "love loved loving awesome excellent amazing fantastic wonderful brilliant superb perfect perfectly kudos bravo congratulations congrats impressed beautiful delighted glad happy enjoy enjoying",
  "@thanks": "thanks thank thankful grateful appreciate appreciated cheers thx",
  "@hate": "hate annoying annoyed annoys annoyance frustrating frustrated frustration terrible awful horrible disappointed disappointing ridiculous unacceptable worst useless sucks garbage pathetic absurd infuriating hostile unfair unfriendly rude tired sick disgusted disgusting waste nightmare joke shame poor poorly sadly unfortunately angry upset fed mess messy confusing clunky slow sluggish tedious painful",
  "@leave": "cancel cancelling canceling cancelled canceled cancellation leave leaving left quit quitting unsubscribe switching switched churn refund goodbye bye farewell uninstall uninstalled uninstalling abandon abandoning abandoned ditch ditching",
  "@buy": "buy buying bought purchase purchasing price prices pricing priced cost costs subscription subscribe licence license licenses licences seat seats discount trial upgrade upgrading quote invoice budget plan plans tier tiers paid pay paying",
  "@docs": "documentation docs documented document manual manuals guide guides faq faqs help instructions readme tutorial tutorials wiki article articles page pages explained undocumented unclear",
  "@than": "than alternative alternatives competitor competitors elsewhere compared versus vs",
  "@wonder": "wonder wondering wondered curious ask asking question confused unsure understand know explain clarify clarification",
  "@not": "not never no nothing none nowhere neither nor cannot cant dont doesnt didnt isnt wont without",
  "@since": "since after when whenever once until ever latest yesterday recently today lately",
  "@people": "someone somebody anyone anybody everyone everybody people users members folks guys",
};

/** Words that stay themselves: what is left of a sentence when its subject is taken away. */
const KEPT =
  "i me my mine we us our ours you your yours it its he she they them their this that these those there here " +
  "is are was were be been being am do does did doing done have has had having can could should would will shall may might must ought need needs needed want wants wanted like " +
  "a an the any some all every each other another more most less least many much few both same different new old " +
  "to for of in on at with from by as into about over under out off up down back again still yet already just only even also too very really so " +
  "and or but if because though although while unless whether then else before " +
  "how what why where who whom whose which how's what's why's where's who's " +
  "please sorry hi hello hey yes ok okay maybe perhaps possible possibly impossible able way ways reason purpose difference point mean means meant supposed right allowed acceptable appropriate " +
  "use using used try trying tried find found seem seems seemed look looks think thought believe feel guess happen happens happened " +
  "one two first last next time times problem problems issue issues trouble solution fix fixed fixes fixing solve solved answer answers " +
  ". , ? ! : ; ( ) \" / - _url_ 0";

const GROUP_OF = new Map([
  ...KEPT.split(" ").map((word) => [word, word] as const),
  ...Object.entries(GROUPS).flatMap(([group, words]) => words.split(" ").map((word) => [word, group] as const)),
]);

/** All words that a skeleton knows. */
export const WORDS_OF_SENTENCES: readonly string[] = [...GROUP_OF.keys()];

/** What stands for a word in the skeleton of its sentence: itself, its group, or "_" for whatever it is about. */
export function skeletonOf(word: string): string {
  const known = GROUP_OF.get(word);
  if (known !== undefined) return known;
  if (word.endsWith("n't")) return "@not";
  const contracted = word.indexOf("'");
  if (contracted > 0) return GROUP_OF.get(word.slice(0, contracted)) ?? "_";
  return word[0] === "?" ? "?" : word[0] === "!" ? "!" : "_";
}
