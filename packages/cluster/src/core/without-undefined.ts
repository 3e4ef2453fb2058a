// Optional fields are absent, never undefined; this drops those a computation left undefined.

/** What `withoutUndefined` gives: keys that may be undefined become optional. */
export type WithoutUndefined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without the keys whose value is undefined. */
export function withoutUndefined<T extends object>(object: T): WithoutUndefined<T> {
  const kept = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as WithoutUndefined<T>;
}
