/** What others published or we measured before, and what is to be reached, by the key of our figure. */
export const PUBLISHED: Record<string, { others: string; goal: string }> = {
  "stackexchange.macroF1": { others: "0.53-0.58 (first trials, two sites)", goal: "0.75" },
  "transfer.bicycles.macroF1": { others: "0.53-0.58 (first trials, two sites)", goal: "0.75" },
  "corrections.f1At0": { others: "0.65 (first trials)", goal: "" },
  "corrections.f1At30": { others: "0.71 (first trials)", goal: "0.78" },
  "corrections.f1At150": { others: "0.76 (first trials)", goal: "0.82" },
  "corrections.worst": { others: "", goal: "0: never below the start" },
  "gold.autoShareAt90": { others: "0.50 (first trials)", goal: "0.60" },
  "gold.autoPrecision": { others: "", goal: "0.90" },
  "band.weightedShare": { others: "0.50 (first trials)", goal: "0.60" },
  "band.inFolds.weightedShare": { others: "", goal: "0.60" },
  "band.inFolds.weightedPrecision": { others: "", goal: "0.90" },
  "band.weightedPrecision": { others: "", goal: "0.90" },
  "nlbse2024.macroF1": { others: "fastText 0.718, RoBERTa 0.792, SetFit 0.827", goal: "0.79, then 0.83" },
  "senti4sd.macroF1": { others: "VADER 0.75, trained 0.84", goal: "0.86" },
  "clinc150.ari": { others: "49 streaming (first trials), SCCL 38 with the number known", goal: "60" },
  "banking77.ari": { others: "32 streaming (first trials), SCCL 27 with the number known", goal: "40" },
};
