/** A path of steps `tag.class.class`, as `card-slots.ts` writes them. */
const stepsOf = (path: string): string[][] => path.split("/").map((step) => step.split("."));

const sameTags = (one: string[][], other: string[][]): boolean =>
	one.length === other.length && one.every(([tag], at) => tag === other[at]?.[0]);

/** Whether `general` says of a place no more than `specific` does: each of its steps has some of the other's names. */
export const covers = (general: string, specific: string): boolean => {
	const [less, more] = [stepsOf(general), stepsOf(specific)];
	return sameTags(less, more) && less.every((step, at) => step.every((name) => more[at]?.includes(name)));
};

/**
 * What two places have in common, when they are the same but for some names of the last element (`span.badge.news`,
 * `span.badge.sport`); else null.
 */
export const commonPath = (one: string, other: string): string | null => {
	const [first, second] = [stepsOf(one), stepsOf(other)];
	const last = first.length - 1;
	if (!sameTags(first, second) || first.slice(0, last).join() !== second.slice(0, last).join()) return null;
	const shared = (first[last] ?? []).filter((name) => second[last]?.includes(name));
	return shared.length < 2 ? null : [...first.slice(0, last), shared].map((step) => step.join(".")).join("/");
};
