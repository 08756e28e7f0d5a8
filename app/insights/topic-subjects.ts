import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import type { Intent } from "./mining/kinds.ts";

/** What a topic is about: the cluster that the machine put its title into, and what kind of thing that says. */
export type Subject = { clusterId: number; intent: Intent };

/** By topic; of one whose title asks for nothing, or was put somewhere by a person, there is none. */
export async function readSubjects(tx: Tx, topicIds: number[]): Promise<Map<number, Subject>> {
  const rows = await tx.execute<{ topicId: string; clusterId: string; intent: Intent }>(sql`
    select topic_id as "topicId", cluster_id as "clusterId", intent from statements where topic_id = any(${sql.param(topicIds)}::bigint[]) and part = 'title' and cluster_id is not null and placed_by = 'auto'`);
  return new Map(rows.map(({ topicId, clusterId, intent }) => [Number(topicId), { clusterId: Number(clusterId), intent }]));
}
