// Turns of phrase by which people ask for, report, regret and wonder, whatever it is about. A sentence has few of them
// and they decide what it does, so they stand in a block of their own, where a long sentence does not drown them.
// Written by hand; which of them says what is learnt.
import { hash } from "./hash.ts";

/** Kinds of words that turns are made of. */
const KINDS: Record<string, string> = {
  modal: "can could should would may might shall must ought",
  we: "we us let's lets",
  you: "you y'all u",
  they: "they there it this that these those someone somebody anyone anybody people users everyone moderators mods admins team devs staff support site",
  i: "i im ive id i'm i've i'd i'll me my",
  would: "would i'd we'd it'd that'd you'd they'd",
  want: "like love prefer rather want wanted hope wish appreciate glad happy",
  need: "need needs needed ought must",
  propose: "suggest propose recommend request vote suggesting proposing requesting suggested suggestion suggestions proposal proposals advocate favour favor idea ideas wish wishlist feature-request request requests petition",
  please: "please pls plz kindly",
  change: "add adding added allow allowing enable implement introduce improve include including create creating provide extend integrate support make making offer change changing changed remove removing removed rename renaming renamed merge merging merged replace replacing replaced disable hide limit reduce increase raise lower ban banning banned require requiring required split expand simplify move moved customize customise burninate blacklist synonym synonymize retag redirect restore revert retire drop get rid update set fix delete deleted close closed reopen unlock pin pinned link show display highlight clarify reword encourage discourage stop start bring keep put turn give let have be become use using",
  thing: "option options setting settings button tag tags feature ability way page rule rules policy list link reason badge field filter template banner note category",
  good: "nice great good useful helpful handy cool better best beneficial convenient worth worthwhile easier clearer neat sensible",
  maybe: "perhaps maybe possibly",
  not: "not no never cannot cant dont doesnt didnt isnt wont without nothing none nobody",
  works: "work works worked working load loads loading open opens respond show shows showing display displayed appear appears update updates save saves saved sync submit start play increment count counted",
  broken: "bug bugs buggy broken breaks broke crash crashes crashed crashing error errors fail fails failed failing failure glitch freeze freezes frozen stuck corrupt wrong incorrect incorrectly missing disappear disappears disappeared vanish vanished gone dead blank garbled invalid misaligned truncated overlaps overlap duplicate duplicated lost loses resets reverted typo misspelled _code_",
  get: "get gets getting got see sees seeing receive received receiving shows showing says said displays tells told",
  act: "click clicking press pressing try trying tried tap open opening log logging upload uploading visit visiting go hover scroll select type typing submit",
  who: "how what where who which whose whom",
  why: "why",
  aux: "is are was were do does did has have am",
  any: "any anyone anybody somebody someone",
  wonder: "wonder wondering wondered curious know understand clear unclear confused sure unsure explain clarify",
  think: "think thoughts opinion opinions feel believe say consensus stance",
  hate: "hate dislike annoying annoyed annoys frustrating frustrated terrible awful horrible disappointed disappointing ridiculous unacceptable worst useless sucks pathetic absurd hostile unfair rude tired sick disgusting waste joke shame poor poorly sad sadly unfortunately angry upset mess confusing clunky slow tedious painful lame ugly boring pointless bothers bothered lazy unwelcome silly bad worse stupid nonsense embarrassing discouraging",
  hard: "hard difficult impossible tough tricky cumbersome awkward",
  too: "too overly so way increasingly",
  ever: "always every constantly again still never keeps keep rarely hardly often",
  thanks: "thanks thank thankful grateful cheers kudos congratulations congrats thx bravo",
  to: "to if whether",
};

