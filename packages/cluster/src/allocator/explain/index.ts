// Why something is not offered: questions to the allocator that change nothing.
export { explain, firstObstacle } from "./explain.ts";
export { lacksOf } from "./need.ts";
export type { Lack } from "./need.ts";
export type { Obstacle } from "./obstacle.ts";
export { type Foresight, foresee, verdictOf } from "./verdicts.ts";
export { type Standing, standingsOf } from "./standing.ts";
