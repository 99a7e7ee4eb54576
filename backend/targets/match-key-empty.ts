import type { RecordProblem } from "../contract/errors.ts";

/** Why a record without a value for its target's match key cannot go out: nothing would tell its row from another. */
export const matchKeyEmpty: RecordProblem & { code: "delivery/match-key-empty" } = {
	code: "delivery/match-key-empty",
	message: "The field that tells rows apart is empty. Fill it in, then save.",
	action: "edit",
};