/** Each a row of kinds: `~2` lets up to two other words stand before it, `^` is where a sentence begins. */
const TURNS = (
  "^ please/please change~2/^ modal we/^ modal you/^ modal they/modal we change~3/modal you change~3/modal they change~3/we modal change~3/they modal change~3/they modal not/" +
  "would want/would want to~1/i propose~3/^ propose/propose to change~2/propose change~3/would they good~3/they would good~3/would good~2 to/good to/good to change~1/" +
  "maybe we/maybe they/maybe modal~1/we need/i need/they need change~3/need change~3/we modal/modal they thing~3/why not/why not we/we change/^ we change/^ change/who they change~4/any thing~1 to/" +
  "i want~2/i not want~1/i not wonder~1/not wonder why~2/i hate~3/they hate~3/too hate~1/too hard~1/hard to/they hard~3/^ hate/ever hate~3/they ever~3/ever not~2/they too~2/too/hate/" +
  "not works~3/modal not works~3/they broken~3/they not works~3/i get broken~4/get broken~3/i act~3/act broken~6/i modal not/i not get~2/ever not~1 get~2/broken act~4/not get~3/^ broken/broken/" +
  "^ who/^ why/^ aux/^ modal i/^ who aux/^ who modal/^ who i/^ aux they/^ aux any/i wonder~2/wonder to~1/wonder why~1/wonder who~1/any wonder~1/you think~1/they think/aux they any~2/modal any~1/modal i/who modal i/who to/" +
  "^ thanks/thanks/i think/i would/you modal/you change~2/they good~3/good"
).split("/").map(turnOf);

type Step = { kind: number; within: number };
type Turn = { atStart: boolean; steps: Step[]; mark: number; asked: number };

/** What is known of a word: the kinds it is of, bit by bit, and the turns it may begin. */
export type Cue = { kinds: number; begins: Turn[] };

const KINDS_OF = new Map<string, number>();
Object.values(KINDS).forEach((words, kind) => {
  for (const word of words.split(" ")) KINDS_OF.set(word, (KINDS_OF.get(word) ?? 0) | (1 << kind));
});
const NO_CUE: Cue = { kinds: 0, begins: [] };
const NOT = 1 << Object.keys(KINDS).indexOf("not");
const CUE_OF = new Map<number, Cue>();

export function cueOf(word: string): Cue {
  const contracted = word.indexOf("'");
  const isNot = word.endsWith("n't");
  const stem = isNot ? word.slice(0, -3) : contracted > 0 ? word.slice(0, contracted) : word;
  const kinds = (KINDS_OF.get(word) ?? KINDS_OF.get(stem) ?? 0) | (isNot ? NOT : 0);
  if (kinds === 0) return NO_CUE;
  let cue = CUE_OF.get(kinds);
  if (!cue) CUE_OF.set(kinds, (cue = { kinds, begins: TURNS.filter(({ steps }) => kinds & (1 << steps[0]!.kind)) }));
  return cue;
}

/** The turns in one sentence, from a word up to another, told apart by whether it asks. */
export function markTurns(words: { cue: Cue }[], from: number, to: number, isAsked: boolean, mark: (value: number) => void): void {
  for (let at = from; at < to; at++) {
    const { begins } = words[at]!.cue;
    for (let n = 0; n < begins.length; n++) {
      const turn = begins[n]!;
      if (turn.atStart && at !== from) continue;
      let next = at + 1;
      let step = 1;
      for (; step < turn.steps.length; step++) {
        const { kind, within } = turn.steps[step]!;
        const last = Math.min(next + within, to - 1);
        while (next <= last && !(words[next]!.cue.kinds & (1 << kind))) next++;
        if (next > last) break;
        next++;
      }
      if (step < turn.steps.length) continue;
      mark(turn.mark);
      if (isAsked) mark(turn.asked);
    }
  }
}

function turnOf(text: string): Turn {
  const names = Object.keys(KINDS);
  const parts = text.split(" ");
  const steps = parts.filter((part) => part !== "^").map((part) => {
    const [name, within = "0"] = part.split("~");
    const kind = names.indexOf(name!);
    if (kind < 0) throw new Error(`No kind of words is called ${name}.`);
    return { kind, within: Number(within) };
  });
  return { atStart: parts[0] === "^", steps, mark: hash(text, 0x1f83d9ab) | 0, asked: hash(`${text} ?`, 0x1f83d9ab) | 0 };
}
