// What a container of an image runs: the command that was asked for, or what the image says.
import type { CommandInfo } from "@mezzo/wire";
import type { ImageConfig } from "../containerizer/image-provisioner.ts";

/**
 *                       image has neither   only Cmd             Entrypoint (and Cmd)
 *     shell             /bin/sh -c value    the same             the same
 *     value             value arguments     the same             the same
 *     neither           refused             Cmd                  Entrypoint Cmd
 *       with arguments  refused             Cmd[0] arguments     Entrypoint arguments
 *
 * @see Mesos src/slave/containerizer/mesos/isolators/docker/runtime.cpp getLaunchCommand
 */
export function imageCommand(command: CommandInfo, { Entrypoint, Cmd }: ImageConfig): CommandInfo {
  if (command.shell ?? true) {
    if (command.value !== undefined) return command;
    throw new Error("Failed to determine the launch command: Shell specified but no command value provided");
  }
  if (command.value !== undefined) return command;
  const given = command.arguments ?? [];
  const entrypoint = Entrypoint ?? [];
  const cmd = Cmd ?? [];
  const line =
    entrypoint.length > 0
      ? [...entrypoint, ...(given.length > 0 ? given : cmd)]
      : [...cmd.slice(0, 1), ...(given.length > 0 ? given : cmd.slice(1))];
  const [value] = entrypoint.length > 0 || cmd.length > 0 ? line : [];
  if (value === undefined) throw new Error("Failed to determine the launch command: No executable is found");
  return { ...command, value, arguments: line };
}

/** The image's variables, between those that the container inherits and those that were asked for. */
export function imageEnvironment(
  inherited: Readonly<Record<string, string>>,
  { command, config }: { command: CommandInfo; config: ImageConfig },
): Record<string, string> {
  const ofImage = (config.Env ?? []).flatMap((text): [string, string][] => {
    const at = text.indexOf("=");
    return at < 0 ? [] : [[text.slice(0, at), text.slice(at + 1)]];
  });
  const asked = new Set((command.environment?.variables ?? []).map(({ name }) => name));
  const own = Object.entries(inherited).filter(([name]) => asked.has(name) || name.startsWith("MESOS_"));
  return { ...inherited, ...Object.fromEntries([...ofImage, ...own]) };
}
