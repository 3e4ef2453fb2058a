// Removes images by itself when the disk they lie on runs full: `--image_gc_config`.
import { statfs } from "node:fs/promises";
import type { Clock, Timer } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";

/** @see Mesos src/messages/flags.proto ImageGcConfig */
export interface ImageGcConfig {
  /** The part of the disk that is to stay free, 0 to 1. */
  headroom: number;
  /** Between two looks at it, ms. */
  intervalMs: number;
  /** Names of images that stay. */
  keptNames: readonly string[];
}

/** The part of its disk that is used, 0 to 1. */
async function usageOf(directory: string): Promise<number> {
  const { blocks, bavail } = await statfs(directory);
  return blocks === 0 ? 0 : 1 - bavail / blocks;
}

export class ImageGc {
  readonly #config: ImageGcConfig;
  readonly #dependencies: { clock: Clock; logger: Logger; prune: () => Promise<unknown> };
  readonly #directory: string;
  readonly #measure: (directory: string) => Promise<number>;
  #timer: Timer | undefined;

  constructor(
    { directory, config }: { directory: string; config: ImageGcConfig },
    dependencies: { clock: Clock; logger: Logger; prune: () => Promise<unknown> },
    measure: (directory: string) => Promise<number> = usageOf,
  ) {
    this.#directory = directory;
    this.#config = config;
    this.#dependencies = dependencies;
    this.#measure = measure;
  }

  start(): void {
    const { clock, logger } = this.#dependencies;
    this.#timer = clock.after(this.#config.intervalMs, () => {
      this.look()
        .catch((error: unknown) =>
          logger.warn("Cannot look after the image store", { reason: String(error) }),
        )
        .finally(() => this.#timer && this.start());
    });
  }

  /** Removes what no container uses when too little is free. */
  async look(): Promise<void> {
    const usage = await this.#measure(this.#directory);
    if (usage + this.#config.headroom <= 1) return;
    const used = `${Math.round(usage * 100)}%`;
    this.#dependencies.logger.info("The disk of the image store runs full: removing images", { used });
    await this.#dependencies.prune();
  }

  close(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
