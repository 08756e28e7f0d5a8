export {};

// A process for tests to kill. Run as: node --import tsx tests/support/doomed.ts <what> [author topic]
const [what, authorId, topicId] = process.argv.slice(2);

if (what === "reply-then-die") {
  const { createReply } = await import("#app/forums/replies.ts");
  const { text } = await import("./make.ts");
  const { readMember } = await import("#app/core/session.ts");
  await createReply((await readMember(Number(authorId)))!, Number(topicId), { body: text("Last words") });
  process.kill(process.pid, "SIGKILL");
}

if (what === "take-work-and-hang") {
  const { tasks } = await import("#app/server/tasks.ts");
  tasks["member.created"] = () => {
    console.log("taken");
    return new Promise(() => {});
  };
  await (await import("#app/server/worker.ts")).startWorker();
}
