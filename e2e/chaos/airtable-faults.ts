import type { FaultEffect } from "../../backend/connectors/airtable/simulator/faults.ts";
import type { Fault } from "./fault.ts";

/** One upsert meets this at Airtable. */
const atAirtable = (name: string, effect: FaultEffect): Fault => ({
	name: `Airtable ${name}`,
	arm: async ({ stand, base }) => {
		const planned = await stand.simulator.plan({ method: "PATCH", path: base.id, effect });
		return {
			struck: () => planned.struck(),
			// A request that is never answered is let go: the backend has long hung up.
			mend: () => planned.release(),
		};
	},
});

const rateLimited = {
	errors: [{ error: "RATE_LIMIT_REACHED", message: "Rate limit exceeded. Please try again later" }],
};

export const airtableFaults: Fault[] = [
	atAirtable("answering 429", { kind: "status", status: 429, body: rateLimited, headers: { "retry-after": "1" } }),
	atAirtable("answering 500", { kind: "status", status: 500, body: { error: { type: "SERVER_ERROR", message: "" } } }),
	atAirtable("answering 500 although it accepted", {
		kind: "status",
		status: 500,
		body: { error: { type: "SERVER_ERROR", message: "" } },
		afterCommit: true,
	}),
	atAirtable("accepting and then dropping the connection", { kind: "drop_after_commit" }),
	atAirtable("dropping the connection before it accepted", { kind: "drop_before" }),
	atAirtable("answering half a document", { kind: "malformed_json" }),
	atAirtable("answering with a gateway's page", { kind: "html_502" }),
	atAirtable("accepting and never answering", { kind: "timeout", afterCommit: true }),
];
