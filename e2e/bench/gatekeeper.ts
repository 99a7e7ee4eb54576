import { startTestBackend } from "../../backend/api/testing/test-backend.ts";
import { makePerson } from "../../backend/api/testing/test-person.ts";
import { type Figure, figure, interleave, type Measurement, median, ratios } from "./figure.ts";

const rounds = 9;
const requestsPerRound = 200;

/** An answer of Electric's, and how long the stand-in takes for it. */
type Answer = { id: string; title: string; rows: number; electricMs: number; goal?: { atMost: number } };

const goal = { atMost: 1.3 };
const answers: readonly Answer[] = [
	{ id: "gatekeeper", title: "A page of 500 rows that takes Electric 5 ms", rows: 500, electricMs: 5, goal },
	{
		id: "gatekeeper-live",
		title: "A live answer of one row, 5 ms after it was asked for",
		rows: 1,
		electricMs: 5,
		goal,
	},
	// Nothing but the two proxies: what is added to nothing has no goal.
	{ id: "gatekeeper-at-once", title: "A page of 500 rows that takes Electric no time", rows: 500, electricMs: 0 },
];

/** The gatekeeper in front of Electric over a proxy that only passes on: the same answer, from the same stand-in, over sockets (LIVE-2). */
export const gatekeeper: Measurement = {
	name: "gatekeeper",
	measure: async (): Promise<Figure[]> => {
		const electric = serveAnswers();
		const electricUrl = `http://127.0.0.1:${electric.port}`;
		const proxy = serveProxy(electricUrl);
		const backend = await startTestBackend({ variables: { ELECTRIC_URL: electricUrl } });
		try {
			const { access_token: token } = await (await makePerson(backend.url)).tokens();
			const figures: Figure[] = [];
			for (const [index, answer] of answers.entries()) {
				// The number of the answer travels in a parameter that the gatekeeper passes on.
				const live = answer.rows === 1 ? "&live=true" : "";
				const path = `/api/v1/electric/shape?table=connections&offset=0_0&handle=1-1&cursor=${index}${live}`;
				const took = await interleave(
					rounds,
					() => ask(`${backend.url}${path}`, token),
					() => ask(`http://127.0.0.1:${proxy.port}${path}`, token),
				);
				figures.push(overProxy(answer, took));
			}
			return figures;
		} finally {
			await backend.close();
			await proxy.stop(true);
			await electric.stop(true);
		}
	},
};

function overProxy({ id, title, goal: wanted }: Answer, took: { ours: number[]; theirs: number[] }): Figure {
	const added = took.ours.map((ours, round) => (ours - (took.theirs[round] ?? 0)) / requestsPerRound);
	return figure({
		id,
		title: `${title}, through the gatekeeper over a bare reverse proxy`,
		unit: "ratio",
		rounds: ratios(took.ours, took.theirs),
		...(wanted === undefined ? {} : { goal: wanted }),
		details: { "added, microseconds a request": Math.round(median(added) * 1_000) },
	});
}

/** About 300 bytes a row, as `connections` has them. */
function serveAnswers() {
	const row = (n: number) => ({
		key: `"sheaf"."connections"/"${n}"`,
		value: {
			id: String(n),
			provider: "airtable",
			name: `Airtable ${n}`,
			account_label: "x".repeat(120),
			status: "healthy",
		},
		headers: { operation: "insert", relation: ["sheaf", "connections"] },
	});
	const bodies = answers.map(({ rows }) => JSON.stringify([...Array(rows).keys()].map(row)));
	const headers = { "content-type": "application/json", "electric-handle": "1-1", "electric-offset": "0_0" };
	return Bun.serve({
		port: 0,
		fetch: async ({ url }) => {
			const index = Number(new URL(url).searchParams.get("cursor"));
			const { electricMs } = answers[index] ?? { electricMs: 0 };
			if (electricMs > 0) await Bun.sleep(electricMs);
			return new Response(bodies[index], { headers });
		},
	});
}

function serveProxy(electricUrl: string) {
	return Bun.serve({
		port: 0,
		fetch: async (request) => {
			const { search } = new URL(request.url);
			const upstream = await fetch(`${electricUrl}/v1/shape${search}`, { signal: request.signal });
			return new Response(upstream.body, { status: upstream.status, headers: upstream.headers });
		},
	});
}

async function ask(url: string, token: string): Promise<void> {
	for (let sent = 0; sent < requestsPerRound; sent += 1) {
		const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
		if (answer.status !== 200) throw new Error(`The shape was answered ${answer.status}.`);
		await answer.arrayBuffer();
	}
}
