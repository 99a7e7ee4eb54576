import { startTestBackend, type TestBackend, type TestBackendOptions } from "../../testing/test-backend.ts";
import { makePerson, makePkce, redirectUri, type TestPerson } from "../../testing/test-person.ts";

/** One attack on the way to a session. The list of them is `backend/docs/oauth-probes.md`. */
export type Probe<Place = World> = {
	/** Unique, and a test's name. */
	name: string;
	/** What somebody tries, and what they would have if it went well for them. */
	tries: string;
	/** What `attack` has to answer, word for word. */
	promised: string;
	attack(world: Place): Promise<string>;
};

export type ProbeGroup<Place = World> = { title: string; requirement: string; probes: readonly Probe<Place>[] };

/** The backend that is attacked: the real app over HTTP. */
export type World = {
	backend: TestBackend;
	/** A backend of its own, for probes that move the clock or use up a limit. Closed by itself. */
	own(variables?: Record<string, string>, deps?: TestBackendOptions["deps"]): Promise<TestBackend>;
};

/** A probe's own backends live as long as it. */
export async function inWorld(backend: TestBackend, { attack }: Probe): Promise<string> {
	const started: TestBackend[] = [];
	try {
		return await attack({
			backend,
			own: async (variables = {}, deps = {}) => {
				const own = await startTestBackend({ variables, deps });
				started.push(own);
				return own;
			},
		});
	} finally {
		for (const own of started) await own.close();
	}
}

/** `400 invalid_grant`: how an endpoint for clients answered. */
export async function clientAnswer(answer: Response): Promise<string> {
	const body = (await answer.json()) as { error?: string; access_token?: string };
	return `${answer.status} ${body.error ?? (body.access_token === undefined ? "" : "tokens")}`.trim();
}

/** `401 auth/token-invalid`, or `200`: how the API answered. */
export async function apiAnswer(answer: Response): Promise<string> {
	if (answer.ok) return String(answer.status);
	const body = (await answer.json()) as { error: { code: string } | string };
	return `${answer.status} ${typeof body.error === "string" ? body.error : body.error.code}`;
}

/**
 * What a person's browser gets: where it is sent, or whether the page has a form that leads on, and whether it is signed in now. The words
 * of a page are its own matter.
 */
export async function pageAnswer(answer: Response): Promise<string> {
	const signsIn = answer.headers.getSetCookie().some((cookie) => /sheaf_session=[A-Za-z0-9_-]/.test(cookie));
	return `${await placeOf(answer)}${signsIn ? ", signed in" : ""}`;
}

async function placeOf(answer: Response): Promise<string> {
	if (answer.status >= 500) return String(answer.status);
	const address = addressIn(answer);
	if (address === null) return (await answer.text()).includes("<form") ? "a form" : "a page that says no";
	if (!URL.canParse(address)) return `sent to ${address.split("?")[0]}`;
	const { origin, searchParams } = new URL(address);
	const error = searchParams.get("error");
	const place = origin === new URL(redirectUri).origin ? "the client" : origin;
	return `sent to ${place}${error === null ? "" : ` with ${error}`}${searchParams.has("code") ? " with a code" : ""}`;
}

/** Where an answer sends a browser: by a redirect, or by a page that goes on by itself. */
export function addressIn({ headers }: Response): string | null {
	return headers.get("location") ?? headers.get("refresh")?.replace(/^0; url=/, "") ?? null;
}

/** Each different answer once, so that a probe of several attempts says one thing when all went the same way. */
export function together(answers: readonly string[]): string {
	return [...new Set(answers)].join("; ");
}

/** A person with a fresh code that nobody has redeemed yet. */
export async function withCode(url: string): Promise<{ person: TestPerson; fields: Record<string, string> }> {
	const person = await makePerson(url);
	const pkce = makePkce();
	return { person, fields: person.codeFields(await person.code(pkce, "sign-up"), pkce) };
}
