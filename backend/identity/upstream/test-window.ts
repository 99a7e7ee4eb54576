import { decodeJwt } from "jose";
import { startTestBackend, type TestBackend } from "../../api/testing/test-backend.ts";
import {
	authorizePath,
	hiddenFields,
	json,
	makePerson,
	makePkce,
	type Pkce,
	redirectUri,
	type TestPerson,
	type Tokens,
} from "../../api/testing/test-person.ts";
import type { GuardedHttp } from "../../connectors/connector.ts";
import { createGuardedHttp } from "../../connectors/http.ts";
import { createLog } from "../../telemetry/log.ts";
import type { TestClient } from "./test-consent.ts";
import type { TestWay, TestWayFactory } from "./test-ways.ts";

/** A backend with one way in through somebody else. */
export type WayBackend = {
	backend: TestBackend;
	way: TestWay;
	/** Every line of its log. */
	lines: string[];
	client: TestClient;
	/** How long it waits for the upstream, in milliseconds. */
	patience: { ms: number };
	close(): Promise<void>;
};

export async function startWithWay(factory: TestWayFactory): Promise<WayBackend> {
	// A secret with characters that have to be encoded: RFC 6749 §2.3.1.
	const client = { clientId: "sheaf-at-the-upstream", clientSecret: "a secret: 100% & more+", redirectUri: "" };
	const way = await factory.open(client);
	const [lines, patience]: [string[], { ms: number }] = [[], { ms: 10_000 }];
	const guarded = createGuardedHttp({ allowedOrigins: [way.server.url] });
	const http: GuardedHttp = (request) => guarded({ ...request, timeoutMs: patience.ms });
	const log = createLog("trace", { write: (line: string) => void lines.push(line) });
	const backend = await startTestBackend({ variables: way.variables, deps: { http, log } });
	client.redirectUri = `${backend.url}/oauth/callback/${way.id}`;
	const close = async () => {
		await backend.close();
		await way.server.close();
	};
	return { backend, way, lines, client, patience, close };
}

/** A sign-in window: a browser of its own, from the page's button to the way back. */
export class TestWindow {
	readonly person: TestPerson;
	readonly pkce: Pkce;
	readonly #url: string;
	readonly #wayId: string;

	private constructor(person: TestPerson, { url, wayId }: { url: string; wayId: string }) {
		this.person = person;
		this.pkce = makePkce();
		this.#url = url;
		this.#wayId = wayId;
	}

	static async open({ backend, way }: { backend: TestBackend; way: Pick<TestWay, "id"> }): Promise<TestWindow> {
		return new TestWindow(await makePerson(backend.url), { url: backend.url, wayId: way.id });
	}

	/** Presses "Continue with …". @returns what the backend answers */
	async press(path = `${authorizePath(this.pkce)}&screen=sign-in`): Promise<Response> {
		const page = await (await this.person.browser.get(path)).text();
		return await this.person.browser.post(`/oauth/upstream/${this.#wayId}`, hiddenFields(page));
	}

	/** Where the press leads. */
	async leave(path?: string): Promise<string> {
		const answer = await this.press(path);
		const address = refreshOf(answer);
		if (address === null) throw new Error(`${answer.status}: ${await answer.text()}`);
		return address;
	}

	/** The upstream sends the browser back. */
	async comeBack(back: URL): Promise<Response> {
		return await this.person.browser.get(back.pathname + back.search);
	}

	/** Redeems the code that an answer leads to the client with. */
	async redeem(answer: Response): Promise<{ userId: string; accessToken: string }> {
		const address = refreshOf(answer);
		if (!address?.startsWith(redirectUri)) throw new Error(`${answer.status}: ${await answer.text()}`);
		const code = new URL(address).searchParams.get("code") ?? "";
		const reply = await this.person.token(this.person.codeFields(code, this.pkce));
		const { access_token: accessToken } = await json<Tokens>(reply);
		return { userId: decodeJwt(accessToken).sub ?? "", accessToken };
	}

	/** What the API says in the name of whoever signed in here. */
	async read<Answer>(accessToken: string, path: string): Promise<Answer> {
		const headers = { authorization: `Bearer ${accessToken}` };
		return await json<Answer>(await fetch(this.#url + path, { headers }));
	}
}

/** Where a page goes by itself, or null. */
export function refreshOf(answer: Response): string | null {
	return answer.headers.get("refresh")?.replace("0; url=", "") ?? null;
}
