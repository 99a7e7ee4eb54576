import { startTestBackend, type TestBackend } from "../../backend/api/testing/test-backend.ts";
import {
	clientId,
	makePerson,
	makePkce,
	makeProof,
	redirectUri,
	type TestPerson,
} from "../../backend/api/testing/test-person.ts";
import { issueCode } from "../../backend/identity/authorization-codes.ts";
import { createIdentity, type Identity } from "../../backend/identity/identity.ts";
import { type Figure, figure, interleave, type Measurement, median, ratios } from "./figure.ts";

const rounds = 5;
const requestsPerRound = 200;
const inFlight = 8;

type Form = { fields: Record<string, string>; proof: string | null };

/**
 * (g) What a token costs the backend: the code's exchange and the refresh, over a request to the same server that is counted and asks
 * the database once (a revocation of nothing). Proofs and codes are made before the clock starts: they are the client's work.
 */
export const tokenRate: Measurement = {
	name: "token-rate",
	measure: async (): Promise<Figure[]> => {
		// Each request comes from an address of its own, as many people's would: the limit per address is not what is measured.
		const backend = await startTestBackend({ variables: { SHEAF_TRUSTED_PROXIES: "127.0.0.1,::1" } });
		try {
			const person = await makePerson(backend.url);
			const { refresh_token: refreshToken } = await person.tokens();
			const refresh = async () => ({ fields: refreshFields(refreshToken), proof: await proofOf(person, backend) });
			const exchange = await exchangeForms(backend, person);
			return [
				await measured(backend, { id: "sign-in-exchange", title: "Sign-in exchange", make: exchange, atMost: 5 }),
				await measured(backend, { id: "token-refresh", title: "Token refresh", make: refresh, atMost: 4 }),
			];
		} finally {
			await backend.close();
		}
	},
};

type Subject = { id: string; title: string; make: () => Promise<Form>; atMost: number };

async function measured(backend: TestBackend, { id, title, make, atMost }: Subject): Promise<Figure> {
	const bare: Form = { fields: { client_id: clientId, token: "x".repeat(43) }, proof: null };
	// Made ahead for every round and the warm-up.
	const forms: Form[] = [];
	for (let made = 0; made < (rounds + 1) * requestsPerRound; made += 1) forms.push(await make());
	const took = await interleave(
		rounds,
		() => send(`${backend.url}/oauth/token`, forms.splice(0, requestsPerRound)),
		() =>
			send(
				`${backend.url}/oauth/revoke`,
				Array.from({ length: requestsPerRound }, () => bare),
			),
	);
	const perSecond = (side: number[]) => Math.round((requestsPerRound / median(side)) * 1_000);
	return figure({
		id,
		title: `${title} over a request that asks the database once`,
		unit: "ratio",
		rounds: ratios(took.ours, took.theirs),
		goal: { atMost },
		details: { "a second": perSecond(took.ours), "bare requests a second": perSecond(took.theirs) },
	});
}

function refreshFields(refreshToken: string): Record<string, string> {
	return { client_id: clientId, grant_type: "refresh_token", refresh_token: refreshToken };
}

function proofOf(person: TestPerson, { url }: TestBackend): Promise<string> {
	return makeProof(person.key, `${url}/oauth/token`);
}

/** Codes as the sign-in page issues them; they live a minute, which a round does not take. */
async function exchangeForms(backend: TestBackend, person: TestPerson): Promise<() => Promise<Form>> {
	const identity = identityOf(backend);
	const userId = await backend.testDatabase.database.asIdentity(async (sql) => {
		const [row] = await sql<{ id: string }[]>`select id from sheaf.users where email = ${person.email}`;
		return row?.id ?? "";
	});
	return async () => {
		const pkce = makePkce();
		const request = { clientId, clientName: "", redirectUri, state: "s", codeChallenge: pkce.challenge, prompt: null };
		const code = await issueCode(identity, request, { userId, provider: "password" });
		return { fields: { client_id: clientId, ...person.codeFields(code, pkce) }, proof: await proofOf(person, backend) };
	};
}

/** A second view on the backend's people, to issue codes without its sign-in page. */
export function identityOf({ deps, url }: TestBackend): Identity {
	const { env, database, vault } = deps;
	return createIdentity({
		asIdentity: database.asIdentity,
		vault,
		issuer: url,
		extensionIds: env.extensionIds,
		firefoxIds: [],
		now: Date.now,
	});
}

async function send(url: string, forms: readonly Form[]): Promise<void> {
	const queue = forms.values();
	const worker = async () => {
		for (const { fields, proof } of queue) {
			const headers: Record<string, string> = proof === null ? {} : { dpop: proof };
			headers["x-forwarded-for"] = randomAddress();
			const answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields), headers });
			if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
			await answer.arrayBuffer();
		}
	};
	await Promise.all(Array.from({ length: inFlight }, worker));
}

/** From the range for benchmarks (RFC 2544). */
function randomAddress(): string {
	const part = () => Math.floor(Math.random() * 256);
	return `198.${18 + (part() % 2)}.${part()}.${part()}`;
}
