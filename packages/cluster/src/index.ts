// The public face of the `mezzo` package: a master and an agent to run from code.
export {};
