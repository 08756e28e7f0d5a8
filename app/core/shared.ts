const store = ((globalThis as { wellspring?: Map<string, unknown> }).wellspring ??= new Map<string, unknown>());

/**
 * One thing for the whole process. The pages' server build and the process around it each load their own copy of a
 * module; what must exist once, such as a cache or a pool, is made through this.
 */
export function shared<Thing>(name: string, create: () => Thing): Thing {
  if (!store.has(name)) store.set(name, create());
  return store.get(name) as Thing;
}
