// Tasks and containers over the API with a terminal, as plain processes.
import { after, before, describe } from "node:test";
import { launchedTerminalStory } from "../support/launched-terminal-story.ts";
import { OneAgent } from "../support/one-agent.ts";
import { Story } from "../support/story.ts";
import { terminalStory } from "../support/terminal-story.ts";

void describe("tasks with a terminal", () => {
  const story = new Story({ after });
  const flags = ["--http_heartbeat_interval=100ms"];
  let one: OneAgent;
  before(async () => {
    one = await OneAgent.start(story, flags);
  });
  terminalStory(() => one, { flags });
  launchedTerminalStory(() => one, { flags });
});
