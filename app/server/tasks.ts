import type { Task, TaskList } from "graphile-worker";
import type { DomainEvent } from "#app/core/events.ts";
import { addJob } from "#app/core/jobs.ts";
import { log } from "#app/core/log.ts";
import { db } from "#db/client.ts";
import { jobs } from "./jobs.ts";
import { reactions } from "./reactions.ts";

type Named = Record<string, (event: DomainEvent) => Promise<void>>;

/** How often a reaction is tried in all: about 50 minutes, with growing pauses. */
const REACTION_ATTEMPTS = 10;

/**
 * All that can stand on the queue, by name: an event (`post.created`), one of
 * its reactions (`post.created > syncTopic`) or a job (`forums.render-posts`).
 */
export const tasks: TaskList = {};

for (const job of jobs) tasks[job.name] = (input) => job.run(job.input.parse(input));

for (const [type, named] of Object.entries(reactions)) {
  const all = named as Named;
  tasks[type] = eventTask(type, all);
  for (const [name, react] of Object.entries(all)) tasks[`${type} > ${name}`] = (event) => react(event as DomainEvent);
}

/** One job for all reactions, side by side, the common case being that none fails: one that does becomes a job of its own, tried again alone. */
export function eventTask(type: string, named: Named): Task {
  return async (event) => {
    await Promise.all(Object.entries(named).map(async ([name, react]) => {
      try {
        await react(event as DomainEvent);
      } catch (error) {
        log.warn({ err: error, event: type, reaction: name }, "a reaction failed and will be tried again");
        await addJob(db, `${type} > ${name}`, event, { maxAttempts: REACTION_ATTEMPTS });
      }
    }));
  };
}
