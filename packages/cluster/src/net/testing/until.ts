// Waiting for a condition that other parties of a test bring about.

/** Resolves once the condition holds, looking after every turn of the event loop. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}
