// A long response body that exists already, in parts, in memory that its maker wants back.

/**
 * Sent with its length, at the pace of the client. `onSent` is called once, when the kernel has taken every byte; it is
 * never called when the client left before, or when the body was not sent for another reason.
 */
export class ByteParts {
  readonly parts: readonly Uint8Array[];
  readonly byteLength: number;
  readonly #onSent: (() => void) | undefined;

  constructor(parts: readonly Uint8Array[], onSent?: () => void) {
    this.parts = parts;
    this.byteLength = parts.reduce((sum, { length }) => sum + length, 0);
    this.#onSent = onSent;
  }

  /** For the connection: nobody reads the parts any more. */
  sent(): void {
    this.#onSent?.();
  }
}
