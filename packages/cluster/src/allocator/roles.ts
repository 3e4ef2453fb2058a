// The role tree: entries appear with their first use and vanish with their last (RoleTree in hierarchical.cpp).
import type { AllocatorState, Client, FrameworkEntry, RoleEntry } from "./state.ts";
import { isZero } from "./quantity-vector.ts";
import { createShareNode } from "./shares/share-node.ts";

/** The entry of a role path, made with its ancestors when missing. */
export function roleEntry(state: AllocatorState, name: string): RoleEntry {
  const known = state.roles.get(name);
  if (known !== undefined) return known;
  const slash = name.lastIndexOf("/");
  const parent = slash < 0 ? undefined : roleEntry(state, name.slice(0, slash));
  const weight = state.weights.get(name) ?? 1;
  const node = createShareNode<Client>({
    kind: "role",
    path: name,
    parent: parent?.node ?? state.shares.root,
    weight,
  });
  const own = createShareNode<Client>({ kind: "own", path: `${name}/.`, parent: node });
  const role: RoleEntry = {
    name,
    parent,
    children: new Set(),
    node,
    own,
    clients: new Map(),
    reserved: [],
    quota: undefined,
  };
  parent?.children.add(role);
  state.roles.set(name, role);
  return role;
}

/** Forgets a role, and its ancestors, once nothing is in it. */
export function dropUnusedRole(state: AllocatorState, role: RoleEntry): void {
  for (let entry: RoleEntry | undefined = role; entry !== undefined; entry = entry.parent) {
    if (entry.clients.size > 0 || entry.children.size > 0 || !isZero(entry.reserved)) return;
    if (entry.quota !== undefined) return;
    entry.parent?.children.delete(entry);
    state.roles.delete(entry.name);
  }
}

/** The client of a framework in a role, made inactive and unsubscribed when missing. */
export function clientOf(state: AllocatorState, framework: FrameworkEntry, roleName: string): Client {
  const known = framework.clients.get(roleName);
  if (known !== undefined) return known;
  const role = roleEntry(state, roleName);
  const node = createShareNode<Client>({ kind: "framework", path: framework.id, parent: role.own });
  const client: Client = {
    framework,
    role,
    node,
    subscribed: false,
    suppressed: false,
    active: false,
    minAllocatable: undefined,
    filters: [],
    refusals: new Set(),
  };
  node.client = client;
  framework.clients.set(roleName, client);
  role.clients.set(framework.id, client);
  return client;
}
