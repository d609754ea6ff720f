import "server-only";

/**
 * Does something for each of several in turn. One that fails holds up no other; its error is thrown at the end, several
 * of them as one, so that whoever asked is told.
 */
export async function doForEach<Thing>(things: readonly Thing[], work: (thing: Thing) => Promise<void>): Promise<void> {
  const errors: unknown[] = [];
  for (const thing of things) {
    try {
      await work(thing);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} of ${things.length} failed`);
}
