// `--weights=role=2,other=1`.
import { failure, success, validateRole, type Result } from "@mezzo/wire";

/**
 * The weights by role, or Mesos' sentence about what is wrong. With `--roles` there are no others.
 * @see Mesos src/master/master.cpp
 */
export function parseWeights(text: string, roles?: readonly string[]): Result<Record<string, number>> {
  const weights: Record<string, number> = {};
  for (const token of text.split(",").filter((each) => each !== "")) {
    const [role, number, ...more] = token.split("=").filter((each) => each !== "");
    if (role === undefined || number === undefined || more.length > 0) {
      return failure(`Invalid weight: '${token}'. --weights should be of the form 'role=weight,role=weight'`);
    }
    const isListed = roles === undefined || role === "*" || roles.includes(role);
    if (!isListed || validateRole(role) !== undefined) {
      return failure(`Invalid weight: '${token}'. ${role} is not a valid role`);
    }
    const weight = Number.parseFloat(number);
    if (!(weight > 0)) return failure(`Invalid weight: '${token}'. Weights must be positive`);
    weights[role] = weight;
  }
  return success(weights);
}
