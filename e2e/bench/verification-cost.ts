import { Elysia } from "elysia";
import { authenticate } from "../../backend/api/plugins/authenticate.ts";
import { startTestBackend } from "../../backend/api/testing/test-backend.ts";
import { makePerson } from "../../backend/api/testing/test-person.ts";
import { type Figure, figure, interleave, type Measurement, median, ratios } from "./figure.ts";
import { identityOf } from "./token-rate.ts";

const rounds = 7;
const requestsPerRound = 2_000;
const path = "/api/v1/nothing";

/**
 * (h) What the gate costs a read: the same route with and without it, called in this process so that no socket hides it. Signature and
 * claims are checked each time; the session's standing is remembered for a minute.
 */
export const verificationCost: Measurement = {
	name: "verification-cost",
	measure: async (): Promise<Figure[]> => {
		const backend = await startTestBackend();
		try {
			const { access_token: token } = await (await makePerson(backend.url)).tokens();
			const gated = new Elysia().use(authenticate(identityOf(backend))).get(path, () => "");
			const open = new Elysia().get(path, () => "");
			const took = await interleave(
				rounds,
				() => call(gated, token),
				() => call(open, token),
			);
			const added = took.ours.map((ours, round) => ((ours - (took.theirs[round] ?? 0)) / requestsPerRound) * 1_000);
			return [
				figure({
					id: "verification-cost",
					title: "Gate in front of a read over none (the route itself does nothing)",
					unit: "ratio",
					rounds: ratios(took.ours, took.theirs),
					details: { "added, microseconds a request": Math.round(median(added)) },
				}),
				figure({
					id: "verification-time",
					title: "What the gate adds to a request",
					unit: "ms",
					rounds: added.map((microseconds) => microseconds / 1_000),
					goal: { atMost: 0.2 },
				}),
			];
		} finally {
			await backend.close();
		}
	},
};

async function call(app: { handle(request: Request): Response | Promise<Response> }, token: string): Promise<void> {
	for (let sent = 0; sent < requestsPerRound; sent += 1) {
		const request = new Request(`http://localhost${path}`, { headers: { authorization: `Bearer ${token}` } });
		const answer = await app.handle(request);
		if (answer.status !== 200) throw new Error(`The gate answered ${answer.status}.`);
	}
}
