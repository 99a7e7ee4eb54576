import type { RecordProblem } from "../../../backend/contract/errors.ts";
import type { TargetView } from "../../../backend/contract/targets.ts";
import { optionsPath } from "./route.ts";

/** The place in the options page where a problem is mended. Unknown target: the list, where the broken one says so itself. */
export function problemPath(action: RecordProblem["action"], target: TargetView | null): string {
	if (action === "reconnect")
		return target ? optionsPath("connections", target.connectionId) : optionsPath("connections");
	if (action === "mend_target") return target ? optionsPath("targets", target.id) : optionsPath("targets");
	return optionsPath("records", "needs_you");
}
