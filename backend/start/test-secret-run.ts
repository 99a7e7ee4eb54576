import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { ask, hiddenFields, makePerson, redirectUri, type TestPerson } from "../api/testing/test-person.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { testPut } from "../records/test-operations.ts";
import { startTestAccounts, type TestAccounts } from "./test-accounts.ts";
import { startProcess, startReady, type TestProcess, until } from "./test-process.ts";

/** A whole backend at its most talkative, and one person who does everything with it that takes a secret. */
export class SecretRun {
	readonly answers: string[] = [];
	/** What must be nowhere, by what it is. */
	readonly secrets = new Map<string, string>();
	readonly admin: Sql;
	readonly db: TestDatabase;
	readonly accounts: TestAccounts;
	readonly person: TestPerson;
	readonly #backend: TestProcess;
	readonly #log: Promise<string[]>;
	readonly #url: string;
	readonly #dataDir: string;
	#token = "";

	private constructor(parts: {
		db: TestDatabase;
		accounts: TestAccounts;
		backend: TestProcess;
		url: string;
		dataDir: string;
		person: TestPerson;
	}) {
		this.db = parts.db;
		this.admin = postgres(parts.db.url, { max: 1 });
		this.accounts = parts.accounts;
		this.person = parts.person;
		this.#backend = parts.backend;
		this.#log = Promise.all([new Response(parts.backend.stdout).text(), new Response(parts.backend.stderr).text()]);
		this.#url = parts.url;
		this.#dataDir = parts.dataDir;
	}

	static async start(redisUrl: string | null): Promise<SecretRun> {
		const dataDir = await mkdtemp(join(tmpdir(), "sheaf-secrets-"));
		const db = await createTestDatabase();
		const accounts = await startTestAccounts();
		const operator = `${crypto.randomUUID()}@example.test`;
		const { child, port } = await startReady((free) =>
			startProcess({
				DATABASE_URL: db.url,
				SHEAF_DATABASE_KEY: db.databaseKey,
				SHEAF_DATA_DIR: dataDir,
				SHEAF_PORT: String(free),
				SHEAF_LOG_LEVEL: "trace",
				SHEAF_ALLOWED_PRIVATE_HOSTS: "127.0.0.1",
				SHEAF_OPERATORS: operator,
				...accounts.settings(`http://localhost:${free}`),
				...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
			}),
		);
		const url = `http://localhost:${port}`;
		const person = await makePerson(url, operator);
		const run = new SecretRun({ db, accounts, backend: child, url, dataDir, person });
		for (const [name, secret] of accounts.secrets) run.secrets.set(name, secret);
		await run.#signIn();
		return run;
	}

	async #signIn(): Promise<void> {
		const tokens = await this.person.tokens();
		this.#token = tokens.access_token;
		this.secrets.set("the person's password", this.person.password);
		this.secrets.set("the person's refresh token", tokens.refresh_token);
		this.secrets.set("the person's access token", tokens.access_token);
		await this.admin`update sheaf.users set email_verified_at = now() where email = ${this.person.email}`;
	}

	/** Asks, and keeps the answer for the search. */
	async send(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
		const answer = await this.#ask(method, path, body);
		const text = await answer.text();
		this.answers.push(JSON.stringify([...answer.headers]), text);
		return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
	}

	/** An answer that shows its secret this once, which is what it is for. */
	async sendOnce(method: string, path: string, body?: unknown): Promise<Record<"url" | "secret", string>> {
		return (await (await this.#ask(method, path, body)).json()) as Record<"url" | "secret", string>;
	}

	#ask(method: string, path: string, body: unknown): Promise<Response> {
		const sent =
			body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
		return ask(`${this.#url}/api/v1${path}`, this.#token, { method, ...sent });
	}

	/** Connects Airtable in its own window. */
	async connectInWindow(): Promise<string> {
		const { browser } = this.person;
		const begun = await this.sendOnce("POST", "/connections/authorize", {
			provider: "airtable",
			redirectUri,
		});
		const ticket = new URL(begun.url);
		const page = await (await browser.get(ticket.pathname + ticket.search)).text();
		const left = await browser.post("/connections/start", hiddenFields(page));
		const consent = (left.headers.get("refresh") ?? "").replace("0; url=", "");
		this.secrets.set("the flow's state", new URL(consent).searchParams.get("state") ?? "");
		const back = await this.accounts.consent(consent);
		const answer = await browser.get(back.pathname + back.search);
		const end = new URL((answer.headers.get("refresh") ?? "").replace("0; url=", ""));
		const flow = end.searchParams.get("flow") ?? "";
		this.secrets.set("the flow's end", flow);
		const { body } = await this.send("POST", "/connections/authorize/finish", { flow });
		return (body as { id: string }).id;
	}

	/** Sends one record to each target, until it is there, or until one that cannot get there is told of, or its account is. */
	async deliver(targetIds: readonly string[], ends: "delivered" | "settled"): Promise<void> {
		const puts = targetIds.map((targetId) => testPut({ targetId }));
		await this.send("POST", "/writes/batch", { operations: puts });
		for (const { record } of puts) {
			await until(async () => {
				await this.send("GET", `/records/${record.id}`);
				const [row] = await this.admin<{ delivered: boolean; settled: boolean }[]>`
					select d.state = 'delivered' as delivered, d.state = 'delivered' or d.attempts > 0 or c.status <> 'healthy' as settled
					from sheaf.deliveries d join sheaf.targets t on t.id = d.target_id
						join sheaf.connections c on c.id = t.connection_id
					where d.record_id = ${record.id}`;
				return row?.[ends] === true;
			});
		}
	}

	/** The log of the whole run; the backend is stopped for it. */
	async endOfLog(): Promise<string> {
		this.#backend.kill("SIGTERM");
		await this.#backend.exited;
		return (await this.#log).join("\n");
	}

	async close(): Promise<void> {
		this.#backend.kill("SIGKILL");
		await this.#backend.exited;
		await this.accounts.close();
		await this.admin.end();
		await this.db.close();
		await rm(this.#dataDir, { recursive: true, force: true });
	}
}
