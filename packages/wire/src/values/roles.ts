// How role names nest: `eng/web` lies under `eng`. Follows src/common/roles.cpp and docs/roles.md.

/** Whether `role` lies strictly below `ancestor`. */
export function isStrictSubroleOf(role: string, ancestor: string): boolean {
  return role.length > ancestor.length && role[ancestor.length] === "/" && role.startsWith(ancestor);
}

/** The roles above a role, nearest first: `a/b/c` has `a/b` and `a`. */
export function ancestorRoles(role: string): string[] {
  const result: string[] = [];
  for (let i = role.lastIndexOf("/"); i >= 0; i = i === 0 ? -1 : role.lastIndexOf("/", i - 1)) {
    result.push(role.slice(0, i));
  }
  return result;
}
