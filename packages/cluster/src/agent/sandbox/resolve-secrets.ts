// Secrets among the variables of a command. @see Mesos src/secret/resolver.cpp
import type { CommandInfo } from "@mezzo/wire";

/** Throws in Mesos' words when one of them does not bring its value: whom to ask for others only a module knows. */
export function assertResolvable({ environment }: CommandInfo): void {
  for (const { type, secret } of environment?.variables ?? []) {
    if (type !== "SECRET" || secret?.value !== undefined) continue;
    throw new Error(
      secret?.reference === undefined
        ? "Secret has no value"
        : "Default secret resolver cannot resolve references",
    );
  }
}
