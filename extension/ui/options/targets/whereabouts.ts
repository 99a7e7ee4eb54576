import type { TargetView } from "../../../../backend/contract/targets.ts";

/** Where a target's rows are, from the outside in: "Airtable › Research › Reading list". A name that repeats is said once. */
export function whereabouts(target: Pick<TargetView, "providerTitle" | "containerName" | "tableName">): string {
	const places = [target.providerTitle, target.containerName, target.tableName].filter(Boolean);
	return places.filter((place, index) => place !== places[index - 1]).join(" › ");
}
