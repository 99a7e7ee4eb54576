import type { Told } from "../connectors/connector.ts";
import type { RecordProblem } from "../contract/errors.ts";

/** What a connector told, as it stands beside a record. */
export function problemOf({ reason, message, details }: Told, action: RecordProblem["action"]): RecordProblem {
	return { code: reason, message, action, ...(details === undefined ? {} : { details }) };
}
