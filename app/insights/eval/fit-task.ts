import { weigh, type Counted, type FeatureVector } from "../mining/features.ts";
import { countsOf, rarityOf, type Example } from "../training/train-model.ts";
import { scoresOf, trainSoftmax, type SoftmaxOptions } from "../training/softmax-regression.ts";

/** Learns one choice among `names` and answers with the likeliest: what a model would be without its calibration. */
export function fitTask(examples: Example[], names: readonly string[], labelOf: (example: Example) => string | undefined, { countsOf: counted = countsOf, ...options }: Pick<SoftmaxOptions, "l2" | "rounds" | "rate" | "byRatio"> & { countsOf?: (example: Example) => Counted }): (asked: Example[]) => { scores: Float64Array; name: string }[] {
  const part = examples.filter((example) => names.includes(labelOf(example) ?? ""));
  const counts = part.map(counted);
  const rarity = rarityOf(counts);
  const w = trainSoftmax(counts.map((one) => weigh(one, rarity)), part.map((example) => names.indexOf(labelOf(example)!)), { classes: names.length, weights: part.map(({ weight }) => weight ?? 1), ...options });
  const score = (vector: FeatureVector) => {
    const scores = new Float64Array(names.length);
    scoresOf(w, names.length, vector, scores);
    return { scores, name: names[scores.indexOf(Math.max(...scores))]! };
  };
  return (asked) => asked.map((example) => score(weigh(counted(example), rarity)));
}
